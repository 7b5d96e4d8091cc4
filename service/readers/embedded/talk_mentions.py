"""A mention of talks, and who takes part in it.

Owns the shape, and the reading of a verb's subject: a row of parties, a pronoun, the clause's
first party. Does not know which words speak of talks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.base import PartialDate, TalkKind, TalkStatus
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_places import Attachment, find_lead_date
from service.readers.embedded.talk_zones import Member, Zone, read_left, read_right

Pronoun = Literal["one", "two", "states", "leaders", "group"]
"""``one``: he or she; ``two``: they, the two men; ``states``: both sides; ``leaders``: the two
heads of state; ``group``: the grouping."""


PLURAL = frozenset({"two", "states", "leaders", "group"})


REMOTE = frozenset(
    """
    phone telephone video virtual virtually remotely online videoconference remote conference-call
    """.split()
)


_LEADING = frozenset("led lead leads leading headed heads brought sent".split())


_SHARING = frozenset({"and", ",", "before", "who", "while", "after", "following", "upon"})
"""Words before a verb that has the subject of the one before."""
_SIDES = frozenset("sides side countries nations governments capitals teams team parties".split())
_TOPICAL = frozenset({"on", "for", "of", "about"})
_OPENERS = frozenset(
    "on in D , X L the late early and a from to first second third earlier meanwhile separately"
    " then later last".split()
)


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
    is_definite: bool = False
    """Whether it may mean talks told of before ("the talks")."""
    is_during: bool = False
    """Whether the sentence tells what happened at the talks ("during a call")."""
    is_named: bool = True
    """Whether it names its parties; else it only points back."""
    opening: MarkedSentence | None = None
    """The line of a diary under which it stands, where that gives its date or place."""


def read_subject(marked: MarkedSentence, at: int) -> tuple[list[Member], Pronoun | None]:
    """Return who does what the verb at ``at`` says."""
    zone = read_left(marked, at)
    words = marked.words
    lead = words[zone.first - 1] if zone.first else ""
    if lead in _LEADING and {"delegation", "team", "teams", "delegations"} & set(
        words[zone.first : zone.last]
    ):
        return read_subject(marked, zone.first - 1)
    if zone.members:
        return list(zone.members), None
    row = words[max(0, zone.first - 2) : zone.last]
    pronoun = read_pronoun(words, zone)
    if pronoun or not row:
        return [], pronoun
    is_behind_aside = at > 0 and words[at - 1] == ","
    if row[-1] not in _SHARING and not is_behind_aside:
        clause = read_clause_subject(marked, at)
        is_near = zone.last - clause.last <= 7 and words[clause.last] in _TOPICAL
        return (list(clause.members) if is_near else []), None
    return list(read_clause_subject(marked, at).members), None


def read_pronoun(words: Sequence[str], zone: Zone) -> Pronoun | None:
    """Return what sort of pronoun the row is: "they", "both sides", "two heads of state"."""
    row = {*words[max(0, zone.first - 4) : zone.last]}
    lead = words[max(0, zone.first - 1) : zone.last]
    if {"two", "both"} & row:
        if {"heads", "leaders", "presidents"} & row:
            return "leaders"
        return "states" if _SIDES & row else "two"
    if lead[-2:] in (("the", "leaders"), ("the", "presidents")):
        return "leaders"
    if "they" in lead[-2:]:
        return "two"
    if {"grouping", "group", "bloc"} & set(lead):
        return "group"
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
        if words[place] not in _OPENERS:
            break
    return Zone(at, at, ())


def make_mention(
    marked: MarkedSentence,
    at: int,
    kind: TalkKind,
    subject: tuple[list[Member], Pronoun | None],
    found: Attachment,
    *,
    status: TalkStatus | None,
) -> Mention | None:
    """Return the mention of the mark ``at``; ``None`` where it is told as no fact."""
    if status is None:
        return None
    members = [*subject[0], *found.members]
    first = min((member.at for member in members), default=at)
    date = found.date or find_lead_date(marked, min(first, at), at)
    is_named = bool(members) or subject[1] is not None
    return Mention(
        marked=marked,
        at=at,
        kind=kind,
        status=status,
        members=members,
        date=date,
        place=found.place,
        pronoun=subject[1],
        is_named=is_named,
        is_unsettled=found.is_unsettled and date is None,
        is_that_day=found.is_that_day and date is None,
    )


BY_PHONE = re.compile(
    r"\b(?:by|via|over|on|through) (?:the |a |secure )?(?:\w+ )?"
    r"(?:tele)?(?:phone|video|videoconference|link)|\b(?:virtually|online|remotely)\b"
)


def is_by_phone(words: Sequence[str], at: int) -> bool:
    """Say whether the verb at ``at`` is done from afar: "by phone", "via video link"."""
    return BY_PHONE.search(" ".join(words[at + 1 : at + 26])) is not None
