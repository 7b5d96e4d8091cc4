"""What was found: a summary, or a fixture in the place of one, ready to be compared.

Owns how a summary's items become claims, and which of its quotes stand where they are said
to. Knows no scorer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from schemas.base import LIST_NAMES, ListName
from schemas.claimed import ClaimedEvidence, ClaimedItem, ClaimedSummary
from schemas.golden import GoldenFixture
from service.compare.claims import Claim, Claims, freeze, list_alternatives, list_golden_claims
from service.grounding import Span, TextIndex

Texts = Mapping[str, tuple[str, ...]]
"""``headline`` and ``gist`` to the right ones; what is not judged is left out."""
_TEXTS = ("headline", "gist")
_NO_FIELDS = frozenset({"id", "evidence"})


class Stated(NamedTuple):
    """A string of a summary, and where it stands."""

    list_name: ListName | None
    item: str | None
    """What its item is about; ``None`` for headline and gist."""
    id: str | None
    """Its item's id, where it has one."""
    field: str
    text: str


class Found(NamedTuple):
    """A reading of an article, ready to be compared."""

    id: str | None
    claims: Claims
    texts: Texts


def find_in_summary(summary: ClaimedSummary) -> Found:
    """Return what ``summary`` claims; offsets are held against its own text."""
    text = summary.article.text
    claims = {
        name: [
            _make_claim(name, position, item, text)
            for position, item in enumerate(summary.list_items(name))
        ]
        for name in LIST_NAMES
    }
    texts: Texts = {"headline": (summary.headline,), "gist": (summary.gist,)}
    return Found(summary.id, claims, texts)


def find_in_fixture(fixture: GoldenFixture, index: TextIndex) -> Found:
    """Return what ``fixture`` expects as if it had been found: two annotations can be compared.

    A reading says one thing: of several right values the first is taken. Optional items stay so.
    """
    claims = {
        name: [_commit(claim) for claim in items]
        for name, items in list_golden_claims(fixture, index).items()
    }
    texts = {name: right[:1] for name, right in list_golden_texts(fixture).items()}
    return Found(None, claims, texts)


def _commit(claim: Claim) -> Claim:
    values = {field: right[:1] for field, right in claim.values.items()}
    return claim._replace(values=values, places=claim.places[:1])


def list_golden_texts(fixture: GoldenFixture) -> Texts:
    """Return the right headlines and gists of ``fixture``."""
    given = {name: list_alternatives(getattr(fixture, name)) for name in _TEXTS}
    return {
        name: tuple(str(text) for text in texts)
        for name, texts in given.items()
        if texts != (None,)
    }


def _make_claim(name: ListName, position: int, item: ClaimedItem, text: str) -> Claim:
    spans = tuple(
        sorted(Span(one.start, one.end) for one in item.evidence if _is_grounded(one, text))
    )
    return Claim(
        list_name=name,
        position=position,
        id=item.id,
        values={
            field: (freeze(getattr(item, field)),)
            for field in type(item).model_fields
            if field not in _NO_FIELDS
        },
        places=(spans,),
        ungrounded=tuple(one.quote for one in item.evidence if not _is_grounded(one, text))
        or (() if item.evidence else ("",)),
    )


def _is_grounded(evidence: ClaimedEvidence, text: str) -> bool:
    is_span = 0 <= evidence.start < evidence.end <= len(text)
    return is_span and text[evidence.start : evidence.end] == evidence.quote


def iterate_stated(found: Found) -> Iterator[Stated]:
    """Yield every string of ``found`` but for the quotes."""
    for name, right in found.texts.items():
        for text in right:
            yield Stated(None, None, None, name, text)
    for list_name, items in found.claims.items():
        for claim in items:
            for field, values in claim.values.items():
                for text in _list_strings(values):
                    yield Stated(list_name, claim.name, claim.id, field, text)


def _list_strings(value: object) -> Iterator[str]:
    """Yield every string within ``value``: entries, names and units of what is built of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for part in value.model_dump().values():
            yield from _list_strings(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _list_strings(part)
