"""Talks: who met, called or visited whom.

Owns the item that is made of a meeting: its kind, its participants, its quotes.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.base import PartialDate, TalkKind, TalkStatus
from schemas.draft import DraftTalk
from service.checking.names import check_entry, check_party
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.speech import find_source, is_question
from service.readers.embedded.talk_marks import MarkedSentence, mark_rows
from service.readers.embedded.talk_meetings import Meeting
from service.readers.embedded.talk_mentions import Mention
from service.readers.embedded.talk_merge import merge_mentions
from service.readers.embedded.talk_places import render_date
from service.readers.embedded.talk_texts import find_outcome, list_topics
from service.readers.embedded.talk_verbs import find_mentions

_MAX_QUOTES = 3
_SETTING_OUT = frozenset("flies travels visits heads returns hosts receives welcomes".split())
"""Verbs whose present tells what somebody is about to do, where a day to come is named."""
_DATE_REACH = 8
"""Most marks from a verb to the date behind it."""
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)|reject(?:s|ed))"
    r" (?:it|this|that|th(?:e|at|is) (?:report|claim|story|account))\b"
    r"(?! (?:it|he|she|they|was|had)\b)"
)
"""What makes hearsay of the sentence before."""


def read_talks(page: Page) -> list[DraftTalk]:
    """Return the talks that ``page`` tells of, in the order of the article."""
    rows = mark_rows(page)
    denied = {one for one, other in pairwise(rows) if _DENIAL.search(other.sentence.low)}
    mentions = [
        mention
        for row in rows
        if row not in denied and not is_question(page, row.sentence)
        for mention in find_mentions(row)
    ]
    meetings = merge_mentions(rows, mentions)
    taken = {m.marked: one for one in meetings for m in one.mentions}
    return [_make_talk(page, rows, meeting, taken) for meeting in meetings]


def _make_talk(
    page: Page,
    rows: Sequence[MarkedSentence],
    meeting: Meeting,
    taken: Mapping[MarkedSentence, Meeting],
) -> DraftTalk:
    mention = meeting.mentions[0]
    sentence = mention.marked.sentence
    offset = sentence.start + mention.marked.marks[mention.at].start
    outcome = find_outcome(rows, meeting, taken)
    quotes = _list_quotes(page, rows, meeting, outcome)
    return DraftTalk(
        kind=_find_kind(meeting),
        date=_find_date(page, meeting),
        place=_keep_carried(page, meeting.place, quotes),
        participants=[member.party for member in meeting.parties.values()],
        topics=list_topics(meeting),
        outcome=outcome,
        status=_find_status(page, meeting),
        source=_keep_carried(page, find_source(page, sentence, offset), quotes),
        aside=sentence.is_aside,
        evidence=[quote.text for quote in quotes],
    )


def _keep_carried(page: Page, value: str | None, quotes: Sequence[Sentence]) -> str | None:
    """Return ``value`` where the quotes carry it, else ``None``."""
    if value is None:
        return None
    spans = [(quote.start, quote.end) for quote in quotes]
    wrong = check_entry(value, [quote.text for quote in quotes], spans, page.context.names)
    return None if wrong else value


def _find_kind(meeting: Meeting) -> TalkKind:
    figures = [member.figure for member in meeting.parties.values()]
    is_summit = len(figures) > 1 and all(figure and figure.is_leader for figure in figures)
    if is_summit and meeting.kind in {"meeting", "negotiation_round", "visit"}:
        return "summit"
    if meeting.kind == "negotiation_round" and all(figures) and meeting.is_vague:
        return "meeting"
    return meeting.kind


def _find_status(page: Page, meeting: Meeting) -> TalkStatus:
    """Return how far the talks are; who "flies to Seoul on" a day to come is still to go."""
    mention = meeting.mentions[0]
    verb = mention.marked.words[mention.at]
    if meeting.status != "held" or verb not in _SETTING_OUT:
        return meeting.status
    date, published = meeting.date, page.context.article.published
    is_ahead = bool(date and published) and str(date)[: len(str(published))] > str(published)
    is_open = mention.opening is None and _has_open_date(mention)
    return "planned" if is_ahead or is_open else "held"


def _has_open_date(mention: Mention) -> bool:
    """Say whether a day or a month behind the verb could be one to come."""
    marked, near = mention.marked, range(mention.at + 1, mention.at + _DATE_REACH)
    dates = (marked.find_date(at) for at in near if marked.words[at : at + 1] == ("D",))
    return any(date is not None and render_date(date) is None for date in dates)


def _find_date(page: Page, meeting: Meeting) -> PartialDate | None:
    date, published = meeting.date, page.context.article.published
    if date is None or meeting.is_date_open or meeting.is_unsettled:
        return None
    if published is None:
        return date
    size = min(len(date), len(published))
    status = _find_status(page, meeting)
    if status == "planned" and date[:size] < published[:size]:
        return None
    return None if status == "held" and date[:size] > published[:size] else date


def _list_quotes(
    page: Page, rows: Sequence[MarkedSentence], meeting: Meeting, outcome: str | None
) -> list[Sentence]:
    """Return the sentences that carry the talks' values, the telling one first."""
    told = sorted(meeting.mentions, key=lambda mention: not mention.is_named)
    chosen = list(dict.fromkeys(mention.marked.sentence for mention in told))[:_MAX_QUOTES]
    extra = [one.opening.sentence for one in meeting.mentions if one.opening][:1]
    extra += [row.sentence for row in rows if row.sentence.text == outcome][:1]
    extra += _find_naming(page, rows, meeting, chosen)
    added = [sentence for sentence in dict.fromkeys(extra) if sentence not in chosen]
    kept = chosen[: max(1, _MAX_QUOTES - len(added))]
    return [*kept, *added][:_MAX_QUOTES]


def _find_naming(
    page: Page, rows: Sequence[MarkedSentence], meeting: Meeting, chosen: Sequence[Sentence]
) -> list[Sentence]:
    """Return a sentence for each participant whom the chosen ones do not carry."""
    quotes = [sentence.text for sentence in chosen]
    spans = [(sentence.start, sentence.end) for sentence in chosen]
    names = page.context.names
    found: dict[Sentence, None] = {}
    for party in [member.party for member in meeting.parties.values()]:
        if check_party(party, quotes, spans, names) is None:
            continue
        before = [row.sentence for row in rows if row.sentence.start <= chosen[0].start]
        naming = (
            one
            for one in reversed(before)
            if not check_party(party, [one.text], [(one.start, one.end)], names)
        )
        found |= dict.fromkeys([one] if (one := next(naming, None)) else [])
    return list(found)
