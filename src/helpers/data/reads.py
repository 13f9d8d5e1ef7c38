"""Note what a chapter reads, inside its kernel, while the book is built.

The build (``helpers.book.cache``) lets IPython run this file before the first cell, so that nothing read before the
first import of ``helpers`` is missed; hence it needs the standard library only. ``TWO_RACES_READS`` names a folder:
``watch.json`` there says which files matter (path → name), ``read.json`` is written after each cell. Importing the
module does nothing, and a reader's own kernel never runs it.

It hears Python's own ``open``, not readers written in C++ with files of their own (pyarrow's, DuckDB's). A chapter
that starts another process is taken to have read everything.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

VARIABLE = "TWO_RACES_READS"
UNHEARD = {  # after these, reads may happen that the hook does not hear
    "two_races.everything",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
}


def key(path: str | os.PathLike[str]) -> str:
    """Return the one spelling of a path under which it is compared."""
    return os.path.normcase(os.path.realpath(path))


class Recorder:
    """Collects the names of the files that were read, and the cell that is running or has failed."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "read.json"
        self.watched: dict[str, str] = json.loads((folder / "watch.json").read_text(encoding="utf-8"))
        self.endings = {os.path.basename(path) for path in self.watched}
        self.names: set[str] = set()
        self.modules: set[str] = set()  # those whose files were noted after an earlier cell
        self.everything = False
        self.cell: dict[str, Any] | None = None
        self.cells = 0

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        """Take one audit event of the interpreter."""
        if event == "open":
            self.note(args[0])
        elif event in UNHEARD:
            self.everything = True

    def note(self, path: object) -> None:
        """Remember ``path`` if it is watched; anything that is no path is passed over."""
        with suppress(TypeError, ValueError, OSError):
            text = os.fsdecode(path)  # type: ignore[arg-type]
            if os.path.normcase(os.path.basename(text)) in self.endings and (name := self.watched.get(key(text))):
                self.names.add(name)

    def before(self, info: Any) -> None:
        """Write down which cell starts, for the case that it never ends."""
        self.cells += 1
        self.cell = {"number": self.cells, "source": info.raw_cell, "line": 1, "reason": "did not end"}
        self.write()

    def after(self, result: Any, namespace: dict[str, Any]) -> None:
        """Write down what was read up to the end of a cell, and why it failed if it did."""
        error = result.error_before_exec or result.error_in_exec
        if error is None or self.cell is None:
            self.cell = None
        else:
            line = error.lineno if isinstance(result.error_before_exec, SyntaxError) else _line(error, namespace)
            self.cell |= {"line": line or 1, "reason": f"{type(error).__name__}: {error}"}
        for name in set(sys.modules) - self.modules:
            self.modules.add(name)
            self.note(getattr(sys.modules[name], "__dict__", {}).get("__file__"))
        self.write()

    def write(self) -> None:
        """Write ``read.json`` in one step; ``files`` is null where everything counts as read."""
        new = self.out.with_suffix(".new")
        files = None if self.everything else sorted(self.names)
        new.write_text(json.dumps({"files": files, "cell": self.cell}), encoding="utf-8")
        new.replace(self.out)


def _line(error: BaseException, namespace: dict[str, Any]) -> int | None:
    """Return the line of the cell that led to ``error``: the outermost frame that runs in the notebook's namespace."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals is not namespace:
        trace = trace.tb_next
    return trace.tb_lineno if trace is not None else None


def start() -> None:
    """Start recording in this kernel."""
    from IPython import get_ipython  # noqa: PLC0415 (only a kernel has it)

    shell = get_ipython()
    recorder = Recorder(Path(os.environ[VARIABLE]))
    sys.addaudithook(recorder.hear)
    shell.events.register("pre_run_cell", recorder.before)
    shell.events.register("post_run_cell", lambda result: recorder.after(result, shell.user_global_ns))
    recorder.write()


if __name__ == "__kernel__":
    start()
