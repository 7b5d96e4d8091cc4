"""Money around chips: a share of sales that goes to a treasury, subsidies and grants.

Owns who pays whom. Knows no control and no licence.
"""

import re

from schemas.base import MeasureStatus, Party
from service.checking.number_mentions import NumberMention
from service.readers.embedded.acts import Act
from service.readers.embedded.clause_parties import list_states
from service.readers.embedded.measure_chips import is_all_of_chips, list_firms
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_nouns import locate_tokens
from service.readers.embedded.measure_parties import find_government, find_named_before
from service.readers.embedded.measure_words import (
    load_behind_names,
    load_measure_pattern,
    load_measure_words,
)
from service.readers.embedded.page import Sentence
from service.readers.embedded.standing import read_status

_SHARE = re.compile(
    r"(?P<rate>(?:\d[\d.]*|[a-z]+(?:teen|ty)(?:-[a-z]+)?|ten|five)\s?(?:%|per\s?cent|percent))"
    r"\s(?:(?:cut|share|tax|levy|slice)\b"
    r"|of\s(?:what|its|the|that|their|all|any|every|each)?\s?(?:\w+\s){0,3}?"
    r"(?:revenues?|sales?|earns?|money|proceeds|income))"
)
_CURRENCY = re.compile(r"\s(?:yen|won|yuan|euros?|dollars?|pounds?|rupees?)\b")
_PLAN = re.compile(r"\bunder\s(?:the|this|that|a)\s(?:plan|proposal|draft|idea)\b")
_PLEDGING = frozenset({"pledge", "promise", "vow", "commit"})
_GRANTING = ("act", "allow", "impose", "agree", "promise", "consider")
_REACH = 20
"""Most words between a verb and the grant that it gives."""


def read_share(setting: Setting, act: Act) -> Measure | None:
    """Read a share of sales that goes to a government: "hands over 15 per cent of ..."."""
    sentence = setting.sentence
    if not _is_paid(act):
        return None
    # "25 per cent of every sale goes to": the share is the subject.
    lead = sentence.tokens[act.clause_first].start if act.is_of("flow") else act.start
    match = _SHARE.search(sentence.low, lead - sentence.start)
    if match is None or not _is_around_chips(setting):
        return None
    first, last = locate_tokens(sentence, *match.span())
    is_nearer = any(act.last <= other.at < first and _is_paid(other) for other in setting.acts)
    if first >= act.clause_last or is_nearer:
        return None
    actors = _find_payee(sentence)
    targets = list_states(sentence, act.at, len(sentence.tokens), but=actors)
    rate = _find_rate(sentence, match.start("rate"))
    return Measure(
        act,
        "revenue_share",
        "tighten",
        _read_share_status(act),
        first,
        last,
        actors[:1],
        targets[:1],
        rate,
    )


def _read_share_status(act: Act) -> MeasureStatus:
    if act.modality in {"present", "fact"}:
        return "in_force"
    is_plan = act.modality == "conditional" and _PLAN.search(act.sentence.low) is not None
    return "proposed" if is_plan else "announced"


def _is_paid(act: Act) -> bool:
    is_payment = act.is_of("bear", "act", "agree", "buy", "flow") and not act.is_negated
    return is_payment and load_measure_pattern("treasury").search(act.sentence.low) is not None


def _is_around_chips(setting: Setting) -> bool:
    at = setting.sentence.index
    if is_all_of_chips(setting.sentence):
        return True
    return at > 0 and setting.page.sentences[at - 1].is_of_chips


def _find_payee(sentence: Sentence) -> list[Party]:
    paid = find_named_before(sentence, load_behind_names().payees)
    return paid or find_government(sentence, sentence.names)


def _find_rate(sentence: Sentence, start: int) -> float | None:
    """Return the percentage that begins at ``start`` of the sentence."""
    levels = (level for level in sentence.rates.rates if level.start == start)
    level = next(levels, None)
    return float(level.value) if level else None


def read_subsidy(setting: Setting, act: Act) -> Measure | None:
    """Read money that a government gives to a chipmaker."""
    sentence = setting.sentence
    if not act.is_of(*_GRANTING, "plan") and act.lemma not in load_measure_words("giving"):
        return None
    if load_measure_pattern("grants").search(sentence.low) and is_all_of_chips(sentence):
        return _read_grant(setting, act)
    if act.lemma not in load_measure_words("giving"):
        return None
    money = _find_money(act)
    if money is None or not list_firms(sentence, act.last, act.object_last):
        return None
    actors = setting.cast.find_actors(act) or setting.cast.find_last_actor(sentence)
    span = locate_tokens(sentence, money.start, money.end)
    return _make_subsidy(act, span, actors) if actors else None


def _find_money(act: Act) -> NumberMention | None:
    """Return the first sum of money in the act's object."""
    sentence = act.sentence
    behind = sentence.tokens[act.last - 1].end - sentence.start
    for number in sentence.numbers:
        is_money = number.kind == "money" or _CURRENCY.match(sentence.low, number.end)
        is_held = sentence.find_token(sentence.start + number.start) < act.object_last
        if is_money and number.start >= behind and is_held:
            return number
    return None


def _read_grant(setting: Setting, act: Act) -> Measure | None:
    """Read a subsidy that is called one: "approved a subsidy for a semiconductor plant"."""
    sentence = setting.sentence
    match = load_measure_pattern("grants").search(sentence.low, act.start - sentence.start)
    is_decided = act.is_of("plan") and sentence.words[act.last : act.last + 1] == ("on",)
    if match is None or not (is_decided or act.is_of(*_GRANTING)):
        return None
    span = locate_tokens(sentence, *match.span())
    if span[0] - act.at > _REACH:
        return None
    return _make_subsidy(act, span, setting.cast.find_actors(act))


def _make_subsidy(act: Act, span: tuple[int, int], actors: list[Party]) -> Measure | None:
    is_word = act.is_of("plan") or act.lemma in _PLEDGING
    status = "announced" if is_word else read_status(act)
    if status is None or not (actors or list_firms(act.sentence, act.last, act.object_last)):
        return None
    return Measure(act, "subsidy", "unclear", status, *span, actors)
