"""Investigations told by the verb alone: "is investigating whether imports of drones ...".

Owns what an authority must look into for it to be one of trade. Knows no instrument by name.
"""

from service.readers.embedded.acts import Act, list_names_in
from service.readers.embedded.lexicon import Phrase
from service.readers.embedded.measure_chips import list_products
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_parties import find_targets
from service.readers.embedded.measure_words import load_measure_pattern
from service.readers.embedded.standing import read_status

_FORMAL = frozenset({"investigate", "probe"})
_REACH = 16
"""Words behind the verb in which the goods or the firm stand that are looked into."""


def read_inquiry(setting: Setting, act: Act) -> Measure | None:
    """Read what a state looks into: goods, chips, a firm of another state."""
    if not _is_inquiring(act) or act.is_relative or not _is_of_trade(act):
        return None
    status = read_status(act)
    actors = setting.cast.find_actors(act)
    if status is None or not (actors or act.is_passive):
        return None
    targets = find_targets(act, act.last, actors)
    last = max([act.last, *(phrase.last for phrase in _list_goods(act))])
    return Measure(act, "investigation", "tighten", status, act.at, last, actors, targets)


def _is_inquiring(act: Act) -> bool:
    """Say whether it is a formal inquiry, and no plan that is looked at."""
    behind = act.sentence.words[act.last : act.last + 2]
    is_formal = act.lemma in _FORMAL or behind[:1] == ("whether",)
    # "Whether to restrict" is a plan that is weighed.
    return act.is_of("investigate") and is_formal and behind != ("whether", "to")


def _list_goods(act: Act) -> list[Phrase]:
    """Return the goods that are looked into."""
    first = act.clause_first if act.is_passive else act.last
    return [one for one in act.sentence.goods if first <= one.first < act.last + _REACH]


def _is_of_trade(act: Act) -> bool:
    """Say whether goods, chips or a firm are looked into, and not a crime."""
    sentence = act.sentence
    first = act.clause_first if act.is_passive else act.last
    last = min(len(sentence.tokens), act.last + _REACH)
    if load_measure_pattern("crimes").search(sentence.low):
        return False
    names = list_names_in(sentence, first, last)
    return (
        bool(_list_goods(act))
        or bool(list_products(sentence, first, last))
        or any(name.kind == "firm" for name in names)
    )
