"""Nouns of meeting: "the Trump-Xi call", "talks in Geneva between", "a visit to Beijing by".

Owns which nouns speak of talks, and of what kind. Knows no other mention.
"""

import re
from collections.abc import Sequence

from schemas.base import TalkKind, TalkStatus
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_mentions import (
    PLURAL,
    REMOTE,
    Mention,
    Pronoun,
    make_mention,
    read_clause_subject,
    read_pronoun,
    read_subject,
)
from service.readers.embedded.talk_places import Attachment, read_attachments, render_date
from service.readers.embedded.talk_status import judge_noun, judge_verb
from service.readers.embedded.talk_zones import Member, Zone, read_left, read_member, read_right

NOUNS: dict[str, TalkKind] = {
    **dict.fromkeys("call conversation videoconference teleconference conference".split(), "call"),
    **dict.fromkeys(
        "talks negotiations negotiation discussions dialogue".split(), "negotiation_round"
    ),
    **dict.fromkeys(("consultations", "consultation"), "negotiation_round"),
    **dict.fromkeys(("meeting", "meetings"), "meeting"),
    **dict.fromkeys(("exchange", "exchanges"), "other"),
    **dict.fromkeys(("visit", "trip"), "visit"),
    **dict.fromkeys(("lunch", "dinner", "breakfast"), "meeting"),
    "summit": "summit",
    "round": "negotiation_round",
}


_DETERMINERS = frozenset("a an the their his her its our this these".split())


_MODIFIERS = frozenset(
    """
    a an the this that these their his her its our first second third fourth fifth sixth
    seventh eighth ninth tenth eleventh twelfth expert director-general vice-ministerial
    last latest recent previous another new next further separate phone telephone video
    virtual online in-person face-to-face bilateral trade economic commercial and technical
    working ministerial trilateral long-awaited constructive candid frank beautiful
    productive morning evening afternoon planned expected upcoming scheduled forthcoming
    ongoing fentanyl tariff rare earth chip semiconductor one-on-one closed-door round
    rounds of series several key brief lengthy long good great in-depth deep detailed formal
    informal official state leaders initial preliminary final renewed fresh direct private
    two three four hourlong hour-long breakfast rare-earth export-control vice
    ministerial-level cooperation-focused substantive broad broader wide-ranging security
    political 's ’s - – “ ” " earlier late possible potential proposed any no future days
    economic-and-trade session return reciprocal first-ever introductory
    """.split()
)


_MODIFYING = re.compile(
    r"[a-z0-9]+-(?:level|day|hour|stakes|minute|ranking|side|term|way|long|person)"
)


_HOLDING = frozenset(
    """
    held hold holds holding had have has conducted conduct conducting convened concluded
    opened open opens resumed resume resumes started start begin began begun attended joined
    completed co-chaired hosted host hosts hosting launched finished wrapped ended end met
    meet
    """.split()
)


_SPANS = frozenset("days day hours rounds".split())
"""What talks are measured in: "two days of talks"."""
_SIDES_OF_TALKS = 2
_MEALS = frozenset({"lunch", "dinner", "breakfast"})
_CALL_LEADS = frozenset(
    "a an the that this their his her phone video telephone another D P ’s 's".split()
)
_PAYING = frozenset("paid pays pay paying made makes begins began started concluded".split())
_PAIR_REACH = 14
"""Most marks from a noun to the "between" behind its place and date."""
_HAPPENING = (
    ("be", "held"),
    ("take", "place"),
    ("took", "place"),
    ("was", "held"),
    ("were", "held"),
)
_VERB_REACH = 12
_JOINING = frozenset("attended joined participated part".split())
_COUNTED = frozenset(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth next
    another further last final latest
    """.split()
)
_TAKING_PART = frozenset(
    """
    engaged engage participated participate part led lead leads travel travelled traveled flew
    fly arrived wrapped visit headed meet met
    """.split()
)
_NO_MEETING = frozenset(
    """
    board cabinet committee press news town annual shareholder shareholders fall spring
    earnings analyst investor media staff editorial council religious rate policy opec
    market sideline prayer
    """.split()
)


def _find_phrase(words: Sequence[str], at: int) -> int:
    """Return where the noun phrase begins whose noun is at ``at``."""
    first = at
    while first > 0 and at - first < 12:
        word = words[first - 1]
        if first < at and words[first] in _DETERMINERS:
            break
        if (
            word in _MODIFIERS
            or word in "PSAGXLD"
            or _MODIFYING.fullmatch(word)
            or (word == "of" and first > 1 and words[first - 2] in _SPANS)
            or (word == "," and words[first] in _MODIFIERS and words[first - 2] in _MODIFIERS)
        ):
            first -= 1
        else:
            break
    while first < at and words[first] in {"and", "of", "’s", "'s", "-", "”", '"', ","}:
        first += 1
    if words[first] == "that" and words[first + 1] in {"a", "an", "the", "their", "his", "her"}:
        first += 1
    return first


def read_noun(marked: MarkedSentence, at: int) -> Mention | None:
    """Return the talks that the noun at ``at`` names; ``None`` where it names none."""
    words = marked.words
    kind = _read_kind(words, at)
    first = _find_phrase(words, at)
    is_eaten = words[at] in _MEALS and _find_holder(words, first) is None
    if kind is None or is_eaten or (first and words[first - 1] in _NO_MEETING):
        return None
    if "G" in words[first:at] and words[at] in {"summit", "meeting", "meetings"}:
        return None
    status = judge_noun(marked, first, at)
    if status is None:
        return None
    if kind == "visit":
        return _read_trip(marked, first, at, status=status)
    found = read_attachments(marked, at + 1)
    _read_behind_verb(marked, found)
    inside = _read_inside(marked, first, at, found)
    verb = _find_holder(words, first)
    is_held = verb is not None and not (found.members and found.is_between) and len(inside) < 2
    if verb is not None and is_held:
        subject = read_subject(marked, verb - (words[verb] == "part"))
        status = judge_verb(marked, verb) if status == "held" else status
    else:
        subject = _find_parties(marked, first, at, found, is_inside=len(inside) > 1)
    members = subject[0] + inside
    mention = make_mention(marked, at, kind, (members, subject[1]), found, status=status)
    if mention is None:
        return None
    mention.is_named = len(mention.members) > 1 or bool(mention.members and subject[1])
    mention.is_named |= subject[1] in PLURAL
    if verb is None and not found.is_between and len(mention.members) < 2 and not subject[1]:
        mention.is_named = False
    mention.is_joining = verb is not None and words[verb] in _JOINING
    _mark_phrase(mention, first, has_date=bool(found.date))
    return mention


def _read_behind_verb(marked: MarkedSentence, found: Attachment) -> None:
    """Take place and date from behind "will be held", where a topic stands in between."""
    words = marked.words
    if found.place is not None:
        return
    for place in range(found.last, min(len(words) - 1, found.last + _VERB_REACH)):
        if words[place] in {".", ";", ","}:
            return
        if words[place : place + 2] in _HAPPENING:
            late = read_attachments(marked, place + 2)
            found.place = late.place
            found.date = found.date or late.date
            return


def _mark_phrase(mention: Mention, first: int, *, has_date: bool) -> None:
    """Note what the noun phrase says besides: "another", "during", "the Friday call"."""
    marked, at = mention.marked, mention.at
    words = marked.words
    mention.is_vague = words[at] in {"discussions", "talks", "exchange", "exchanges", "dialogue"}
    mention.is_new = words[first] in {"a", "an", "another"}
    mention.is_definite = words[first] in {"the", "these", "those"}
    mention.is_during = first > 0 and words[first - 1] in {"during", "in", "on", "at"}
    inner = [i for i in range(first, at) if words[i] == "D"]
    reading = marked.find_date(inner[-1]) if inner else None
    if reading is not None and not has_date:
        mention.date = render_date(reading)
        mention.is_unsettled = mention.date is None and bool(reading.mention.month)


def _find_parties(
    marked: MarkedSentence, first: int, at: int, found: Attachment, *, is_inside: bool
) -> tuple[list[Member], Pronoun | None]:
    """Return the parties that are named neither within the phrase nor behind it."""
    words = marked.words
    if found.members and not found.is_between:
        return _find_other(marked, first, found)
    if found.is_between and not found.members:
        pronoun = _read_pair(words, at)
        return ([] if pronoun else list(read_clause_subject(marked, first).members)), pronoun
    if "their" in words[first:at]:
        return [], "two"
    if not is_inside and first > 1 and words[first - 1] in {"at", "in", "during"}:
        people = _find_people_before(marked, first)
        return people or _find_states_before(marked, first, at), None
    is_round = NOUNS[words[at]] == "negotiation_round"
    if not is_inside and is_round and first > 1 and words[first - 1] in {"after", "following"}:
        sides = [one for one in read_clause_subject(marked, first).members if not one.is_unknown]
        return (sides if len({one.party.country for one in sides}) > 1 else []), None
    return [], None


def _read_pair(words: Sequence[str], at: int) -> Pronoun | None:
    """Return who "between the two governments" are, behind the noun at ``at``."""
    stop = min(len(words), at + _PAIR_REACH)
    between = next((place for place in range(at, stop) if words[place] == "between"), None)
    if between is None:
        return None
    last = min(len(words), between + 4)
    return read_pronoun(words, Zone(last, last, ()))


def _read_kind(words: Sequence[str], at: int) -> TalkKind | None:
    word = words[at]
    before = set(words[max(0, at - 5) : at])
    if word in {"round", "conference"}:
        is_video = words[at - 1 : at] == ("video",)
        return _read_round(words, at) if word == "round" else ("call" if is_video else None)
    if word == "call":
        has_determiner = before & _CALL_LEADS
        is_appeal = (
            words[at + 1 : at + 2]
            and words[at + 1] in {"for", "to", "on", "upon", "it", "him"}
            and not before & REMOTE
        )
        is_firm = {"earnings", "analysts", "investors", "analyst", "investor"} & {
            *before,
            *words[at + 1 : at + 5],
        }
        return (
            None
            if is_firm or not has_determiner or (is_appeal and words[at + 2 : at + 3] != ("D",))
            else "call"
        )
    if word == "conversation":
        return "call" if before & {*REMOTE, "the", "a", "’s", "'s", "this", "their"} else None
    if REMOTE & before and word in {
        "meeting",
        "talks",
        "discussions",
        "consultations",
        "summit",
        "meetings",
    }:
        return "call"
    if word in {"meeting", "talks"} and "summit" in before:
        return "summit"
    return NOUNS[word]


def _read_round(words: Sequence[str], at: int) -> TalkKind | None:
    """Read "a further round in Beijing"; what it is a round of is for that noun to say."""
    is_counted = at > 0 and words[at - 1] in _COUNTED
    is_of = words[at + 1 : at + 2] and words[at + 1] in {"of", "on", "-", "for"}
    return "negotiation_round" if is_counted and not is_of else None


def _read_inside(marked: MarkedSentence, first: int, at: int, found: Attachment) -> list[Member]:
    """Return the parties within a noun phrase ("the Trump-Xi meeting"); keep its place too."""
    words = marked.words
    inside: list[Member] = []
    for place in range(first, at):
        if (
            words[place] in {"X", "L"}
            and found.place is None
            and words[place + 1] not in {"-", "'s", "’s"}
        ):
            if place + 1 == at or words[place + 1] in _MODIFIERS:
                found.place = marked.write(place)
        elif words[place] in "PSAG":
            member = read_member(marked, place)
            inside += [member] if member else []
    if not inside and first > 0 and words[first] in {"’s", "'s"}:
        inside = list(read_left(marked, first).members)
    if inside and first > 1 and words[first - 1] == "and" and words[first - 2] in "PSA":
        member = read_member(marked, first - 2)
        inside = [*([member] if member else []), *inside]
    return inside


def _find_holder(words: Sequence[str], first: int) -> int | None:
    """Return the verb whose object the noun phrase is: "held", "engaged in", "led ... in"."""
    for place in range(first - 1, max(-1, first - 3), -1):
        if words[place] in _HOLDING:
            return place
    near = range(first - 2, max(-1, first - 12), -1)
    if first and words[first - 1] in {"in", "for", "up", "to"}:
        return next((i for i in near if words[i] in _TAKING_PART), None)
    return None


def _find_other(
    marked: MarkedSentence, first: int, found: Attachment
) -> tuple[list[Member], Pronoun | None]:
    """Return who meets those behind "with": the owner of the talks, or the clause's subject."""
    words = marked.words
    phrase = words[first : first + 3]
    if {"his", "her"} & set(phrase):
        return [], "one"
    known = {member.at for member in found.members}
    states = {member.party.country for member in found.members}
    if first <= 3 and words[found.last : found.last + 1] == (",",):
        zone = read_right(marked, found.last + 1)
    else:
        zone = read_clause_subject(marked, first)
        if not zone.members and {"he", "she"} & set(words[max(0, first - 8) : first]):
            return [], "one"
        if words[max(0, zone.first - 1)] in {"with", "of"}:
            return [], None
    members = [m for m in zone.members if m.at not in known and m.party.country not in states]
    return members, None


def _find_people_before(marked: MarkedSentence, at: int) -> list[Member]:
    """Return the people in "agreed by Trump and Xi at the summit"."""
    near, clause = read_left(marked, at - 1), read_clause_subject(marked, at)
    rows = [[member for member in zone.members if member.figure] for zone in (near, clause)]
    return next((people for people in rows if len(people) > 1), [])


def _find_states_before(marked: MarkedSentence, first: int, at: int) -> list[Member]:
    """Return the two sides of "China and the United States agreed during talks here"."""
    if NOUNS[marked.words[at]] != "negotiation_round":
        return []
    sides = [one for one in read_clause_subject(marked, first).members if not one.is_unknown]
    return sides if len({one.party.country for one in sides}) == _SIDES_OF_TALKS else []


def _read_trip(
    marked: MarkedSentence, first: int, at: int, *, status: TalkStatus | None
) -> Mention | None:
    """Read "Jetten's trip to Beijing", "a visit to China by the minister"."""
    words = marked.words
    to = at + 1
    if words[to : to + 1] != ("to",) or to + 1 >= len(words) or words[to + 1] not in "SLX":
        return None
    place = to + 1
    members = _read_inside(marked, first, at, Attachment(last=at))
    after = read_attachments(marked, place + 1)
    by = next((i for i in range(place + 1, min(place + 6, len(words))) if words[i] == "by"), None)
    if by is not None:
        members = list(read_right(marked, by + 1).members)
    if not members and first > 0 and words[first] in {"his", "her"}:
        return None
    if not members and first > 0 and words[first - 1] in _PAYING:
        members = [one for one in read_subject(marked, first - 1)[0] if one.figure]
    state = marked.find_state(place)
    members = [m for m in members if state is None or m.party.country != state.country]
    after.place, after.members = marked.write(place), []
    if status == "held" and words[max(0, first - 1) : first] == ("for",):
        status = "planned"
    return (
        make_mention(marked, at, "visit", (members, None), after, status=status)
        if members
        else None
    )
