"""Talks: who met, called or visited whom.

Owns the item that is made of a meeting: its kind, its participants, its quotes.
"""

from collections.abc import Sequence

from schemas.base import PartialDate, Party, TalkKind
from schemas.draft import DraftTalk
from service.readers.embedded.page import Page
from service.readers.embedded.speech import find_source, is_question
from service.readers.embedded.talk_marks import MarkedSentence, mark_rows
from service.readers.embedded.talk_mentions import find_mentions
from service.readers.embedded.talk_merge import Meeting, merge_mentions
from service.readers.embedded.talk_texts import find_outcome, list_topics

_MAX_QUOTES = 3


def read_talks(page: Page) -> list[DraftTalk]:
    """Return the talks that ``page`` tells of, in the order of the article."""
    rows = mark_rows(page)
    mentions = [
        mention
        for row in rows
        if not is_question(page, row.sentence)
        for mention in find_mentions(row)
    ]
    meetings = merge_mentions(rows, mentions)
    return [_make_talk(page, rows, meeting) for meeting in meetings]


def _make_talk(page: Page, rows: Sequence[MarkedSentence], meeting: Meeting) -> DraftTalk:
    mention = meeting.mentions[0]
    sentence = mention.marked.sentence
    offset = sentence.start + mention.marked.marks[mention.at].start
    outcome = find_outcome(rows, meeting)
    return DraftTalk(
        kind=_find_kind(meeting),
        date=_find_date(page, meeting),
        place=meeting.place,
        participants=_list_participants(meeting),
        topics=list_topics(meeting),
        outcome=outcome,
        status=meeting.status,
        source=find_source(page, sentence, offset),
        aside=sentence.is_aside,
        evidence=_list_quotes(meeting, outcome),
    )


def _list_participants(meeting: Meeting) -> list[Party]:
    people = {m.party.country for m in meeting.parties.values() if m.figure and m.party.country}
    return [
        member.party
        for member in meeting.parties.values()
        if member.figure or member.is_unknown or member.party.country not in people
    ]


def _find_kind(meeting: Meeting) -> TalkKind:
    figures = [member.figure for member in meeting.parties.values()]
    if meeting.kind in {"meeting", "negotiation_round", "other", "visit"} and len(figures) > 1:
        if all(figure and figure.is_leader for figure in figures):
            return "other" if meeting.kind == "other" else "summit"
    if meeting.kind == "summit" and any(f and not f.is_leader for f in figures):
        return "meeting"
    if meeting.kind == "negotiation_round" and all(figures) and meeting.is_vague:
        return "meeting"
    return meeting.kind


def _find_date(page: Page, meeting: Meeting) -> PartialDate | None:
    date, published = meeting.date, page.context.article.published
    if date is None or meeting.is_date_open or published is None:
        return None if meeting.is_date_open else date
    size = min(len(date), len(published))
    if meeting.status == "planned" and date[:size] < published[:size]:
        return None
    return None if meeting.status == "held" and date[:size] > published[:size] else date


def _list_quotes(meeting: Meeting, outcome: str | None) -> list[str]:
    """Return the sentences that carry the talks' values, the telling one first."""
    quotes = dict.fromkeys(mention.marked.sentence.text for mention in meeting.mentions)
    chosen = list(quotes)[:_MAX_QUOTES]
    if outcome and outcome not in chosen:
        chosen = [*chosen[: _MAX_QUOTES - 1], outcome]
    return chosen
