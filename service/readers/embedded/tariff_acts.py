"""The verb that moves a duty, and the action that it tells of.

Owns which act of a sentence governs a duty and which of the contract's actions that is. Knows
neither how far the act is nor who acts.
"""

from schemas.base import TariffAction
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.grammar import BE
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_duties import Duty
from service.readers.embedded.tariff_rates import Rates
from service.readers.embedded.tariff_words import load_tariff_words

TELLING_CLASSES = (
    "impose", "increase", "reduce", "remove", "suspend", "extend", "exempt", "maintain", "bear",
    "threaten", "refuse",
)  # fmt: skip
"""Classes of the verbs that tell of a duty by themselves."""
_ACTIONS: tuple[TariffAction, ...] = (
    "suspend", "extend", "exempt", "remove", "increase", "reduce", "maintain", "impose",
)  # fmt: skip
"""The verbs' classes that are actions; of several that a verb is of, the first counts."""
_BARE_CLASSES = ("threaten", "refuse", "hold", "agree", "promise", "plan", "consider", "be")
_BARE_LEMMAS = frozenset({"announce", "hold", "take"})
_STANDING = frozenset(
    {"already", "still", "remain", "remains", "existing", "current", "ordinary", "now", "keeps"}
)
_MAX_OBJECT = 8
"""Most tokens from a verb to the duty that is its object for certain."""
_MAX_SUBJECT = 30
_MAX_RELATIVE = 8
_MAX_ASPECT = 4


def find_duty_act(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the verb whose object or subject the duty is.

    Where there is none, it is any verb of the clause, if a rate or a noun tells of an action.
    """
    own = _find_own(sentence, duty) or _find_admitting(sentence, duty)
    if own is not None:
        return own
    leading = _list_leading(sentence, duty)
    near = [act for act in leading if duty.first - act.last <= _MAX_OBJECT]
    if near:
        return near[-1]
    following = _find_following(sentence, duty)
    if following is not None and following.at - duty.last <= _MAX_SUBJECT:
        return _follow_aspect(sentence, following)
    mooting = _find_mooting(sentence, duty)
    if mooting is not None:
        return mooting
    if duty.rates.rate is None:
        return find_clause_act(sentence, duty.noun) if find_action_noun(sentence) else None
    return leading[-1] if leading else find_clause_act(sentence, duty.noun)


def _find_mooting(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the verb of "the 150 percent duty on cranes which the office floated"."""
    if duty.rates.rate is None:
        return None
    behind = range(duty.last, duty.last + _MAX_RELATIVE)
    return next(
        (
            act
            for act in find_acts(sentence)
            if act.clause_first - 1 in behind
            and act.is_of("consider", "threaten")
            and sentence.words[act.clause_first - 1] in {"that", "which"}
        ),
        None,
    )


def _find_admitting(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the verb of "will admit cars at 6 per cent", where no noun names the duty."""
    if duty.noun != duty.rates.first:
        return None
    before = (act for act in find_acts(sentence) if act.at < duty.first < act.clause_last)
    return next((act for act in before if admits(act)), None)


def _find_own(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the second verb of "is set at 0% and will rise to 15%", that of the rate at hand."""
    first = duty.rates.first
    if duty.noun >= first or sentence.words[first - 1] != "to":
        return None
    return next(
        (
            act
            for act in find_acts(sentence)
            if act.is_of("increase", "reduce") and duty.noun < act.at and act.last == first - 1
        ),
        None,
    )


def find_clause_act(sentence: Sentence, at: int) -> Act | None:
    """Return the verb of the clause that holds token ``at``, of whatever class."""
    held = [act for act in find_acts(sentence) if act.clause_first <= at < act.clause_last]
    before = [act for act in held if act.at < at]
    return next(iter([*reversed(before), *held]), None)


def find_action_noun(sentence: Sentence) -> TariffAction | None:
    """Return the action that a noun tells of: "a reduction in the tariff"."""
    words = load_tariff_words()
    match = words.action_noun.search(sentence.low)
    return words.action_nouns[match["noun"]] if match else None


def read_action(sentence: Sentence, duty: Duty, act: Act) -> TariffAction | None:
    """Return what is done to the duty; ``None`` where the sentence does not tell."""
    rates = duty.rates
    if rates.rate is not None and rates.previous is not None:
        return "increase" if rates.rate > rates.previous else "reduce"
    nominal = find_action_noun(sentence)
    if nominal and not act.is_of("suspend", "remove", "exempt"):
        return nominal
    told = _read_level(sentence, duty, act) or _read_comparison(sentence, duty, act)
    if told is not None:
        return told
    if act.is_of("bear"):
        return "maintain" if _is_standing(sentence) else "impose"
    named = next((action for action in _ACTIONS if act.is_of(action)), None)
    return _settle_action(named, act, rates) if named else _read_bare_action(sentence, act, rates)


def admits(act: Act) -> bool:
    """Say whether the verb lets goods in: "will admit cars at 6 per cent"."""
    return act.sentence.words[act.at] in load_tariff_words().admitting


def _read_level(sentence: Sentence, duty: Duty, act: Act) -> TariffAction | None:
    """Return the action of "admit cars at 6 per cent" and "the rate would go to 50 per cent"."""
    if not duty.rates.is_given:
        return None
    if admits(act):
        return "reduce"
    lead = sentence.words[max(0, duty.rates.first - 2) : duty.rates.first]
    return "increase" if lead == ("go", "to") else None


def _read_comparison(sentence: Sentence, duty: Duty, act: Act) -> TariffAction | None:
    """Return what "higher duties" or "a lower tariff" tells of the duties before."""
    if not act.is_of("bear", "impose"):
        return None
    words = load_tariff_words()
    near = sentence.words[max(0, duty.first - 1) : duty.noun]
    if not words.raised.isdisjoint(near):
        return "increase"
    return "reduce" if not words.lowered.isdisjoint(near) else None


def _list_leading(sentence: Sentence, duty: Duty) -> list[Act]:
    """Return the verbs before the duty in whose clause it stands."""
    return [
        act
        for act in find_acts(sentence)
        if act.at < duty.first < act.clause_last
        and act.is_of(*TELLING_CLASSES)
        and not act.is_reduced
    ]


def _find_following(sentence: Sentence, duty: Duty) -> Act | None:
    """Return the verb behind the duty, of which it is the subject."""
    ahead = [
        act
        for act in find_acts(sentence)
        if act.at >= duty.last
        and sentence.words[act.chain_first - 1] != "by"
        and _is_subject(sentence, duty, act)
        and (act.is_of(*TELLING_CLASSES, "be") or _is_weighed(act))
    ]
    main = [act for act in ahead if act.clause_first <= duty.first and not act.is_reduced]
    moving = [act for act in main[:1] if act.is_of(*TELLING_CLASSES)]
    return next(iter([*moving, *ahead]), None)


def _is_weighed(act: Act) -> bool:
    """Say whether its subject is only thought of: "a tariff is under consideration"."""
    return act.is_of("consider") and (act.is_passive or act.sentence.words[act.at] in BE)


def _is_subject(sentence: Sentence, duty: Duty, act: Act) -> bool:
    if act.clause_first <= duty.first:
        return True
    lead = sentence.words[act.clause_first - 1]  # There is one: the duty stands before it.
    return lead in {"that", "which"} and 0 <= act.clause_first - duty.last <= _MAX_RELATIVE


def _follow_aspect(sentence: Sentence, act: Act) -> Act:
    """Return "suspend" of "continue to be suspended"."""
    if not act.is_of("extend", "maintain"):
        return act
    suspending = (other for other in find_acts(sentence) if other.is_of("suspend"))
    return next((one for one in suspending if 0 < one.at - act.last <= _MAX_ASPECT), act)


def _settle_action(action: TariffAction, act: Act, rates: Rates) -> TariffAction:
    """Decide verbs of two meanings by the level that follows."""
    if act.lemma == "drop":
        return "reduce" if rates.rate is not None else "remove"
    if act.lemma == "lift" and rates.rate is not None:
        before = act.sentence.words[max(0, rates.first - 1) : rates.first]
        return "increase" if before == ("to",) else "remove"
    return "maintain" if action == "extend" and rates.rate is not None else action


def _read_bare_action(sentence: Sentence, act: Act, rates: Rates) -> TariffAction | None:
    """Return the action of a verb that names none: "announced a tariff of 25 per cent"."""
    if rates.rate is None:
        return "impose" if act.is_of("threaten") else None
    if act.is_of("be") and _is_standing(sentence):
        return "maintain"
    return "impose" if act.is_of(*_BARE_CLASSES) or act.lemma in _BARE_LEMMAS else None


def _is_standing(sentence: Sentence) -> bool:
    return not _STANDING.isdisjoint(sentence.words)
