"""Talks, put together from all their mentions.

Owns the union of what several sentences tell. Does not know which sentences are of one meeting.
"""

from dataclasses import dataclass, field

from schemas.base import PartialDate, TalkKind, TalkStatus
from service.readers.embedded.talk_mentions import Mention
from service.readers.embedded.talk_zones import Member

_RANK: dict[TalkStatus, int] = {"planned": 0, "ongoing": 1, "held": 2, "cancelled": 3}


@dataclass
class Meeting:
    """Talks, put together from all their mentions."""

    mentions: list[Mention]
    parties: dict[str, Member] = field(default_factory=dict)
    kind: TalkKind = "other"
    is_vague: bool = True
    date: PartialDate | None = None
    is_date_open: bool = False
    """Whether the article contradicts itself on the date."""
    is_unsettled: bool = False
    """Whether a mention dates it by a month of which the year is open."""
    place: str | None = None
    status: TalkStatus = "held"

    @property
    def people(self) -> dict[str | None, set[str]]:
        """Return the people who take part, by country."""
        found: dict[str | None, set[str]] = {}
        for member in self.parties.values():
            if member.figure:
                found.setdefault(member.party.country, set()).add(member.party.name)
        return found

    @property
    def countries(self) -> set[str]:
        """Return the countries (and names of groups and others) that take part."""
        return {member.party.country or member.party.name for member in self.parties.values()}

    def _is_replaced(self, member: Member) -> bool:
        """Say whether the member is a state for which somebody named takes part."""
        is_state = member.figure is None and not member.is_unknown
        return is_state and member.party.country in self.people

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.is_unsettled |= mention.is_unsettled
        for member in mention.members:
            self.parties.setdefault(member.party.name, member)
        for name in [name for name, member in self.parties.items() if self._is_replaced(member)]:
            del self.parties[name]
        if self.is_vague or (self.kind in {"visit", "other"} and not mention.is_vague):
            self.kind, self.is_vague = mention.kind, mention.is_vague
        if mention.date and self.date and not _is_finer(mention.date, self.date):
            self.is_date_open |= not _is_finer(self.date, mention.date)
        else:
            self.date = mention.date or self.date
        self.place = self.place or mention.place
        if _RANK[mention.status] > _RANK[self.status]:
            self.status = mention.status


def _is_finer(date: PartialDate, than: PartialDate) -> bool:
    return date.startswith(than)


def agrees(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Say whether both dates are known and one is the other or lies within it."""
    return bool(one and other) and (
        _is_finer(str(one), str(other)) or _is_finer(str(other), str(one))
    )
