"""What a result may depend on, as one hash; and expensive results kept on disk under that hash."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import ParamSpec, TypeVar

from helpers.data.paths import root

PACKAGE = Path(__file__).resolve().parents[1]
ASSUMPTIONS = "data/assumptions.csv"
ALWAYS = ("(names)", "(python)", "requirements.txt")  # what no reading of a file shows
EVERYTHING = "two_races.everything"  # audit event: what follows may depend on all of the state
STATES_KEPT = 3

P = ParamSpec("P")
R = TypeVar("R")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read again only where size or time of change says that it may differ."""
    now = path.stat()
    return _hash_of(path, now.st_mtime_ns, now.st_size, now.st_ino)


@cache
def _hash_of(path: Path, *_changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tracked(base: Path | None = None, package: Path = PACKAGE) -> dict[str, Path]:
    """Return every file that a result may depend on, by a name that is the same in every clone.

    These are all files under ``data/``, bibliography, edition and lock file, and the modules and catalogues of the
    package without its Sphinx side. Where ``TWO_RACES_ASSUMPTIONS`` names a file, it stands for the assumptions.
    """
    base = base or root()
    files = {name: base / name for name in ("CITATION.cff", "references.bib", "requirements.txt")}
    files |= {path.relative_to(base).as_posix(): path for path in (base / "data").rglob("*")}
    files |= {
        f"{package.name}/{path.relative_to(package).as_posix()}": path
        for pattern in ("*.py", "*.toml")
        for path in package.rglob(pattern)
        if path.relative_to(package).parts[0] != "book"
    }
    files = {name: path for name, path in files.items() if path.is_file() and "/." not in name}
    if own := os.environ.get("TWO_RACES_ASSUMPTIONS"):
        files[ASSUMPTIONS] = Path(own)
    return files


def snapshot(base: Path | None = None, package: Path = PACKAGE) -> dict[str, str]:
    """Return the hash of every tracked file, of the list of their names, and the Python version."""
    files = tracked(base, package)
    return {name: file_hash(path) for name, path in files.items()} | {
        "(names)": _digest(sorted(files)),
        "(python)": f"{sys.version_info.major}.{sys.version_info.minor}",
    }


def whole_state(hashes: Mapping[str, str] | None = None) -> str:
    """Return one hash of everything that a result may depend on, as it is now (or as ``hashes`` recorded it)."""
    return _digest(sorted((hashes or snapshot()).items()))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:20]


def _state_at_start() -> str | None:
    try:
        return whole_state()
    except FileNotFoundError:  # outside of a clone there is nothing to depend on
        return None


# Tables and modules live in a process's memory as they were when it first loaded them. So results are kept under the
# state at its start, and not at all once a file has changed since.
STARTED = _state_at_start()


def results() -> Path:
    """Return the folder that holds the results of all states: ``TWO_RACES_CACHE``, or one below ``_build``."""
    return Path(os.environ.get("TWO_RACES_CACHE") or root() / "_build" / ".results")


def expensive(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the results of ``function`` on disk, so that the build and every kernel compute them once for each state.

    A chapter that calls it depends on everything: what the computation read was perhaps read in another process.
    """

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        sys.audit(EVERYTHING)
        if STARTED is None or whole_state() != STARTED:
            return function(*args, **kwargs)
        from joblib import Memory  # noqa: PLC0415 (0.15 s that most kernels need not spend)

        entry = Memory(results() / STARTED, verbose=0).cache(function).call_and_shelve(*args, **kwargs)
        result = entry.get()
        if whole_state() != STARTED:  # something changed while it ran, so it may rest on either
            entry.clear()
        return result

    return kept


def remembered(name: str, parts: Iterable[bytes], find: Callable[[], str]) -> str:
    """Return the text that ``find`` gives, kept on disk under ``name`` for as long as ``parts`` stay the same bytes.

    For what every kernel would otherwise do again: to check a file, or to read it, when nothing in it has changed.
    The caller names among ``parts`` all that the text follows from, its own code included. What raises is not kept.
    """
    digest = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    try:
        path = results() / "remembered" / f"{name}.txt"
        kept, _, text = path.read_text(encoding="utf-8").partition("\n")
        if kept == digest:
            return text
    except (OSError, UnicodeDecodeError):
        pass
    text = find()
    with suppress(OSError):
        path = results() / "remembered" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", newline="\n", delete=False) as new:
            new.write(f"{digest}\n{text}")
        os.replace(new.name, path)
    return text


def forget_old_results() -> None:
    """Delete the results of all but the newest states."""
    folders = [folder for folder in results().glob("[0-9a-f]" * 20) if folder.is_dir()]
    for folder in sorted(folders, key=lambda item: item.stat().st_mtime)[:-STATES_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
