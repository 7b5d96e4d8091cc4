"""The forms of English verbs and nouns.

Owns regular spelling ("levy" gives "levies", "ban" gives "banned"); irregular verbs come with the
lexicon. Knows no word lists.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

FormKind = Literal["base", "third", "past", "participle", "ing"]

_VOWELS = "aeiou"
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
"""One-syllable verbs that double their last letter: ban, cut, slap, trim."""


class Form(NamedTuple):
    """One form of a verb: "imposed" is past and participle of "impose"."""

    text: str
    kind: FormKind


def list_verb_forms(lemma: str, irregular: tuple[str, str] | None = None) -> Iterator[Form]:
    """Yield the forms of ``lemma``; ``irregular`` are its past and its participle."""
    past, participle = irregular or (_join(lemma, "ed"),) * 2
    yield Form(lemma, "base")
    yield Form(f"{lemma}es" if lemma.endswith("go") else add_s(lemma), "third")
    yield Form(past, "past")
    yield Form(participle, "participle")
    # "Submitting", like "submitted".
    is_doubled = past.startswith(f"{lemma}{lemma[-1]}")
    yield Form(f"{lemma}{lemma[-1]}ing" if is_doubled else _join(lemma, "ing"), "ing")


def add_s(word: str) -> str:
    """Return the plural of a noun, or the third person of a verb: "duties", "taxes"."""
    if _SIBILANT.search(word):
        return f"{word}es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _join(lemma: str, ending: str) -> str:
    if lemma.endswith("ie") and ending == "ing":
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and ending == "ed":
        return f"{lemma}d"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe")):
        return f"{lemma[:-1]}{ending}"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS and ending == "ed":
        return f"{lemma[:-1]}ied"
    if _DOUBLED.match(lemma):
        return f"{lemma}{lemma[-1]}{ending}"
    return f"{lemma}{ending}"
