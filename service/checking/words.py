"""Words as the checks compare them: folded, without number, possessive or ending.

Owns tokens, folding and stems, and the memory of what was read. Knows no names and no rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

CACHED_TEXTS = 512
"""Texts whose words are remembered: an article, and the quotes and sentences of its items."""
TOKEN = re.compile(r"[^\W_]+(?:(?:['’ʼ]|\.(?=[^\W\d_]\.))[^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_CAPITALS = re.compile(r"([A-Z][A-Z0-9]+)s?(?:['’ʼ][^\W_]+)*")
SAME_WORDS = {"ai": ("artificial", "intelligence"), "artificial": ("ai",), "intelligence": ("ai",)}
"""Words that may stand for each other."""
_IRREGULAR_VERBS = """
bought buy sold sell kept keep held hold made make took take gave give brought bring sought seek
sent send met meet said say paid pay withdrew withdraw began begin
"""


class Words(NamedTuple):
    """The words of a text, folded: small letters, singular, without dots and possessives."""

    run: str
    """All in order, one space around each, so that "h20" is not found in "h200"."""
    folded: frozenset[str]
    capitals: frozenset[str]
    """Those written in capitals alone, as written but singular: "AMD", "H200"."""
    small: frozenset[str]
    """Those written in small letters."""


@lru_cache(maxsize=CACHED_TEXTS)
def unite_words(sources: tuple[str, ...]) -> Words:
    """Return the words of all sources, without their order."""
    known = [read_words(source) for source in sources]
    folded = frozenset[str]().union(*(words.folded for words in known))
    capitals = frozenset[str]().union(*(words.capitals for words in known))
    return Words("", folded, capitals, frozenset())


@lru_cache(maxsize=CACHED_TEXTS)
def read_words(text: str) -> Words:
    """Return the words of ``text``."""
    tokens: list[str] = TOKEN.findall(text)
    folded = {token: fold_word(token) for token in set(tokens)}
    return Words(
        run=f" {' '.join([folded[token] for token in tokens])} ",
        folded=frozenset(folded.values()),
        capitals=frozenset(_iterate_capitals(folded)),
        small=frozenset(word for token, word in folded.items() if token.islower()),
    )


def _iterate_capitals(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        if token[:2].isupper() and (match := _CAPITALS.fullmatch(token)):
            yield match[1]


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """Return ``word`` in small letters and singular, without dots and possessive."""
    folded = word.translate(_APOSTROPHES).replace(".", "").casefold().removesuffix("'s")
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 4 and folded.endswith(("sses", "xes", "ches", "shes")):
        return folded[:-2]
    is_plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is"))
    return folded[:-1] if is_plural else folded


@cache
def list_words(text: str) -> frozenset[str]:
    """Return the words of a word list; read once."""
    return frozenset(text.split())


@cache
def pair_words(text: str) -> Mapping[str, str]:
    """Return a list of pairs, ``left right left right``, as a mapping; read once."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


@lru_cache(maxsize=16384)
def cut_stem(word: str) -> str:
    """Return what the forms of an English word share: "lifted" and "lifting" are "lift"."""
    word = pair_words(_IRREGULAR_VERBS).get(word, word)
    for ending in ("ing", "ied", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending) + ("y" if ending in {"ied", "ies"} else "")
            break
    word = word.rstrip("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=8)
def list_small_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that ``text`` writes in small letters."""
    return frozenset(map(cut_stem, read_words(text).small))


@lru_cache(maxsize=CACHED_TEXTS)
def list_roots(text: str) -> frozenset[str]:
    """Return the roots of all words of ``text``, see ``cut_root``."""
    return frozenset(map(cut_root, read_words(text).folded))


@lru_cache(maxsize=16384)
def cut_root(word: str) -> str:
    """Return what even "corrected" and "correction" share: the stem's first six letters."""
    return cut_stem(word)[:6]
