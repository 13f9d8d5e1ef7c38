"""Numbers of figures: a panel has that of its figure and a letter; a page that numbers lead to is read once.

Sphinx reads the whole target page anew for each reference to a numbered figure or table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.domains.std import StandardDomain

from helpers.book.nodes import panel

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


class NumberedTargets(StandardDomain):
    """Sphinx' own domain for labels, which remembers the pages that references to numbers lead to.

    References are resolved when all pages have been read, so a page cannot change any more; it is only looked at.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        """Begin with no page."""
        super().__init__(env)
        self._targets: dict[str, nodes.document] = {}

    def _resolve_numref_xref(self, env: BuildEnvironment, *args: Any) -> nodes.Element | None:
        return super()._resolve_numref_xref(_Remembering(env, self._targets), *args)  # type: ignore[arg-type]


class _Remembering:
    """The build environment with its ``get_doctree`` answered from memory."""

    def __init__(self, env: BuildEnvironment, targets: dict[str, nodes.document]) -> None:
        self._env, self._targets = env, targets

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        if docname not in self._targets:
            self._targets[docname] = self._env.get_doctree(docname)
        return self._targets[docname]


def letter_panels(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give each panel the number of its figure with its letter, in place of one that counts panels."""
    for anchor, (docname, figure, letter) in env.get_domain("tr").data["panels"].items():
        numbers = env.toc_fignumbers[docname]
        *before, number = numbers["figure"][figure]
        numbers["panel"][anchor] = (*before, f"{number}{letter}")  # type: ignore[assignment]
    return []


def name_like_figures(app: Sphinx, config: Config) -> None:
    """Print the number of a panel in the form of a figure's."""
    config.numfig_format["panel"] = config.numfig_format["figure"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Put the domain in the place of Sphinx' own."""
    app.add_domain(NumberedTargets, override=True)
    app.add_enumerable_node(panel, "panel")
    app.connect("config-inited", name_like_figures, priority=900)  # when Sphinx has set its own forms
    app.connect("env-get-updated", letter_panels, priority=900)  # when Sphinx has numbered
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
