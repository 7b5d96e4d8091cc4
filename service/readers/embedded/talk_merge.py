"""Which mentions are of one meeting, and who took part in it.

Owns the rules by which two mentions are one. Does not know how a mention is found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.base import PartialDate
from service.readers.embedded.talk_entries import find_entry
from service.readers.embedded.talk_marks import MarkedSentence, is_heading
from service.readers.embedded.talk_meetings import Meeting, agrees
from service.readers.embedded.talk_mentions import Mention
from service.readers.embedded.talk_parties import (
    find_row,
    find_state,
    list_leaders,
    list_states,
    resolve_pronoun,
)
from service.readers.embedded.talk_places import render_date
from service.readers.embedded.talk_zones import Member

_NEAR = 3
"""How many sentences apart two mentions of one call may stand."""
_PAIR = 2
_SIDES = frozenset(
    (lead, noun)
    for lead in ("both", "two")
    for noun in ("sides", "countries", "governments", "capitals", "nations", "parties")
)
_REACH = 2
"""How many sentences back a pronoun's parties are looked for."""


def merge_mentions(rows: Sequence[MarkedSentence], mentions: Sequence[Mention]) -> list[Meeting]:
    """Return the meetings that the mentions tell of, in the order of the article."""
    meetings: list[Meeting] = []
    for mention in mentions:
        _complete(rows, mention)
        if _is_empty_heading(mention):
            continue
        is_told = mention.is_named and _is_full(mention.members, mention)
        may_stand = not is_told and not mention.members and _may_stand_alone(mention)
        if is_told:
            target = _find_same(meetings, mention)
        else:
            mention.members = mention.members if mention.is_joining else []
            target = _find_referred(meetings, mention)
        if target is None and may_stand:
            mention.members = _borrow(rows, meetings, mention)
            is_told = len(mention.members) > 1
            target = _find_resumed(meetings, mention) if is_told else None
        if target is None and is_told:
            target = Meeting([], kind=mention.kind, status=mention.status)
            target.is_vague = mention.is_vague
            meetings.append(target)
        if target is not None:
            target.add(mention)
    return meetings


def _complete(rows: Sequence[MarkedSentence], mention: Mention) -> None:
    """Fill in what the sentences around the mention say of it."""
    mention.members = _plain(resolve_pronoun(rows, mention))
    if mention.is_that_day:
        mention.date = _find_that_day(rows, mention)
    entry = find_entry(rows, find_row(rows, mention)) if mention.date is None else None
    if entry is not None and not mention.is_unsettled and mention.status != "planned":
        mention.date, mention.opening = entry.date, entry.row
        mention.place = mention.place or (entry.place if mention.kind != "call" else None)
    if mention.pronoun == "leaders" and mention.kind == "meeting":
        mention.kind = "summit"


def _is_empty_heading(mention: Mention) -> bool:
    """Say whether a headline speaks of some talks or other: the text tells which."""
    is_bare = mention.is_vague and not (mention.date or mention.place)
    return is_bare and is_heading(mention.marked.sentence.text)


def _find_that_day(rows: Sequence[MarkedSentence], mention: Mention) -> PartialDate | None:
    """Return the last day stated in front of "that day"; ``None`` where it is unsettled."""
    index = find_row(rows, mention)
    for row in reversed(rows[max(0, index - _REACH - 1) : index]):
        if row.sentence.dates:
            date = render_date(row.sentence.dates[-1])
            return date if date and len(date) == len("2026-02-28") else None
    return None


def _plain(members: Sequence[Member]) -> list[Member]:
    """Return the members without the states for which somebody stands."""
    people = {m.party.country for m in members if m.figure and m.party.country}
    kept: dict[str, Member] = {}
    for member in members:
        if member.figure is None and not member.is_unknown and member.party.country in people:
            continue
        kept.setdefault(member.party.name, member)
    return list(kept.values())


def _is_full(members: Sequence[Member], mention: Mention) -> bool:
    """Say whether the members make up talks between parties."""
    officials = [m for m in members if not m.is_unknown and not (m.figure and m.figure.is_of_firm)]
    if not officials:
        return False
    if mention.kind == "visit" or any(
        m.party.country is None and m.figure is None and not m.is_unknown for m in members
    ):
        return True
    if len({m.party.country or m.party.name for m in officials}) > 1:
        return True
    others = [m for m in members if m.is_unknown or (m.figure and m.figure.is_of_firm)]
    return bool(others) and any(m.figure for m in officials)


def _find_resumed(meetings: Sequence[Meeting], mention: Mention) -> Meeting | None:
    """Return the talks of which "the two sides had frank exchanges" goes on to tell."""
    countries = {m.party.country for m in mention.members}
    last = meetings[-1] if meetings else None
    is_bare = mention.is_vague and not (mention.date or mention.place)
    if last and is_bare and last.status == mention.status:
        is_among = countries <= last.countries
        if is_among or (last.countries & countries and mention.pronoun):
            mention.members = []
            return last
    return _find_same(meetings, mention)


def _find_same(meetings: Sequence[Meeting], mention: Mention) -> Meeting | None:
    """Return the talks of which the mention tells: those that share most with it, else the last."""
    people = {m.party.name for m in mention.members if m.figure}

    def count_shared(meeting: Meeting) -> int:
        is_same_day = bool(mention.date) and mention.date == meeting.date
        return len(people & meeting.parties.keys()) + 2 * is_same_day

    same = [meeting for meeting in reversed(meetings) if _is_one(meeting, mention)]
    return max(same, key=count_shared, default=None)


def _find_referred(meetings: Sequence[Meeting], mention: Mention) -> Meeting | None:
    """Return the talks to which "the call" or "the Busan summit" points back."""
    last = meetings[-1] if meetings else None
    if mention.is_during and last and last.mentions[-1].marked is mention.marked and last.is_vague:
        return last
    if mention.is_new and not mention.date:
        return None
    return next((m for m in reversed(meetings) if _is_referred(m, mention)), None)


def _is_referred(meeting: Meeting, mention: Mention) -> bool:
    is_same_place = bool(mention.place) and mention.place == meeting.place
    if meeting.kind not in {mention.kind, "other"} and not is_same_place:
        return False
    if mention.status != meeting.status or (mention.place and mention.place != meeting.place):
        return False
    if mention.date and meeting.date and not mention.place:
        return agrees(mention.date, meeting.date)
    return True


def _may_stand_alone(mention: Mention) -> bool:
    """Say whether talks may be those of the states around, where the mention names no party."""
    if mention.pronoun in {"states", "leaders"}:
        return True
    words, at = mention.marked.words, mention.at
    is_held = bool({"held", "took", "convened"} & set(words[at + 1 : at + 4]))
    if mention.kind == "call":
        return is_held
    if mention.kind == "negotiation_round" and mention.place and mention.status == "cancelled":
        return True
    is_set = mention.status == "planned" and mention.kind == "negotiation_round"
    is_told = mention.status == "held" or (is_set and mention.date is not None)
    is_kind = mention.kind in {"negotiation_round", "summit", "meeting"}
    return is_kind and is_told and bool(mention.place)


def _borrow(
    rows: Sequence[MarkedSentence], meetings: Sequence[Meeting], mention: Mention
) -> list[Member]:
    """Return the two states, or their leaders, of whose talks the article speaks."""
    index = find_row(rows, mention)
    near: dict[str, Member] = {}
    for row in reversed(rows[max(0, index - _REACH) : index + 1]):
        near = near if len(near) > 1 else near | list_states(row)
    known = {
        m.party.country: m for one in meetings for m in one.parties.values() if m.party.country
    }
    states = near if len(near) == 2 else {}
    if not states and len(known) == 2:
        states = {str(country): _stand_for(member) for country, member in known.items()}
    if not states and _speaks_of_sides(mention):
        main = _find_main_states(rows)
        states = main if near.keys() <= main.keys() else {}
    last = list(meetings[-1].parties.values()) if meetings else []
    if (
        mention.pronoun == "leaders"
        and len(last) == 2
        and all(m.figure and m.figure.is_leader for m in last)
    ):
        return last
    if mention.pronoun == "leaders" or mention.kind == "summit":
        leaders = list_leaders(rows)
        if len(states) == 2 and all(len(leaders.get(country, ())) == 1 for country in states):
            return [leaders[country][0] for country in states]
    return list(states.values())


def _speaks_of_sides(mention: Mention) -> bool:
    """Say whether the sentence speaks of "both sides", whoever they are."""
    words = mention.marked.words
    return mention.pronoun == "states" or any(pair in _SIDES for pair in pairwise(words))


def _find_main_states(rows: Sequence[MarkedSentence]) -> dict[str, Member]:
    """Return the two states that most sentences name; none where a third comes near them."""
    named = [list_states(row) for row in rows if not row.sentence.is_aside]
    counts = Counter(country for states in named for country in states)
    ranked = counts.most_common(3)
    if len(ranked) < _PAIR or (len(ranked) > _PAIR and ranked[2][1] * 2 > ranked[1][1]):
        return {}
    found = {country: member for states in named for country, member in states.items()}
    return {country: found[country] for country, _ in ranked[:_PAIR]}


def _stand_for(member: Member) -> Member:
    return Member(find_state(member.party) or member.party, member.at, None, is_unknown=False)


def _is_detail(meeting: Meeting, mention: Mention) -> bool:
    """Say whether the people of talks are named that were just told of as those of two states."""
    distance = mention.marked.sentence.index - meeting.mentions[-1].marked.sentence.index
    countries = {m.party.country for m in mention.members}
    is_open = not mention.date or not meeting.date or mention.date == meeting.date
    if distance > 2 or countries != meeting.countries or not is_open or mention.is_new:
        return False
    if meeting.status != mention.status or {"call", "summit"} & {meeting.kind, mention.kind}:
        return False
    if not meeting.people:
        is_leaders = all(m.figure and m.figure.is_leader for m in mention.members)
        return mention.kind == "meeting" and mention.status == "held" and not is_leaders
    is_back = not any(m.figure for m in mention.members) and mention.is_definite
    return is_back and (not meeting.place or not mention.place or meeting.place == mention.place)


def _is_one(meeting: Meeting, mention: Mention) -> bool:
    """Say whether the mention, whose parties are known, is of these talks."""
    return _is_detail(meeting, mention) or (
        _has_one_kind(meeting, mention)
        and _has_one_status(meeting, mention)
        and _is_compatible(meeting, mention)
    )


def _is_compatible(meeting: Meeting, mention: Mention) -> bool:
    """Say whether place, date and parties allow that both are one."""
    is_elsewhere = bool(meeting.place and mention.place and meeting.place != mention.place)
    if is_elsewhere and not _is_in_headline(meeting, mention):
        return False
    is_same_day = agrees(meeting.date, mention.date)
    is_same_place = bool(meeting.place) and meeting.place == mention.place
    has_date = bool(meeting.date and mention.date)
    if has_date and not (is_same_day or is_same_place or _is_other_year(meeting, mention)):
        return False
    return _has_same_parties(meeting, mention, is_same_day=is_same_day)


def _is_in_headline(meeting: Meeting, mention: Mention) -> bool:
    """Say whether a headline told of the talks, by the town, and the text tells by the house."""
    first = meeting.mentions[0].marked.sentence
    is_near = mention.marked.sentence.index - first.index <= _NEAR
    return is_near and first.index == 0 and not first.text.endswith((".", "”", '"'))


def _is_other_year(meeting: Meeting, mention: Mention) -> bool:
    """Say whether only the year differs: an article that contradicts itself on one meeting."""
    month = str(mention.date)[4:7]
    return month == str(meeting.date)[4:7] != "" and "planned" not in {
        meeting.status,
        mention.status,
    }


def _has_one_kind(meeting: Meeting, mention: Mention) -> bool:
    kinds = {meeting.kind, mention.kind}
    if len(kinds) == 1:
        return True
    is_tied = agrees(meeting.date, mention.date) or (
        bool(meeting.place) and meeting.place == mention.place
    )
    if "summit" in kinds and not is_tied:
        figures = [m.figure for m in (*meeting.parties.values(), *mention.members) if m.figure]
        return "call" not in kinds and all(figure.is_leader for figure in figures)
    if mention.is_vague or meeting.is_vague or "other" in kinds:
        return True
    return "call" not in kinds and (is_tied or "negotiation_round" not in kinds or "visit" in kinds)


def _has_one_status(meeting: Meeting, mention: Mention) -> bool:
    statuses = {meeting.status, mention.status}
    return len(statuses) == 1 or statuses in (
        {"planned", "cancelled"},
        {"held", "ongoing"},
        {"planned", "ongoing"},
    )


def _has_same_parties(meeting: Meeting, mention: Mention, *, is_same_day: bool) -> bool:
    countries = {m.party.country or m.party.name for m in mention.members}
    if not (countries <= meeting.countries or meeting.countries <= countries):
        return False
    if is_same_day:
        return True
    has_people, known = any(m.figure for m in mention.members), meeting.people
    if has_people and known:
        return _has_same_people(known, mention)
    is_at_place = meeting.place is not None and meeting.place == mention.place
    if not has_people and not known:
        return meeting.place == mention.place and not (mention.is_new and mention.kind == "call")
    distance = mention.marked.sentence.index - meeting.mentions[-1].marked.sentence.index
    is_call = mention.kind == meeting.kind == "call"
    is_resumed = is_call and distance <= _NEAR and (has_people or not mention.is_new)
    return is_at_place or is_resumed


def _has_same_people(known: Mapping[str | None, set[str]], mention: Mention) -> bool:
    """Say whether the mention names nobody in the place of another, and somebody known."""
    people = [m.party for m in mention.members if m.figure]
    is_shared = any(party.name in known.get(party.country, ()) for party in people)
    return is_shared and all(
        party.name in known.get(party.country, {party.name}) for party in people
    )
