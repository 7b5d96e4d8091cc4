"""One article: its reading against its fixture.

Owns what of a whole document is critical: wrong values, forbidden items and strings, quotes
that the article does not have. Pure: takes an article's text, reads no file.
"""

from collections.abc import Iterator, Sequence

from schemas.base import LIST_NAMES
from schemas.comparison import (
    CriticalError,
    DocumentComparison,
    DocumentStatus,
    ItemComparison,
    LeafComparison,
)
from schemas.golden import GoldenFixture
from service.compare.claims import (
    Claim,
    Claims,
    list_forbidden_claims,
    list_golden_claims,
)
from service.compare.fields import RULES, is_absent
from service.compare.found import Found, list_golden_texts
from service.compare.items import describe_pairing
from service.compare.leaves import find_best_overlap, judge_field
from service.compare.pairing import pair_items
from service.compare.scores import score_document
from service.compare.thresholds import EVIDENCE_OVERLAP
from service.grounding import TextIndex

_NOTHING = Found(None, {name: [] for name in LIST_NAMES}, {}, ())


def compare_document(fixture: GoldenFixture, text: str, found: Found) -> DocumentComparison:
    """Return what ``found`` makes of the article whose canonical text is ``text``."""
    index = TextIndex(text)
    expected = list_golden_claims(fixture, index)
    items = _compare_lists(expected, found.claims)
    texts = _compare_texts(fixture, found)
    critical = [
        *_list_wrong_values(items, texts),
        *_list_forbidden_items(list_forbidden_claims(fixture, index), found.claims),
        *_list_ungrounded(found.claims),
        *_list_forbidden_texts(fixture.must_not_contain, found),
    ]
    return _make_document(fixture, found, "compared", items, texts, critical)


def miss_document(
    fixture: GoldenFixture, text: str, *, reason: str, has_failed: bool
) -> DocumentComparison:
    """Return the comparison of an article of which there is no summary: it counts as zero."""
    items = _compare_lists(list_golden_claims(fixture, TextIndex(text)), _NOTHING.claims)
    status: DocumentStatus = "failed" if has_failed else "missing"
    texts = _compare_texts(fixture, _NOTHING)
    document = _make_document(fixture, _NOTHING, status, items, texts, [])
    return document.model_copy(update={"reason": reason})


def _make_document(  # a document has as many parts
    fixture: GoldenFixture,
    found: Found,
    status: DocumentStatus,
    items: Sequence[ItemComparison],
    texts: Sequence[LeafComparison],
    critical: Sequence[CriticalError],
) -> DocumentComparison:
    scores, lists = score_document(items, texts, is_read=status == "compared")
    leaves = [leaf for item in items for leaf in item.leaves]
    return DocumentComparison(
        article=fixture.article,
        summary_id=found.id,
        status=status,
        reason=None,
        scores=scores,
        lists=lists,
        items=list(items),
        texts=list(texts),
        critical_errors=list(critical),
        cosmetic=sum(leaf.severity == "cosmetic" for leaf in (*leaves, *texts)),
    )


def _compare_lists(expected: Claims, found: Claims) -> list[ItemComparison]:
    return [
        item
        for name in LIST_NAMES
        for item in describe_pairing(pair_items(expected[name], found[name]))
    ]


def _compare_texts(fixture: GoldenFixture, found: Found) -> list[LeafComparison]:
    return [
        leaf
        for name, texts in list_golden_texts(fixture).items()
        for leaf in judge_field(name, texts, found.texts.get(name, (None,)))
    ]


def _list_wrong_values(
    items: Sequence[ItemComparison], texts: Sequence[LeafComparison]
) -> Iterator[CriticalError]:
    for item in items:
        for leaf in item.leaves:
            if leaf.severity == "critical":
                yield _make_wrong_value(leaf, item)
    for leaf in texts:
        if leaf.severity == "critical":
            yield _make_wrong_value(leaf, None)


def _make_wrong_value(leaf: LeafComparison, item: ItemComparison | None) -> CriticalError:
    return CriticalError(
        kind="wrong_value",
        list=item.list if item else None,
        item=item.name if item else None,
        found_id=item.found_id if item else None,
        field=leaf.field,
        expected=leaf.expected,
        found=leaf.found,
        note=leaf.note,
    )


def _list_forbidden_items(forbidden: Claims, found: Claims) -> Iterator[CriticalError]:
    for name in LIST_NAMES:
        for rule in forbidden[name]:
            for claim in found[name]:
                if is_forbidden(rule, claim):
                    yield CriticalError(
                        kind="forbidden_item",
                        list=name,
                        item=claim.name,
                        found_id=claim.id,
                        field=None,
                        expected=None,
                        found=claim.name,
                        note=f"it is what forbidden.{name}[{rule.position}] rules out",
                    )


def is_forbidden(rule: Claim, claim: Claim) -> bool:
    """Say whether ``claim`` matches every field that the partial item ``rule`` gives.

    A list matches where the item has all of its entries, be there others; null and the empty
    list match what is left open.
    """
    for field, values in rule.values.items():
        found = claim.values.get(field)
        if found is None or not any(
            _includes(field, one, other) for one in values for other in found
        ):
            return False
    return not rule.places or find_best_overlap(rule, claim) >= EVIDENCE_OVERLAP


def _includes(field: str, wanted: object, found: object) -> bool:
    if is_absent(wanted) or is_absent(found):
        return is_absent(wanted) and is_absent(found)
    scorer = RULES[field].scorer
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return all(any(scorer(one, other).is_right for other in found) for one in wanted)
    return scorer(wanted, found).is_right


def _list_ungrounded(found: Claims) -> Iterator[CriticalError]:
    for name in LIST_NAMES:
        for claim in found[name]:
            for quote in claim.ungrounded:
                yield CriticalError(
                    kind="ungrounded_item",
                    list=name,
                    item=claim.name,
                    found_id=claim.id,
                    field="evidence",
                    expected=None,
                    found=quote or None,
                    note="the article does not have this quote at these offsets"
                    if quote
                    else "it has no quote",
                )


def _list_forbidden_texts(strings: Sequence[str], found: Found) -> Iterator[CriticalError]:
    for string in strings:
        for stated in found.statements:
            if string in stated.text:
                yield CriticalError(
                    kind="forbidden_text",
                    list=stated.list_name,
                    item=stated.item,
                    found_id=stated.id,
                    field=stated.field,
                    expected=None,
                    found=stated.text,
                    note=f"it must not contain {string!r}",
                )
