"""Ways of meeting that are told by what leads to it: travel, a delegation, a signature, a line.

Owns "is due in Brussels for talks with", "leads a delegation to", "signed the accord in", "told him
by phone". Knows no other mention.
"""

import re

from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_mentions import (
    BY_PHONE,
    Mention,
    make_mention,
    read_clause_subject,
    read_subject,
)
from service.readers.embedded.talk_places import Attachment, read_attachments
from service.readers.embedded.talk_status import judge_verb
from service.readers.embedded.talk_zones import Member, read_right

_PLACES = frozenset("SLX")
_OWNERS = frozenset({"'s", "’s"})
_WITH_REACH = 12
"""Most marks from a place to "with", behind which stands who is met there."""
_BREAKS = frozenset({".", ";", "that", "who", "which", "said", "where", "while", "but"})
_GOING = frozenset("take takes took taking lead leads led leading head heads headed bring".split())
_GOING_REACH, _TO_REACH, _IN_REACH = 4, 7, 16
_ARRIVING = frozenset("arrive be fly land travel visit go".split())
_ON_LINE = re.compile(
    r"(?:in|during|on) (?:a|an|the|their) (?:[\w-]+ ){0,2}(?:call|conversation|videoconference)\b"
)
_LINE_WORDS = 7
_TALKING = frozenset("spoke talked speak talk with".split())
_ALLIES = 2
_TEAMS = frozenset("delegation team negotiators envoys officials".split())
_TEAM_REACH = 20


def read_due(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "is due in Canberra in June for talks with Mr Albanese", "will be in Beijing"."""
    words = marked.words
    if words[at] == "be" and not {"will", "'ll", "’ll"} & set(words[max(0, at - 2) : at]):
        return None
    to = at + 1
    if words[to : to + 1] == ("to",) and words[to + 1 : to + 2] and words[to + 1] in _ARRIVING:
        to += 2
    if words[to : to + 1] not in (("in",), ("at",), ("to",)):
        return None
    return _read_stay(marked, at, to + 1, is_planned=True)


def read_leaving(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "left for Washington on Thursday for talks with Mr Lutnick": they are still ahead."""
    if marked.words[at + 1 : at + 2] not in (("for",), ("to",)):
        return None
    return _read_stay(marked, at, at + 2, is_planned=True)


def read_sending(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "is sending its business secretary, Peter Kyle, to Brussels next Tuesday"."""
    zone = read_right(marked, at + 1)
    people = [member for member in zone.members if member.figure and member.party.country]
    if not people:
        return _read_sent_team(marked, at)
    to = zone.last + (marked.words[zone.last : zone.last + 1] == (",",))
    if not people or marked.words[to : to + 1] != ("to",):
        return None
    is_planned = marked.words[at] == "sending"
    return _read_stay(marked, at, to + 1, people=people, is_planned=is_planned)


def _read_sent_team(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "will send a delegation under Mr Leitner to Washington on 8 December"."""
    words = marked.words
    stop = min(len(words) - 1, at + _TEAM_REACH)
    team = next((i for i in range(at + 1, min(stop, at + 5)) if words[i] in _TEAMS), None)
    to = next((i for i in range(team or stop, stop) if words[i] == "to"), None)
    if team is None or to is None or not _BREAKS.isdisjoint(words[team:to]):
        return None
    sides = [one for one in read_subject(marked, at)[0] if one.party.country]
    led = [one for i in range(team, to) for one in read_right(marked, i).members if one.figure]
    is_planned = words[at] == "sending"
    return _read_stay(marked, at, to + 1, people=led[:1] or sides, is_planned=is_planned)


def read_delegation(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "is to take a delegation of exporters to Guangzhou in February"."""
    words = marked.words
    verbs = (i for i in range(at - 1, max(-1, at - _GOING_REACH), -1) if words[i] in _GOING)
    verb = next(verbs, None)
    ahead = range(at + 1, min(len(words) - 1, at + _TO_REACH))
    to = next((i for i in ahead if words[i] == "to"), None)
    if verb is None or to is None:
        return None
    return _read_stay(marked, verb, to + 1)


def _read_stay(
    marked: MarkedSentence,
    verb: int,
    place: int,
    *,
    people: list[Member] | None = None,
    is_planned: bool = False,
) -> Mention | None:
    """Return the visit to the place at ``place``, and who is met there."""
    words = marked.words
    if place >= len(words) or words[place] not in _PLACES:
        return None
    if words[place + 1 : place + 2] and words[place + 1] in _OWNERS:
        return None
    if people is None:
        people = [one for one in read_subject(marked, verb)[0] if one.figure and one.party.country]
    state = marked.find_state(place)
    countries = {member.party.country for member in people}
    if not people or (state is not None and state.country in countries):
        return None
    found = read_attachments(marked, place + 1)
    found.place = marked.write(place)
    found.members = [
        one
        for one in found.members or find_met(marked, place)
        if one.figure and one.party.country not in countries
    ]
    status = judge_verb(marked, verb)
    if status is not None and is_planned:
        status = "planned"
    return make_mention(marked, verb, "visit", (people, None), found, status=status)


def find_met(marked: MarkedSentence, place: int) -> list[Member]:
    """Return who is met at the place at ``place``: "in Canberra for talks with Mr Albanese"."""
    words = marked.words
    for at in range(place + 1, min(len(words), place + _WITH_REACH)):
        if words[at] in _BREAKS:
            break
        if words[at] == "with":
            return list(read_right(marked, at + 1).members)
    return []


def read_signing(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "Trump and Starmer signed the accord in the Canadian Rockies on Monday"."""
    words = marked.words
    if words[at] == "put" and "names" not in words[at : at + 3]:
        return None
    subject = read_subject(marked, at)
    if len({one.party.country for one in subject[0] if one.figure}) < _ALLIES:
        return None
    for place in range(at + 1, min(len(words), at + _IN_REACH)):
        if words[place] in _BREAKS:
            break
        if words[place] in {"in", "at"}:
            found = read_attachments(marked, place)
            if found.place:
                found.members = []
                status = judge_verb(marked, at)
                return make_mention(marked, at, "meeting", subject, found, status=status)
    return None


def read_line(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "the two ministers, A and B, spend an hour on the telephone"."""
    words = marked.words
    if words[max(0, at - 2) : at] != ("on", "the") or words[at - 3] in _TALKING:
        return None
    subject = [one for one in read_clause_subject(marked, at).members if one.figure]
    if len({one.party.country for one in subject}) < _ALLIES:
        return None
    found = read_attachments(marked, at + 1)
    found.members = []
    return make_mention(marked, at, "call", (subject, None), found, status=judge_verb(marked, at))


def read_telling(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "asked Mr Šefčovič over a video link", "warned Mr Wang in a phone call"."""
    zone = read_right(marked, at + 1)
    behind = " ".join(marked.words[zone.last : zone.last + _LINE_WORDS])
    if not zone.members or not (BY_PHONE.match(behind) or _ON_LINE.match(behind)):
        return None
    near = [one for one in read_subject(marked, at)[0] if one.figure]
    subject = near or [one for one in read_clause_subject(marked, at).members if one.figure]
    known = {member.at for member in zone.members}
    subject = [member for member in subject if member.at not in known]
    if not subject or not all(member.figure for member in zone.members):
        return None
    start = (
        zone.last + len(behind.split(" call")[0].split()) + 1 if " call" in behind else zone.last
    )
    found: Attachment = read_attachments(marked, start)
    found.members = list(zone.members)
    return make_mention(marked, at, "call", (subject, None), found, status=judge_verb(marked, at))
