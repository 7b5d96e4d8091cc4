"""Comparison reports, made in one call each, and the nastiest values that they may hold.

Every builder gives a valid object; keyword overrides replace single fields and are validated.
Counts and scores are not derived from the items: a rendering shows them as they are given.
"""

from collections.abc import Sequence

from schemas.base import LIST_NAMES, SCHEMA_VERSION
from schemas.comparison import (
    COMPARISON_VERSION,
    Comparison,
    ComparisonReport,
    CriticalError,
    DocumentChange,
    DocumentComparison,
    FieldAccuracy,
    ItemComparison,
    LeafChange,
    LeafComparison,
    ListScores,
    Place,
    Score,
    Scores,
    Spread,
)

ARTICLE = "seeds/one.txt"
TEXT = """Soybeans first 🌾, chips later

China will buy 12 million tons of soybeans (大豆) by the end of February.
The duty on toys falls from 20% to 10%."""
"""A text in which an emoji sets code points apart from UTF-16 units."""
NASTY = "<script>alert(1)</script> & \"quoted\" 'x' ]]> [bold]no[/] \x1b[2J \x00 \u202ederf \ud800"
"""Markup of every rendering, control characters, an override of direction, a lone surrogate."""


def build_place(quote: str, text: str = TEXT) -> Place:
    """Build the first place of ``quote`` in ``text``; ``ValueError`` if there is none."""
    start = text.index(quote)
    return Place(start=start, end=start + len(quote))


def build_leaf(**overrides: object) -> LeafComparison:
    """Build a value that is right."""
    defaults = {
        "field": "due",
        "outcome": "right",
        "severity": "none",
        "expected": "2026-02",
        "found": "2026-02",
        "credit": 1,
        "note": None,
    }
    return LeafComparison.model_validate({**defaults, **overrides})


def build_wrong_leaf(**overrides: object) -> LeafComparison:
    """Build a value that is a critical error."""
    defaults = {"outcome": "wrong", "severity": "critical", "found": "2027-02", "credit": 0}
    return build_leaf(**{**defaults, **overrides})


def build_item_comparison(**overrides: object) -> ItemComparison:
    """Build a commitment that was found, with one value."""
    defaults = {
        "list": "commitments",
        "outcome": "right",
        "name": "buy 12 million tons of soybeans",
        "expected_position": 0,
        "found_position": 0,
        "found_id": "commitment-1",
        "similarity": 0.9,
        "leaves": [build_leaf()],
        "expected_places": [build_place("China will buy 12 million tons")],
        "found_places": [build_place("12 million tons of soybeans")],
    }
    return ItemComparison.model_validate({**defaults, **overrides})


def build_missing_item(**overrides: object) -> ItemComparison:
    """Build a tariff that was expected and not found."""
    defaults = {
        "list": "tariffs",
        "outcome": "missing",
        "name": "lower the duty on toys",
        "found_position": None,
        "found_id": None,
        "similarity": None,
        "leaves": [
            build_leaf(field="rate", outcome="missing", severity="error", expected="10", found=None)
        ],
        "expected_places": [build_place("The duty on toys falls")],
        "found_places": [],
    }
    return build_item_comparison(**{**defaults, **overrides})


def build_invented_item(**overrides: object) -> ItemComparison:
    """Build a chip policy that was found and not expected."""
    defaults = {
        "list": "chip_policies",
        "outcome": "invented",
        "name": "license chips",
        "expected_position": None,
        "found_id": "chip_policy-1",
        "similarity": None,
        "leaves": [
            build_leaf(field="products", outcome="invented", severity="error", expected=None)
        ],
        "expected_places": [],
        "found_places": [build_place("chips later")],
    }
    return build_item_comparison(**{**defaults, **overrides})


def build_critical_error(**overrides: object) -> CriticalError:
    """Build the critical error of ``build_wrong_leaf`` in ``build_item_comparison``."""
    defaults = {
        "kind": "wrong_value",
        "list": "commitments",
        "item": "buy 12 million tons of soybeans",
        "found_id": None,
        "field": "due",
        "expected": "2026-02",
        "found": "2027-02",
        "note": None,
    }
    return CriticalError.model_validate({**defaults, **overrides})


def build_score(right: float = 3, found: int = 4, expected: int = 5) -> Score:
    """Build the score of these counts."""
    both = found + expected
    return Score(
        right=right,
        found=found,
        expected=expected,
        precision=right / found if found else None,
        recall=right / expected if expected else None,
        f1=2 * right / both if both else 1,
    )


def build_scores(score: Score | None = None) -> Scores:
    """Build scores that are alike in all three ways of counting."""
    same = score or build_score()
    return Scores(found=same, items=same, leaves=same)


def build_list_scores(**counts: Score) -> list[ListScores]:
    """Build the scores of the six lists: those given, else nothing to find and nothing found."""
    empty = build_score(0, 0, 0)
    return [
        ListScores(list=name, **dict(build_scores(counts.get(name, empty)))) for name in LIST_NAMES
    ]


def build_document_comparison(**overrides: object) -> DocumentComparison:
    """Build an article of which one item was expected and found."""
    defaults = {
        "article": ARTICLE,
        "summary_id": "ab" * 32,
        "status": "compared",
        "reason": None,
        "scores": build_scores(),
        "lists": build_list_scores(),
        "items": [build_item_comparison()],
        "texts": [],
        "critical_errors": [],
        "cosmetic": 0,
    }
    return DocumentComparison.model_validate({**defaults, **overrides})


def build_damaged_document(**overrides: object) -> DocumentComparison:
    """Build an article with a critical error, a missing item and an invented one."""
    defaults = {
        "items": [
            build_item_comparison(outcome="wrong", leaves=[build_wrong_leaf()]),
            build_missing_item(),
            build_invented_item(),
        ],
        "critical_errors": [build_critical_error()],
    }
    return build_document_comparison(**{**defaults, **overrides})


def build_unread_document(**overrides: object) -> DocumentComparison:
    """Build an article whose reading gave no summary."""
    defaults = {
        "article": "seeds/unread.txt",
        "summary_id": None,
        "status": "failed",
        "reason": "the model refused",
        "items": [build_missing_item()],
    }
    return build_document_comparison(**{**defaults, **overrides})


def build_comparison(
    documents: Sequence[DocumentComparison] | None = None, **overrides: object
) -> Comparison:
    """Build a run of ``documents``, or of the one of ``build_document_comparison``."""
    compared = [build_document_comparison()] if documents is None else list(documents)
    defaults = {
        "comparison_version": COMPARISON_VERSION,
        "schema_version": SCHEMA_VERSION,
        "documents": compared,
        "scores": build_scores(),
        "mean_f1": 0.5,
        "lists": build_list_scores(commitments=build_score()),
        "fields": [],
        "critical_errors": sum(len(document.critical_errors) for document in compared),
        "cosmetic": 0,
        "unread": sum(document.status != "compared" for document in compared),
        "strays": [],
    }
    return Comparison.model_validate({**defaults, **overrides})


def build_comparison_report(
    documents: Sequence[DocumentComparison] | None = None, **overrides: object
) -> ComparisonReport:
    """Build a report on a run of ``documents`` that falls short of nothing.

    Overrides that name a field of the run replace it there.
    """
    of_run = {name: overrides.pop(name) for name in [*overrides] if name in Comparison.model_fields}
    defaults: dict[str, object] = {
        "comparison": build_comparison(documents, **of_run),
        "shortfalls": [],
        "changes": [],
        "repetitions": [],
    }
    return ComparisonReport.model_validate({**defaults, **overrides})


def build_field_accuracy(**overrides: object) -> FieldAccuracy:
    """Build what became of one field."""
    defaults = {
        "list": "commitments",
        "field": "due",
        "right": 6,
        "wrong": 1,
        "missing": 1,
        "invented": 0,
        "absent": 2,
        "accuracy": 0.8,
    }
    return FieldAccuracy.model_validate({**defaults, **overrides})


def build_change(**overrides: object) -> DocumentChange:
    """Build a change for the worse in one value."""
    defaults = {
        "article": ARTICLE,
        "is_worse": True,
        "summary": "items F1 0.900, was 1.000",
        "changes": [
            LeafChange(
                list="commitments",
                item="buy 12 million tons of soybeans",
                field="due",
                before="right: 2026-02",
                after="wrong: 2027-02",
            )
        ],
    }
    return DocumentChange.model_validate({**defaults, **overrides})


def build_spread(**overrides: object) -> Spread:
    """Build the item F1 of three repetitions."""
    defaults = {"name": "items", "values": [0.9, 0.8, 0.85], "mean": 0.85, "low": 0.726, "high": 1}
    return Spread.model_validate({**defaults, **overrides})


def build_full_report(value: str = NASTY) -> ComparisonReport:
    """Build a report that has everything that there is, with ``value`` wherever text can stand."""
    leaves = [
        build_leaf(field=value, expected=value, found=value, note=value),
        build_wrong_leaf(field=value, expected=value, found=value, note=value),
        build_wrong_leaf(severity="error", expected=value, found=value, note=value),
    ]
    error = build_critical_error(item=value, expected=value, found=value, note=value)
    document = build_document_comparison(
        article=value,
        items=[
            build_item_comparison(name=value, outcome="wrong", leaves=leaves, found_id=value),
            build_missing_item(name=value),
            build_invented_item(name=value),
            build_item_comparison(name=value, outcome="optional"),
        ],
        texts=[build_leaf(field="headline", severity="error", expected=value, found=value)],
        critical_errors=[
            error,
            error.model_copy(update={"kind": "forbidden_item", "list": "talks", "field": None}),
            error.model_copy(update={"kind": "forbidden_text", "list": None, "item": None}),
        ],
    )
    changed = LeafChange(list="talks", item=value, field=value, before=value, after=value)
    return build_comparison_report(
        [document, build_unread_document(article=value, reason=value)],
        fields=[build_field_accuracy(field=value)],
        strays=[value],
        shortfalls=[value],
        changes=[
            build_change(article=value, summary=value, changes=[changed]),
            build_change(is_worse=False),
        ],
        repetitions=[build_spread(name=value)],
    )
