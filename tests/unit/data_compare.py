"""Fixtures and readings of the default article, made to be compared.

Owns the way from draft items to both sides of a comparison. Knows the comparison's entrances,
nothing of its inside.
"""

from collections.abc import Mapping, Sequence

from schemas.base import LIST_NAMES, ListName
from schemas.claimed import ClaimedSummary
from schemas.comparison import DocumentComparison
from schemas.draft import Draft, DraftItem
from schemas.golden import GoldenFixture
from service.compare.claims import Claim, list_golden_claims
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from service.grounding import TextIndex
from tests.builders import ARTICLE_TEXT, build_draft, build_empty_draft, build_summary

NAME = "seeds/article.txt"
INDEX = TextIndex(ARTICLE_TEXT)


def dump_item(item: DraftItem, **changes: object) -> dict[str, object]:
    """Return ``item`` as a fixture has it, with ``changes``; ``...`` leaves a field out."""
    fields = {**item.model_dump(mode="json"), **changes}
    return {name: value for name, value in fields.items() if value is not ...}


def build_fixture(draft: Draft | None = None, **changes: object) -> GoldenFixture:
    """Build a fixture that expects the items of ``draft``, by default one in each list."""
    draft = draft or build_draft()
    lists = {name: [dump_item(item) for item in getattr(draft, name)] for name in LIST_NAMES}
    return GoldenFixture.model_validate({"article": NAME, **lists, **changes})


def build_claimed(draft: Draft | None = None, **changes: object) -> ClaimedSummary:
    """Build a summary with the items of ``draft``, as it is handed in."""
    summary = build_summary(draft=draft or build_draft()).model_dump(mode="json")
    return ClaimedSummary.model_validate({**summary, **changes})


def draft_of(name: ListName, *items: DraftItem) -> Draft:
    """Build a draft with ``items`` in list ``name`` and nothing else."""
    return build_empty_draft(**{name: list(items)})


def compare(fixture: GoldenFixture, summary: ClaimedSummary) -> DocumentComparison:
    """Compare over the default article."""
    return compare_document(fixture, ARTICLE_TEXT, find_in_summary(summary))


def compare_items(
    name: ListName, expected: Sequence[Mapping[str, object]], found: Sequence[DraftItem]
) -> DocumentComparison:
    """Compare one list: golden items as JSON against draft items."""
    fixture = GoldenFixture.model_validate({"article": NAME, name: list(expected)})
    return compare(fixture, build_claimed(draft_of(name, *found)))


def make_claim(name: ListName, item: DraftItem) -> Claim:
    """Return ``item`` as it is compared."""
    fixture = GoldenFixture.model_validate({"article": NAME, name: [dump_item(item)]})
    return list_golden_claims(fixture, INDEX)[name][0]


def list_fields(document: DocumentComparison) -> list[str | None]:
    """Return the fields of the critical errors, in order."""
    return [error.field for error in document.critical_errors]
