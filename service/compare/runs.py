"""A run: all documents together.

Owns the totals. Pure.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from schemas.base import LIST_NAMES, SCHEMA_VERSION
from schemas.comparison import (
    COMPARISON_VERSION,
    Comparison,
    DocumentComparison,
    ListScores,
    Scores,
)
from service.compare.scores import add_scores, tabulate_fields


def make_comparison(
    documents: Iterable[DocumentComparison], strays: Sequence[str] = ()
) -> Comparison:
    """Return the comparison of ``documents``, in the order of their articles; at least one.

    ``strays`` are the ids of summaries for which there is no fixture.
    """
    ordered = sorted(documents, key=lambda document: document.article)
    return Comparison(
        comparison_version=COMPARISON_VERSION,
        schema_version=SCHEMA_VERSION,
        documents=ordered,
        scores=Scores(**add_scores([document.scores for document in ordered])),
        mean_f1=fmean(document.scores.items.f1 for document in ordered),
        lists=[
            ListScores(list=name, **add_scores([document.lists[at] for document in ordered]))
            for at, name in enumerate(LIST_NAMES)
        ],
        fields=tabulate_fields(ordered),
        critical_errors=sum(len(document.critical_errors) for document in ordered),
        cosmetic=sum(document.cosmetic for document in ordered),
        unread=sum(document.status != "compared" for document in ordered),
        strays=sorted(strays),
    )
