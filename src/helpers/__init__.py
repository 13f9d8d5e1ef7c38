"""The code of *Two Races*: tables, analysis, findings, claims, figures, and the book that shows them.

One direction only: data → analysis → findings → claims and figures → book. A chapter's kernel never imports
``helpers.book``.
"""

import sys

# jsonschema, on which frictionless and Altair rest, builds a grammar of internationalised addresses where that package
# is installed: two seconds in every kernel, for two formats that no schema of ours uses. It does without if it is not.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
