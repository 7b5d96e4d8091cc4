"""An article as the rules see it: sentences of words, with what is named in each.

Owns the shapes and the marking. Knows no list and draws no conclusion.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from schemas.base import Party
from schemas.parties import PartyEntry, PartyMention
from service.checking.affiliations import PRONOUN_LIKE, Person
from service.checking.article_calendar import DateReading
from service.checking.context import ArticleContext
from service.checking.names import is_place
from service.checking.number_mentions import NumberMention
from service.checking.numbers import find_numbers
from service.checking.rates import QuotedRates, read_rates
from service.readers.embedded.layout import LineKind, classify_lines
from service.readers.embedded.lexicon import (
    WORD,
    Lexicon,
    Phrase,
    VerbReading,
    load_lexicon,
    split_words,
)

NameKind = Literal["form", "demonym", "metonym", "body", "person", "firm", "place"]
"""``place``: a seat of government that is meant as a place ("in Washington")."""

_GLUE = "-‐‑"
_HYPHENS = frozenset(_GLUE)
_DATELINE = re.compile(
    r"[A-Z][A-Z .,/’'-]{2,40}[A-Z](?:,\s[A-Z][\w. ]{2,24})?(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}))?"
    r"(?:\s\([^)]{2,40}\))?(?:\s?(?:--|[—–])\s?|\s-\s|:\s)"
)
_MAX_NAME_WORDS = 6
_VERB_LEADS = frozenset({"to", "will", "can", "may", "could", "would", "not", "must"})
"""Words behind which "ship" and the like are verbs."""
_NO_READINGS: tuple[VerbReading, ...] = ()


class Token(NamedTuple):
    """One word or mark: ``text[start:end]`` of the article."""

    text: str
    low: str
    start: int
    end: int
    readings: tuple[VerbReading, ...]
    """What it may be as a verb of the lexicon."""

    def is_of(self, *classes: str) -> bool:
        """Say whether it may be a verb of one of the classes."""
        return any(not reading.classes.isdisjoint(classes) for reading in self.readings)


class Name(NamedTuple):
    """Somebody named: a state, its body, a person or a firm."""

    start: int
    end: int
    kind: NameKind
    text: str
    """The plain name: "China", "Ministry of Commerce", "He Lifeng", "Nvidia"."""
    entry: PartyEntry | None
    """The state or group that it is or belongs to."""

    @property
    def state(self) -> Party | None:
        """Return the state or group as a party."""
        return Party(name=self.entry.name, country=self.entry.country) if self.entry else None


class IdiomHit(NamedTuple):
    """An idiom of the lexicon, from its verb to its end."""

    token: int
    end: int
    verb_class: str


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence, ``text`` from ``start`` to ``end`` of the article."""

    index: int
    """Its place in the page."""
    start: int
    end: int
    text: str
    kind: LineKind
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]
    dates: tuple[DateReading, ...]
    lexicon: Lexicon
    is_line_start: bool
    """Whether a paragraph begins with it."""

    @property
    def is_aside(self) -> bool:
        """Say whether it is a teaser of another story."""
        return self.kind == "aside"

    @cached_property
    def low(self) -> str:
        """Return the text in small letters; offsets stay."""
        low = self.text.lower()
        return low if len(low) == len(self.text) else self.text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the tokens in small letters."""
        return tuple(token.low for token in self.tokens)

    @cached_property
    def numbers(self) -> tuple[NumberMention, ...]:
        """Return its numbers, offsets within the sentence."""
        return tuple(find_numbers(self.text))

    @cached_property
    def rates(self) -> QuotedRates:
        """Return its percentages and their movements, offsets within the sentence."""
        return read_rates(self.text)

    @cached_property
    def goods(self) -> list[Phrase]:
        """Return the goods that it names, with their topic."""
        return [
            phrase
            for phrase in self.lexicon.goods.find(self.words)
            if not phrase.first or self.words[phrase.first - 1] not in _VERB_LEADS
        ]

    @cached_property
    def products(self) -> list[tuple[int, int, str]]:
        """Return the chips and tools that it names: article offsets and name."""
        found = [
            (match.start(), match.end(), match.group())
            for match in self.lexicon.products.finditer(self.text)
        ]
        found += [
            (match.start(), match.end(), self.text[match.start() : match.end()])
            for match in self.lexicon.generic_products.finditer(self.low)
        ]
        return sorted((self.start + start, self.start + end, name) for start, end, name in found)

    @cached_property
    def is_of_chips(self) -> bool:
        """Say whether it speaks of semiconductors."""
        if self.products:
            return True
        plain = self.lexicon.no_chip_terms.sub(" ", self.low)
        return bool(self.lexicon.chip_terms.find(split_words(plain)))

    @cached_property
    def idioms(self) -> list[IdiomHit]:
        """Return the idioms of the lexicon in it, in order."""
        return [
            IdiomHit(at, self.start + match.end(), idiom.verb_class)
            for at, token in enumerate(self.tokens)
            for idiom in self.lexicon.idioms.get(token.low, ())
            if (match := idiom.pattern.match(self.low, token.start - self.start))
        ]

    def find_token(self, offset: int) -> int:
        """Return the place of the first token that starts at or behind the article's offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def cut(self, first: int, last: int) -> str:
        """Return the text of ``tokens[first:last]``, as it stands; empty where there is none."""
        if first >= last:
            return ""
        return self.text[
            self.tokens[first].start - self.start : self.tokens[last - 1].end - self.start
        ]

    def list_names(self, start: int, end: int) -> list[Name]:
        """Return the names that lie in the article's ``start:end``."""
        return [name for name in self.names if start <= name.start and name.end <= end]


@dataclass(frozen=True, eq=False)
class Page:
    """One article, marked."""

    context: ArticleContext
    sentences: tuple[Sentence, ...]

    @property
    def told(self) -> list[Sentence]:
        """Return the sentences that tell something: no boilerplate, no instruction to machines."""
        return [sentence for sentence in self.sentences if sentence.kind != "boilerplate"]


def mark_page(context: ArticleContext) -> Page:
    """Return the article of ``context``, cut into sentences and marked."""
    marker = _Marker(context, load_lexicon())
    return Page(context, tuple(marker.mark_sentences()))


class _Marker:
    def __init__(self, context: ArticleContext, lexicon: Lexicon) -> None:
        self._context = context
        self._lexicon = lexicon
        self._text = context.article.text
        self._readings = context.calendar.readings
        self._people = _index_people(context)

    def mark_sentences(self) -> Iterator[Sentence]:
        names = self._context.names
        lines = classify_lines(self._context)
        starts = [line.start for line in lines]
        bounds = [*names.starts, len(self._text)]
        index = 0
        for first, last in pairwise(bounds):
            raw = self._text[first:last]
            start = first + len(raw) - len(raw.lstrip())
            text = raw.strip()
            if not text:
                continue
            line = lines[max(0, bisect_right(starts, start) - 1)]
            yield self._mark_sentence(index, start, text, line.kind, start == line.start)
            index += 1

    def _mark_sentence(
        self, index: int, start: int, text: str, kind: LineKind, is_line_start: bool
    ) -> Sentence:
        end = start + len(text)
        tokens = tuple(self._split(text, start))
        return Sentence(
            index=index,
            start=start,
            end=end,
            text=text,
            kind=kind,
            tokens=tokens,
            names=tuple(self._find_names(start, end, tokens)),
            dates=self._cut_dates(start, end),
            lexicon=self._lexicon,
            is_line_start=is_line_start,
        )

    def _split(self, text: str, start: int) -> Iterator[Token]:
        verbs = self._lexicon.verbs
        for match in WORD.finditer(text):
            word = match.group()
            if word not in _GLUE:
                low = word.lower()
                at = start + match.start()
                is_part = text[match.end() : match.end() + 1] in _HYPHENS or (
                    match.start() and text[match.start() - 1] in _GLUE
                )
                readings = _NO_READINGS if is_part else verbs.get(low, _NO_READINGS)
                yield Token(word, low, at, at + len(word), readings)

    def _cut_dates(self, start: int, end: int) -> tuple[DateReading, ...]:
        first = bisect_left(self._readings, start, key=lambda reading: reading.mention.start)
        last = bisect_left(self._readings, end, key=lambda reading: reading.mention.start)
        return self._readings[first:last]

    def _find_names(self, start: int, end: int, tokens: Sequence[Token]) -> list[Name]:
        found = [*self._find_people(tokens), *self._find_states(start, end)]
        found += self._find_firms(tokens)
        taken: list[Name] = []
        dateline = _DATELINE.match(self._text[start:end])
        head = start + dateline.end() if dateline else start
        for name in sorted(found, key=lambda one: (one.start, -one.end)):
            if name.end <= head:
                # A dateline says where the story was written.
                continue
            if not taken or name.start >= taken[-1].end:
                taken.append(name)
        return taken

    def _find_states(self, start: int, end: int) -> Iterator[Name]:
        mentions = self._context.names.mentions
        first = bisect_left(mentions, start, key=lambda mention: mention.start)
        owner: PartyMention | None = None
        for mention in mentions[first:]:
            if mention.start >= end:
                return
            is_owned = owner is not None and self._text[owner.end : mention.start].strip() in {
                "", "'s", "’s",
            }  # fmt: skip
            entry = owner.entry if owner and is_owned and mention.how == "body" else mention.entry
            owner = mention
            written = self._text[mention.start : mention.end]
            text = written if mention.how == "body" else entry.name
            how: NameKind = "place" if is_place(self._text, mention) else mention.how
            yield Name(mention.start, mention.end, how, text, entry)

    def _find_people(self, tokens: Sequence[Token]) -> Iterator[Name]:
        for at, token in enumerate(tokens):
            for words, person in self._people.get(token.text, ()):
                if tuple(one.text for one in tokens[at : at + len(words)]) == words:
                    if len(words) == 1 and token.text in PRONOUN_LIKE and _opens(tokens, at):
                        continue
                    entry = person.entries[0] if len(person.entries) == 1 else None
                    end = tokens[at + len(words) - 1].end
                    yield Name(token.start, end, "person", person.name, entry)
                    break

    def _find_firms(self, tokens: Sequence[Token]) -> Iterator[Name]:
        for found in self._lexicon.firms.find([token.text for token in tokens]):
            start, end = tokens[found.first].start, tokens[found.last - 1].end
            is_usual = found.value in self._text
            yield Name(start, end, "firm", found.value if is_usual else self._text[start:end], None)


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a sentence or quotation begins with ``tokens[at]``."""
    return at == 0 or not tokens[at - 1].text[-1].isalnum()


def _index_people(context: ArticleContext) -> dict[str, list[tuple[tuple[str, ...], Person]]]:
    """Return the first word of a name to the names that begin with it, longer ones first."""
    index: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
    for people in context.names.people.values():
        for person in people:
            for name in {person.name, *person.shorts}:
                words = tuple(match for match in WORD.findall(name) if match not in _GLUE)
                if words and len(words) <= _MAX_NAME_WORDS:
                    index.setdefault(words[0], []).append((words, person))
    for names in index.values():
        names.sort(key=lambda entry: (-len(entry[0]), entry[1].name))
    return index
