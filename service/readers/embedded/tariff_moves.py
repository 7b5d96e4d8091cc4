"""Duties one by one: what is done to each, by whom, on what.

Owns which duties of a sentence are told of well enough to be an item. Knows no list of firms
and no truce.
"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.base import MeasureStatus, Party, TariffAction
from schemas.draft import DraftTariff
from service.readers.embedded.acts import Act
from service.readers.embedded.naming import unite
from service.readers.embedded.page import Sentence
from service.readers.embedded.standing import is_denied
from service.readers.embedded.tariff_acts import find_duty_act, read_action
from service.readers.embedded.tariff_duties import Duty, list_duties
from service.readers.embedded.tariff_items import TariffFacts, make_tariff
from service.readers.embedded.tariff_objects import find_levied, find_object, is_firm
from service.readers.embedded.tariff_parties import (
    find_actors,
    find_companies,
    find_label,
    find_levying,
    find_own_teller,
    list_firms,
)
from service.readers.embedded.tariff_passage import Passage, is_told_before
from service.readers.embedded.tariff_rates import Rates
from service.readers.embedded.tariff_status import read_duty_status
from service.readers.embedded.tariff_words import DUTY_NOUNS, RATE_NOUNS, load_tariff_words
from service.readers.embedded.wording import (
    NounPhrase,
    cut_condition,
    read_noun_phrase,
    state_act,
)

_GIVING = frozenset({"reduce", "remove", "suspend", "exempt"})
_MAX_RELIEF = 5
_RELIEF = frozenset(
    "exemption exemptions waiver waivers relief holiday carve exclusion exclusions reprieve".split()
)
_RELATIVE = frozenset({"which", "that"})
_MAX_HEDGED_CHARS = 40
_MOVING = frozenset({"rise", "fall", "drop", "go", "climb", "jump", "come"})
_MEANT = frozenset({"threatened", "proposed", "mooted", "planned", "intended"})
_MEANT_WORDS = 6
"""Words before a duty in which it is called a plan: "a planned increase of the duty"."""
_MAX_BARE_CHARS = 60
"""Longest statement that is lengthened to hold the duty."""


class _Move(NamedTuple):
    """What is done to a duty, and how far that is."""

    action: TariffAction
    status: MeasureStatus


class _Sides(NamedTuple):
    """Who levies a duty, on whom, and the phrase that bears it."""

    actors: list[Party]
    targets: list[Party]
    phrase: NounPhrase | None
    before: DraftTariff | None = None
    """The duty told of just before, where its actors are taken over."""


def read_duties(passage: Passage) -> Iterator[DraftTariff]:
    """Yield the duties of the sentence: with a rate, or moved without one."""
    for duty in list_duties(passage):
        item = _read_duty(passage, duty)
        if item is not None:
            yield from _part_suspension(item)
            yield from _part_exemption(passage, duty, item)


def _part_suspension(item: DraftTariff) -> Iterator[DraftTariff]:
    """Yield the item; of one that suspends a duty whose rate is told, that duty beside it."""
    if item.action != "suspend" or item.rate is None or item.status == "suspended":
        yield item
        return
    yield item.model_copy(update={"rate": None, "previous_rate": None})
    nothing = dict.fromkeys(("announced", "effective", "until", "condition"))
    yield item.model_copy(update={"action": "impose", "status": "suspended", **nothing})


def _part_exemption(passage: Passage, duty: Duty, item: DraftTariff) -> Iterator[DraftTariff]:
    """Yield the duty that something is free of, where the sentence tells who levies it."""
    act = find_levying(passage.sentence, duty) if item.action == "exempt" else None
    rate = duty.rates.previous if duty.rates.rate is None else duty.rates.rate
    if act is None or rate is None:
        return
    phrase = find_levied(passage.sentence, act)
    nothing = dict.fromkeys(("announced", "effective", "until", "condition", "previous_rate"))
    changes = {
        "action": "impose",
        "status": "in_force",
        "rate": rate,
        "goods": phrase.goods if phrase else None,
        "targets": phrase.parties if phrase else [],
        "companies": [],
        "statement": passage.sentence.cut(duty.first, phrase.last if phrase else act.last),
    }
    yield item.model_copy(update={**nothing, **changes})


def _read_duty(passage: Passage, duty: Duty) -> DraftTariff | None:
    act = find_duty_act(passage.sentence, duty)
    move = None if act is None or is_denied(act) else _read_move(passage, duty, act)
    if act is None or move is None:
        return None
    sides = _find_sides(passage, duty, act)
    if not _is_told(passage.sentence, duty, move, sides):
        return None
    item = make_tariff(passage, act, _gather_facts(duty, act, move, sides))
    return _continue(item, sides.before) if sides.before else item


def _continue(item: DraftTariff, before: DraftTariff) -> DraftTariff:
    """Return ``item`` as one more of what ``before`` tells of, with the quote that names whose."""
    changes: dict[str, object] = {"evidence": [*item.evidence, before.evidence[0]]}
    is_detail = before.rate is None and before.action in {"increase", "reduce", "impose"}
    if is_detail and item.action in {"impose", "maintain"} and item.status == "in_force":
        changes |= {"action": before.action, "status": before.status}
    return item.model_copy(update=changes)


def _read_move(passage: Passage, duty: Duty, act: Act) -> _Move | None:
    action = read_action(passage.sentence, duty, act)
    status = read_duty_status(passage, duty, act)
    if action is None or status is None or _is_end_of_relief(passage.sentence, duty, action):
        return None
    if status == "rejected" and duty.rates.rate is None:
        return None
    if action in {"remove", "suspend"} and _is_relief_from(passage.sentence, duty):
        # "A carve-out from the tariff was scrapped": it is not the tariff that ended.
        return _Move("exempt", "ended") if status == "in_force" else None
    if act.is_of("suspend", "remove") and _was_only_meant(passage.sentence, duty):
        return _Move("impose", "rejected")
    return _Move(action, _settle_status(duty, act, action, status))


def _is_end_of_relief(sentence: Sentence, duty: Duty, action: TariffAction) -> bool:
    """Say whether not the duty ends but what freed from it: "end the duty exemption"."""
    behind = sentence.words[duty.noun + 1 : duty.noun + 2]
    return action == "remove" and not _RELIEF.isdisjoint(behind)


def _is_relief_from(sentence: Sentence, duty: Duty) -> bool:
    """Say whether what is moved is relief from the duty: "a carve-out from the tariff"."""
    before = sentence.words[max(0, duty.first - _MAX_RELIEF) : duty.first]
    places = [at for at, word in enumerate(before) if word in _RELIEF]
    return bool(places) and not {"from", "to", "of"}.isdisjoint(before[places[-1] :])


def _was_only_meant(sentence: Sentence, duty: Duty) -> bool:
    """Say whether the duty had only been threatened or proposed."""
    near = sentence.words[max(0, duty.first - _MEANT_WORDS) : duty.noun + 3]
    return not _MEANT.isdisjoint(near)


def _settle_status(
    duty: Duty, act: Act, action: TariffAction, status: MeasureStatus
) -> MeasureStatus:
    """Return the status in the light of a condition and of what is done."""
    condition = cut_condition(act.sentence, act.last) or ""
    is_open = status == "in_force" or (
        status in {"announced", "agreed"} and act.modality in {"future", "conditional"}
    )
    if is_open and condition.lower().startswith(("if ", "unless ", "should ")):
        status = "threatened"
    if status == "threatened" and action in _GIVING:
        # "Would drop its surtax if": an offer, no threat.
        return "proposed"
    is_suspended = action == "suspend" and duty.rates.rate is not None and act.modality == "present"
    return "suspended" if is_suspended and status in {"in_force", "announced", "agreed"} else status


def _find_sides(passage: Passage, duty: Duty, act: Act) -> _Sides:
    phrase = find_object(passage, duty, act)
    actors = find_actors(passage, duty, act) or find_own_teller(passage, act, phrase)
    before = None if actors else _find_continued(passage, act, phrase)
    actors = before.actors if before else actors
    targets = [party for party in (phrase.parties if phrase else []) if [party] != actors]
    if len(actors) > 1 and len(targets) == 1:
        # "Seoul and Washington agreed to cut the duty on Korean cars": it is the other's.
        actors = [party for party in actors if party not in targets]
    return _Sides(actors, targets or find_label(passage.sentence, actors), phrase, before)


def _find_continued(passage: Passage, act: Act, phrase: NounPhrase | None) -> DraftTariff | None:
    """Return the duty told of just before, where the sentence goes on with it."""
    before = passage.found[-1] if passage.found else None
    is_bare = act.is_passive or act.is_of("bear", "be") or act.lemma in _MOVING
    if before is None or not is_bare or before.aside != passage.sentence.is_aside:
        return None
    if not before.actors or _bears_on_firms(act):
        return None
    allowed = before.targets or (phrase.parties if phrase else [])
    named = unite(passage.sentence.names)
    is_same = all(party in allowed for party in named)
    is_near = is_told_before(passage.page, passage.sentence, before, 2)
    return before if is_same and is_near else None


def _bears_on_firms(act: Act) -> bool:
    """Say whether firms are told to bear a duty: whose it is may be told otherwise."""
    sentence = act.sentence
    words = act.subject_words
    if any(name.kind == "firm" for name in sentence.names):
        return True
    if not load_tariff_words().list_others.isdisjoint(words):
        return True
    return act.is_of("bear") and is_firm(sentence, read_noun_phrase(sentence, act.clause_first))


def _is_told(sentence: Sentence, duty: Duty, move: _Move, sides: _Sides) -> bool:
    """Say whether the sentence tells enough of the duty: its rate, or who moves it."""
    is_moved = bool(sides.actors) and move.action != "maintain"
    if _is_hedged(sentence, duty) and sides.phrase and (sides.phrase.goods or sides.targets):
        return True
    if not duty.rates.is_given and not is_moved:
        return False
    is_named = sentence.words[duty.noun] not in RATE_NOUNS and duty.noun != duty.rates.first
    has_own_rate = is_named and duty.rates.rate is not None
    return bool(sides.targets or sides.actors) or has_own_rate


def _is_hedged(sentence: Sentence, duty: Duty) -> bool:
    """Say whether the duty's rate is a range or a limit: "levies of up to 30 percent"."""
    if duty.rates.is_given or sentence.words[duty.noun] in RATE_NOUNS:
        return False
    return any(
        one.doubt in {"bound", "range"} and _is_next_to(sentence, duty.noun, one.start)
        for one in sentence.rates.rates
    )


def _is_next_to(sentence: Sentence, noun: int, start: int) -> bool:
    """Say whether a percentage stands shortly before or behind the noun, and none other between."""
    at = sentence.find_token(sentence.start + start)
    between = sentence.words[min(noun + 1, at) : max(noun, at)]
    is_near = abs(sentence.tokens[noun].start - sentence.start - start) <= _MAX_HEDGED_CHARS
    return is_near and DUTY_NOUNS.isdisjoint(between)


def _gather_facts(duty: Duty, act: Act, move: _Move, sides: _Sides) -> TariffFacts:
    rates = _settle_rates(duty, act, move.action)
    phrase = sides.phrase
    last = max(rates.last, duty.last, phrase.last if phrase else 0)
    firm = phrase.goods if phrase and is_firm(act.sentence, phrase) else None
    return TariffFacts(
        action=move.action,
        status=move.status,
        actors=sides.actors,
        targets=sides.targets,
        statement=_state_duty(duty, act, last),
        goods=phrase.goods if phrase and firm is None else None,
        companies=(firm,) if firm else _list_firms(duty, act, rates, phrase),
        rate=rates.rate,
        previous_rate=rates.previous,
        first=min(act.at, duty.first),
        last=last,
    )


def _list_firms(duty: Duty, act: Act, rates: Rates, phrase: NounPhrase | None) -> tuple[str, ...]:
    """Return the firms whose rate it is: "17% for BYD", "Hangcha faces a duty", "that on Sany"."""
    sentence = act.sentence
    named = find_companies(sentence, rates)
    is_bearer = act.is_of("bear") and act.chain_first <= duty.first
    if not named and is_bearer and not (phrase and phrase.goods):
        named = list_firms(sentence, act.clause_first, act.chain_first)
    elif not named and phrase and not phrase.goods and not phrase.parties:
        named = list_firms(sentence, phrase.first, phrase.last)
    return tuple(named)


def _settle_rates(duty: Duty, act: Act, action: TariffAction) -> Rates:
    """Return the rates; the only one is the former in "halve its 30% tariff"."""
    rates, words = duty.rates, act.sentence.words
    is_moved = action in {"reduce", "remove", "increase", "exempt"} and rates.previous is None
    is_attribute = rates.last <= duty.noun and (
        act.at < rates.first or act.is_passive or action == "remove"
    )
    if action == "remove" and _RELATIVE & set(words[duty.noun : rates.first]):
        # "Abolishes its duties on cars, which now run to 32 per cent."
        return rates._replace(rate=None, previous=rates.rate)
    is_level = not {"to", "at", "of"}.isdisjoint(words[max(0, rates.first - 3) : rates.first])
    if is_moved and is_attribute and not is_level:
        return rates._replace(rate=None, previous=rates.rate)
    return rates


def _state_duty(duty: Duty, act: Act, last: int) -> str:
    """Return what is done to the duty, long enough to hold it."""
    if duty.first < act.at:
        return state_act(act, min(duty.first, act.clause_first))
    text, tokens = state_act(act), act.sentence.tokens
    reach = tokens[min(last, len(tokens)) - 1].end - tokens[act.at].start
    is_whole = len(text) >= reach or len(text) > _MAX_BARE_CHARS
    return text if is_whole else act.sentence.cut(act.at, last)
