"""What the rules know of words: verbs, idioms, firms, chips and goods.

Owns the loading of the readable files in ``lexicon/`` and the look-up of their entries in a row of
words. Knows no article.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from service.readers.embedded.inflection import Form, FormKind, add_s, list_verb_forms

FOLDER = Path(__file__).with_name("lexicon")
WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]{2,}:\d\w*|\d[\d.,]*\d|[^\W_]+n['’]t\b|[^\W_]+|['’](?:s|ll|d|re|ve|m)\b|[^\w\s]"
)
"""One token: initials, a number, a word (a hyphen parts two), a possessive ending, a mark."""


class VerbReading(NamedTuple):
    """What a word may be as a verb."""

    lemma: str
    kinds: frozenset[FormKind]
    classes: frozenset[str]


class Phrase(NamedTuple):
    """A place in a row of words, ``words[first:last]``, where an entry stands."""

    first: int
    last: int
    value: str


class PhraseTable:
    """Entries of one or several words, found in a row of words; the longest wins."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Index ``entries``: text to value."""
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for text, value in entries:
            words = tuple(split_words(text))
            self._by_first[words[0]].append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: len(entry[0]), reverse=True)

    def find(self, words: Sequence[str]) -> list[Phrase]:
        """Return the entries in ``words``, in order, none overlapping another."""
        found: list[Phrase] = []
        last = 0
        for at, word in enumerate(words):
            if at < last:
                continue
            for entry, value in self._by_first.get(word, ()):
                if tuple(words[at : at + len(entry)]) == entry:
                    last = at + len(entry)
                    found.append(Phrase(at, last, value))
                    break
        return found


_compile = cache(re.compile)


class Idiom(NamedTuple):
    """Several words that mean what a verb of a class means."""

    expression: str
    verb_class: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern, compiled when it is first needed: an article has few idioms."""
        return _compile(self.expression)


class Lexicon(NamedTuple):
    """All word lists, indexed."""

    verbs: Mapping[str, tuple[VerbReading, ...]]
    """Form, in small letters, to what it may be."""
    idioms: Mapping[str, tuple[Idiom, ...]]
    """First word's form to the idioms that begin with it."""
    firms: PhraseTable
    """Names of firms to the usual one, capitals as they are."""
    chip_firms: frozenset[str]
    """Names of the firms that make chips or the tools for them."""
    goods: PhraseTable
    """Goods in small letters, singular and plural, to their topic."""
    chip_terms: PhraseTable
    """Words that make a sentence one about semiconductors."""
    no_chip_terms: re.Pattern[str]
    """Where such a word means something else ("potato chips"), in small letters."""
    products: re.Pattern[str]
    """Names of chips and of tools that make them."""
    generic_products: re.Pattern[str]
    """Chips and tools that are named by what they are ("AI chips"), in small letters."""


def split_words(text: str) -> list[str]:
    """Return the words and marks of ``text``; a hyphen between words parts them."""
    return [word for word in WORD.findall(text) if word not in "-‐‑"]


@cache
def load_lexicon() -> Lexicon:
    """Read and index the files; once, at the first article."""
    verbs, firms, chips, goods = (
        tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
        for name in ("verbs", "firms", "chips", "goods")
    )
    return Lexicon(
        verbs=_index_verbs(verbs),
        idioms=_index_idioms(verbs),
        firms=PhraseTable(_list_firms(firms)),
        chip_firms=frozenset(name for row in firms["chips"]["names"] for name in row),
        goods=PhraseTable(
            (form.lower(), topic)
            for topic, table in goods.items()
            for good in table["names"]
            for form in {good, _pluralise(good)}
        ),
        chip_terms=PhraseTable(
            (form, "chips") for term in chips["terms"] for form in {term, _pluralise(term)}
        ),
        no_chip_terms=re.compile("|".join(chips["not_terms"])),
        products=_join_products(chips),
        generic_products=re.compile(rf"\b(?:{'|'.join(chips['generic_products'])})\b"),
    )


def _list_firms(firms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for table in firms.values():
        for row in table["names"]:
            for name in row:
                yield name, row[0]


def _pluralise(term: str) -> str:
    return term if term.endswith("s") else add_s(term)


def _join_products(chips: Mapping[str, Any]) -> re.Pattern[str]:
    names = sorted(map(re.escape, chips["products"]), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join([*chips['patterns'], *names])})(?![\w-])")


def _index_verbs(file: Mapping[str, Any]) -> dict[str, tuple[VerbReading, ...]]:
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for name, lemmas in file["classes"].items():
        for lemma in lemmas:
            classes[lemma].add(name)
    kinds: defaultdict[tuple[str, str], set[FormKind]] = defaultdict(set)
    for lemma in classes:
        for form in _list_forms(lemma, file):
            kinds[form.text, lemma].add(form.kind)
    readings: defaultdict[str, list[VerbReading]] = defaultdict(list)
    for (text, lemma), found in kinds.items():
        readings[text].append(VerbReading(lemma, frozenset(found), frozenset(classes[lemma])))
    return {text: tuple(found) for text, found in readings.items()}


def _list_forms(lemma: str, file: Mapping[str, Any]) -> Iterator[Form]:
    irregular = file["irregular"].get(lemma)
    return list_verb_forms(lemma, tuple(irregular) if irregular else None)


def _index_idioms(file: Mapping[str, Any]) -> dict[str, tuple[Idiom, ...]]:
    idioms: defaultdict[str, list[Idiom]] = defaultdict(list)
    for name, texts in file["idioms"].items():
        for text in texts:
            first, _, rest = text.partition(" ")
            tail = re.escape(rest).replace(r"\.\.\.\ ", r"(?:[^\s;]+\s){0,8}?")
            for form in {form.text for form in _list_forms(first, file)}:
                expression = rf"{re.escape(form)}\s{tail}\b" if rest else rf"{form}\b"
                idioms[form].append(Idiom(expression, name))
    return {first: tuple(found) for first, found in idioms.items()}
