"""Words of measures: what names an instrument, and what must stand beside it.

Owns the loading of ``lexicon/measures.toml`` where it is more than a list of words. Knows no
rule and no article.
"""

import re
from functools import cache
from typing import NamedTuple

from schemas.base import NonTariffInstrument
from service.readers.embedded.word_lists import (
    join_expressions,
    load_pattern,
    load_words,
    read_file,
    read_lists,
)

_FILE = "measures"


class InstrumentNoun(NamedTuple):
    """How news names an instrument."""

    instrument: NonTariffInstrument
    bars: bool
    """Whether the thing named holds trade back (a ban) or lets it pass (a licence)."""
    heads: tuple[str, ...]
    """Parts of words, one of which every such name holds."""
    pattern: re.Pattern[str]

    def is_near(self, low: str) -> bool:
        """Say whether a text in small letters is worth the pattern's slower look."""
        return any(head in low for head in self.heads)


class MeasureVerbs(NamedTuple):
    """What must stand behind a verb that bars or lets pass by itself."""

    trade: re.Pattern[str]
    """What makes it a verb of trade."""
    use: re.Pattern[str]
    """What one is told not to do with goods."""


class BehindNames(NamedTuple):
    """What stands right behind a state's name where it is not meant as one that is acted on."""

    sellers: re.Pattern[str]
    rules: re.Pattern[str]
    payees: re.Pattern[str]
    lawmakers: re.Pattern[str]


@cache
def load_nouns() -> tuple[InstrumentNoun, ...]:
    """Return the names of instruments in the order in which they are tried."""
    return tuple(
        InstrumentNoun(
            row["instrument"],
            row["bars"],
            tuple(row["heads"]),
            re.compile(rf"(?<![\w-])(?:{row['pattern']})(?!\w)"),
        )
        for row in read_file(_FILE)["nouns"]
    )


@cache
def load_verbs() -> MeasureVerbs:
    """Return what must stand behind verbs."""
    verbs = read_file(_FILE)["verbs"]
    return MeasureVerbs(**{key: re.compile(text) for key, text in verbs.items()})


@cache
def load_behind_names() -> BehindNames:
    """Return what must stand behind names; matched from the name's end on."""
    lists = read_lists(_FILE, "behind_names")
    sellers, rules, payees, lawmakers = (
        join_expressions(lists[key]) for key in BehindNames._fields
    )
    return BehindNames(
        sellers=re.compile(rf"(?:['’]s?)?\s(?:[\w-]+\s)?{sellers}\b"),
        rules=re.compile(rf"(?:['’]s?)?\s{rules}"),
        payees=re.compile(rf"(?:['’]s)?\s{payees}\b"),
        lawmakers=re.compile(rf"(?:['’]s)?\s(?:upper\s|lower\s)?{lawmakers}\b"),
    )


def load_measure_words(key: str) -> frozenset[str]:
    """Return a list of verbs or nouns as a set."""
    return load_words(_FILE, key)


def load_measure_pattern(key: str) -> re.Pattern[str]:
    """Return a list of expressions as one pattern."""
    return load_pattern(_FILE, key)
