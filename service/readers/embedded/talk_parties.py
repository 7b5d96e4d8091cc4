"""Whom the pronouns of talks mean, and of which states and leaders the article speaks.

Owns the search back through the sentences. Knows no meeting.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.base import Party
from schemas.parties import find_party_by_country
from service.readers.embedded.naming import make_party
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_mentions import Mention
from service.readers.embedded.talk_zones import Member, read_member

_FAR = 6
_POSTS = frozenset("president premier chancellor minister secretary chairman".split())
_LABEL_WORDS = 6
"""Words of a transcript's label: "Olof Gill, spokesperson:"."""
_REACH = 2
"""How many sentences back a pronoun's parties are looked for."""


def resolve_pronoun(rows: Sequence[MarkedSentence], mention: Mention) -> list[Member]:
    """Return the parties of ``mention``, with those whom its pronoun means."""
    if mention.pronoun is None:
        return mention.members
    index = find_row(rows, mention)
    if mention.pronoun == "one":
        owner = _find_owner(rows, index, mention)
        return [owner, *mention.members] if owner else mention.members
    if mention.pronoun == "group":
        return [*_find_group(rows, index), *mention.members]
    if mention.pronoun != "two" or mention.members:
        return mention.members
    found: list[Member] = []
    for member in _look_back(rows, index, mention.at):
        if len(found) < 2 and member.party.country not in {one.party.country for one in found}:
            found.append(member)
    return found if len(found) == 2 else []


def _find_owner(rows: Sequence[MarkedSentence], index: int, mention: Mention) -> Member | None:
    """Return whom "he" means: the first person of the sentence, or of the last one with any."""
    taken = {member.party.name for member in mention.members}
    for back in range(min(index, _FAR) + 1):
        row = rows[index - back]
        people = list(_list_people(row, mention.at if back == 0 else len(row.marks)))
        free = [m for m in people if m.party.name not in taken]
        if not free and _names_office(row, mention.at if back == 0 else len(row.marks)):
            return None
        if free:
            owner = free[0]
            is_other = owner.party.country not in {m.party.country for m in mention.members}
            return owner if is_other else None
    return None


def _names_office(row: MarkedSentence, end: int) -> bool:
    """Say whether somebody is told of by office alone: "the president ... he"."""
    return any(one == "the" and other in _POSTS for one, other in pairwise(row.words[:end]))


def _look_back(rows: Sequence[MarkedSentence], index: int, at: int) -> Iterator[Member]:
    for back in range(min(index, _REACH) + 1):
        row = rows[index - back]
        yield from reversed(list(_list_people(row, at if back == 0 else len(row.marks))))


def _list_people(row: MarkedSentence, end: int) -> Iterator[Member]:
    for place in range(end):
        is_label = place == 0 and ":" in row.words[1:_LABEL_WORDS]
        figure = row.find_figure(place) if row.words[place] == "P" and not is_label else None
        if figure is not None and row.words[place + 1 : place + 2] not in (("'s",), ("’s",)):
            yield Member(figure.party, place, figure, is_unknown=False)


def _find_group(rows: Sequence[MarkedSentence], index: int) -> list[Member]:
    for row in reversed(rows[max(0, index - _FAR) : index + 1]):
        for at, word in enumerate(row.words):
            member = read_member(row, at) if word == "G" else None
            if member:
                return [member]
    return []


def list_states(row: MarkedSentence) -> dict[str, Member]:
    """Return the states that a sentence names as such or by their people."""
    found: dict[str, Member] = {}
    places: set[int] = set()
    for at, word in enumerate(row.words):
        name = row.find_name(at) if word in {"S", "A", "B"} else None
        # "In Geneva, Stockholm and Madrid" names no government.
        follows = at - 2 in places and row.words[at - 1] in {",", "and"}
        is_where = word == "S" and row.words[max(0, at - 1) : at] == ("in",)
        if word in {"L", "X"} or is_where or (name and name.kind == "metonym" and follows):
            places.add(at)
            continue
        state = name.state if name else None
        figure = row.find_figure(at) if word == "P" else None
        party = state or (find_state(figure.party) if figure else None)
        if party and party.country:
            found.setdefault(party.country, Member(party, at, None, is_unknown=False))
    return found


def list_leaders(rows: Sequence[MarkedSentence]) -> dict[str, list[Member]]:
    """Return the heads of state or government whom the article names, by country."""
    found: dict[str, dict[str, Member]] = {}
    for row in rows:
        for member in _list_people(row, len(row.marks)):
            if member.figure and member.figure.is_leader and member.party.country:
                found.setdefault(member.party.country, {}).setdefault(member.party.name, member)
    return {country: list(people.values()) for country, people in found.items()}


def find_state(party: Party) -> Party | None:
    """Return the state to which a person or body belongs."""
    entry = find_party_by_country(party.country) if party.country else None
    return make_party(entry) if entry else None


def find_row(rows: Sequence[MarkedSentence], mention: Mention) -> int:
    """Return the place of the mention's sentence among ``rows``."""
    start = mention.marked.sentence.start
    return bisect_left(rows, start, key=lambda row: row.sentence.start)
