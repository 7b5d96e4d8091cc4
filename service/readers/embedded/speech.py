"""Who says what a sentence tells.

Owns attribution: "the ministry said", "according to Xinhua", "he added", the speakers of a
transcript. Who is meant by a speaker's words stands in ``speech_subjects``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.speech_subjects import read_speaker_left, read_speaker_right
from service.readers.embedded.talk_marks import MarkedSentence, mark_rows

_SAYING = frozenset(
    """
    said says say told tells announced announces reported reports added adds wrote writes
    posted noted notes revealed reveals disclosed discloses confirmed confirms explained
    explains stated states declared declares insisted insists stressed stresses argued
    argues claimed claims replied remarked warned warns recalled introduced informed thinks
    sighed raged gushed quipped admitted admits acknowledged estimates tweeted responded
    described emphasized emphasised reiterated estimated forecast cautioned predicted vowed
    commented expects testified repeated denied conceded maintained reckons believes
    """.split()
)
_NOT_TELLING = frozenset({"was", "were", "been", "is", "are", "being", "be", "to", "not"})
_QUOTES = frozenset({"“", "”", '"'})
_SKIPPED = frozenset(
    """
    D on that in at a an the to reporters journalists lawmakers media x twitter truth social
    statement later early late this last week month also yesterday today tuesday interview
    press conference news event earlier speech post social-media monday wednesday thursday
    friday saturday sunday L X G S
    """.split()
)
_ACCORDING = frozenset(
    {("according", "to"), ("reported", "by"), ("told", "by"), ("confirmed", "by")}
)
_MEDIA = re.compile(
    r"(?:Q|Question|Reporter|Journalist|Reuters|Bloomberg|AFP|AP|CNN|CNBC|BBC|CCTV|CGTN|NHK"
    r"|Nikkei|Kyodo|Yonhap|Caixin|Xinhua|TASS|RIA Novosti|Sputnik|EFE|DPA|ANSA"
    r"|[A-Z][\w’' ]{0,40}\b(?:News|Daily|TV|Times|Post|Media|Media Group|Agency|Journal|Zaobao"
    r"|Press|Radio|Television|Network|Herald|Review|Broadcasting|Telegraph|Yicai))"
    r"(?:\s?\([^)]{1,40}\))?\s?:\s"
)
_ASKED = re.compile(r"Q(?:\s{2,}|\t|[.:]\s)")
_LABEL = re.compile(
    r"(?P<name>[A-ZÀ-Þ][^\W\d_’'.-]*(?:[\s.’'-]{1,2}[A-ZÀ-Þ]?[\w’'-]*){0,5}?)"
    r"(?P<post>,\s[^:]{3,60}|\s\([^)]{3,60}\))?\s?:\s(?=\S)"
)
_ANSWER = re.compile(
    r"(?:A|Answer|Spokesperson|Spokesman|Spokeswoman|The spokesperson|Minister)\s?:\s"
)
_POSTS = re.compile(
    r"\b(?:spokes\w+|minister|secretary|ambassador|representative|director|moderator)\b",
    re.IGNORECASE,
)


class _Attribution(NamedTuple):
    """That somebody says what stands at the article's offsets ``start:end``."""

    start: int
    end: int
    speaker: str | None
    is_forward: bool
    """Whether what is said stands behind the verb."""
    is_relay: bool
    """Whether only "according to", which yields to a speaker's own verb."""


def _asks(sentence: Sentence) -> bool:
    text = sentence.text.rstrip("\"”’')] ")
    return text.endswith("?") or (
        sentence.is_line_start
        and (_MEDIA.match(sentence.text) or _ASKED.match(sentence.text)) is not None
    )


def is_question(page: Page, sentence: Sentence) -> bool:
    """Say whether ``sentence`` asks, or belongs to a reporter's question in a transcript.

    What is asked is not told: "Is it true that China will halt shipments?" says nothing.
    """
    if _asks(sentence):
        return True
    label = _find_label(page, sentence)
    return label is not None and label.is_question


def find_source(page: Page, sentence: Sentence, offset: int) -> str | None:
    """Return the first speaker of what stands at the article's ``offset`` in ``sentence``.

    A person, a ministry, an agency, by the plain name; ``None`` where the article itself says it.
    """
    index = _find_row(page, sentence)
    if index is None:
        return None
    own = _find_speaker(_list_attributions(page, index), offset)
    if own is not None:
        return own.speaker
    label = _find_label(page, sentence)
    if label is not None and not label.is_question:
        return label.name
    return _find_quoted(page, index, offset)


def _find_speaker(attributions: tuple[_Attribution, ...], offset: int) -> _Attribution | None:
    holding = [one for one in attributions if one.start <= offset < one.end and one.speaker]
    spoken = [one for one in holding if not one.is_relay] or holding
    forward = [one for one in spoken if one.is_forward]
    return forward[-1] if forward else next(iter(spoken), None)


def _find_row(page: Page, sentence: Sentence) -> int | None:
    rows = mark_rows(page)
    index = bisect_right(rows, sentence.start, key=lambda row: row.sentence.start) - 1
    return index if index >= 0 and rows[index].sentence is sentence else None


@lru_cache(maxsize=2048)
def _list_attributions(page: Page, index: int) -> tuple[_Attribution, ...]:
    rows = mark_rows(page)
    return tuple(_find_attributions(page, rows[index], index))


def _find_attributions(page: Page, row: MarkedSentence, index: int) -> Iterator[_Attribution]:
    words, sentence = row.words, row.sentence
    for at, word in enumerate(words):
        if words[at : at + 2] in _ACCORDING:
            speaker = read_speaker_right(page, index, at + 2)
            yield _Attribution(sentence.start, sentence.end, speaker, at < 3, is_relay=True)
        elif word in _SAYING and not (at and words[at - 1] in _NOT_TELLING):
            yield from _read_saying(page, row, index, at)


def _read_saying(page: Page, row: MarkedSentence, index: int, at: int) -> Iterator[_Attribution]:
    words, sentence = row.words, row.sentence
    verb = row.marks[at]
    is_inverted = (
        at > 0 and words[at - 1] in {",", "”", '"'} and _opens_subject(words[at + 1 : at + 2])
    )
    if is_inverted:
        speaker = read_speaker_right(page, index, at + 1)
        yield _Attribution(
            sentence.start, sentence.start + verb.start, speaker, False, is_relay=False
        )
        return
    subject = read_speaker_left(page, index, at)
    if subject is None:
        return
    first, speaker = subject
    start = sentence.start + row.marks[first].start
    if first > 0 and words[first - 1] in {",", "”", '"', ";"} and not _opens_late(words, first):
        yield _Attribution(sentence.start, start, speaker, False, is_relay=False)
    rest = at + 1
    while rest < len(words) and words[rest] in _SKIPPED:
        rest += 1
    if rest < len(words) and words[rest] not in {".", "”"}:
        yield _Attribution(start, sentence.end, speaker, True, is_relay=False)


def _opens_late(words: tuple[str, ...], first: int) -> bool:
    """Say whether only "On Friday," or the like stands in front of the subject."""
    return first <= 6 and "D" in words[:first] and not _QUOTES & set(words[:first])


def _opens_subject(words: tuple[str, ...]) -> bool:
    return bool(words) and (
        words[0] in "PBXFSA" or words[0] in {"the", "a", "an", "one", "two", "its", "his"}
    )


def _find_quoted(page: Page, index: int, offset: int) -> str | None:
    """Return who speaks a quotation whose speaker stands in a neighbouring sentence."""
    rows = mark_rows(page)
    text = page.context.article.text
    line = text.rfind("\n", 0, offset) + 1
    before = text[line:offset]
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if not opened:
        return None
    following = rows[index + 1 : index + 2]
    for near in (*following, *rows[max(0, index - 1) : index]):
        if near.sentence.start < line or "\n" in text[offset : near.sentence.start]:
            continue
        place = index + 1 if near in following else index - 1
        spoken = [
            one for one in _list_attributions(page, place) if one.speaker and not one.is_relay
        ]
        if spoken:
            return spoken[0].speaker
    return None


class _Speech(NamedTuple):
    """A turn of a transcript."""

    start: int
    name: str | None
    is_question: bool


def _find_label(page: Page, sentence: Sentence) -> _Speech | None:
    """Return the turn of a transcript in which ``sentence`` stands; ``None`` elsewhere."""
    turns = _list_turns(page)
    place = bisect_right(turns, sentence.start, key=lambda turn: turn.start) - 1
    return turns[place] if place >= 0 else None


@lru_cache(maxsize=4)
def _list_turns(page: Page) -> tuple[_Speech, ...]:
    labels = [(s, _LABEL.match(s.text)) for s in page.sentences if s.is_line_start]
    found = [(sentence, match) for sentence, match in labels if match]
    speakers = {m["name"] for _, m in found if m["post"] and _POSTS.search(m["post"])}
    speakers |= {m["name"] for s, m in found if _ANSWER.match(s.text)}
    people = {n.text for s in page.sentences for n in s.names if n.kind == "person"}
    names = [match["name"] for _, match in found]
    speakers |= {name for name in names if name in people and names.count(name) > 1}
    if not speakers or len(found) < 2:
        return ()
    person = next((name for name in names if name in speakers and " " in name), None)
    turns = []
    for sentence, match in found:
        is_answer = match["name"] in speakers
        name = match["name"] if is_answer and " " in match["name"] else person
        turns.append(_Speech(sentence.start, name if is_answer else None, not is_answer))
    return tuple(turns)
