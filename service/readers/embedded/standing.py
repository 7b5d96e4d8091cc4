"""How far a measure is: threatened, announced, in force, rejected ...

Owns the way from an act's modality to the contract's status values, and what the day of
publication rules out. Knows no list.
"""

import re
from typing import TypeVar

from schemas.base import MeasureStatus
from schemas.draft import DraftChipPolicy, DraftCommitment, DraftNonTariffMeasure, DraftTariff
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.deals import tells_of_deal
from service.readers.embedded.page import Sentence
from service.readers.embedded.word_lists import load_pattern

_IF = re.compile(
    r"\b(?:if|unless)\b|(?:^|[,;”\"’]\s)should\s|\bshould\s(?:the|a|an|it|they|he|she|[A-Z]\w+)\s"
)
"""Also "should talks fail"; not "it should apply"."""
_OPEN = frozenset({"could", "may", "might", "can", "should", "must"})
"""Words beside a verb that leave open whether it comes to that, or only ask for it."""
_IN_BILL = re.compile(
    r"\b(?:under|in|by)\s(?:the|a|an|this|that)\s(?:[\w-]+\s){0,3}?"
    r"(?:bill|draft|proposals?|legislation|amendment|measure)\b"
)
_ANNOUNCING = frozenset({"announce", "unveil"})
_EASING = ("reduce", "remove", "suspend", "exempt", "allow", "extend", "maintain")
_PARTING = frozenset({"with", "under", "that", "which", "outside"})
_DEALS = frozenset(
    {"agreement", "arrangement", "deal", "pact", "accord", "framework"}
    | {"agreements", "arrangements", "deals", "pacts", "accords", "frameworks"}
)


def is_correction(sentence: Sentence) -> bool:
    """Say whether the sentence corrects the article; what it was before is no news."""
    return load_pattern("standing", "correction").search(sentence.low) is not None


def is_denied(act: Act) -> bool:
    """Say whether the sentence calls what it tells untrue."""
    return load_pattern("standing", "denied").search(act.sentence.low) is not None


def is_given_up(act: Act) -> bool:
    """Say whether the sentence goes on to tell that nothing came of what was weighed."""
    start = act.start - act.sentence.start
    return load_pattern("standing", "given_up").search(act.sentence.low, start) is not None


def is_done(act: Act) -> bool:
    """Say whether the act is told as a fact."""
    return act.modality in {"fact", "present"} and not act.is_negated


def read_status(act: Act) -> MeasureStatus | None:
    """Return how far the measure that ``act`` tells of is; ``None`` where it is none."""
    if act.is_hypothetical or act.is_reduced or act.matrix == "deny":
        return None
    if act.modality == "refused" or act.matrix == "refuse":
        # "Undertook to refrain from banning": what is promised is no refusal.
        return None if act.matrix in {"agree", "promise"} else "rejected"
    if act.is_negated or act.modality in {"demanded", "purpose"} or is_denied(act):
        return None
    return _read_plan(act) if _is_to_come(act) else _read_fact(act)


def _is_to_come(act: Act) -> bool:
    return act.modality not in {"fact", "present"} or act.matrix == "consider"


def _read_plan(act: Act) -> MeasureStatus | None:
    """Return how far a measure is that is not taken yet."""
    if act.modality == "threatened":
        return "threatened"
    if act.modality == "considered" or act.matrix == "consider":
        return "rejected" if is_given_up(act) else "proposed"
    if act.modality in {"agreed", "promised"}:
        return _choose_given(act)
    return _read_conditional(act) if act.modality == "conditional" else _read_future(act)


def _choose_given(act: Act) -> MeasureStatus:
    """Return the status of what was given: in a deal or alone."""
    is_kept = load_pattern("standing", "unkept").search(act.sentence.low) is None
    return "agreed" if is_kept and tells_of_deal(act.sentence) else "announced"


def _read_future(act: Act) -> MeasureStatus:
    if act.matrix == "threaten" or _has_condition(act):
        return "threatened"
    return _choose_given(act) if act.is_of(*_EASING) else "announced"


def _read_conditional(act: Act) -> MeasureStatus | None:
    words = act.sentence.words[act.chain_first : act.at]
    if "have" in words:
        # "Would have needed": it never came to that.
        return None
    if act.matrix == "threaten" or _has_condition(act):
        return "threatened"
    if _is_of_bill(act):
        return "proposed"
    if not _OPEN.isdisjoint(words):
        return None
    if _is_held_by_deal(act):
        return "agreed"
    is_given = act.matrix in {"say", "plan", "agree", "promise"} or _is_told_behind(act)
    return _choose_given(act) if is_given else None


def _is_of_bill(act: Act) -> bool:
    """Say whether a bill or a draft would do it: not one that is only told of beside it."""
    bills, low = load_pattern("standing", "bills"), act.sentence.low
    start = act.start - act.sentence.start
    return bills.search(low, 0, start) is not None or _IN_BILL.search(low, start) is not None


def _is_held_by_deal(act: Act) -> bool:
    """Say whether a deal is what holds it: "an agreement under which Washington would cut"."""
    lead = act.sentence.words[max(0, act.clause_first - 2) : act.clause_first]
    return lead == ("under", "which") and tells_of_deal(act.sentence)


def _is_told_behind(act: Act) -> bool:
    """Say whether who tells it stands behind it: "it would lower the duty, the minister said"."""
    return any(
        other.is_of("say") and other.clause_first >= act.clause_last
        for other in find_acts(act.sentence)
    )


def _has_condition(act: Act) -> bool:
    start = act.sentence.tokens[act.last - 1].end - act.sentence.start
    return _IF.search(act.sentence.text, start) is not None


def _read_fact(act: Act) -> MeasureStatus:
    if _is_subject_deal(act):
        return "agreed"
    if act.lemma in _ANNOUNCING:
        return "announced"
    return "ended" if act.is_earlier and act.matrix != "say" else "in_force"


def _is_subject_deal(act: Act) -> bool:
    """Say whether it is a deal that does it, or a fact that was agreed on."""
    if act.matrix == "agree" and act.modality == "fact":
        return True
    subject = act.subject_words
    # "Goods that comply with the agreement are exempt" tells of no new deal.
    end = next((at for at, word in enumerate(subject) if at and word in _PARTING), len(subject))
    return not _DEALS.isdisjoint(subject[:end])


_Item = TypeVar("_Item", DraftCommitment, DraftTariff, DraftChipPolicy, DraftNonTariffMeasure)


def settle_dates(item: _Item, published: str | None) -> _Item:
    """Return ``item`` without what the day of publication rules out.

    Nothing was announced after it, and nothing that begins after it is in force. ``None``: the
    day is not known, and nothing is ruled out.
    """
    if published is None:
        return item
    changes: dict[str, object] = {}
    if item.announced is not None and item.announced > published:
        changes["announced"] = None
    begins = None if isinstance(item, DraftCommitment) else item.effective
    if begins is not None and begins > published and item.status == "in_force":
        is_kept = isinstance(item, DraftTariff) and item.action == "maintain"
        # What is left as it is applies already: the day is another's.
        changes |= {"effective": None} if is_kept else {"status": "announced"}
    return item.model_copy(update=changes) if changes else item
