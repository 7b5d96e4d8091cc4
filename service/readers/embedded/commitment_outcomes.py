"""What became of a promise: kept, half kept, broken, taken back.

Owns the words that tell so in the sentence of the promise. Knows no deal.
"""

from schemas.base import CommitmentStatus
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.word_lists import load_pattern, load_words

_LEAD_WORDS = 3
"""Words before a verb that say what its infinitive hangs on: "its promise to"."""
_NEAR = 8
"""Words from keeping or breaking to what was promised."""
_OFFER_WORDS = 2
"""Words from an offer to what is offered."""
_MADE = frozenset({"fact", "present", "agreed", "future", "planned"})
"""How an offer stands that is made: not "may offer"."""
_GIVEN = frozenset({"promised", "considered", "agreed"})


def read_outcome(act: Act) -> CommitmentStatus | None:
    """Return what the sentence says became of the promise; ``None`` where it leaves that open."""
    if act.modality not in _GIVEN:
        return None
    if load_pattern("commitments", "under_way").search(act.sentence.low) or _is_in_progress(act):
        return "in_progress"
    if act.modality != "agreed" and (is_delivered(act) or _is_made_good(act)):
        return "fulfilled"
    return "broken" if _is_missed(act) else _read_moved(act)


def _read_moved(act: Act) -> CommitmentStatus | None:
    """Return what a verb did to the promise: "broke its promise to buy", "offered to buy"."""
    if act.modality == "agreed":
        return None
    lead = act.sentence.words[max(0, act.at - _LEAD_WORDS) : act.at]
    is_promise = not load_words("commitments", "promises").isdisjoint(lead)
    for earlier in find_acts(act.sentence):
        if earlier.lemma == "offer" and 0 <= act.at - earlier.last <= _OFFER_WORDS:
            return "proposed" if earlier.modality in _MADE else None
        is_near = is_promise and 0 < act.at - earlier.at <= _NEAR
        outcome = _read_verb(earlier) if is_near else None
        if outcome is not None:
            return outcome
    return "proposed" if "offer" in lead else None


def _read_verb(act: Act) -> CommitmentStatus | None:
    """Return what ``act`` does to a promise."""
    if act.is_negated:
        return None
    if act.lemma in load_words("commitments", "taking_back"):
        return "withdrawn"
    if act.modality != "fact" or not act.is_of("honour", "break"):
        return None
    return "fulfilled" if act.is_of("honour") else "broken"


def _is_missed(act: Act) -> bool:
    """Say whether the sentence goes on to tell that it did not come to that: "bought none"."""
    start = act.start - act.sentence.start
    return load_pattern("commitments", "missed").search(act.sentence.low, start) is not None


def _is_made_good(act: Act) -> bool:
    """Say whether the promise was kept: "made good on a pledge to open"."""
    lead = act.sentence.cut(max(0, act.at - _NEAR), act.at).lower()
    return load_pattern("commitments", "made_good").search(lead) is not None


def _is_in_progress(act: Act) -> bool:
    """Say whether what was agreed is about to be done: "is on track to meet its commitments"."""
    patterns = (load_pattern("commitments", key) for key in ("fulfilled", "ready"))
    return all(pattern.search(act.sentence.low) for pattern in patterns)


def is_delivered(act: Act) -> bool:
    """Say whether the sentence goes on to tell that all of it came: "has bought every ton"."""
    start = act.start - act.sentence.start
    return load_pattern("commitments", "delivered").search(act.sentence.low, start) is not None
