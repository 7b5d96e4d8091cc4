"""An article as the rules see it: sentences of words, with what is named in each.

Owns the shapes. Knows no list and draws no conclusion.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from schemas.base import Party
from schemas.parties import PartyEntry
from service.checking.article_calendar import DateReading
from service.checking.context import ArticleContext
from service.checking.number_mentions import NumberMention
from service.checking.numbers import find_numbers
from service.checking.rates import QuotedRates, read_rates
from service.readers.embedded.grammar import AUXILIARIES
from service.readers.embedded.inflection import FormKind
from service.readers.embedded.layout import LineKind
from service.readers.embedded.lexicon import Lexicon, Phrase, VerbReading, split_words

NameKind = Literal["form", "demonym", "metonym", "body", "person", "firm", "place"]
"""``place``: a seat of government that is meant as a place ("in Washington")."""

_FINITE = frozenset({"past", "third"})
_VERB_LEADS = frozenset({"to", "will", "can", "may", "could", "would", "not", "must"})
"""Words behind which "ship" and the like are verbs."""


class Token(NamedTuple):
    """One word or mark: ``text[start:end]`` of the article."""

    text: str
    low: str
    start: int
    end: int
    readings: tuple[VerbReading, ...]
    """What it may be as a verb of the lexicon."""
    kinds: frozenset[FormKind]
    """The forms that it may be of any of them."""

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
        taken = {at for start, end, _ in found for at in range(start, end)}
        found += [
            (match.start(), match.end(), self.text[match.start() : match.end()])
            for match in self.lexicon.generic_products.finditer(self.low)
            if taken.isdisjoint(range(match.start(), match.end()))
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

    @cached_property
    def idioms_by_token(self) -> dict[int, list[IdiomHit]]:
        """Return the idioms by the token of their verb."""
        found: dict[int, list[IdiomHit]] = {}
        for hit in self.idioms:
            found.setdefault(hit.token, []).append(hit)
        return found

    @cached_property
    def names_by_token(self) -> dict[int, Name]:
        """Return the names by their first token."""
        return {self.find_token(name.start): name for name in reversed(self.names)}

    @cached_property
    def named_tokens(self) -> frozenset[int]:
        """Return the tokens that stand in a name: "States" of "United States" is no verb."""
        return frozenset(
            at
            for name in self.names
            for at in range(self.find_token(name.start), self.find_token(name.end))
        )

    @cached_property
    def name_ends(self) -> frozenset[int]:
        """Return the article's offsets behind its names."""
        return frozenset(name.end for name in self.names)

    def is_finite(self, at: int) -> bool:
        """Say whether the token may be a finite verb: an auxiliary, "raised", "raises"."""
        token = self.tokens[at]
        return token.low in AUXILIARIES or not token.kinds.isdisjoint(_FINITE)

    def find_token(self, offset: int) -> int:
        """Return the place of the first token that starts at or behind the article's offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def cut(self, first: int, last: int) -> str:
        """Return the text of ``tokens[first:last]``, as it stands; empty where there is none."""
        last = min(last, len(self.tokens))
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

    @cached_property
    def told(self) -> list[Sentence]:
        """Return the sentences that tell something: no boilerplate, no instruction to machines."""
        return [sentence for sentence in self.sentences if sentence.kind != "boilerplate"]

    @cached_property
    def own(self) -> list[Sentence]:
        """Return those of them that are no teaser of another story."""
        return [sentence for sentence in self.told if not sentence.is_aside]
