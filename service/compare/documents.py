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
from service.compare.fields import AMOUNTS, DATES, OBJECT_FIELDS, RULES, TEXTS, is_absent
from service.compare.found import Found, iterate_stated, list_golden_texts
from service.compare.items import describe_pair, describe_pairing
from service.compare.leaves import find_best_overlap, judge_field
from service.compare.pairing import Pair, Pairing, may_be_one, pair_items
from service.compare.scores import score_document
from service.compare.texts import measure_likeness
from service.compare.thresholds import EVIDENCE_OVERLAP, FORBIDDEN_LIKENESS
from service.grounding import TextIndex

_NOTHING = Found(None, {name: [] for name in LIST_NAMES}, {})


def compare_document(fixture: GoldenFixture, text: str, found: Found) -> DocumentComparison:
    """Return what ``found`` makes of the article whose canonical text is ``text``."""
    index = TextIndex(text)
    expected = list_golden_claims(fixture, index)
    pairings = _pair_lists(expected, found.claims)
    items = _describe_lists(pairings)
    texts = _compare_texts(fixture, found)
    critical = [
        *_list_wrong_values(items, texts),
        *_list_told_again(pairings),
        *_list_forbidden_items(list_forbidden_claims(fixture, index), found.claims),
        *_list_ungrounded(found.claims),
        *_list_forbidden_texts(fixture.must_not_contain, found),
    ]
    return _make_document(fixture, found, "compared", items, texts, critical)


def miss_document(
    fixture: GoldenFixture, text: str, *, reason: str, has_failed: bool
) -> DocumentComparison:
    """Return the comparison of an article of which there is no summary: it counts as zero."""
    pairings = _pair_lists(list_golden_claims(fixture, TextIndex(text)), _NOTHING.claims)
    items = _describe_lists(pairings)
    status: DocumentStatus = "failed" if has_failed else "missing"
    texts = _compare_texts(fixture, _NOTHING)
    document = _make_document(fixture, _NOTHING, status, items, texts, [])
    return document.model_copy(update={"reason": reason})


def _make_document(
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


def _pair_lists(expected: Claims, found: Claims) -> list[Pairing]:
    return [pair_items(expected[name], found[name]) for name in LIST_NAMES]


def _describe_lists(pairings: Sequence[Pairing]) -> list[ItemComparison]:
    return [item for pairing in pairings for item in describe_pairing(pairing)]


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


def _list_told_again(pairings: Sequence[Pairing]) -> Iterator[CriticalError]:
    """Yield what is wrong in an item that tells an expected fact a second time, otherwise.

    Who says 25 and 26 percent has not said 25. By itself the item is an invented one.
    """
    for pairing in pairings:
        for claim in pairing.invented:
            twins = [pair.expected for pair in pairing.pairs if may_be_one(pair.expected, claim)]
            if not claim.is_optional:
                told = [list(_compare_again(Pair(twin, claim, 1))) for twin in twins]
                yield from min(told, key=len, default=())


def _compare_again(pair: Pair) -> Iterator[CriticalError]:
    told = describe_pair(pair)
    critical = [leaf for leaf in told.leaves if leaf.severity == "critical"]
    if any(leaf.field in OBJECT_FIELDS for leaf in critical):
        return
    for leaf in critical:
        if leaf.field in AMOUNTS:
            error = _make_wrong_value(leaf, told)
            yield error.model_copy(update={"note": "the same fact is told again, otherwise"})


def _list_forbidden_items(forbidden: Claims, found: Claims) -> Iterator[CriticalError]:
    for name in LIST_NAMES:
        for claim in found[name]:
            rule = next((one for one in forbidden[name] if is_forbidden(one, claim)), None)
            if rule is not None:
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
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return all(any(_is_ruled_out(field, one, other) for other in found) for one in wanted)
    return _is_ruled_out(field, wanted, found)


def _is_ruled_out(field: str, wanted: object, found: object) -> bool:
    """Say whether a value is the forbidden one; a day is within its year."""
    if field in DATES and isinstance(wanted, str) and isinstance(found, str):
        return found == wanted or found.startswith(f"{wanted}-")
    if not RULES[field].scorer(wanted, found).is_right:
        return False
    is_text = field in TEXTS and isinstance(wanted, str) and isinstance(found, str)
    return not is_text or measure_likeness(str(wanted), str(found)) >= FORBIDDEN_LIKENESS


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
    for stated in iterate_stated(found) if strings else ():
        for string in strings:
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
