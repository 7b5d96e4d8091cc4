"""How far a measure is: threatened, announced, in force, rejected ...

Owns the way from an act's modality to the contract's status values.
"""

import re
from typing import TypeVar

from schemas.base import MeasureStatus
from schemas.draft import DraftChipPolicy, DraftCommitment, DraftNonTariffMeasure, DraftTariff
from service.readers.embedded.acts import Act
from service.readers.embedded.deals import tells_of_deal
from service.readers.embedded.page import Sentence

_IF = re.compile(r"\b(?:if|unless|should|were)\b")
_OPEN = frozenset({"could", "may", "might", "can"})
_BILL = re.compile(r"\b(?:bills?|legislation|measure|proposal|draft|amendment|lawmakers|proposed|proposes)\b")
_DENIED = re.compile(
    r"\b(?:simply\sfalse|not\scorrect|incorrect|untrue|no\ssuch|rumou?rs?|denied|denies|den(?:y|ying)|fake\snews"
    r"|does\snot\saccord|not\strue|guesswork|false\b)"
)


_CORRECTION = re.compile(
    r"\b(?:correction|clarification|earlier\sversion|(?:was|been)\s(?:updated|corrected|amended)"
    r"|amended\son|first\sposted|correct\s(?:figure|number|rate|date)\sis)\b"
)


def is_correction(sentence: Sentence) -> bool:
    """Say whether the sentence corrects the article; what it was before is no news."""
    return _CORRECTION.search(sentence.low) is not None


def is_denied(act: Act) -> bool:
    """Say whether the sentence calls what it tells untrue."""
    return _DENIED.search(act.sentence.low) is not None


def read_status(act: Act) -> MeasureStatus | None:
    """Return how far the measure that ``act`` tells of is; ``None`` where it is none."""
    if act.is_hypothetical or act.is_reduced:
        return None
    if act.matrix == "deny":
        return None
    if act.modality == "refused" or act.matrix == "refuse":
        return "rejected"
    if act.is_negated or act.modality in {"demanded", "purpose"} or is_denied(act):
        return None
    if act.modality == "threatened":
        return "threatened"
    if act.modality == "considered" or act.matrix == "consider":
        return "rejected" if is_given_up(act) else "proposed"
    if act.modality in {"agreed", "promised"}:
        return "agreed" if tells_of_deal(act.sentence) else "announced"
    if act.modality in {"future", "planned"}:
        return _read_future(act)
    if act.modality == "conditional":
        return _read_conditional(act)
    if _is_subject_deal(act):
        return "agreed"
    return "ended" if act.is_earlier and act.matrix != "say" else "in_force"


_GIVEN_UP = re.compile(
    r"\b(?:decided\s(?:against|not\sto)|rejected\s(?:it|the)|dropped\s(?:it|the)|ruled\s(?:it|that)\sout|abandoned|backed\s(?:off|away)"
    r"|shelved|(?:was|were)\s(?:dropped|rejected|shelved|abandoned)|let\sthe\sidea\sgo|thought\sbetter)\b"
)


def is_given_up(act: Act) -> bool:
    """Say whether the sentence goes on to tell that nothing came of what was weighed."""
    return _GIVEN_UP.search(act.sentence.low, act.start - act.sentence.start) is not None


def _read_future(act: Act) -> MeasureStatus:
    if act.matrix == "threaten" or _has_condition(act):
        return "threatened"
    is_given = act.is_of("reduce", "remove", "suspend", "exempt", "allow", "extend", "maintain")
    return "agreed" if is_given and tells_of_deal(act.sentence) else "announced"


def _read_conditional(act: Act) -> MeasureStatus | None:
    words = act.sentence.words[act.chain_first : act.at]
    if "have" in words:
        # "Would have needed": it never came to that.
        return None
    if act.matrix == "threaten" or _has_condition(act):
        return "threatened"
    if _BILL.search(act.sentence.low):
        return "proposed"
    if _OPEN & set(words) or "should" in words or "must" in words:
        return None
    if act.matrix in {"say", "plan", "agree", "promise"}:
        return "agreed" if tells_of_deal(act.sentence) else "announced"
    return None


def _has_condition(act: Act) -> bool:
    start = act.sentence.tokens[act.last - 1].end - act.sentence.start
    return _IF.search(act.sentence.low, start) is not None


def _is_subject_deal(act: Act) -> bool:
    subject = " ".join(act.sentence.words[act.clause_first : act.chain_first])
    return any(word in subject for word in ("agreement", "arrangement", "deal", "pact", "accord", "framework")) or (
        act.matrix in {"agree"} and act.modality == "fact"
    )


Item = TypeVar("Item", DraftCommitment, DraftTariff, DraftChipPolicy, DraftNonTariffMeasure)


def settle_dates(item: Item, published: str | None) -> Item:
    """Return ``item`` without what the day of publication rules out.

    Nothing was announced after it, and nothing that begins after it is in force.
    """
    if published is None:
        return item
    changes: dict[str, object] = {}
    if item.announced is not None and item.announced > published:
        changes["announced"] = None
    begins = getattr(item, "effective", None)
    if begins is not None and begins > published and item.status == "in_force":
        changes["status"] = "announced"
    return item.model_copy(update=changes) if changes else item
