"""A sentence for the rules on talks: words in small letters, names and dates as capitals.

"Chinese Vice Premier He Lifeng met Scott Bessent in Geneva on Friday" is read as the marks
``P met P in X on D``. Owns which letter stands for what, and the titles and appositions that
belong to a name. Knows no talks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from schemas.base import Party
from service.checking.article_calendar import DateReading
from service.readers.embedded.page import Name, Page, Sentence
from service.readers.embedded.talk_figures import Figure, Figures, Spot, find_figures

_LETTER_OF = {"form": "S", "metonym": "S", "demonym": "A", "body": "B", "firm": "F", "place": "L"}
"""Beside these: P person, G group of states, X any other name, D date."""
_MARK = re.compile(
    r"['’]s\b|(?:[a-zß-ÿ0-9]+['’])?[a-zß-ÿ0-9]+(?:[-‐‑][a-zß-ÿ0-9]+)*|([A-Z])\1*|[^\w\s]|\w"
)
_CAPITALISED = re.compile(
    r"(?<![\w])[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'‐-]*(?:(?:\s(?:of|for|de|del|di|da)(?:\s(?:the|la))?)?\s[A-ZÀ-ÖØ-ÞĀ-Ž][\w‐-]*)*"
)
_ASIDE = re.compile(r"\([^()]{1,60}\)|[“”\"](?=\w+\b[“”\"])")
_TITLES = frozenset(
    """
    minister ministers secretary president premier chancellor commissioner representative
    vice deputy prime foreign commerce trade finance treasury economy economic agriculture
    affairs industry chief executive boss counterpart envoy ambassador negotiator leader
    spokesperson spokesman spokeswoman mr mrs ms dr sen gov ceo cfo chairman chairwoman head
    director director-general general adviser advisor official lead person state czar tsar
    top senior former then new newly minted the his her its their outgoing acting
    undersecretary assistant technology energy defence defense international national
    vice-minister vice-premier vice-president deputy-minister sir senator
    security european federal newly-appointed
    """.split()
)
_OFFICES_OF_STATE = frozenset(
    {"ministry", "department", "of", "for", "and", "the", "public", "affairs"}
)
_OFFICES = (
    r"(?:(?:vice-)?minister|secretary|president|premier|chancellor|commissioner|representative|ambassador"
    r"|chief|head|negotiator|envoy|chairman|chairwoman|executive|director|director-general|ceo"
    r"|spokesperson|spokesman|spokeswoman|counterpart|person|czar|leader|responsible|adviser|advisor)"
)
_APPOSED_BEHIND = re.compile(
    rf",\s(?:(?!said|told|met|who\b|and\b)[^,.;:“”\"P]){{0,70}}?\b{_OFFICES}\b"
    r"(?:(?!\b(?:said|told|met|will)\b)[^,.;:“”\"P]){0,50}(?=,)"
)
_APPOSED_BEFORE = re.compile(
    rf"(?:\b(?:the|its|his|her|their)\s|\b[SA]+(?:['’]s)?\s)(?:[^,.;:“”\"P\s]+\s){{0,6}}?{_OFFICES}"
    r"(?:\s(?:to|of|for)\s(?:the\s)?[\w .’'-]{2,50}?)?,\s$"
)
_NO_NAMES = _TITLES | _OFFICES_OF_STATE
_LINKS = frozenset({"of", "to", "for", "and", "the"})
_MAX_TITLE_MARKS = 14
_OWNING = re.compile(r"^['’]s?(?!\w)")
_TOKEN_BEFORE = re.compile(r"(\S+)\s+$")


class Mark(NamedTuple):
    """One word, name, date or sign; offsets within the sentence."""

    text: str
    """The word in small letters, or the letter of what it is."""
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class MarkedSentence:
    """A sentence and its marks."""

    sentence: Sentence
    figures: Figures

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Return its people."""
        return tuple(self.figures.find_spots(self.sentence))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Return its marks; worked out when first asked for."""
        mask = _Mask(self.sentence)
        mask.fill_names(self.spots)
        start = self.sentence.start
        for spot in self.spots:
            mask.absorb_title(spot.start - start, spot.end - start)
        return tuple(_split(mask.render()))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return what the marks read."""
        return tuple(mark.text for mark in self.marks)

    def find_figure(self, at: int) -> Figure | None:
        """Return the person whom the mark names, title or not."""
        start, end = self._locate(at)
        return next((s.figure for s in self.spots if start <= s.start and s.end <= end), None)

    def find_name(self, at: int) -> Name | None:
        """Return the state, body or firm that the mark names."""
        start, end = self._locate(at)
        names = self.sentence.names
        return next((name for name in names if name.start < end and name.end > start), None)

    def find_date(self, at: int) -> DateReading | None:
        """Return the date of a mark ``D``; ``None`` where two dates share it."""
        start, end = self._locate(at)
        dates = self.sentence.dates
        return next((d for d in dates if start <= d.mention.start and d.mention.end <= end), None)

    def write(self, at: int) -> str:
        """Return the mark as the article writes it."""
        mark = self.marks[at]
        return self.sentence.text[mark.start : mark.end]

    def find_state(self, at: int) -> Party | None:
        """Return the state or group that the mark names."""
        name = self.find_name(at)
        return name.state if name else None

    def _locate(self, at: int) -> tuple[int, int]:
        mark = self.marks[at]
        return self.sentence.start + mark.start, self.sentence.start + mark.end


@lru_cache(maxsize=4)
def mark_rows(page: Page) -> tuple[MarkedSentence, ...]:
    """Return the sentences of ``page`` that tell something, marked; once for each page."""
    figures = find_figures(page)
    return tuple(MarkedSentence(sentence, figures) for sentence in page.told)


def _split(mask: str) -> Iterator[Mark]:
    for match in _MARK.finditer(mask):
        word = match.group()
        yield Mark(word[0] if match[1] else word, match.start(), match.end())


class _Mask:
    """The sentence's text, character for character, with letters in the place of names."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        low = sentence.low
        if low == sentence.text:
            low = "".join(one if len(one := char.lower()) == 1 else "-" for char in low)
        self._chars = list(low)

    def render(self) -> str:
        return "".join(self._chars)

    def _fill(self, start: int, end: int, letter: str) -> None:
        self._chars[start:end] = letter * (end - start)

    def fill_names(self, spots: Sequence[Spot]) -> None:
        sentence = self._sentence
        if not is_heading(sentence.text):
            self._fill_others()
        for match in _ASIDE.finditer(sentence.text):
            self._fill(match.start(), match.end(), " ")
        for name in sentence.names:
            letter = _LETTER_OF.get(name.kind, "")
            if letter in {"S", "A"} and name.entry and name.entry.country is None:
                letter = "G"
            if letter:
                self._fill(name.start - sentence.start, name.end - sentence.start, letter)
        for date in sentence.dates:
            mention = date.mention
            self._fill(mention.start - sentence.start, mention.end - sentence.start, "D")
        for spot in spots:
            self._fill(spot.start - sentence.start, spot.end - sentence.start, "P")

    def _fill_others(self) -> None:
        """Mark capitalised words, but for those that name an office."""
        text, base = self._sentence.text, self._sentence.start
        taken = [(name.start - base, name.end - base) for name in self._sentence.names]
        for start, end in _find_capitalised(text):
            for first, last in _cut_out(start, end, taken):
                part = _OWNING.sub("", text[first:last]).rstrip().lstrip(" -‐")
                offset = text.find(part, first)
                words = re.findall(r"[\w’'-]+", part)
                if any(word.lower() not in _NO_NAMES for word in words):
                    self._fill(offset, offset + len(part), "X")

    def absorb_title(self, start: int, end: int) -> None:
        mask = self.render()
        behind = _APPOSED_BEHIND.match(mask, end)
        if behind and "P" not in behind.group():
            self._fill(end, behind.end(), "P")
        first = _find_title_start(mask, start)
        before = _APPOSED_BEFORE.search(mask[max(0, first - 100) : first])
        if before:
            first = _find_title_start(mask, max(0, first - 100) + before.start())
        self._fill(first, start, "P")


def _cut_out(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of ``start:end`` that no taken span covers, blanks at their ends left out."""
    at = start
    for first, last in (*taken, (end, end)):
        if last <= at or (first >= end and first != end):
            continue
        yield at, max(at, min(first, end))
        at = max(at, last)


def _find_title_start(mask: str, start: int) -> int:
    """Return where the titles in front of ``start`` begin: "Chinese Vice Premier He Lifeng"."""
    first = at = start
    for _ in range(_MAX_TITLE_MARKS):
        floor = max(0, at - 60)
        match = _TOKEN_BEFORE.search(mask[floor:at])
        if match is None:
            break
        word, at = match[1], floor + match.start()
        plain = word.removesuffix("'s").removesuffix("’s").rstrip(".")
        if _is_title(plain, mask[max(0, at - 30) : at]):
            first = at
        elif plain not in _LINKS or not _links(plain, mask[max(0, at - 60) : at]):
            break
    return first


def _is_title(word: str, before: str) -> bool:
    if word in _TITLES:
        return True
    letter = word[:1]
    if letter not in "XSABFG" or word.strip(letter):
        return False
    last = before.split()[-1:] if before.strip() else []
    return letter != "S" or last not in (["in"], ["at"], ["to"], ["from"], ["between"])


def _links(word: str, before: str) -> bool:
    """Say whether "of", "to", "and" stands within a title, by the word before it."""
    match = _TOKEN_BEFORE.search(before)
    if match is None:
        return False
    last = match[1]
    if word == "to":
        return last.rstrip("X") in {"ambassador", "envoy", ""} and last != ""
    if word == "and":
        return last in {"commerce", "trade", "economic", "economy", "finance"} or set(last) == {"X"}
    return last in _TITLES or set(last) <= {"X", "B"} or last in {"of", "for", "to"}


def _find_capitalised(text: str) -> Iterator[tuple[int, int]]:
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 2) : start].strip()
        opens = start == 0 or (before != "" and before[-1] in "\"“‘'(:—•*·-")
        if opens:
            first, _, rest = match.group().partition(" ")
            if not rest or not rest[:1].isupper():
                continue
            start += 0 if len(first) > len("While") else len(first) + 1
        yield start, end


def is_heading(text: str) -> bool:
    """Say whether ``text`` is a headline: no full stop, most of its longer words in capitals."""
    if text.rstrip("\"”’')] ").endswith((".", "!", ";")):
        return False
    longer = [word for word in text.split() if len(word) > 3]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.65 * len(longer)
