"""Whose a measure is, and on which states it bears.

Owns the way from a clause to actors and targets where the subject alone does not say. Knows no
instrument's direction or status.
"""

import re
from collections.abc import Sequence

from schemas.base import Party
from service.readers.embedded.acts import Act, list_names_in, list_subject_names
from service.readers.embedded.clause_parties import (
    TELLING,
    find_teller,
    is_state,
)
from service.readers.embedded.grammar import PLAIN_AUXILIARIES
from service.readers.embedded.measure_chips import gets_license
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_words import load_behind_names
from service.readers.embedded.naming import is_adjective, is_government, take_coordinated, unite
from service.readers.embedded.page import Name, Sentence
from service.readers.embedded.speech import find_source

_REACH = 5
"""Words behind a preposition in which the state stands that it leads to."""
_OWNED_WORDS = 2
"""Most words between an owner and its instrument."""
_LEADING = frozenset({"to", "on", "for", "in", "into", "against", "from", "at"})
_PARTING = re.compile(r",|\b(?:on|to|of|for|from|in)\b")
_NO_BEARERS = frozenset({"firm", "person", "body"})


def add_parties(setting: Setting, measure: Measure) -> Measure:
    """Return ``measure`` with the states whose it is and those that it bears on."""
    act = measure.act
    issuer = _find_issuer(setting.sentence, measure.first)
    issuer = issuer or _find_owner(setting.sentence, measure.first)
    actors = (
        issuer
        if gets_license(measure) or _is_bound(act)
        else setting.cast.find_actors(act) or issuer
    )
    targets = find_targets(act, measure.last, actors)
    actors = actors or _find_silent_actors(setting, measure, targets)
    return measure._replace(
        actors=actors, targets=[party for party in targets if party not in actors]
    )


def _is_bound(act: Act) -> bool:
    """Say whether the subject is bound by the measure: "must obtain", "is required"."""
    return act.lemma in {"need", "obtain"} or (act.lemma == "require" and act.is_passive)


def _find_silent_actors(
    setting: Setting, measure: Measure, targets: Sequence[Party]
) -> list[Party]:
    """Return whose the measure is where neither its verb nor its noun says so."""
    act = measure.act
    actors = [] if act.is_relative else find_announcer(setting, act, targets)
    if not actors and measure.instrument in {"license", "export_control"}:
        last = max(act.object_last, act.last)
        first = act.last if gets_license(measure) else act.clause_first
        named = list_names_in(act.sentence, first, last)
        actors = find_government(act.sentence, named, targets)[:1]
    if actors or not (_is_bound(act) or act.is_of("begin", "hold")):
        return actors
    sellers = [name for name in list_subject_names(act) if _is_seller(act.sentence, name)]
    if not sellers:
        actors = list(setting.last_actors) or setting.cast.find_speaker(
            find_source(setting.page, act.sentence, act.start)
        )
    if not actors and _is_bound(act):
        actors = unite([name for name in sellers if name.entry][:1])
    return actors


def _is_seller(sentence: Sentence, name: Name) -> bool:
    """Say whether the name qualifies firms that sell: "Taiwan's chipmakers"."""
    return _is_before(sentence, name, load_behind_names().sellers)


def _find_issuer(sentence: Sentence, first: int) -> list[Party]:
    """Return who gives a licence: "a license from the Dutch government"."""
    words = sentence.words
    for at in range(first, min(first + _REACH, len(words))):
        if words[at] in {"from", "to"}:
            named = list_names_in(sentence, at + 1, at + _REACH)
            names = [name for name in named if name.entry][:1]
            is_issuer = words[at] == "from" or any(_is_asked(sentence, name) for name in names)
            return unite(names) if is_issuer else []
    return []


def _is_asked(sentence: Sentence, name: Name) -> bool:
    """Say whether an application goes to the name: "to the Dutch government", not "to China"."""
    return name.kind != "form" and is_government(sentence, name, after_by=True)


def _find_owner(sentence: Sentence, first: int) -> list[Party]:
    """Return whose instrument it is: "US export controls", "China's licensing regime"."""
    start = sentence.tokens[first].start
    for name in sentence.names:
        if name.entry and name.kind != "firm" and name.end <= start:
            gap = sentence.text[name.end - sentence.start : start - sentence.start]
            is_near = len(gap.split()) <= _OWNED_WORDS and not _PARTING.search(gap)
            if is_near and PLAIN_AUXILIARIES.isdisjoint(gap.split()):
                return unite([name])
    return []


def find_announcer(setting: Setting, act: Act, targets: Sequence[Party]) -> list[Party]:
    """Return who tells of ``act``, without those that it bears on."""
    told = find_teller(setting.cast, act, (*TELLING, "threaten"))
    told = told or _find_teller_behind(setting, act)
    return [party for party in told if party not in targets]


def _find_teller_behind(setting: Setting, act: Act) -> list[Party]:
    """Return who tells of a passive behind it: "are banned, the ministry said"."""
    if not act.is_passive:
        return []
    words = act.sentence.words
    teller = next((one for one in setting.acts if one.at > act.last and one.is_of("say")), None)
    if teller is None or "," not in words[act.last : teller.chain_first]:
        return []
    first = max(at for at in range(act.last, teller.chain_first) if words[at] == ",")
    names = list_names_in(act.sentence, first, teller.chain_first)
    return unite([name for name in names if is_government(act.sentence, name)][:1])


def find_government(
    sentence: Sentence, names: Sequence[Name], but: Sequence[Party] = ()
) -> list[Party]:
    """Return the one government among ``names``, those in ``but`` aside; empty if several."""
    governing = [
        name for name in names if name.entry and is_state(name) and is_government(sentence, name)
    ]
    found = [party for party in unite(governing) if party not in but]
    return found if len(found) == 1 else []


def find_lawmakers(sentence: Sentence) -> list[Party]:
    """Return whose parliament the sentence names: "in the U.S. Senate"."""
    return find_named_before(sentence, load_behind_names().lawmakers)


def find_named_before(sentence: Sentence, behind: re.Pattern[str]) -> list[Party]:
    """Return the state first named right before what ``behind`` matches."""
    named = [one for one in sentence.names if one.entry and _is_before(sentence, one, behind)]
    return unite(named[:1])


def _is_before(sentence: Sentence, name: Name, behind: re.Pattern[str]) -> bool:
    return behind.match(sentence.low, name.end - sentence.start) is not None


def find_targets(act: Act, last: int, actors: Sequence[Party]) -> list[Party]:
    """Return the states that the clause leads to with "to", "on", "for" or before goods.

    Up to the end of the act's object, or to token ``last`` where that is behind it.
    """
    sentence = act.sentence
    stop = min(len(sentence.words), max(act.object_last, last))
    first = act.clause_first if act.is_passive else act.at + 1
    for at in range(first, stop - 1):
        is_leading = sentence.words[at] in _LEADING
        if is_leading and _list_bearers(sentence, at + 1, min(at + _REACH, stop), actors):
            names = _list_bearers(sentence, at + 1, stop, actors)
            return unite(take_coordinated(sentence, names))
    names = _list_bearers(sentence, first, stop, actors)
    return unite([name for name in names if is_adjective(sentence, name)][:1])


def _list_bearers(sentence: Sentence, first: int, last: int, actors: Sequence[Party]) -> list[Name]:
    """Return the states in ``tokens[first:last]`` but for those that act."""
    rules = load_behind_names().rules
    return [
        name
        for name in list_names_in(sentence, first, last)
        if name.entry
        and name.kind not in _NO_BEARERS
        and name.state not in actors
        and not _is_before(sentence, name, rules)
    ]
