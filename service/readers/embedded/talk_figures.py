"""Who of an article's people may take part in talks, and for whom.

Owns the people whom the article names without a title, the country of those whom everybody
knows, and who of them is a head of state or government. Knows no talks.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from schemas.base import Party
from service.readers.embedded.lexicon import FOLDER, split_words
from service.readers.embedded.page import Page, Sentence, Token

_LEADS = re.compile(
    r"(?<!vice )(?<!vice-)(?<!deputy )(?<!former )(?<!company )(?<!bank )(?<!commission )"
    r"\b(?:president|prime minister|premier|chancellor|taoiseach|emperor)\s$"
)
_LEADS_BEHIND = re.compile(
    r",\s(?:the\s)?(?:[\w.’']+\s){0,2}?(?<!vice )(?:president|prime minister|premier|chancellor),"
)
_OF_FIRM = re.compile(r"\b(?:ceo|chief executive|boss|chairman|chairwoman|founder|co-founder)\b")
_SHORT_NAMED = frozenset({"CN", "KR", "TW", "KP"})
_COMMON = frozenset("costa reynolds perdue rollins kessler kyle power rutte".split())
"""Family names that are places, firms or words as often."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE = 40
"""How far before a name its title is looked for, in characters."""


class Figure(NamedTuple):
    """A person who may take part in talks."""

    party: Party
    is_leader: bool
    """Whether a head of state or government."""
    is_of_firm: bool
    """Whether the article calls them a firm's boss."""


class Spot(NamedTuple):
    """A place where a person is named: ``text[start:end]`` of the article."""

    start: int
    end: int
    figure: Figure


class _Known(NamedTuple):
    name: str
    words: tuple[str, ...]
    country: str
    is_leader: bool

    @property
    def last(self) -> str:
        """Return the last word of the name, a hyphen parting none, in small letters."""
        return self.name.lower().rpartition(" ")[2]


@dataclass(frozen=True, eq=False)
class Figures:
    """The people of one article."""

    by_name: Mapping[str, Figure]
    """By the name as the article has it in full."""
    untitled: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    """First word to the names that begin with it, of people whom the page does not know."""

    def find_spots(self, sentence: Sentence) -> list[Spot]:
        """Return where ``sentence`` names people, in order, none overlapping another."""
        found = [
            Spot(name.start, name.end, self.by_name[name.text])
            for name in sentence.names
            if name.kind == "person" and name.text in self.by_name
        ]
        found += self._find_untitled(sentence.tokens)
        spots: list[Spot] = []
        for spot in sorted(found, key=lambda one: (one.start, -one.end)):
            if not spots or spot.start >= spots[-1].end:
                spots.append(spot)
        return spots

    def _find_untitled(self, tokens: Sequence[Token]) -> Iterator[Spot]:
        for at, token in enumerate(tokens):
            for words, name in self.untitled.get(token.low, ()):
                row = tokens[at : at + len(words)]
                if tuple(one.low for one in row) == words and row[-1].text[0].isupper():
                    yield Spot(token.start, row[-1].end, self.by_name[name])
                    break


def find_figures(page: Page) -> Figures:
    """Return the people of ``page``."""
    text = page.context.article.text
    low, words = text.lower(), set(_WORD.findall(text))
    by_surname = page.context.names.people
    low_words = {word.lower() for word in words}
    known = [one for one in _list_known() if one.last in low_words and one.name.lower() in low]
    figures = {one.name: _make_known(one, low) for one in known}
    aliases = {one.words[-1]: one for one in known}
    aliases |= {one.words[0]: one for one in known if one.country in {"CN", "KR", "TW", "KP"}}
    for name in {n.text: n for s in page.sentences for n in s.names if n.kind == "person"}.values():
        country = name.entry.country if name.entry else None
        figures[name.text] = _make_figure(name.text, country, aliases, low)
    untitled: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for one in _list_known():
        if one not in known and one.country not in _SHORT_NAMED and len(one.words[-1]) > 4:
            surname = one.name.split()[-1]
            is_other = surname in by_surname or surname.lower() in _COMMON
            if not is_other and surname in words:
                figures.setdefault(
                    surname,
                    Figure(
                        Party(name=surname, country=one.country), one.is_leader, is_of_firm=False
                    ),
                )
                untitled[surname.lower()].append(((surname.lower(),), surname))
    for one in known:
        shorts = {one.words, one.words[-1:]} - {("he",), ("ma",), ("li",), ("wang",), ("lee",)}
        if one.country in {"CN", "TW", "KP"}:
            shorts = {one.words, one.words[:1]} - {("he",), ("ma",), ("li",), ("wang",)}
        for short in sorted(shorts, key=len, reverse=True):
            untitled[short[0]].append((short, one.name))
    return Figures(figures, untitled)


def _make_known(known: _Known, low: str) -> Figure:
    party = Party(name=known.name, country=known.country)
    return Figure(party, known.is_leader or _is_called_leader(known.name, low), is_of_firm=False)


def _make_figure(name: str, country: str | None, aliases: Mapping[str, _Known], low: str) -> Figure:
    """Return a person of the page, with what is generally known of them."""
    words = tuple(split_words(name.lower()))
    known = aliases.get(words[-1]) or aliases.get(words[0])
    if known and (set(words) <= set(known.words)) and country in {None, known.country}:
        party = Party(name=known.name, country=known.country)
        return Figure(party, known.is_leader or _is_called_leader(name, low), is_of_firm=False)
    alone = _find_by_surname(words)
    alone = alone if alone and country in {None, alone.country} else None
    country = country or (alone.country if alone else None)
    is_leader = bool(country) and (
        (alone is not None and alone.is_leader) or _is_called_leader(name, low)
    )
    is_of_firm = not country and _is_called_boss(name, low)
    return Figure(Party(name=name, country=country), is_leader, is_of_firm)


def _find_by_surname(words: tuple[str, ...]) -> _Known | None:
    """Return the person whom the table knows by family name alone."""
    known = [one for one in _list_known() if set(words) <= {one.words[-1], one.words[0]}]
    countries = {one.country for one in known}
    return known[0] if len(countries) == 1 else None


def _is_called_leader(name: str, low: str) -> bool:
    return any(
        _LEADS.search(low[max(0, start - _BEFORE) : start])
        or _LEADS_BEHIND.match(low, end, end + 2 * _BEFORE)
        for start, end in _find_all(name.lower(), low)
    )


def _is_called_boss(name: str, low: str) -> bool:
    return any(
        _OF_FIRM.search(low[max(0, start - _BEFORE) : start])
        for start, _ in _find_all(name.lower(), low)
    )


def _find_all(name: str, low: str) -> Iterator[tuple[int, int]]:
    start = low.find(name)
    for _ in range(20):
        if start < 0:
            return
        yield start, start + len(name)
        start = low.find(name, start + len(name))


@cache
def _list_known() -> tuple[_Known, ...]:
    file = load_talk_words()
    return tuple(
        _Known(name, tuple(split_words(name.lower())), country, table == "leaders")
        for table in ("leaders", "officials")
        for country, names in file[table].items()
        for name in names
    )


@cache
def load_talk_words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the file of words; read once."""
    return tomllib.loads((FOLDER / "talks.toml").read_text("utf-8"))
