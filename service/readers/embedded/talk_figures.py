"""Who of an article's people may take part in talks, and for whom.

Owns who of them is a head of state or government, and who a firm's boss. Knows no talks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from schemas.base import Party
from schemas.parties import find_official
from service.readers.embedded.page import Name, Page, Sentence
from service.readers.embedded.word_lists import read_lists

_LEADS = re.compile(
    r"(?<!vice )(?<!vice-)(?<!deputy )(?<!former )(?<!company )(?<!bank )(?<!commission )"
    r"\b(?:president|prime minister|premier|chancellor|taoiseach|emperor)\s$"
)
_LEADS_BEHIND = re.compile(
    r",\s(?:the\s)?(?:[\w.’']+\s){0,2}?(?<!vice )(?:president|prime minister|premier|chancellor),"
)
_OF_FIRM = re.compile(r"\b(?:ceo|chief executive|boss|chairman|chairwoman|founder|co-founder)\b")
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


@dataclass(frozen=True, eq=False)
class Figures:
    """The people of one article."""

    by_name: Mapping[str, Figure]
    """By the name as the article has it in full."""

    def find_spots(self, sentence: Sentence) -> list[Spot]:
        """Return where ``sentence`` names people, in order, none overlapping another."""
        return [
            Spot(name.start, name.end, self.by_name[name.text])
            for name in sentence.names
            if name.kind == "person" and name.text in self.by_name
        ]


def find_figures(page: Page) -> Figures:
    """Return the people of ``page``."""
    low = page.context.article.text.lower()
    names = {
        name.text: name
        for sentence in page.sentences
        for name in sentence.names
        if name.kind == "person"
    }
    return Figures({text: _make_figure(name, low) for text, name in names.items()})


def _make_figure(name: Name, low: str) -> Figure:
    country = name.entry.country if name.entry else None
    official = find_official(name.text)
    is_head = official is not None and official.names[0] in _list_heads()
    is_leader = bool(country) and (is_head or _is_called_leader(name.text, low))
    is_of_firm = not country and _is_called_boss(name.text, low)
    # Tabloids write "DONALD Trump", which is no name to the page.
    is_shouted = official is not None and " " not in name.text and official.names[0].lower() in low
    full = official.names[0] if official and is_shouted else name.text
    return Figure(Party(name=full, country=country), is_leader, is_of_firm)


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
def _list_heads() -> frozenset[str]:
    return frozenset(read_lists("talks", "heads")["names"])
