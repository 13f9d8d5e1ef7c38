"""Execute a chapter again when, and only when, something that it read has changed.

The stock notebook cache knows a chapter by the code of its cells alone: a changed table or helper module would leave
the old numbers on the page. Here each chapter gets a cache folder of its own, named by a hash of its code and of
everything that it may depend on at the time it runs. It stays in use while every file that the chapter then read is
the same. What was read is noted inside the kernel (``helpers.data.reads``); after the chapter has run it is put on
record, and a folder without a record is never used: so a build that stops halfway leaves nothing behind that counts.

Below the notebook cache's folder (``_build/.jupyter_cache``): ``<key>/``, one a chapter; ``records/<chapter>.json``;
``kernel/``, what the kernel is told and what it answers. All builders of one ``_build`` share them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from jupyter_cache.cache.main import JupyterCacheBase
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from helpers.data import reads, state

logger = logging.getLogger(__name__)

KEY = "[0-9a-f]" * 20
STARTUP = 'exec(compile(open({0!r}, encoding="utf-8").read(), {0!r}, "exec"), {{"__name__": "__kernel__"}})\n'


@dataclass(frozen=True)
class Reading:
    """The chapter that Sphinx is reading: its key, and the state of all files before its kernel starts."""

    docname: str
    key: str
    code: str
    cached: bool
    before: Mapping[str, str]
    text: str


class ChapterCache:
    """The listeners of one build."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self.environ: dict[str, str | None] = {}

    def start(self, app: Sphinx) -> None:
        """Find the folders and prepare what the kernels are started with."""
        self.base = Path(app.config.two_races_root) if app.config.two_races_root else None
        self.package = Path(app.config.two_races_package) if app.config.two_races_package else state.PACKAGE
        self.config: Any = app.env.mystnb_config
        self.folder = Path(self.config.execution_cache_path).resolve()
        self.kernel = self.folder / "kernel"
        if self.config.execution_mode != "cache":
            return
        # A home of its own for IPython: it runs the recorder first, and no start-up file of whoever builds the book.
        startup = self.kernel / "ipython" / "profile_default" / "startup"
        startup.mkdir(parents=True, exist_ok=True)
        (startup / "00-reads.py").write_text(STARTUP.format(str(Path(reads.__file__).resolve())), encoding="utf-8")
        for name, value in {reads.VARIABLE: self.kernel, "IPYTHONDIR": self.kernel / "ipython"}.items():
            self.environ[name] = os.environ.get(name)
            os.environ[name] = str(value)

    def snapshot(self) -> dict[str, str]:
        """Return the hashes of all that a chapter may read, as they are now."""
        return state.snapshot(self.base, self.package)

    def record_path(self, docname: str) -> Path:
        """Return where a chapter's record is kept."""
        return self.folder / "records" / f"{docname}.json"

    def record(self, docname: str, now: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the record of a chapter's last run, or nothing where it does not hold any more."""
        try:
            record = json.loads(self.record_path(docname).read_text(encoding="utf-8"))
            holds = all(now.get(name) == digest for name, digest in record["files"].items())
        except (OSError, ValueError, LookupError):
            return None
        return record if holds and (self.folder / record["key"]).is_dir() else None

    def outdated(self, _app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
        """Name the chapters whose page rests on a run that does not hold any more, or on another than the last."""
        now = self.snapshot()
        return [name for name, key in _keys(env).items() if (self.record(name, now) or {}).get("key") != key]

    def choose(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Point the notebook cache to the folder of this chapter."""
        env: Any = app.env
        env.mystnb_config, self.reading = self.config, None
        reader = create_nb_reader(env.doc2path(docname), env.myst_config, self.config, source[0])
        if reader is None or self.config.execution_mode != "cache":
            return
        notebook = reader.read(source[0])
        if not any(cell.cell_type == "code" for cell in notebook.cells):  # else a kernel starts for nothing
            env.mystnb_config = self.config.copy(execution_mode="off")
            return
        code = JupyterCacheBase(self.folder).create_hashed_notebook(notebook)[1]
        now = self.snapshot()
        record = self.record(docname, now)
        cached = record is not None and record["code"] == code
        if record is not None and cached:
            key = record["key"]
        else:
            key = hashlib.sha256(f"{docname} {code} {state.whole_state(now)}".encode()).hexdigest()[:20]
            if (self.folder / key).exists():  # left by a build that was stopped before it could record it
                shutil.rmtree(self.folder / key)
        (self.kernel / "read.json").unlink(missing_ok=True)
        watched = {reads.key(path): name for name, path in state.tracked(self.base, self.package).items()}
        _write(self.kernel / "watch.json", watched)
        env.mystnb_config = self.config.copy(execution_cache_path=str(self.folder / key))
        _keys(env)[docname] = key
        self.reading = Reading(docname, key, code, cached, now, source[0])

    def answer(self) -> dict[str, Any] | None:
        """Return what the kernel wrote: files read and the cell that failed; nothing where none was started."""
        try:
            return json.loads((self.kernel / "read.json").read_text(encoding="utf-8"))
        except OSError:
            return None

    def keep(self, app: Sphinx, _doctree: nodes.document) -> None:
        """Record a run that has succeeded, unless a file that it read changed meanwhile."""
        reading, self.reading = self.reading, None
        if reading is None or app.env.docname != reading.docname:
            return
        run = NbMetadataCollector.get_exec_data(app.env, reading.docname)  # type: ignore[arg-type]
        answer = self.answer()
        if run is None or not run["succeeded"]:
            return
        if reading.cached and answer is None:
            logger.info("chapter %s: unchanged", reading.docname)
            return
        names = answer["files"] if answer else None
        read = reading.before if names is None else {*names, *state.ALWAYS}
        now = self.snapshot()
        changed = sorted(name for name in read if now.get(name) != reading.before.get(name))
        if changed:
            shutil.rmtree(self.folder / reading.key, ignore_errors=True)
            text = "chapter %s: %s changed while it was executed; build again"
            logger.warning(text, reading.docname, ", ".join(changed), location=reading.docname)
            return
        files = {name: now[name] for name in sorted(read) if name in now}
        _write(self.record_path(reading.docname), {"key": reading.key, "code": reading.code, "files": files})
        logger.info("chapter %s: executed in %.1f s", reading.docname, run["runtime"])

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Say which cell stopped the build; after a good build, delete the folders that no record names."""
        for name, value in self.environ.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if self.config.execution_mode != "cache":
            return
        if error is None:
            self._prune(app)
        elif self.reading is not None and (cell := (self.answer() or {}).get("cell")):
            before, found, _ = self.reading.text.partition(f"\n{cell['source']}\n")
            line = before.count("\n") + 1 + cell["line"] if found else None
            text = "chapter %s, cell %d, line %d: %s"
            place = (self.reading.docname, line)
            logger.error(text, self.reading.docname, cell["number"], cell["line"], cell["reason"], location=place)

    def _prune(self, app: Sphinx) -> None:
        used = set()
        for path in (self.folder / "records").rglob("*.json"):
            docname = path.relative_to(self.folder / "records").with_suffix("").as_posix()
            if Path(app.env.doc2path(docname)).is_file():
                used.add(json.loads(path.read_text(encoding="utf-8"))["key"])
            else:
                path.unlink()
        for folder in self.folder.glob(KEY):
            if folder.name not in used:
                shutil.rmtree(folder, ignore_errors=True)
        state.forget_old_results()


def _keys(env: BuildEnvironment) -> dict[str, str]:
    """Return the key of each chapter as this builder's environment last read it."""
    if not hasattr(env, "two_races_keys"):
        env.two_races_keys = {}  # type: ignore[attr-defined]
    return env.two_races_keys  # type: ignore[attr-defined]


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _keys(env).pop(docname, None)


def _write(path: Path, content: object) -> None:
    """Write JSON in one step, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(content, indent=1), encoding="utf-8")
    new.replace(path)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the listeners; the two settings let a test watch other folders than the report's."""
    app.setup_extension("myst_nb")
    app.add_config_value("two_races_root", None, "")
    app.add_config_value("two_races_package", None, "")
    cache = ChapterCache()
    app.connect("builder-inited", cache.start, priority=900)  # after myst_nb has made its configuration
    app.connect("env-get-outdated", cache.outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("source-read", cache.choose, priority=900)  # sees the text as the parser will
    app.connect("doctree-read", cache.keep)
    app.connect("build-finished", cache.finish)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
