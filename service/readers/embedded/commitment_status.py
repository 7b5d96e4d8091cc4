"""How far a promise is: announced by one side, agreed between two, kept, broken.

Owns the way from an act's modality to the contract's status values for commitments. Knows no
party and no topic.
"""

from schemas.base import CommitmentStatus
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.commitment_outcomes import read_outcome
from service.readers.embedded.deal_terms import is_listed_term, is_term
from service.readers.embedded.deals import is_deal_story, is_joint_text, tells_near, tells_of_deal
from service.readers.embedded.page import Page
from service.readers.embedded.word_lists import load_words

_FORECASTS = frozenset("expected likely projected forecast believed tipped".split())
_PROMISEE_WORDS = 5
"""Most words from "promises" to the promised act behind whom it was promised to."""
_RETURN_WORDS = 4
"""Words before a clause in which "in return" leads it."""
_NO_PROMISE = frozenset({"have", "if"})
_NO_OBJECT = frozenset({",", ".", ";", "and"})


def read_commitment_status(page: Page, act: Act) -> CommitmentStatus | None:
    """Return how far the promise is; ``None`` where the act is none."""
    if (act.is_of("say") and act.lemma != "report") or _is_forecast(act):
        return None
    return read_outcome(act) or _read_given(page, act)


def _read_given(page: Page, act: Act) -> CommitmentStatus | None:
    """Return the status of what was given, of which the sentence tells no outcome."""
    if act.modality == "agreed":
        return "agreed"
    if act.modality == "conditional":
        return _read_conditional(act)
    if act.modality == "present":
        return "agreed" if act.form == "third" and is_listed_term(page, act) else None
    is_will = act.modality == "future" and act.matrix != "threaten"
    if act.modality == "promised" or is_will or is_promised_to(act):
        return "agreed" if _is_bilateral(page, act) else "announced"
    if act.modality != "planned":
        return None
    return "agreed" if is_term(page, act) or is_joint_text(page) else "announced"


def _is_bilateral(page: Page, act: Act) -> bool:
    """Say whether a deal is what it was given in."""
    is_told = tells_of_deal(act.sentence) or tells_near(page, act.sentence)
    return is_told or is_term(page, act) or is_deal_story(page)


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


def _read_conditional(act: Act) -> CommitmentStatus | None:
    """Return the status of what somebody said that would be done."""
    words = act.sentence.words[act.chain_first : act.at]
    if "would" not in words or not _NO_PROMISE.isdisjoint(words):
        return None
    if act.matrix == "agree" or _is_in_return(act):
        return "agreed"
    return "announced" if act.matrix in {"say", "promise", "plan"} else None


def refrains(act: Act) -> bool:
    """Say whether it was promised that it is not done: "agreed not to levy the tax"."""
    words = act.sentence.words[act.chain_first : act.at]
    is_bound = act.modality in {"agreed", "promised"} and act.is_negated
    has_object = _NO_OBJECT.isdisjoint(act.sentence.words[act.last : act.last + 1] or (".",))
    return is_bound and words[-2:] == ("not", "to") and has_object


def binds(page: Page, act: Act) -> bool:
    """Say whether the words bind: "agreed to", "pledged to", "will publish", "under the deal"."""
    if act.modality in {"agreed", "promised", "considered"} or is_promised_to(act):
        return True
    if not act.is_passive and act.modality != "present" and is_term(page, act):
        return True
    is_bare = act.modality in {"future", "conditional"} and not act.is_passive
    return is_bare and (act.lemma in load_words("commitments", "firm") or _is_on_narcotics(act))


def _is_on_narcotics(act: Act) -> bool:
    return any(
        phrase.value == "narcotics" and act.at < phrase.first < act.object_last
        for phrase in act.sentence.goods
    )
