"""Words and numbers that several reports show alike.

Owns the headings of the six lists, the names of what a comparison finds, and how scores are
written. Must not know any report's layout.
"""

from typing import Literal

from schemas.base import ListName
from schemas.comparison import CriticalKind, Score, Scores

LIST_HEADINGS: dict[ListName, str] = {
    "talks": "Talks",
    "commitments": "Commitments",
    "tariffs": "Tariffs",
    "chip_policies": "Chip policy",
    "non_tariff_measures": "Non-tariff measures",
    "doubts": "Doubts",
}
CRITICAL_KINDS: dict[CriticalKind, str] = {
    "wrong_value": "wrong value",
    "forbidden_item": "forbidden item",
    "ungrounded_item": "ungrounded item",
    "forbidden_text": "forbidden text",
}
NOTHING = "–"
"""What stands for a value, or a number, that there is not."""

ScoreKind = Literal["found", "items", "leaves"]
SCORE_KINDS: tuple[ScoreKind, ...] = ("found", "items", "leaves")
"""The three ways of counting, in the order in which reports show them."""


def get_score(scores: Scores, kind: ScoreKind) -> Score:
    """Return the one of ``scores`` that is counted as ``kind`` says."""
    return {"found": scores.found, "items": scores.items, "leaves": scores.leaves}[kind]


def has_anything(scores: Scores) -> bool:
    """Say whether there was anything to find, or anything was claimed."""
    return any(
        score.found or score.expected for score in (scores.found, scores.items, scores.leaves)
    )


def show_score(value: float | None) -> str:
    """Return a score of 0 to 1 with three decimals; only a perfect one reads ``1.000``."""
    if value is None:
        return NOTHING
    return "0.999" if 0.9995 <= value < 1 else f"{value:.3f}"


def show_credit(value: float) -> str:
    """Return an amount of credit as short as it is: ``3``, ``2.5``."""
    return f"{value:,.10g}"


def show_mean(value: float) -> str:
    """Return the mean of a score or of a count, with four significant digits."""
    return f"{value:.4g}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return ``number`` and its noun: ``1 article``, ``2 articles``, ``0 articles``."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
