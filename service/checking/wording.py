"""Whether a generated sentence speaks of what its source speaks of, and in the same direction.

Owns two coarse checks that catch what has no number, date or name in it: a sentence of which
less than half the content words stand in the source is not a rendering of it, and a word of
movement whose opposite stands in the source, while it does not, turns the fact around. Both
compare stems, so that "lowering" is carried by "lower".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

MIN_SUPPORT = 0.5
"""Least share of a sentence's content words that the source must have. Over five recorded
replies every headline, gist sentence and statement reaches 0.64; a gist of another article in the
same field stays below 0.4."""
_MIN_LATIN = 0.5
"""A source of which fewer letters are Latin cannot be compared with an English sentence."""

_SAMPLED_CHARS = 500
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
_SUFFIX = re.compile(r"(?<=...)(?:ations?|ments?|ings?|ies|ied|ers?|ed|es|ly|s|e|y|d)$")
_FUNCTION_WORDS = frozenset(
    """
    about above after again against also although among and another any are because been before
    being below between both but can could did does doing down during each either every for from
    had has have having her here him his how into its itself just may might more most must near
    not off only onto other our out over own same shall she should since some such than that the
    their them then there these they this those though through thus too under until upon very was
    were what when where whether which while who whom whose why will with within without would yet
    you your
    """.split()
)
_OPPOSITES = """
raise raised raises raising increase increased increases increasing hike hiked hikes boost boosted
doubled tripled higher
| lower lowered lowers lowering cut cuts cutting reduce reduced reduces reducing reduction trim
trimmed trimming slash slashed decrease decreased halve halved

allow allowed allows allowing permit permitted permits approve approved approves approving
authorise authorize authorised authorized
| ban banned bans banning bar barred bars barring block blocked blocks blocking forbid forbids
forbidden prohibit prohibited prohibits

resume resumed resumes resuming restore restored restart restarted
| suspend suspended suspends suspending halt halted halting stop stopped pause paused

impose imposed imposes imposing levy levied levies levying
| remove removed removes removing lift lifted lifts lifting scrap scrapped abolish

accept accepted accepts accepting agree agreed agrees agreeing
| reject rejected rejects rejecting refuse refused refuses refusing
"""
"""Words of movement and, behind the bar, words of the opposite movement; a blank line parts."""


def find_unsupported(text: str, sources: Sequence[str]) -> list[str]:
    """Return the sentences of ``text`` of which the sources have less than half the words.

    Sentences without content words, and sources that are mostly not in Latin script, prove
    nothing: nothing is returned for them.
    """
    if not all(_is_latin(source) for source in sources):
        return []
    return [one for one in _SENTENCE.split(text.strip()) if not _is_supported(one, sources)]


def find_reversal(text: str, sources: Sequence[str]) -> str | None:
    """Return what ``text`` turns around, as a sentence; ``None`` where it does not."""
    said = {word.lower() for word in _WORD.findall(text)}
    quoted = {word.lower() for source in sources for word in _WORD.findall(source)}
    for word, opposite in _iterate_reversals(said, quoted):
        return f'it says "{word}" where the quotes say "{opposite}"; say what they say.'
    return None


@cache
def _list_opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    blocks = (block.split("|") for block in _OPPOSITES.strip().split("\n\n"))
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in blocks)


def _iterate_reversals(said: set[str], quoted: set[str]) -> Iterator[tuple[str, str]]:
    for pair in _list_opposites():
        for ours, theirs in (pair, pair[::-1]):
            if said & ours and not quoted & ours and quoted & theirs and not said & theirs:
                yield min(said & ours), min(quoted & theirs)


def _is_supported(sentence: str, sources: Sequence[str]) -> bool:
    stems = [_cut_stem(word) for word in _list_content_words(sentence)]
    known = frozenset().union(*(_collect_stems(source) for source in sources))
    return sum(stem in known for stem in stems) >= MIN_SUPPORT * len(stems)


@lru_cache(maxsize=512)
def _collect_stems(text: str) -> frozenset[str]:
    return frozenset(map(_cut_stem, set(_list_content_words(text))))


def _list_content_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS]


@lru_cache(maxsize=8192)
def _cut_stem(word: str) -> str:
    return _SUFFIX.sub("", word)[:6]


def _is_latin(text: str) -> bool:
    """Say whether the script is Latin, judged by both ends of ``text``."""
    sample = text[:_SAMPLED_CHARS] + text[-_SAMPLED_CHARS:]
    letters = sum(map(len, _LETTERS.findall(sample)))
    return sum(map(len, _LATIN.findall(sample))) >= _MIN_LATIN * letters
