"""Findings: the numbers that the report prints, each computed by exactly one function from named rows."""

from helpers.findings.registry import (
    Finding,
    FindingError,
    Measured,
    Rows,
    all_findings,
    finding,
    get,
    ids,
    measured,
    rows,
)

__all__ = ["Finding", "FindingError", "Measured", "Rows", "all_findings", "finding", "get", "ids", "measured", "rows"]
