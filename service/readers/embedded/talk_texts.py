"""What talks were about, and what came of them.

Owns the words of topics and of outcomes.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import get_args

from schemas.base import Topic
from service.readers.embedded.talk_marks import MarkedSentence
from service.readers.embedded.talk_meetings import Meeting
from service.readers.embedded.talk_mentions import Mention
from service.readers.embedded.talk_parties import find_row
from service.readers.embedded.word_lists import read_lists

_ABOUT = re.compile(
    r"\b(?:on|about|over|discuss(?:ed|ing)?|focus(?:ed|ing)? on|covering|covered|addressing"
    r"|concerning|regarding|to go over|went over)\s(?!(?:the\s)?sidelines)"
    r"([^.;“”\"]{3,140}?)(?=,\s(?:without|which|who|but|as|while|after|where|the|when|\w+ing)\b"
    r"|[.;“”\"]|\sduring\b|\swithout\b|$)"
)
_PARTIES = (
    r"(?:both (?:sides|countries|parties)|they|the two (?:sides|countries|men|leaders|ministers)"
    r"|the (?:officials|leaders|participants|ministers|two|teams|delegations)|neither side)"
)
_RESULTS = (
    r"(?:agreed|pledged|issued|reached|exchanged|had|held|vowed|committed|signed|reaffirmed"
    r"|spoke positively|assessed|carried out|expressed|discussed|described|confirmed|acknowledged"
    r"|decided|resolved|affirmed|initialled|gave ground|parted?|budged|settled)"
)
_JOINT = re.compile(rf"\b{_PARTIES}\s(?:\w+\s){{0,3}}?{_RESULTS}\b", re.IGNORECASE)
_SAME = re.compile(
    r"\band (?:agreed|put their|told their|pledged|signed|vowed|was told|were told|initialled"
    r"|reached)\b"
    r"|\b(?:it|talks|meeting|call) (?:has )?ended\b|\bagreed to\b|\bboth said\b|\bboth sides agree"
    r"|\bwithout (?:an agreement|a deal|a breakthrough|a result|results|agreement|progress)\b"
    r"|\bbroke up\b|\bnames to\b"
)
_AGREED = re.compile(
    r"\bagreed (?:to|on|that)\b.{0,120}\b(?:following|after|during|at|in) (?:a|an|the|their)\b"
)
_OTHER_CLAUSE = re.compile(r",\s(?:as|which|who|while|but|after|where|amid)\b|;")
_MAX_OUTCOME = 400


def list_topics(meeting: Meeting) -> list[Topic]:
    """Return what the text says the talks were about; empty where it does not say."""
    found: dict[Topic, None] = {}
    for mention in meeting.mentions:
        for text in _cut_topics(mention):
            found |= dict.fromkeys(_read_topics(text))
    return list(found)


def _cut_topics(mention: Mention) -> list[str]:
    sentence, marks = mention.marked.sentence, mention.marked.marks
    behind = sentence.low[marks[mention.at].start :]
    about = _ABOUT.search(_OTHER_CLAUSE.split(behind)[0])
    before = " ".join(mark.text for mark in marks[max(0, mention.at - 5) : mention.at])
    return [before, *([about[1]] if about else [])]


def _read_topics(text: str) -> list[Topic]:
    found = [topic for topic, pattern in _list_patterns() if pattern.search(text)]
    specific = [topic for topic in found if topic not in {"trade", "tariffs"}]
    return specific if "export_controls" in specific else found


@cache
def _list_patterns() -> list[tuple[Topic, re.Pattern[str]]]:
    words = read_lists("talks", "topics")
    return [
        (topic, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words[topic]))})(?!\w)"))
        for topic in get_args(Topic)
        if topic in words
    ]


def find_outcome(
    rows: Sequence[MarkedSentence], meeting: Meeting, taken: Mapping[MarkedSentence, Meeting]
) -> str | None:
    """Return the sentence that says what came of the talks; ``None`` where none does.

    ``taken`` says of which meeting a sentence tells last.
    """
    if meeting.status not in {"held", "ongoing"}:
        return None
    for mention in meeting.mentions:
        row, index = mention.marked, find_row(rows, mention)
        if taken.get(row) is meeting and _tells_outcome(mention):
            return _limit(row)
        for following in rows[index + 1 : index + 3]:
            if taken.get(following, meeting) is not meeting:
                break
            if (
                _JOINT.search(following.sentence.text)
                and following.sentence.kind == row.sentence.kind
            ):
                return _limit(following)
    return None


def _tells_outcome(mention: Mention) -> bool:
    sentence = mention.marked.sentence
    return bool(
        _SAME.search(sentence.low, mention.marked.marks[mention.at].start)
        or _AGREED.search(sentence.low)
        or _JOINT.search(sentence.text)
    )


def _limit(row: MarkedSentence) -> str | None:
    return row.sentence.text if len(row.sentence.text) <= _MAX_OUTCOME else None
