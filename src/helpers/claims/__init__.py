"""What the articles say, and what the findings say of it: verdicts are computed here and typed nowhere."""

from helpers.claims.disagreements import Disagreement, disagreements
from helpers.claims.judge import Judged, judge, judge_of, judged, judges
from helpers.claims.ledger import Article, Claim, Figure, articles, claim, claims
from helpers.claims.verdicts import (
    Against,
    Outcome,
    against,
    compare,
    event,
    forecast,
    internal,
    opinion,
    printed_interval,
    supported,
    untested,
)

__all__ = [
    "Against",
    "Article",
    "Claim",
    "Disagreement",
    "Figure",
    "Judged",
    "Outcome",
    "against",
    "articles",
    "claim",
    "claims",
    "compare",
    "disagreements",
    "event",
    "forecast",
    "internal",
    "judge",
    "judge_of",
    "judged",
    "judges",
    "opinion",
    "printed_interval",
    "supported",
    "untested",
]
