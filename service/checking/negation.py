"""A statement that asserts what its quotes deny, or denies what they assert.

Owns the words of denial and their reach. Lexical: it reads clauses and stems, not grammar.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from service.checking.words import (
    CACHED_TEXTS,
    TOKEN,
    cut_stem,
    fold_word,
    list_words,
    pair_words,
    read_words,
)

_NEGATORS = frozenset({"not", "never", "cannot", "nor", "neither", "without", "no"})
_DENIALS: Mapping[str, str] = dict.fromkeys(
    ("deny", "reject", "avoid", "oppos", "resist", "abandon", "dismis", "unlikely", "shelv"), ""
) | {
    "refus": "to",
    "declin": "to",
    "fail": "to",
    "rul": "out",
    "refrain": "from",
    "yet": "to",
    "stop": "short",
    "far": "from",
    "walk": "back",
}
"""Stems of verbs that deny what follows; the word that must come next, if any."""
_NEGATIVES = """
keep block prevent bar ban prohibit forbid halt stop suspend ceas exclud exempt withhold delay drop
cancel forgo waiv limit restrict unabl against if unles only end spar discourag shun revok requir
pend await scrap shelv pos hold
"""
"""Stems by which, beside ``_DENIALS``, a text may express a denial in its own words."""
_WIDENERS = """
think believ expect want plan intend intention seek go gonna abl allow willing ready prepar agr
commit promis pledg consider decid need desir longer out likely short
"""
"""Stems behind a negator that hand the denial on: "no plans to lift"."""
_LIGHT_WORDS = """
a an the to be been being is are was were have has had do did does will would shall should can could
may might must also ever yet any that it its from of on in for so very their his her all and or as
at by with this these those not no never
"""
"""Words that are neither denied nor asserted."""
_VERBS_ALIKE = """
purchas buy remov lift scrap lift hik rais increas rais cut lower reduc lower trim lower levy impos
permit allow let allow ship sel
"""
"""Pairs: a stem, and the stem of a word that says the same."""
_NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention|necessarily|yet)|if not|no doubt|cannot but"
    r"|not? (?:less|more|fewer|later|earlier|sooner) than|can['’]t but|whether or not)\b"
    r"|\bno\.? ?(?=\d)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:—–()“”\"]|[.!?]\s"
    r"|\b(?:but|while|although|though|whereas|because|since|who|which)\b"
)
_DENYING_WORDS = """
not never cannot nor neither without no refuse refused refusing decline declined declining deny
denied denying reject rejected rejecting fail failed failing rule ruled ruling refrain refrained
refraining avoid avoided avoiding oppose opposed opposing resist resisted resisting abandon
abandoned abandoning keep keeping kept leave leaving left dismiss dismissed dismissing unlikely
shelve shelved shelving yet stopped short far walked back
"""
"""Every text that ``_read_claims`` finds a denial in has one of these: a quick look first."""
_CONDITIONAL = re.compile(r"\b(?:until|unless)\b", re.IGNORECASE)
_KEPT_OUT = re.compile(r"\b(?:keep(?:s|ing)?|kept|leave|left)\b[^.;]{1,60}\bout\b")
_PUT_IN = frozenset({"includ", "insert", "put", "add", "attach", "pas", "adopt"})
_HEDGES = frozenset(_DENIALS) | frozenset(_NEGATIVES.split())


_BEFORE_VERBS = frozenset({"to", "would", "will", "could", "may", "might", "should"})


_DETERMINERS = frozenset({"a", "an", "the", "its", "their", "this", "that", "existing", "export"})
"""Words behind which a stem is a noun: "the ban" denies nothing, "to ban" does."""


class _Claims(NamedTuple):
    """The stems that a text denies, those that it asserts, and those beside a negative word."""

    denied: frozenset[str]
    asserted: frozenset[str]
    hedged: frozenset[str]


def find_dropped_negation(statement: str, quotes: Sequence[str]) -> str | None:
    """Return what is wrong where ``statement`` asserts what the quotes deny, or the reverse.

    A word is denied by a negator before it in its clause ("not", "no longer", "refused to",
    "ruled out"); "not only", "no later than", "not yet" and "not ... until" deny nothing. A
    statement may express the denial by another negative word (refuse, block, halt). Words that
    a quote both denies and asserts are left alone.
    """
    denying = [_read_claims(quote) for quote in quotes if _may_deny(quote)]
    if not denying and not _may_deny(statement):
        return None
    said = _read_claims(statement)
    denied = frozenset[str]().union(*(claims.denied for claims in denying))
    if not said.denied and not said.asserted & denied:
        return None
    quoted = [_read_claims(quote) for quote in quotes]
    asserted = frozenset[str]().union(*(claims.asserted for claims in quoted))
    hedged = frozenset[str]().union(*(claims.hedged for claims in quoted))
    dropped = (said.asserted - said.hedged) & (denied - asserted)
    if dropped and not said.denied and not _expresses_denial(statement):
        verb = _find_word(statement, dropped)
        return f'the quotes deny what the statement says ("{verb}"): state it as they do.'
    added = said.denied & (asserted - denied - hedged)
    if added:
        verb = _find_word(statement, added)
        return f'the statement denies what the quotes say ("{verb}"): state it as they do.'
    return None


def _may_deny(text: str) -> bool:
    words = read_words(text)
    return "n't " in words.run or not words.folded.isdisjoint(list_words(_DENYING_WORDS))


def _expresses_denial(statement: str) -> bool:
    """Say whether the statement denies in its own words, whatever they reach: "no new curbs"."""
    words = read_words(statement)
    return "n't " in words.run or not words.folded.isdisjoint(_NEGATORS - {"without"})


def _find_word(text: str, stems: frozenset[str]) -> str:
    return next((word for word in TOKEN.findall(text) if _read_stem(word) in stems), "")


def _read_stem(word: str) -> str:
    stem = cut_stem(fold_word(word))
    return pair_words(_VERBS_ALIKE).get(stem, stem)


@lru_cache(maxsize=CACHED_TEXTS)
def _read_claims(text: str) -> _Claims:
    denied: set[str] = set()
    asserted: set[str] = set()
    hedged: set[str] = set()
    for clause in _CLAUSE.split(_NO_DENIAL.sub(" ", text)):
        words = TOKEN.findall(clause)
        stems = [_read_stem(word) for word in words]
        places = set() if _CONDITIONAL.search(clause) else _find_denied(words, stems)
        denied |= {stems[place] for place in places}
        others = (at for at, word in enumerate(words) if at not in places and not _is_light(word))
        content = {stems[at] for at in others}
        asserted |= content
        nouns = {stems[at] for at in range(1, len(words)) if words[at - 1].lower() in _DETERMINERS}
        negative = (content & _HEDGES) - nouns
        if negative:
            hedged |= content if len(negative) > 1 else content - negative
        denied |= _PUT_IN if _KEPT_OUT.search(clause) else frozenset()
    return _Claims(frozenset(denied), frozenset(asserted), frozenset(hedged))


def _is_light(word: str) -> bool:
    return word.endswith("ly") or fold_word(word) in list_words(_LIGHT_WORDS)


def _find_denied(words: Sequence[str], stems: Sequence[str]) -> set[int]:
    """Return the places of the words that a negator reaches; a denied denial reaches none."""
    places: set[int] = set()
    for at, stem in enumerate(stems):
        if stem in _NEGATORS or stem.endswith("n't"):
            places |= set(_reach(words, stems, at + 1, is_verbal=stem == "no"))
        elif stem not in _DENIALS or at in places:
            continue
        elif _DENIALS[stem] in {"", *words[at + 1 : at + 2]}:
            places |= set(_reach(words, stems, at + 1, is_verbal=True))
    return places


def _reach(
    words: Sequence[str], stems: Sequence[str], start: int, *, is_verbal: bool
) -> Iterator[int]:
    """Yield the place of the first word of weight behind a negator, on through "plan to".

    ``is_verbal`` keeps to words that must be verbs ("to lift", "lifting"): "no" and "rejected"
    deny a thing as often as an act, and a thing denied says little.
    """
    for at in range(start, min(start + 10, len(stems))):
        if words[at][0].isupper() or _is_light(words[at]):
            continue
        is_widener = stems[at] in list_words(_WIDENERS)
        is_verb = words[at].endswith("ing") or words[at - 1] in _BEFORE_VERBS
        if not is_verbal or is_widener or is_verb:
            yield at
        if not is_widener:
            return
        is_verbal = is_verbal and stems[at] != "longer"
