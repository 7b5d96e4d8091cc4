"""Verbs of meeting: "met with", "spoke by phone", "sat down", "will travel to".

Owns which verbs speak of talks, and of what kind. Knows no other mention.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from schemas.base import TalkKind
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_mentions import (
    BY_PHONE,
    PLURAL,
    REMOTE,
    Mention,
    is_by_phone,
    make_mention,
    read_clause_subject,
    read_subject,
)
from service.readers.embedded.talk_nouns import NOUNS, read_noun
from service.readers.embedded.talk_places import Attachment, read_attachments, read_behind
from service.readers.embedded.talk_status import judge_verb
from service.readers.embedded.talk_travel import (
    find_met,
    read_delegation,
    read_due,
    read_leaving,
    read_line,
    read_sending,
    read_signing,
    read_telling,
)
from service.readers.embedded.talk_zones import Member, read_right

_MEET_ENDS = frozenset(
    """
    , . ; in at on D to for again face virtually privately during last earlier this here and by
    via until late early twice there once
    when behind
    """.split()
)
_TRAVEL = re.compile(r"\b(?:be|due|expected|scheduled) (?:in|at|to)\b|\bnames to\b")
_MAX_TOPIC = 8
"""Most words from "discussed" to "with"."""


def find_mentions(marked: MarkedSentence) -> Iterator[Mention]:
    """Yield the mentions of talks in a sentence, in order."""
    sentence = marked.sentence
    if _TRIGGERS.isdisjoint(sentence.words) and not _TRAVEL.search(sentence.low):
        return
    for at, word in enumerate(marked.words):
        readers = _READERS_OF.get(word, ())
        mention = next((found for reader in readers if (found := reader(marked, at))), None)
        if mention is not None:
            yield mention


def _read_meet(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    if words[at] == "meeting" and not (
        at and words[at - 1] in {",", "is", "are", "was", "were", "be", "been"}
    ):
        return None
    following = words[at + 1] if at + 1 < len(words) else "."
    target = read_right(marked, at + 1 + (following == "with"))
    if following == "with" and not target.members:
        return None
    if not target.members and following not in _MEET_ENDS and not following.endswith("ly"):
        return None
    if words[target.last : target.last + 1] and words[target.last] in {"'s", "’s"}:
        return None
    subject = read_subject(marked, at)
    found = read_attachments(marked, max(target.last, at + 1))
    found.members = [*target.members, *found.members]
    is_joint = len(subject[0]) > 1 or subject[1] is not None or _has_group(subject[0])
    if not found.members and not is_joint:
        return None
    return make_mention(
        marked, at, _face_kind(marked, at, found), subject, found, status=judge_verb(marked, at)
    )


def _has_group(members: Sequence[Member]) -> bool:
    return any(member.figure is None and member.party.country is None for member in members)


def _face_kind(marked: MarkedSentence, at: int, found: Attachment) -> TalkKind:
    near = set(marked.words[at + 1 : found.last + 3])
    if {"heads", "leaders", "presidents"} & set(marked.words[max(0, at - 8) : at]):
        return "summit"
    return (
        "call"
        if near & {"virtually", "videoconference", "video", "phone", "telephone", "online"}
        else "meeting"
    )


def _read_speak(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    at_with = next(
        (i for i in range(at + 1, min(at + 7, len(words))) if words[i] in {"with", "to"}), None
    )
    between = words[at + 1 : at_with or at + 7]
    is_remote = bool(REMOTE & set(words[at + 1 : at + 22])) and is_by_phone(words, at)
    if at_with is not None and ("," in between or (words[at_with] == "to" and not is_remote)):
        at_with = None
    subject = read_subject(marked, at)
    found = read_attachments(marked, at + 1)
    if at_with is not None and not found.members:
        zone = read_right(marked, at_with + 1)
        found = read_attachments(marked, max(zone.last, at_with))
        found.members = list(zone.members)
    ends = words[at + 1] if at + 1 < len(words) else "."
    is_pair = sum(1 for member in subject[0] if member.figure) > 1 and ends in _SPOKE_ENDS
    if (
        not found.members
        and not is_pair
        and not (is_remote and len(subject[0]) >= 2)
        and subject[1] not in PLURAL
    ):
        return None
    if subject[1] in PLURAL and not is_remote:
        return None
    is_remote = is_remote or not found.members
    kind: TalkKind = "call" if is_remote else "other"
    return make_mention(marked, at, kind, subject, found, status=judge_verb(marked, at))


_SPOKE_ENDS = frozenset("on D . , last again for earlier about late early briefly".split())


def _read_phone(marked: MarkedSentence, at: int) -> Mention | None:
    words = marked.words
    zone = read_right(marked, at + 1)
    if (
        not zone.members
        or words[zone.last - 1] in {"'s", "’s"}
        or (words[zone.last : zone.last + 1] or ("",))[0] in {"'s", "’s"}
    ):
        return None
    if words[at] in {"called", "rang", "calls", "call"}:
        ends = words[zone.last] if zone.last < len(words) else "."
        if zone.members[0].figure is None or ends not in {
            "on",
            "D",
            "to",
            ".",
            ",",
            "about",
            "over",
            "after",
            "in",
            "late",
            "early",
            "and",
        }:
            return None
        if (
            words[zone.last : zone.last + 2] == (",", "a")
            or "“" in words[zone.last : zone.last + 3]
        ):
            return None
    subject = read_subject(marked, at)
    found = read_behind(marked, zone)
    return make_mention(marked, at, "call", subject, found, status=judge_verb(marked, at))


def _read_sit(marked: MarkedSentence, at: int) -> Mention | None:
    if "down" not in marked.words[at + 1 : at + 2]:
        return None
    found = read_attachments(marked, at + 2)
    subject = read_subject(marked, at)
    count = len(subject[0]) + len(found.members) + 2 * (subject[1] in PLURAL)
    if count < 2:
        return None
    return make_mention(marked, at, "meeting", subject, found, status=judge_verb(marked, at))


def _read_host(marked: MarkedSentence, at: int) -> Mention | None:
    is_passive = marked.words[at + 1 : at + 2] == ("by",)
    zone = read_right(marked, at + 1 + is_passive)
    if (
        not any(member.figure for member in zone.members)
        or "'s" in marked.words[zone.last : zone.last + 1]
    ):
        return None
    found = read_behind(marked, zone)
    return make_mention(
        marked, at, "meeting", read_subject(marked, at), found, status=judge_verb(marked, at)
    )


def _read_welcome(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "welcomed Mr Parmelin to Washington"; to welcome an offer is none."""
    zone = read_right(marked, at + 1)
    behind = zone.last + (marked.words[zone.last : zone.last + 1] == (",",))
    is_at_place = marked.words[behind : behind + 1] in (("to",), ("in",), ("at",))
    return _read_host(marked, at) if is_at_place else None


def _read_see(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "is due to see Mr Trump": what is ahead, between people."""
    subject = read_subject(marked, at)
    is_of_people = subject[1] == "one" or any(member.figure for member in subject[0])
    mention = _read_host(marked, at) if is_of_people else None
    return mention if mention is not None and mention.status == "planned" else None


def _read_seeing(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "said after seeing Mr Trump in Washington": what is done, between people."""
    if marked.words[max(0, at - 1) : at] not in (("after",), ("upon",)):
        return None
    people = [one for one in read_subject(marked, at)[0] if one.figure]
    return _read_host(marked, at) if people else None


def _read_discuss(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "discussed the matter with Wang Wentao in Beijing"."""
    words = marked.words
    stop = min(at + _MAX_TOPIC, len(words))
    at_with = next((place for place in range(at + 1, stop) if words[place] == "with"), None)
    if at_with is None or "," in words[at:at_with] or is_by_phone(words, at):
        return None
    zone = read_right(marked, at_with + 1)
    subject = read_subject(marked, at)
    if not zone.members or not all(one.figure for one in (*zone.members, *subject[0])):
        return None
    found = read_behind(marked, zone)
    kind: TalkKind = "meeting" if found.place else "other"
    return make_mention(marked, at, kind, subject, found, status=judge_verb(marked, at))


def _read_exchange(marked: MarkedSentence, at: int) -> Mention | None:
    if "views" not in marked.words[at + 1 : at + 4]:
        return None
    subject = read_subject(marked, at)
    place = next(i for i in range(at + 1, at + 4) if marked.words[i] == "views")
    found = read_attachments(marked, place + 1)
    is_call = "call" in marked.words[at:] or is_by_phone(marked.words, at)
    if len(subject[0]) + len(found.members) < 2:
        return None
    mention = make_mention(
        marked, at, "call" if is_call else "other", subject, found, status=judge_verb(marked, at)
    )
    if mention:
        mention.is_vague = not is_call
    return mention


def _read_brief(marked: MarkedSentence, at: int) -> Mention | None:
    zone = read_right(marked, at + 1)
    subject = read_subject(marked, at)
    if not zone.members or not all(member.figure for member in (*zone.members, *subject[0])):
        return None
    found = read_behind(marked, zone)
    return make_mention(marked, at, "other", subject, found, status=judge_verb(marked, at))


def _read_link(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "went over the gaps with Wang Wentao by video link"."""
    zone = read_right(marked, at + 1)
    ends = " ".join(marked.words[zone.last : zone.last + 5])
    if not zone.members or not BY_PHONE.match(ends):
        return None
    subject = list(read_clause_subject(marked, at).members)
    found = read_behind(marked, zone)
    known = {member.at for member in zone.members}
    subject = [member for member in subject if member.at not in known]
    return (
        make_mention(marked, at, "call", (subject, None), found, status=judge_verb(marked, at))
        if subject
        else None
    )


def _read_visit(marked: MarkedSentence, at: int) -> Mention | None:
    """Read "visited Beijing", "will travel to Washington"."""
    words = marked.words
    to = at + 1
    if words[at] not in {"visited", "visit", "visits", "visiting"}:
        if words[at + 1 : at + 2] not in (("to",), ("in",)):
            return None
        to += 1
    to += words[to : to + 1] == ("the",)
    if to >= len(words) or words[to] not in "SLX" or words[to + 1 : to + 2] in (("'s",), ("’s",)):
        return None
    members, pronoun = read_subject(marked, at)
    members = [member for member in members if member.figure and member.party.country]
    state = marked.find_state(to)
    if not members or state is None or any(m.party.country == state.country for m in members):
        return None
    found = read_attachments(marked, to + 1)
    found.place = marked.write(to)
    met = found.members or find_met(marked, to)
    found.members = [one for one in met if one.figure and one.party.country == state.country]
    return make_mention(
        marked, at, "visit", (members, pronoun), found, status=judge_verb(marked, at)
    )


_READERS: dict[str, Callable[[MarkedSentence, int], Mention | None]] = {
    "met meet meets meeting dined dine dines huddled lunched gathered gather": _read_meet,
    "due expected scheduled be": read_due,
    "send sends sent sending": read_sending,
    "left leaves departed departs headed heads heading": read_leaving,
    "welcomed welcomes": _read_welcome,
    "delegation": read_delegation,
    "phone telephone": read_line,
    "signed sign signs initialled put": read_signing,
    "told asked urged warned pressed informed assured tells": read_telling,
    "spoke speak speaks spoken talked talk conferred consulted": _read_speak,
    "phoned telephoned rang called phones": _read_phone,
    "sat sit sits sitting": _read_sit,
    "hosted host hosts hosting received receive receives": _read_host,
    "see": _read_see,
    "seeing": _read_seeing,
    "discussed": _read_discuss,
    "exchanged": _read_exchange,
    "briefed": _read_brief,
    "with": _read_link,
    "visited visit visits travel travelled traveled travels travelling traveling": _read_visit,
    "flew fly flies arrived return returns returned": _read_visit,
}
VERBS = {word: reader for words, reader in _READERS.items() for word in words.split()}
_READERS_OF = {
    word: ((VERBS[word],) if word in VERBS else ()) + ((read_noun,) if word in NOUNS else ())
    for word in VERBS.keys() | NOUNS.keys()
}
_COMMON = frozenset(
    "with be due expected scheduled put told asked urged warned pressed informed assured".split()
)
_TRIGGERS = frozenset((VERBS.keys() | NOUNS.keys() | {"video", "phone", "telephone"}) - _COMMON)
"""A sentence without any of these words speaks of no talks."""
