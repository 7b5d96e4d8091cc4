"""The small words of English that tell how a verb is meant: auxiliaries, negations, conjunctions.

Owns these closed classes. Knows no topic.
"""

from collections.abc import Sequence

BE = frozenset("is are was were be been being 's ’s 're ’re gets got".split())
HAVE = frozenset("has have had having 've ’ve".split())
FUTURE = frozenset("will shall 'll ’ll won't won’t".split())
CONDITIONAL = frozenset(
    "would could may might should can must 'd ’d wouldn't wouldn’t couldn't cannot can't".split()
)
MODALS = FUTURE | CONDITIONAL
AUXILIARIES = BE | HAVE | MODALS
PLAIN_AUXILIARIES = AUXILIARIES - {"'s", "’s"}
"""Those that are no possessive as well."""
NEGATIONS = frozenset("not never no neither nor without cannot".split())
ADVERBS = frozenset(
    "also now soon again still already further only then even just both either all once first later"
    " instead likewise too thus always ever yet today tomorrow unanimously together each likely"
    " jointly".split()
)
"""Words that may stand within a verb group; those that end in "ly" may too."""
CLAUSE_BREAKS = frozenset(
    "; : — – while whereas but although though because when who which where whose that what"
    " whether so if unless “ ”".split()
)
"""Words and marks that begin or end a clause."""
SUBJECT_OPENERS = frozenset("it they he she we the a an its their this these no".split())
JOINERS = frozenset({"and", "or", ","})
_ASIDES = frozenset({("in", "turn"), ("in", "return"), ("at", "once"), ("for", "now")})
"""Pairs of words that may stand within a verb group: "will in turn remove"."""
_LEAST_ADVERB = 5


def is_negation(word: str) -> bool:
    """Say whether ``word``, in small letters, denies: "not", "won't"."""
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def is_adverb(word: str) -> bool:
    """Say whether ``word``, in small letters, may stand within a verb group."""
    return word in ADVERBS or (word.endswith("ly") and len(word) >= _LEAST_ADVERB)


def skip_adverbs(words: Sequence[str], at: int) -> int:
    """Return the place of the last word at or before ``at`` that is no adverb; -1 for none."""
    while at >= 0:
        if at and (words[at - 1], words[at]) in _ASIDES:
            at -= 2
        elif is_adverb(words[at]):
            at -= 1
        else:
            return at
    return at
