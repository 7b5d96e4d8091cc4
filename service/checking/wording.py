"""Whether a generated sentence speaks of what its source speaks of, and in the same direction.

Owns two coarse checks that catch what has no number, date or name in it: a sentence of which
too few of the content words stand in the source is not a rendering of it, and a word of
movement whose opposite stands in the source, while it does not, turns the fact around. Both
compare stems, so that "lowering" is carried by "lower".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from service.checking.words import cut_root, list_roots, read_words

MIN_SUPPORT = 0.5
"""Least share of a sentence's content words that the source must have. The 22 sentences of the
five recorded headlines and gists reach 0.78 on their own article; held against the other four
samples, which tell of the same weeks, 30 of 88 fall short. A coarse check, then, that says
nothing false; numbers, dates and names are checked one by one elsewhere."""
_MIN_WORDS = 4
"""A sentence with fewer content words is too short to be judged by their share: one will do."""
_MIN_NEARNESS = 0.75
"""Least share of a sentence's content words that makes an article's sentence its source."""
_MIN_SHARED = 2
"""Fewest content words that make one."""
_MIN_LATIN = 0.5
"""A source of which fewer letters are Latin cannot be compared with an English sentence."""

_SAMPLED_CHARS = 500
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)[\"”’)]*\s+")
_FUNCTION_WORDS = frozenset(
    """
    about above after again against also although among and another any are because been before
    being below between both but can could did does doing down during each eight either every five
    for four from had has have having her here him his how into its itself just may might more
    most must near nine not off one only onto other our out over own same seven shall she should
    since six some such ten than that the their them then there these they this those though three
    through thus too two under until upon very was were what when where whether which while who
    whom whose why will with within without would yet you your
    """.split()
)
_ALIKE = (
    "tariff duty levy rate tax",
    "ban curb restrict restriction bar",
    "end drop remove scrap lift",
    "cut lower reduce reduction trim slash",
    "raise increase hike",
    "buy purchase purchases",
    "talk talks negotiation discussion meeting call",
    "probe investigation inquiry",
    "licence license licensing permit",
    "chip chipmaking semiconductor",
    "start begin effect",
)
"""Groups of words that trade news uses for the same thing."""
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

start started starts begin begins began
| stop stopped stops cease

issue issued issues
| revoke revoked revokes

add added adds
| delist delisted delists

sign signed signs
| veto vetoed vetoes

rise rises rose rising
| fall falls fell falling

book booked
| cancel cancelled canceled cancels

impose imposed imposes imposing levy levied levies levying
| remove removed removes removing lift lifted lifts lifting scrap scrapped abolish

accept accepted accepts accepting agree agreed agrees agreeing
| reject rejected rejects rejecting refuse refused refuses refusing
"""
"""Words of movement and, behind the bar, words of the opposite movement; a blank line parts."""


_TURNING_WORDS = frozenset(
    """
    not never without cannot neither nor drop dropped drops ease eased eases end ended ends ending
    exempt exempted exempts exemption exemptions except unless if instead waive waived waiver
    threshold thresholds exclusion exclusions relief
    """.split()
)
"""Words that turn a movement around themselves; beside them opposites prove nothing."""


def find_unsupported(text: str, sources: Sequence[str]) -> list[str]:
    """Return the sentences of ``text`` of which the sources have too few of the words.

    Sentences of few content words prove nothing and are not returned; nor does a source prove
    anything that is not in Latin script (see ``is_latin``): do not ask about such an article.
    """
    known = frozenset[str]().union(*map(list_roots, sources))
    return [one for one in split_sentences(text) if not _is_supported(one, known)]


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a generated text."""
    return _SENTENCE.split(text.strip())


def find_nearest(sentence: str, candidates: Sequence[str]) -> str | None:
    """Return the candidate that shares most content words with ``sentence``, all but a few."""
    words = filter(_is_content, read_words(sentence).folded)
    # The word of movement is what may be wrong: it has no say in which sentence is meant.
    roots = frozenset(map(cut_root, (word for word in words if word not in _list_movements())))
    shared, nearest = max(
        ((len(roots & list_roots(one)), one) for one in candidates),
        key=lambda pair: pair[0],
        default=(0, ""),
    )
    return nearest if shared >= max(_MIN_NEARNESS * len(roots), _MIN_SHARED) else None


def is_latin(text: str) -> bool:
    """Say whether ``text`` is in Latin script, judged by both of its ends."""
    sample = text[:_SAMPLED_CHARS] + text[-_SAMPLED_CHARS:]
    letters = sum(map(len, _LETTERS.findall(sample)))
    return sum(map(len, _LATIN.findall(sample))) >= _MIN_LATIN * letters


def list_meanings(text: str) -> frozenset[str]:
    """Return the roots of the content words of ``text``, one for all words that are used alike."""
    roots = map(cut_root, filter(_is_content, read_words(text).folded))
    return frozenset(min(_map_alike().get(root, (root,))) for root in roots)


def find_reversal(text: str, sources: Sequence[str]) -> str | None:
    """Return what ``text`` turns around, as a sentence; ``None`` where it does not."""
    said = read_words(text).folded
    quoted = frozenset[str]().union(*(read_words(source).folded for source in sources))
    if not (said | quoted).isdisjoint(_TURNING_WORDS):
        return None
    for word, opposite in _iterate_reversals(said, quoted):
        return f'it says "{word}" where the quotes say "{opposite}"; say what they say.'
    return None


@cache
def _list_movements() -> frozenset[str]:
    return frozenset().union(*(one | other for one, other in _list_opposites()))


@cache
def _list_opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    blocks = (block.split("|") for block in _OPPOSITES.strip().split("\n\n"))
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in blocks)


def _iterate_reversals(said: frozenset[str], quoted: frozenset[str]) -> Iterator[tuple[str, str]]:
    for pair in _list_opposites():
        for ours, theirs in (pair, pair[::-1]):
            if said & ours and not quoted & ours and quoted & theirs and not said & theirs:
                yield min(said & ours), min(quoted & theirs)


def _is_supported(sentence: str, known: frozenset[str]) -> bool:
    words = [word for word in read_words(sentence).folded if _is_content(word)]
    shared = sum(_is_known(word, known) for word in words)
    if len(words) < _MIN_WORDS:
        return shared > 0 or not words
    return shared >= MIN_SUPPORT * len(words)


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Say whether ``known`` has the root of ``word``, or of another word of its group."""
    root = cut_root(word)
    return root in known or not known.isdisjoint(_map_alike().get(root, ()))


@cache
def _map_alike() -> dict[str, frozenset[str]]:
    groups = [frozenset(map(cut_root, group.split())) for group in _ALIKE]
    return {root: group for group in groups for root in group}


def _is_content(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in _FUNCTION_WORDS
