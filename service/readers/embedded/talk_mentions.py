"""Mentions of talks in one sentence: verbs and nouns of meeting, with whom they join.

Owns what counts as talks. Does not know which mentions are of one and the same meeting.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.base import PartialDate, TalkKind, TalkStatus
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_places import (
    Attachment,
    find_lead_date,
    read_attachments,
    render_date,
)
from service.readers.embedded.talk_status import judge_noun, judge_verb
from service.readers.embedded.talk_zones import Member, Zone, read_left, read_member, read_right

Pronoun = Literal["one", "two", "states", "leaders", "group"]
"""``one``: he or she; ``two``: they, the two men; ``states``: both sides; ``leaders``: two heads of state."""

_NOUNS: dict[str, TalkKind] = {
    "call": "call", "conversation": "call", "videoconference": "call", "teleconference": "call",
    "talks": "negotiation_round", "negotiations": "negotiation_round", "negotiation": "negotiation_round",
    "consultations": "negotiation_round", "consultation": "negotiation_round",
    "discussions": "negotiation_round", "dialogue": "negotiation_round", "meeting": "meeting",
    "meetings": "meeting", "summit": "summit", "exchange": "other", "exchanges": "other",
    "visit": "visit", "trip": "visit", "conference": "call",
}  # fmt: skip
_DETERMINERS = frozenset("a an the their his her its our this these".split())
_PLURAL = frozenset({"two", "states", "leaders", "group"})
_REMOTE = frozenset("phone telephone video virtual online videoconference remote conference-call".split())
_MODIFIERS = frozenset(
    "a an the this that these their his her its our first second third fourth fifth sixth last latest recent previous"
    " another new next further separate phone telephone video virtual online in-person face-to-face bilateral"
    " trade economic commercial and technical working ministerial trilateral long-awaited constructive candid frank"
    " beautiful productive morning evening afternoon planned expected upcoming scheduled forthcoming ongoing fentanyl"
    " tariff rare earth chip semiconductor one-on-one closed-door round rounds of series several key brief lengthy"
    " long good great in-depth deep detailed formal informal official state leaders initial preliminary final"
    " renewed fresh direct private two three four hourlong hour-long breakfast rare-earth export-control"
    " vice ministerial-level cooperation-focused substantive broad broader wide-ranging security political"
    " 's ’s - – “ ” \" earlier late possible potential proposed any no future days economic-and-trade session".split()
)
_MODIFYING = re.compile(r"[a-z0-9]+-(?:level|day|hour|stakes|minute|ranking|side|term|way|long|person)")
_HOLDING = frozenset(
    "held hold holds holding had have has conducted conduct conducting convened concluded opened open opens resumed"
    " resume resumes started start begin began begun attended joined completed co-chaired hosted host hosts"
    " hosting launched finished wrapped ended end met meet".split()
)
_LEADING = frozenset("led lead leads leading headed heads brought sent".split())
_NO_MEETING = frozenset(
    "board cabinet committee press news town annual shareholder shareholders fall spring earnings analyst"
    " investor media staff editorial council religious rate policy opec market sideline prayer".split()
)
_MEET_ENDS = frozenset(", . ; in at on D to for again face virtually privately during last earlier this here and when this behind".split())


@dataclass
class Mention:
    """Talks, as one place of the article tells of them."""

    marked: MarkedSentence
    at: int
    """The mark of the verb or noun."""
    kind: TalkKind
    status: TalkStatus
    members: list[Member]
    date: PartialDate | None
    place: str | None
    is_vague: bool = False
    """Whether its noun fits talks of any kind ("discussions")."""
    pronoun: Pronoun | None = None
    """Who takes part besides, said with a pronoun."""
    is_unsettled: bool = False
    """Whether it is dated by a month of which the year is open."""
    is_that_day: bool = False
    """Whether it is dated by "that day"."""
    is_joining: bool = False
    """Whether it only says that somebody took part."""
    is_new: bool = False
    """Whether it brings in talks not told of before ("a recent call")."""
    is_during: bool = False
    """Whether the sentence tells what happened at the talks ("during a call")."""
    is_named: bool = True
    """Whether it names its parties; else it only points back."""


def find_mentions(marked: MarkedSentence) -> Iterator[Mention]:
    """Yield the mentions of talks in a sentence, in order."""
    for at, word in enumerate(marked.words):
        readers = [*((_VERBS[word],) if word in _VERBS else ()), *((_read_noun,) if word in _NOUNS else ())]
        mention = next((found for reader in readers if (found := reader(marked, at))), None)
        if mention is not None:
            yield mention


def _read_subject(marked: MarkedSentence, at: int) -> tuple[list[Member], Pronoun | None]:
    """Return who does what the verb at ``at`` says."""
    zone = read_left(marked, at)
    words = marked.words
    lead = words[zone.first - 1] if zone.first else ""
    if lead in _LEADING and {"delegation", "team", "teams", "delegations"} & set(words[zone.first : zone.last]):
        return _read_subject(marked, zone.first - 1)
    if zone.members:
        return list(zone.members), None
    row = words[max(0, zone.first - 2) : zone.last]
    pronoun = read_pronoun(words, zone)
    if pronoun:
        return [], pronoun
    if {"grouping", "group", "bloc"} & set(words[max(0, zone.first - 1) : zone.last]):
        return [], "group"
    if row[-1:] and row[-1] not in {"and", ",", "before", "who", "while"}:
        clause = read_clause_subject(marked, at)
        is_near = zone.last - clause.last <= 7 and words[clause.last] in {"on", "for", "of", "about"}
        return (list(clause.members) if is_near else []), None
    if row[-1:]:
        return list(read_clause_subject(marked, at).members), None
    return [], None


def read_pronoun(words: Sequence[str], zone: Zone) -> Pronoun | None:
    """Return what sort of pronoun the row is: "they", "both sides", "two heads of state"."""
    row = {*words[max(0, zone.first - 4) : zone.last]}
    lead = words[max(0, zone.first - 1) : zone.last]
    if {"two", "both"} & row:
        if {"heads", "leaders", "presidents"} & row:
            return "leaders"
        is_states = {"sides", "side", "countries", "nations", "governments", "capitals", "teams", "team", "parties"} & row
        return "states" if is_states else "two"
    if "they" in lead[-2:]:
        return "two"
    return "one" if {"he", "she"} & set(lead[-2:]) else None


def read_clause_subject(marked: MarkedSentence, at: int) -> Zone:
    """Return the row of parties with which the clause around the mark ``at`` begins."""
    words = marked.words
    start = 0
    for place in range(at - 1, -1, -1):
        if words[place] in {";", "that", "“", "—"} or (words[place] == ":" and place < 4):
            start = place + 1
            break
    for place in range(start, min(start + 6, at)):
        if words[place] in "PSAGB":
            return read_right(marked, place)
        if words[place] not in {"on", "in", "D", ",", "X", "L", "the", "late", "early", "and", "a", "from", "to"}:
            break
    return Zone(at, at, ())


def _make(
    marked: MarkedSentence,
    at: int,
    kind: TalkKind,
    subject: tuple[list[Member], Pronoun | None],
    found: Attachment,
    *,
    status: TalkStatus | None,
) -> Mention | None:
    if status is None:
        return None
    members = [*subject[0], *found.members]
    first = min((member.at for member in members), default=at)
    date = found.date or find_lead_date(marked, min(first, at), at)
    is_named = bool(members) or subject[1] is not None
    return Mention(
        marked, at, kind, status, members, date, found.place, pronoun=subject[1], is_named=is_named,
        is_unsettled=found.is_unsettled and date is None, is_that_day=found.is_that_day and date is None,
    )  # fmt: skip


def _read_meet(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    if words[at] == "meeting" and not (at and words[at - 1] in {",", "is", "are", "was", "were", "be", "been"}):
        return None
    following = words[at + 1] if at + 1 < len(words) else "."
    target = read_right(marked, at + 1 + (following == "with"))
    if following == "with" and not target.members:
        return None
    if not target.members and following not in _MEET_ENDS and not following.endswith("ly"):
        return None
    if words[target.last : target.last + 1] and words[target.last] in {"'s", "’s"}:
        return None
    subject = _read_subject(marked, at)
    found = read_attachments(marked, max(target.last, at + 1))
    found.members = [*target.members, *found.members]
    if not target.members and len(subject[0]) < 2 and subject[1] is None and not _has_group(subject[0]):
        if not found.members:
            return None
    return _make(marked, at, _face_kind(marked, at, found), subject, found, status=judge_verb(marked, at))


def _has_group(members: Sequence[Member]) -> bool:
    return any(member.figure is None and member.party.country is None for member in members)


def _face_kind(marked: MarkedSentence, at: int, found: Attachment) -> TalkKind:
    near = set(marked.words[at + 1 : found.last + 3])
    if {"heads", "leaders", "presidents"} & set(marked.words[max(0, at - 8) : at]):
        return "summit"
    return "call" if near & {"virtually", "videoconference", "video", "phone", "telephone", "online"} else "meeting"


def _read_speak(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    at_with = next((i for i in range(at + 1, min(at + 7, len(words))) if words[i] in {"with", "to"}), None)
    between = words[at + 1 : at_with or at + 7]
    is_remote = bool(_REMOTE & set(words[at + 1 : at + 22])) and _is_by_phone(words, at)
    if at_with is not None and ("," in between or (words[at_with] == "to" and not is_remote)):
        at_with = None
    subject = _read_subject(marked, at)
    found = read_attachments(marked, at + 1)
    if at_with is not None and not found.members:
        zone = read_right(marked, at_with + 1)
        found = read_attachments(marked, max(zone.last, at_with))
        found.members = list(zone.members)
    ends = words[at + 1] if at + 1 < len(words) else "."
    is_pair = sum(1 for member in subject[0] if member.figure) > 1 and ends in _SPOKE_ENDS
    if not found.members and not is_pair and not (is_remote and len(subject[0]) >= 2) and subject[1] != "both":
        return None
    if subject[1] in _PLURAL and not is_remote:
        return None
    is_remote = is_remote or not found.members
    kind: TalkKind = "call" if is_remote else "other"
    return _make(marked, at, kind, subject, found, status=judge_verb(marked, at))


_SPOKE_ENDS = frozenset("on D . , last again for earlier about late early briefly".split())
_BY_PHONE = re.compile(r"\b(?:by|via|over|on|through) (?:the |a |secure )?(?:\w+ )?(?:tele)?(?:phone|video|videoconference|link)")


def _is_by_phone(words: Sequence[str], at: int) -> bool:
    return _BY_PHONE.search(" ".join(words[at + 1 : at + 26])) is not None


def _read_phone(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    zone = read_right(marked, at + 1)
    if not zone.members or words[zone.last - 1] in {"'s", "’s"} or (words[zone.last : zone.last + 1] or ("",))[0] in {"'s", "’s"}:
        return None
    if words[at] in {"called", "rang", "calls", "call"}:
        ends = words[zone.last] if zone.last < len(words) else "."
        if zone.members[0].figure is None or ends not in {"on", "D", "to", ".", ",", "about", "over", "after", "in", "late", "early", "and"}:
            return None
        if words[zone.last : zone.last + 2] == (",", "a") or "“" in words[zone.last : zone.last + 3]:
            return None
    subject = _read_subject(marked, at)
    found = read_attachments(marked, zone.last)
    found.members = list(zone.members)
    return _make(marked, at, "call", subject, found, status=judge_verb(marked, at))


def _read_sit(marked: MarkedSentence, at: int) -> Mention | None:
    if "down" not in marked.words[at + 1 : at + 2]:
        return None
    found = read_attachments(marked, at + 2)
    subject = _read_subject(marked, at)
    count = len(subject[0]) + len(found.members) + 2 * (subject[1] in _PLURAL)
    if count < 2:
        return None
    return _make(marked, at, "meeting", subject, found, status=judge_verb(marked, at))


def _read_host(marked: MarkedSentence, at: int) -> Mention | None:
    is_passive = marked.words[at + 1 : at + 2] == ("by",)
    zone = read_right(marked, at + 1 + is_passive)
    if not any(member.figure for member in zone.members) or "'s" in marked.words[zone.last : zone.last + 1]:
        return None
    found = read_attachments(marked, zone.last)
    found.members = list(zone.members)
    return _make(marked, at, "meeting", _read_subject(marked, at), found, status=judge_verb(marked, at))


def _read_exchange(marked: MarkedSentence, at: int) -> Mention | None:
    if "views" not in marked.words[at + 1 : at + 4]:
        return None
    subject = _read_subject(marked, at)
    place = next(i for i in range(at + 1, at + 4) if marked.words[i] == "views")
    found = read_attachments(marked, place + 1)
    is_call = "call" in marked.words[at:] or _is_by_phone(marked.words, at)
    if len(subject[0]) + len(found.members) < 2:
        return None
    mention = _make(marked, at, "call" if is_call else "other", subject, found, status=judge_verb(marked, at))
    if mention:
        mention.is_vague = not is_call
    return mention


def _read_brief(marked: MarkedSentence, at: int) -> Mention | None:
    zone = read_right(marked, at + 1)
    subject = _read_subject(marked, at)
    if not zone.members or not all(member.figure for member in (*zone.members, *subject[0])):
        return None
    found = read_attachments(marked, zone.last)
    found.members = list(zone.members)
    return _make(marked, at, "other", subject, found, status=judge_verb(marked, at))


def _read_link(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "went over the gaps with Wang Wentao by video link"."""
    zone = read_right(marked, at + 1)
    ends = " ".join(marked.words[zone.last : zone.last + 5])
    if not zone.members or not _BY_PHONE.match(ends):
        return None
    subject = list(read_clause_subject(marked, at).members)
    found = read_attachments(marked, zone.last)
    found.members = list(zone.members)
    known = {member.at for member in zone.members}
    subject = [member for member in subject if member.at not in known]
    return _make(marked, at, "call", (subject, None), found, status=judge_verb(marked, at)) if subject else None


def _read_visit(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "visited Beijing", "will travel to Washington"."""
    words = marked.words
    to = at + 1
    if words[at] not in {"visited", "visit", "visits", "visiting"}:
        if words[at + 1 : at + 2] not in (("to",), ("in",)):
            return None
        to += 1
    if to >= len(words) or words[to] not in "SLX" or words[to + 1 : to + 2] in (("'s",), ("’s",)):
        return None
    members, pronoun = _read_subject(marked, at)
    members = [member for member in members if member.figure and member.party.country]
    state = marked.find_state(to)
    if not members or state is None or any(m.party.country == state.country for m in members):
        return None
    found = read_attachments(marked, to + 1)
    found.place, found.members = marked.write(to), []
    return _make(marked, at, "visit", (members, pronoun), found, status=judge_verb(marked, at))


_VERBS: dict[str, Callable[[MarkedSentence, int], Mention | None]] = {
    **dict.fromkeys(("met", "meet", "meets", "meeting"), _read_meet),
    **dict.fromkeys(("spoke", "speak", "speaks", "spoken", "talked", "talk", "conferred", "consulted"), _read_speak),
    **dict.fromkeys(("phoned", "telephoned", "rang", "called", "phones"), _read_phone),
    **dict.fromkeys(("sat", "sit", "sits", "sitting"), _read_sit),
    **dict.fromkeys(("hosted", "host", "hosts", "hosting", "received"), _read_host),
    **dict.fromkeys(("exchanged",), _read_exchange),
    **dict.fromkeys(("briefed",), _read_brief),
    **dict.fromkeys(("with",), _read_link),
    **dict.fromkeys(
        ("visited", "visit", "visits", "travel", "travelled", "traveled", "travels", "flew", "fly", "arrived", "travelling", "traveling"),
        _read_visit,
    ),
}  # fmt: skip


def _find_phrase(words: Sequence[str], at: int) -> int:
    """Return where the noun phrase begins whose noun is at ``at``."""
    first = at
    while first > 0 and at - first < 12:
        word = words[first - 1]
        if first < at and words[first] in _DETERMINERS:
            break
        if word in _MODIFIERS or word in "PSAGXLD" or _MODIFYING.fullmatch(word):
            first -= 1
        elif word == "," and words[first] in _MODIFIERS and words[first - 2] in _MODIFIERS:
            first -= 1
        else:
            break
    while first < at and words[first] in {"and", "of", "’s", "'s", "-", "”", '"', ","}:
        first += 1
    if words[first] == "that" and words[first + 1] in {"a", "an", "the", "their", "his", "her"}:
        first += 1
    return first


def _read_noun(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    kind = _read_kind(words, at)
    first = _find_phrase(words, at)
    if kind is None or (first and words[first - 1] in _NO_MEETING):
        return None
    if "G" in words[first:at] and words[at] in {"summit", "meeting", "meetings"}:
        return None
    found = read_attachments(marked, at + 1)
    inside = _read_inside(marked, first, at, found)
    status = judge_noun(marked, first, at)
    subject: tuple[list[Member], Pronoun | None] = ([], None)
    if kind == "visit":
        return _read_trip(marked, first, at, found, status=status)
    verb = _find_holder(words, first)
    if verb is not None and not (found.members and found.is_between) and len(inside) < 2:
        subject = _read_subject(marked, verb)
        status = judge_verb(marked, verb) if status == "held" else status
    elif found.members and not found.is_between:
        subject = _find_other(marked, first, found)
    elif found.is_between and not found.members:
        pronoun = read_pronoun(words, Zone(found.last, found.last, ()))
        subject = ([] if pronoun else list(read_clause_subject(marked, first).members)), pronoun
    elif "their" in words[first:at]:
        subject = [], "two"
    elif len(inside) < 2 and first > 1 and words[first - 1] in {"at", "in", "during"}:
        subject = _find_people_before(marked, first - 1), None
    mention = _make(marked, at, kind, (subject[0] + inside, subject[1]), found, status=status)
    if mention is None:
        return None
    mention.is_vague = words[at] in {"discussions", "talks", "exchange", "exchanges", "dialogue"}
    mention.is_named = len(mention.members) > 1 or bool(mention.members and subject[1]) or subject[1] in _PLURAL
    if verb is None and not found.is_between and len(inside) < 2 and not subject[0] and not subject[1]:
        mention.is_named = False
    lead = words[first - 1] if first else ""
    mention.is_new = bool({"a", "an", "another"} & set(words[first : first + 1]))
    mention.is_during = lead in {"during", "in", "on", "at"}
    mention.is_joining = verb is not None and words[verb] in {"attended", "joined", "participated", "part"}
    inner = [i for i in range(first, at) if words[i] == "D"]
    if inner and not found.date:
        reading = marked.find_date(inner[-1])
        mention.date = render_date(reading)
        mention.is_unsettled = mention.date is None and reading is not None and bool(reading.mention.month)
    return mention


def _read_kind(words: Sequence[str], at: int) -> TalkKind | None:
    word = words[at]
    before = set(words[max(0, at - 5) : at])
    if word == "conference":
        return "call" if words[at - 1 : at] == ("video",) else None
    if word == "call":
        has_determiner = before & {"a", "an", "the", "that", "this", "their", "his", "her", "phone", "video", "telephone", "another", "D", "P", "’s", "'s"}
        is_appeal = words[at + 1 : at + 2] and words[at + 1] in {"for", "to", "on", "upon", "it", "him"} and not before & _REMOTE
        is_firm = {"earnings", "analysts", "investors", "analyst", "investor"} & {*before, *words[at + 1 : at + 5]}
        return None if is_firm or not has_determiner or (is_appeal and words[at + 2 : at + 3] != ("D",)) else "call"
    if word == "conversation":
        return "call" if before & {*_REMOTE, "the", "a", "’s", "'s", "this", "their"} else None
    if _REMOTE & before and word in {"meeting", "talks", "discussions", "consultations", "summit", "meetings"}:
        return "call"
    if word in {"meeting", "talks"} and "summit" in before:
        return "summit"
    return _NOUNS[word]


def _read_inside(marked: MarkedSentence, first: int, at: int, found: Attachment) -> list[Member]:
    """Return the parties within a noun phrase ("the Trump-Xi meeting"); keep its place too."""
    words = marked.words
    inside: list[Member] = []
    for place in range(first, at):
        if words[place] in {"X", "L"} and found.place is None and words[place + 1] not in {"-", "'s", "’s"}:
            if place + 1 == at or words[place + 1] in _MODIFIERS:
                found.place, found.place_at = marked.write(place), place
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
        verbs = {"engaged", "engage", "participated", "participate", "part", "led", "lead", "leads", "travel",
                 "travelled", "traveled", "flew", "fly", "arrived", "wrapped", "visit", "headed", "meet", "met"}  # fmt: skip
        return next((i for i in near if words[i] in verbs), None)
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
    people = [member for member in read_left(marked, at).members if member.figure]
    return people if len(people) > 1 else []


def _read_trip(
    marked: MarkedSentence, first: int, at: int, found: Attachment, *, status: TalkStatus | None
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
    state = marked.find_state(place)
    members = [m for m in members if state is None or m.party.country != state.country]
    after.place, after.members = marked.write(place), []
    if status == "held" and words[max(0, first - 1) : first] == ("for",):
        status = "planned"
    return _make(marked, at, "visit", (members, None), after, status=status) if members else None
