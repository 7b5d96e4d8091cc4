"""How far a promise is: announced, agreed, kept, broken, taken back.

Owns the way from an act's modality to the contract's status values for commitments. Knows no
party and no topic.
"""

from schemas.base import CommitmentStatus
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.deal_terms import is_term
from service.readers.embedded.deals import is_deal_story, is_joint_text, tells_near, tells_of_deal
from service.readers.embedded.page import Page
from service.readers.embedded.word_lists import load_pattern, load_words

_LEAD_WORDS = 3
"""Words before a verb that say what its infinitive hangs on: "its promise to"."""
_NEAR = 8
"""Words from keeping or breaking to what was promised."""
_OFFER_WORDS = 2
"""Words from an offer to what is offered."""
_FORECASTS = frozenset("expected likely projected forecast believed tipped".split())
_PROMISEE_WORDS = 5
"""Most words from "promises" to the promised act behind whom it was promised to."""
_RETURN_WORDS = 4
"""Words before a clause in which "in return" leads it."""
_MADE = frozenset({"fact", "present", "agreed", "future", "planned"})
"""How an offer stands that is made: not "may offer"."""
_NO_PROMISE = frozenset({"have", "if"})


def read_commitment_status(page: Page, act: Act) -> CommitmentStatus | None:
    """Return how far the promise is; ``None`` where the act is none."""
    if (act.is_of("say") and act.lemma != "report") or _is_forecast(act):
        return None
    kept = _read_kept(act)
    if kept is not None:
        return kept
    if act.modality == "agreed":
        return "in_progress" if _is_in_progress(act) else "agreed"
    if act.modality == "conditional":
        return _read_conditional(act)
    is_will = act.modality == "future" and act.matrix != "threaten"
    if act.modality == "promised" or is_will or is_promised_to(act):
        is_bilateral = tells_of_deal(act.sentence) or tells_near(page, act.sentence)
        is_bilateral = is_bilateral or is_term(page, act) or is_deal_story(page)
        return "agreed" if is_bilateral else "announced"
    if act.modality != "planned":
        return None
    return "agreed" if is_term(page, act) or is_joint_text(page) else "announced"


def _is_forecast(act: Act) -> bool:
    """Say whether others reckon with it: "is expected to buy"."""
    return not _FORECASTS.isdisjoint(act.sentence.words[act.chain_first : act.at])


def _is_in_return(act: Act) -> bool:
    """Say whether it is one side of a bargain: "in return Brazil would buy"."""
    lead = act.sentence.cut(max(0, act.clause_first - _RETURN_WORDS), act.chain_first).lower()
    return "in return" in lead or "in exchange" in lead


def is_promised_to(act: Act) -> bool:
    """Say whether it was promised to somebody who is named first: "promises that side to buy"."""
    if act.modality != "purpose" or act.form != "base":
        return False
    earlier = next((one for one in reversed(find_acts(act.sentence)) if one.at < act.at), None)
    is_near = earlier is not None and act.at - earlier.last <= _PROMISEE_WORDS
    return is_near and earlier is not None and earlier.is_of("promise")


def _is_in_progress(act: Act) -> bool:
    """Say whether what was agreed is about to be done: "is on track to meet its commitments"."""
    patterns = (load_pattern("commitments", key) for key in ("fulfilled", "ready"))
    return all(pattern.search(act.sentence.low) for pattern in patterns)


def _read_conditional(act: Act) -> CommitmentStatus | None:
    """Return the status of what somebody said that would be done."""
    words = act.sentence.words[act.chain_first : act.at]
    if "would" not in words or not _NO_PROMISE.isdisjoint(words):
        return None
    if act.matrix == "agree" or _is_in_return(act):
        return "agreed"
    return "announced" if act.matrix in {"say", "promise", "plan"} else None


def _read_kept(act: Act) -> CommitmentStatus | None:
    """Return what became of a promise: "broke its promise to buy", "offered to buy"."""
    if act.modality not in {"promised", "considered"}:
        return None
    if load_pattern("commitments", "under_way").search(act.sentence.low):
        return "in_progress"
    if is_delivered(act) or _is_made_good(act):
        return "fulfilled"
    if load_pattern("commitments", "missed").search(act.sentence.low, act.start - act.sentence.start):
        return "broken"
    if _is_in_progress(act):
        return "in_progress"
    lead = act.sentence.words[max(0, act.at - _LEAD_WORDS) : act.at]
    is_promise = not load_words("commitments", "promises").isdisjoint(lead)
    for earlier in find_acts(act.sentence):
        if earlier.lemma == "offer" and 0 <= act.at - earlier.last <= _OFFER_WORDS:
            return "proposed" if earlier.modality in _MADE else None
        is_near = is_promise and 0 < act.at - earlier.at <= _NEAR
        outcome = _read_outcome(earlier) if is_near else None
        if outcome is not None:
            return outcome
    return "proposed" if "offer" in lead else None


def _is_made_good(act: Act) -> bool:
    """Say whether the promise was kept: "made good on a pledge to open"."""
    lead = act.sentence.cut(max(0, act.at - _NEAR), act.at).lower()
    return load_pattern("commitments", "made_good").search(lead) is not None


def _read_outcome(act: Act) -> CommitmentStatus | None:
    """Return what ``act`` does to a promise."""
    if act.is_negated:
        return None
    if act.lemma in load_words("commitments", "taking_back"):
        return "withdrawn"
    if act.modality != "fact" or not act.is_of("honour", "break"):
        return None
    return "fulfilled" if act.is_of("honour") else "broken"


def refrains(act: Act) -> bool:
    """Say whether it was promised that it is not done: "agreed not to levy the tax"."""
    words = act.sentence.words[act.chain_first : act.at]
    is_bound = act.modality in {"agreed", "promised"} and act.is_negated
    following = act.sentence.words[act.last : act.last + 1]
    return is_bound and words[-2:] == ("not", "to") and following not in ((",",), (".",), ("and",), ())


def is_delivered(act: Act) -> bool:
    """Say whether the sentence goes on to tell that all of it came: "has bought every ton"."""
    start = act.start - act.sentence.start
    return load_pattern("commitments", "delivered").search(act.sentence.low, start) is not None


def binds(page: Page, act: Act) -> bool:
    """Say whether the words bind: "agreed to", "pledged to", "will publish", "under the deal"."""
    if act.modality in {"agreed", "promised", "considered"} or is_promised_to(act):
        return True
    if not act.is_passive and is_term(page, act):
        return True
    is_bare = act.modality in {"future", "conditional"} and not act.is_passive
    return is_bare and (act.lemma in load_words("commitments", "firm") or _is_on_narcotics(act))


def _is_on_narcotics(act: Act) -> bool:
    return any(
        phrase.value == "narcotics" and act.at < phrase.first < act.object_last
        for phrase in act.sentence.goods
    )
