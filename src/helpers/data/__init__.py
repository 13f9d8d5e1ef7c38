"""The evidence: tables, sources and assumptions, checked against the data package whenever they are loaded."""

from helpers.data.assumptions import Assumption, assumption, assumptions
from helpers.data.cells import cell_text
from helpers.data.origins import Origin, cited, origins
from helpers.data.paths import root
from helpers.data.sources import Source, sources
from helpers.data.state import expensive, whole_state
from helpers.data.tables import TableError, corrections, descriptor, load, table_names

__all__ = [
    "Assumption",
    "Origin",
    "Source",
    "TableError",
    "assumption",
    "assumptions",
    "cell_text",
    "cited",
    "corrections",
    "descriptor",
    "expensive",
    "load",
    "origins",
    "root",
    "sources",
    "table_names",
    "whole_state",
]
