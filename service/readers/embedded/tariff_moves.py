"""Duties one by one: what is done to each, by whom, on what.

Owns which duties of a sentence are told of well enough to be an item. Knows no list of firms
and no truce.
"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.base import MeasureStatus, Party, TariffAction
from schemas.draft import DraftTariff
from service.readers.embedded.acts import Act
from service.readers.embedded.page import Sentence
from service.readers.embedded.standing import is_denied
from service.readers.embedded.tariff_acts import find_duty_act, read_action
from service.readers.embedded.tariff_duties import Duty, list_duties
from service.readers.embedded.tariff_items import TariffFacts, make_tariff
from service.readers.embedded.tariff_objects import find_object, is_firm
from service.readers.embedded.tariff_parties import (
    find_actors,
    find_companies,
    find_label,
    find_teller,
)
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_rates import Rates
from service.readers.embedded.tariff_status import read_duty_status
from service.readers.embedded.tariff_words import RATE_NOUNS
from service.readers.embedded.wording import NounPhrase, cut_condition, state_act

_GIVING = frozenset({"reduce", "remove", "suspend", "exempt"})
_RELIEF = frozenset({"exemption", "exemptions", "waiver", "waivers", "relief", "holiday"})
_RELATIVE = frozenset({"which", "that"})
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


def read_duties(passage: Passage) -> Iterator[DraftTariff]:
    """Yield the duties of the sentence: with a rate, or moved without one."""
    for duty in list_duties(passage):
        item = _read_duty(passage, duty)
        if item is not None:
            yield from _part_suspension(item)


def _part_suspension(item: DraftTariff) -> Iterator[DraftTariff]:
    """Yield the item; of one that suspends a duty whose rate is told, that duty beside it."""
    if item.action != "suspend" or item.rate is None or item.status == "suspended":
        yield item
        return
    yield item.model_copy(update={"rate": None, "previous_rate": None})
    nothing = dict.fromkeys(("announced", "effective", "until", "condition"))
    yield item.model_copy(update={"action": "impose", "status": "suspended", **nothing})


def _read_duty(passage: Passage, duty: Duty) -> DraftTariff | None:
    act = find_duty_act(passage.sentence, duty)
    move = None if act is None or is_denied(act) else _read_move(passage, duty, act)
    if act is None or move is None:
        return None
    sides = _find_sides(passage, duty, act)
    if not _is_told(passage.sentence, duty, move, sides):
        return None
    return make_tariff(passage, act, _gather_facts(duty, act, move, sides))


def _read_move(passage: Passage, duty: Duty, act: Act) -> _Move | None:
    action = read_action(passage.sentence, duty, act)
    status = read_duty_status(passage, duty, act)
    if action is None or status is None or _is_end_of_relief(passage.sentence, duty, action):
        return None
    if status == "rejected" and duty.rates.rate is None:
        return None
    if act.is_of("suspend", "remove") and _was_only_meant(passage.sentence, duty):
        return _Move("impose", "rejected")
    return _Move(action, _settle_status(duty, act, action, status))


def _is_end_of_relief(sentence: Sentence, duty: Duty, action: TariffAction) -> bool:
    """Say whether not the duty ends but what freed from it: "end the duty exemption"."""
    behind = sentence.words[duty.noun + 1 : duty.noun + 2]
    return action == "remove" and not _RELIEF.isdisjoint(behind)


def _was_only_meant(sentence: Sentence, duty: Duty) -> bool:
    """Say whether the duty had only been threatened or proposed."""
    near = sentence.words[max(0, duty.first - 2) : duty.noun + 3]
    return not {"threatened", "proposed", "mooted"}.isdisjoint(near)


def _settle_status(
    duty: Duty, act: Act, action: TariffAction, status: MeasureStatus
) -> MeasureStatus:
    """Return the status in the light of a condition and of what is done."""
    condition = cut_condition(act.sentence, act.last) or ""
    if status == "in_force" and condition.startswith(("if ", "unless ", "should ")):
        status = "threatened"
    if status == "threatened" and action in _GIVING:
        # "Would drop its surtax if": an offer, no threat.
        return "proposed"
    is_suspended = action == "suspend" and duty.rates.rate is not None and act.modality == "present"
    return "suspended" if is_suspended and status in {"in_force", "announced", "agreed"} else status


def _find_sides(passage: Passage, duty: Duty, act: Act) -> _Sides:
    phrase = find_object(passage, duty, act)
    actors = find_actors(passage, duty, act) or find_teller(passage, act, phrase)
    targets = [party for party in (phrase.parties if phrase else []) if [party] != actors]
    if len(actors) > 1 and len(targets) == 1:
        # "Seoul and Washington agreed to cut the duty on Korean cars": it is the other's.
        actors = [party for party in actors if party not in targets]
    return _Sides(actors, targets or find_label(passage.sentence, actors), phrase)


def _is_told(sentence: Sentence, duty: Duty, move: _Move, sides: _Sides) -> bool:
    """Say whether the sentence tells enough of the duty: its rate, or who moves it."""
    is_moved = bool(sides.actors) and move.action != "maintain"
    if not duty.rates.is_given and not is_moved:
        return False
    is_named = sentence.words[duty.noun] not in RATE_NOUNS and duty.noun != duty.rates.first
    has_own_rate = is_named and duty.rates.rate is not None
    return bool(sides.targets or sides.actors) or has_own_rate


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
        companies=(firm,) if firm else tuple(find_companies(act.sentence, rates)),
        rate=rates.rate,
        previous_rate=rates.previous,
        first=min(act.at, duty.first),
        last=last,
    )


def _settle_rates(duty: Duty, act: Act, action: TariffAction) -> Rates:
    """Return the rates; the only one is the former in "halve its 30% tariff"."""
    rates, words = duty.rates, act.sentence.words
    is_moved = action in {"reduce", "remove", "increase"} and rates.previous is None
    is_attribute = rates.last <= duty.noun and (act.at < rates.first or act.is_passive)
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
