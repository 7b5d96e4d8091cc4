"""Whom a clause names, as the rules for measures and for commitments ask for it.

Owns the questions that both lists put to a row of words. Knows neither list.
"""

from collections.abc import Sequence

from schemas.base import Party
from service.readers.embedded.acts import Act, find_acts, list_names_in
from service.readers.embedded.cast import Cast
from service.readers.embedded.naming import unite
from service.readers.embedded.page import Name, Sentence

_NO_STATES = frozenset({"firm", "person", "place"})
TELLING = ("say", "plan", "agree", "promise")
"""Classes of the verbs whose subject gives what they tell: "said it would"."""


def is_state(name: Name) -> bool:
    """Say whether the name is that of a state, a group of states or a body of theirs."""
    return name.kind not in _NO_STATES


def list_states(sentence: Sentence, first: int, last: int, but: Sequence[Party]) -> list[Party]:
    """Return the states named in ``tokens[first:last]``, each once, without those in ``but``."""
    named = [name for name in list_names_in(sentence, first, last) if is_state(name)]
    return [party for party in unite(named) if party not in but]


def find_teller(cast: Cast, act: Act, classes: Sequence[str] = TELLING) -> list[Party]:
    """Return the subject of the nearest verb before ``act`` that is of one of ``classes``."""
    for other in reversed(find_acts(act.sentence)):
        if other.at < act.at and other.is_of(*classes):
            return cast.find_subject(other)
    return []
