"""Where the project's files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

MARK = Path("data") / "datapackage.json"


@cache
def root() -> Path:
    """Return the folder that holds ``data/``: the working directory or a parent of it, else the one of this source.

    Looking from the working directory first lets a plain (not editable) installation find the data of the clone
    that it is run in. Raises ``FileNotFoundError`` where there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / MARK).is_file():
            return folder
    raise FileNotFoundError(f"no {MARK.as_posix()} in {here} or above it: start from the folder of the report")
