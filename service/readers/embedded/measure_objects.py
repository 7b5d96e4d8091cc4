"""Measures told by a verb and an instrument: "lifted its export ban", "quotas were doubled".

Owns which instrument a verb governs. Direction, status and parties are read elsewhere.
"""

from service.readers.embedded.acts import Act, find_acts, list_names_in
from service.readers.embedded.deals import tells_of_deal
from service.readers.embedded.grammar import PLAIN_AUXILIARIES
from service.readers.embedded.measure_chips import has_object
from service.readers.embedded.measure_clauses import MOVING, Measure, Setting
from service.readers.embedded.measure_nouns import NamedInstrument, find_instrument
from service.readers.embedded.measure_parties import add_parties
from service.readers.embedded.measure_stance import read_stance, tells_amount
from service.readers.embedded.measure_status import read_named_status
from service.readers.embedded.measure_words import load_measure_pattern
from service.readers.embedded.naming import unite
from service.readers.embedded.tariff_words import DUTY_NOUNS

_GOVERNING = (
    *MOVING,
    *("maintain", "begin", "bear", "agree", "promise", "threaten", "consider", "demand"),
    *("be", "say", "act", "hold", "answer"),
)
_TURNED_AROUND = ("be", "begin", "maintain", "extend", "impose", "bear")
"""Classes of verbs whose subject may be the instrument: "the ban remains", "a quota applies"."""
_FINITE = frozenset({"third", "past", "participle"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "new", "yearly", "annual"})
_ADJUNCTS = frozenset(
    "despite amid over after before since beyond because while under via through by with alongside"
    " including plus besides about".split()
)
"""Prepositions behind which an instrument is only the background of what the verb does."""
_WITHIN = _ADJUNCTS | {"within", "for", "with", "to", "above", "in"}
"""The same of a quota, which duties name: "cut the duty within the quota"."""
_REACH = 24
"""Most words of an object or subject that are looked at."""
_RELATIVE_REACH = 15
"""Words before a relative clause that it may qualify."""


def read_object(setting: Setting, act: Act) -> Measure | None:
    """Read a verb whose object or subject is an instrument."""
    if not _may_govern(act):
        return None
    standing = _find_standing(act)
    if standing is not None:
        return add_parties(
            setting,
            Measure(act, standing.instrument, "maintain", "in_force", act.at, act.last),
        )
    named = _find_governed(act)
    if named is None or not _is_governed(act, named):
        return None
    measure = _judge(act, named)
    return add_parties(setting, measure) if measure else None


def _may_govern(act: Act) -> bool:
    words = act.sentence.words
    if act.is_reduced or words[act.last : act.last + 2] == ("short", "of"):
        return False
    return act.is_of(*_GOVERNING) and not _has_infinitive(act)


def _has_infinitive(act: Act) -> bool:
    """Say whether what the verb governs is another verb: "agreed to license"."""
    following = act.sentence.words[act.last : act.last + 2]
    return len(following) > 1 and following[0] == "to" and following[1] not in _ARTICLES


def _find_standing(act: Act) -> NamedInstrument | None:
    """Return the instrument right before a gerund that says what it does: "rules curbing ..."."""
    if act.form != "ing" or not act.is_of("restrict"):
        return None
    named = find_instrument(act.sentence, max(0, act.at - 4), act.at)
    return named if named is not None and named.last == act.at else None


def _find_governed(act: Act) -> NamedInstrument | None:
    """Return the instrument in the act's object; of a passive or a copula in its subject."""
    spans = [(act.at + 1, act.object_last)]
    is_inquiring = act.is_of("investigate")
    if act.is_passive or is_inquiring or (act.form in _FINITE and act.is_of(*_TURNED_AROUND)):
        spans.insert(0, (act.clause_first, act.chain_first))
    if act.is_relative:
        spans.insert(0, (max(0, act.clause_first - _RELATIVE_REACH), act.clause_first - 1))
    found = (
        find_instrument(act.sentence, first, min(last, first + _REACH)) for first, last in spans
    )
    return next((named for named in found if named is not None), None)


def _is_governed(act: Act, named: NamedInstrument) -> bool:
    return not (
        _is_aside(act) or _is_duty(act, named) or _has_nearer(act, named) or _is_adjunct(act, named)
    )


def _is_aside(act: Act) -> bool:
    """Say whether the clause goes on to the amount: "the fees, levied since May, stood at"."""
    return act.form in {"past", "participle"} and any(
        other.at > act.at and other.clause_first == act.clause_first and tells_amount(other)
        for other in find_acts(act.sentence)
    )


def _is_duty(act: Act, named: NamedInstrument) -> bool:
    """Say whether the instrument only qualifies a duty: "a duty in response to the ban"."""
    lead = act.last if named.instrument == "quota" else named.first - 3
    words = act.sentence.words[max(0, lead) : named.last + 2]
    return not DUTY_NOUNS.isdisjoint(words)


def _has_nearer(act: Act, named: NamedInstrument) -> bool:
    """Say whether another verb stands between the act and the instrument in its object."""
    if act.lemma in {"require", "oblige"}:
        return False
    if named.last <= act.chain_first and _has_other_verb(act, named):
        return True
    return any(
        act.last <= other.at < named.first
        and not _is_purpose(other)
        and (other.is_of(*MOVING, "act") or (other.is_of("demand") and other.form == "past"))
        for other in find_acts(act.sentence)
    )


def _is_purpose(other: Act) -> bool:
    """Say whether the verb only tells what goods are for: "machines for applying resist"."""
    return other.form == "ing" and other.sentence.words[other.at - 1 : other.at] == ("for",)


def _has_other_verb(act: Act, named: NamedInstrument) -> bool:
    """Say whether another verb has the instrument for its subject: "the probe ended, and ..."."""
    between = act.sentence.words[named.last : act.chain_first]
    if {"that", "which"} & set(between) or between[-1:] == ("and",):
        return False
    return not PLAIN_AUXILIARIES.isdisjoint(between)


def _is_adjunct(act: Act, named: NamedInstrument) -> bool:
    """Say whether a preposition leads to the instrument: "cut the duty within a quota"."""
    words = act.sentence.words
    if act.is_of("answer"):
        return "with" not in words[act.last : named.first]
    if act.is_of("agree", "be", "demand") or _is_put_under(act, named):
        return False
    parting = _WITHIN if named.instrument == "quota" else _ADJUNCTS
    between = set(words[act.last : named.first])
    return not parting.isdisjoint(between - {"with"} if act.lemma == "hit" else between)


def _is_put_under(act: Act, named: NamedInstrument) -> bool:
    """Say whether goods come under the instrument: "placed graphite under licensing"."""
    lead = act.sentence.words[max(act.at, named.first - 3) : named.first]
    return act.lemma in {"place", "put", "bring"} and act.is_of("restrict") and "under" in lead


def _judge(act: Act, named: NamedInstrument) -> Measure | None:
    """Return the measure without its parties; ``None`` where none is told."""
    stance = read_stance(act, named)
    status = read_named_status(act, named)
    if stance is None or status is None:
        return None
    if named.instrument in {"license", "investigation", "other"} and not _is_of_trade(act, named):
        return None
    if status == "threatened" and stance == "loosen":
        # "Would lift its ban if": an offer, no threat.
        status = "proposed"
    if status == "announced" and stance == "loosen" and act.modality == "future":
        status = "agreed" if tells_of_deal(act.sentence) else status
    is_control = named.instrument == "license" and stance == "tighten"
    is_control = is_control and not act.is_of("suspend", "remove")
    instrument = "export_control" if is_control else named.instrument
    return Measure(act, instrument, stance, status, named.first, named.last)


def _is_of_trade(act: Act, named: NamedInstrument) -> bool:
    """Say whether it is about goods, chips, exports or another state: no taxi licence."""
    sentence, first = act.sentence, act.clause_first
    last = max(act.clause_last, named.last)
    low = sentence.cut(first, last).lower()
    if (
        act.is_of("answer")
        or has_object(sentence, first, act.clause_last)
        or load_measure_pattern("of_trade").search(low)
    ):
        return True
    names = [name for name in list_names_in(sentence, first, last) if name.kind != "place"]
    return len(unite(names)) > 1
