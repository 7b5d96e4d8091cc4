"""Rows of parties in a sentence: "U.S. and Chinese officials", "Ma and the ambassador".

Owns which marks belong to such a row and which parties it names. Knows no verb of meeting.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.base import Party
from service.readers.embedded.talk_figures import Figure
from service.readers.embedded.talk_marks import MarkedSentence

_ARTICLES = frozenset("the a an both all his her its their our".split())
_PEOPLE = frozenset(
    """
    officials official negotiators negotiator teams team delegation delegations
    representatives representative side sides leaders leader ministers minister counterpart
    counterparts government governments ministry department diplomats envoys lawmakers
    authorities regulators administration group countries nations capitals heads presidents
    secretary president premier commission vice deputy prime party parties
    """.split()
)
_KINDS = frozenset(
    """
    senior top high-level chief lead new trade commerce economic finance financial technical
    foreign business working agriculture industry energy economy state central bank newly
    appointed level visiting respective other then former
    """.split()
)
_GLUE = frozenset(
    {"and", "&", "of", "from", ",", "-", "–", "/", "'s", "’s", "as", "well", "'", "’"}
)
_FILLERS = frozenset(
    """
    also has have had been is are was were be will would shall to due set expected scheduled
    later then recently reportedly again briefly personally separately on in by at ,
    together jointly themselves each both may might could can should must not never who
    which planned planning plans about going just already first last earlier this that
    morning evening afternoon night day late slated likely next once finally virtually week
    month 'll ’ll than it now still soon
    """.split()
)
_ORGANISATION = frozenset(
    """
    association council chamber committee commission federation institute union alliance
    bank corporation board society congress parliament
    """.split()
)
_OFFICES = (_PEOPLE | _KINDS) - {"officials", "and", "sides", "side"}
_UNIONS = frozenset({"Commission", "European"})
"""The European Union, where the sentence joins it to another party."""
_NAMES = frozenset("PSAGBFX")
_MAX_MARKS = 40


class Member(NamedTuple):
    """One party of a row."""

    party: Party
    at: int
    """Its mark."""
    figure: Figure | None
    """The person, where it is one whom the article titles or everybody knows."""
    is_unknown: bool
    """Whether a name that may be a person or an organisation, or anything."""


class Zone(NamedTuple):
    """The marks ``first:last`` and the parties in them."""

    first: int
    last: int
    members: tuple[Member, ...]


def read_right(marked: MarkedSentence, at: int) -> Zone:
    """Return the row that begins at the mark ``at``."""
    words = marked.words
    last = at
    while last < min(len(words), at + _MAX_MARKS) and _continues(words, last, at):
        last += 1
    while last > at and words[last - 1] in {
        ",",
        "and",
        "&",
        "of",
        "from",
        "-",
        "as",
        "well",
        "the",
    }:
        last -= 1
    return Zone(at, last, tuple(_list_members(marked, at, last)))


def read_left(marked: MarkedSentence, at: int) -> Zone:
    """Return the row that ends before the mark ``at``, auxiliaries and adverbs between left out."""
    words = marked.words
    last = at
    floor = max(0, at - _MAX_MARKS)
    while last > floor and _is_filler(words, last - 1):
        last -= 1
    first = last
    while first > floor and _precedes(words, first - 1, last):
        first -= 1
    return Zone(first, last, tuple(_list_members(marked, first, last)))


def _is_filler(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word in _FILLERS or word == "D":
        return True
    return word in {"X", "L"} and at > 0 and words[at - 1] in {"in", "at", "to"}


def _is_part(word: str) -> bool:
    return word in _NAMES or word in _ARTICLES or word in _PEOPLE or word in _KINDS


def _continues(words: Sequence[str], at: int, first: int) -> bool:
    word = words[at]
    if _is_part(word):
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    if word == "," and following in _ARTICLES:
        return at > first and words[at + 2 : at + 3] != () and words[at + 2] in "PSAGB"
    if word in {",", "and", "&", "-", "–", "/"}:
        return at > first and (_is_part(following) or following in {"and", "&"})
    return word in _GLUE and at > first and _is_part(following)


def _precedes(words: Sequence[str], at: int, last: int) -> bool:
    word = words[at]
    before = words[at - 1] if at else ""
    if word in "PSAGBF" or word in _ARTICLES or word in _PEOPLE or word in _KINDS:
        return True
    if word == "X":
        return before not in {"in", "at", "near", "on"}
    if at + 1 >= last or at == 0:
        return False
    if word in {",", "-", "–", "/"}:
        return before in "PSAGBFX"
    return word in _GLUE and (_is_part(before) or before in {",", "well"})


def read_member(marked: MarkedSentence, at: int) -> Member | None:
    """Return the party that the mark names, whatever it owns: "Trump's", "China's"."""
    if marked.words[at] == "P":
        figure = marked.find_figure(at)
        return Member(figure.party, at, figure, is_unknown=False) if figure else None
    state = marked.find_state(at) if marked.words[at] in "SAGB" else None
    return Member(state, at, None, is_unknown=False) if state else None


def _list_members(marked: MarkedSentence, first: int, last: int) -> Iterator[Member]:
    words = marked.words
    for at in range(first, last):
        word = words[at]
        is_owner = at + 1 < len(words) and words[at + 1] in {"'s", "’s"}
        if is_owner and not any(_is_member(words[i]) for i in range(at + 2, last)):
            continue
        if word == "P":
            figure = marked.find_figure(at)
            if figure is not None and not is_owner:
                yield Member(figure.party, at, figure, is_unknown=False)
        elif word in "SAGB":
            state = marked.find_state(at)
            is_part = words[at + 1 : min(at + 2, last)] in (("X",), ("F",))
            if state is not None and not is_part and not _finds_person(marked, at, last):
                yield Member(state, at, None, is_unknown=False)
        elif word == "X" or (word == "F" and words[at + 1 : at + 2] not in (("X",), ("P",))):
            yield from _read_other(marked, at, first)


def _finds_person(marked: MarkedSentence, at: int, last: int) -> bool:
    """Say whether the state only says whose counterpart the name behind it is."""
    words = marked.words
    place = at + 1
    while place < last and words[place] in _OFFICES:
        place += 1
    return at + 1 < place < last and words[place] == "X" and " " in marked.write(place)


def _find_owner(marked: MarkedSentence, at: int, first: int) -> Party | None:
    """Return the state of "his Canadian counterpart Maninder Sidhu"."""
    place = at - 1
    while place >= first and marked.words[place] in _OFFICES:
        place -= 1
    return marked.find_state(place) if first <= place and marked.words[place] in "SA" else None


def _is_member(word: str) -> bool:
    return word in "PSAGBFX" or word in _PEOPLE


def _read_other(marked: MarkedSentence, at: int, first: int) -> Iterator[Member]:
    name = marked.write(at)
    words = name.split()
    owner = marked.find_state(at - 1) if at > first and marked.words[at - 1] in "SA" else None
    if name in _UNIONS:
        yield Member(Party(name="European Union", country="EU"), at, None, is_unknown=False)
    elif marked.words[at] == "F":
        found = marked.find_name(at)
        yield Member(
            Party(name=found.text if found else name, country=None), at, None, is_unknown=True
        )
    elif len(words) == 1 and name.lower() in _ORGANISATION:
        return
    elif _ORGANISATION & {word.lower() for word in words}:
        country = owner.country if owner else None
        yield Member(Party(name=name, country=country), at, None, is_unknown=True)
    elif owner:
        yield Member(owner, at - 1, None, is_unknown=False)
    elif len(words) > 1 and (state := _find_owner(marked, at, first)):
        party = Party(name=name, country=state.country)
        yield Member(party, at, Figure(party, is_leader=False, is_of_firm=False), is_unknown=False)
    elif len(words) > 1:
        is_after_firm = at > first and marked.words[at - 1] == "F" and len(words) > 2
        plain = " ".join(words[-2:]) if is_after_firm else name
        yield Member(Party(name=plain, country=None), at, None, is_unknown=True)
