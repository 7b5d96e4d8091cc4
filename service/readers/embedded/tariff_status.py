"""How far a move of a duty is: threatened, agreed, in force, over ...

Owns what the status of a duty adds to that of any act. Knows no party.
"""

import re

from schemas.base import MeasureStatus
from service.readers.embedded.acts import Act
from service.readers.embedded.deal_terms import is_term
from service.readers.embedded.deals import is_deal_story, tells_near, tells_of_deal
from service.readers.embedded.page import Page, Sentence
from service.readers.embedded.standing import is_done, is_given_up, read_status
from service.readers.embedded.tariff_acts import TELLING_CLASSES, admits, find_action_noun
from service.readers.embedded.tariff_duties import Duty
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.tariff_words import load_tariff_words

_HEIGHT = re.compile(
    r"\b(?:at\s(?:its|their)\s(?:height|peak)|peak(?:ed|ing)\sat|until\s(?:then|recently)"
    r"|used\sto|former(?:ly)?|previously)\b"
)
_RETURN = re.compile(
    r"(?:in\s(?:return|exchange|turn)|for\sits\spart|as\spart\sof\sth(?:e|is|at))\b"
)
_UNDER = re.compile(r"under\s(?:the|an?|this|that|its|their)\s")
_RUMOURS = frozenset(
    "report reports rumour rumours rumor rumors claim claims story stories speculation suggestion"
    " suggestions allegation allegations charge charges accusation accusations".split()
)
_ONCE_MEANT = frozenset({("was", "going"), ("were", "going")})
_INCLUDING = frozenset({"included", "includes", "include", "including"})
_ENDING_ALONE = frozenset({"expire", "lapse"})


def read_duty_status(passage: Passage, duty: Duty, act: Act) -> MeasureStatus | None:
    """Return how far ``act`` on the duty is; ``None`` where it is none that is told of."""
    if act.sentence.words[max(0, act.chain_first - 2) : act.chain_first] in _ONCE_MEANT:
        return None
    if act.is_of("threaten"):
        is_real = act.modality in {"fact", "present", "purpose"} and not act.is_hypothetical
        is_real = is_real and not _stands_now(duty, act)
        return "threatened" if is_real and not act.is_negated else None
    if act.is_of("be"):
        return _read_copula_status(passage, act)
    if act.is_of("refuse"):
        return "rejected" if is_done(act) and not _is_rumour(duty, act) else None
    if act.is_of(*TELLING_CLASSES) or (admits(act) and duty.rates.is_given):
        return _read_move_status(passage, duty, act)
    return read_nominal_status(act)


def _is_rumour(duty: Duty, act: Act) -> bool:
    """Say whether not the duty is refused but what is said of it: "dismissed a report that"."""
    return not _RUMOURS.isdisjoint(act.sentence.words[act.last : duty.first])


def read_nominal_status(act: Act) -> MeasureStatus | None:
    """Return the status of what a verb of speech or agreement has as its object."""
    if act.is_negated or act.modality in {"demanded", "refused"}:
        return None
    if act.is_of("threaten"):
        return "threatened"
    if act.is_of("consider") and not act.is_of("meet"):
        return "rejected" if is_given_up(act) else "proposed"
    if act.is_of("agree") or tells_of_deal(act.sentence):
        return "agreed"
    return "rejected" if act.is_of("refuse") else _read_spoken_status(act)


def _read_spoken_status(act: Act) -> MeasureStatus | None:
    if act.is_of("hold"):
        return "agreed"
    if act.is_of("say", "plan", "promise"):
        return "announced" if act.lemma in load_tariff_words().announcing else None
    is_granted = act.is_of("allow") and find_action_noun(act.sentence) == "exempt"
    is_done = act.modality in {"fact", "present"}
    return "in_force" if is_done and (is_granted or act.is_of("begin")) else None


def _read_move_status(passage: Passage, duty: Duty, act: Act) -> MeasureStatus | None:
    if act.lemma == "come" and act.at < duty.first:
        # "Comes off lightest, with a duty of 22.7 per cent."
        return None
    if act.lemma == "stand" and act.form == "past":
        return None
    status = read_status(act)
    if status == "in_force" and (_is_over(passage, duty, act) or _tells_of_past(passage.sentence)):
        return "ended"
    if status == "announced" and _is_to_be_given(passage, duty, act):
        return "agreed"
    if status == "in_force" and _is_told_of_deal(passage, act):
        return "agreed"
    return "agreed" if status is None and _is_part_of_deal(act) else status


def _read_copula_status(passage: Passage, act: Act) -> MeasureStatus | None:
    """Return the status of what "is": "the centrepiece is a cut in the tariff"."""
    if act.is_negated or act.is_hypothetical or act.modality not in {"present", "fact"}:
        status = read_status(act)
        return status if status == "threatened" else None
    if find_action_noun(passage.sentence):
        return "agreed" if tells_near(passage.page, passage.sentence) else "announced"
    if act.modality == "fact" and act.form == "past":
        # What "was" may be over; only where the article says so is it told.
        return "ended" if _tells_of_past(passage.sentence) else None
    return "in_force"


def _stands_now(duty: Duty, act: Act) -> bool:
    """Say whether the rate is what is paid already: "warned that lumber, now taxed at 35%"."""
    between = act.sentence.words[act.last : duty.rates.first]
    return not {"now", "currently", "already"}.isdisjoint(between)


def _tells_of_past(sentence: Sentence) -> bool:
    return _HEIGHT.search(sentence.low) is not None


def _is_over(passage: Passage, duty: Duty, act: Act) -> bool:
    """Say whether the sentence goes on to tell the duty's end: "they came off in May"."""
    later = [other for other in passage.acts if other.at > act.at]
    return any(_is_end(other) or _expires(duty, other) for other in later)


def _expires(duty: Duty, act: Act) -> bool:
    """Say whether the duty is the subject of "expired"."""
    is_told = act.lemma in _ENDING_ALONE and act.modality == "fact" and not act.is_negated
    return is_told and act.clause_first <= duty.noun < act.chain_first


def _is_end(act: Act) -> bool:
    """Say whether the act ends a duty that a pronoun or nothing at all stands for."""
    if act.lemma not in load_tariff_words().ending or act.modality != "fact" or act.matrix:
        return False
    is_alone = act.lemma in _ENDING_ALONE
    words = act.sentence.words
    is_of_it = not {"they", "it", "which"}.isdisjoint(words[max(0, act.clause_first - 1) : act.at])
    is_joined = is_alone and words[act.chain_first - 1] == "and"
    return (is_alone or act.is_of("remove")) and (is_of_it or is_joined)


def _is_present_term(passage: Passage, act: Act) -> bool:
    """Say whether a deal is told in the present: "The United States applies a rate of 18%"."""
    is_told = act.form == "third" and act.modality == "present" and not act.is_of("maintain")
    is_told = is_told and not act.is_passive and not _is_old(passage.sentence)
    return is_told and is_term(passage.page, act)


def _is_to_be_given(passage: Passage, duty: Duty, act: Act) -> bool:
    """Say whether what is still to come is what a deal holds."""
    return _is_conceded(passage, duty, act) or _is_given_in_deal(passage.page, act)


def _is_told_of_deal(passage: Passage, act: Act) -> bool:
    """Say whether what is told as applying is what a deal holds."""
    return _goes_on_under_deal(passage, act) or _is_present_term(passage, act)


def _is_given_in_deal(page: Page, act: Act) -> bool:
    """Say whether the act is a term of a deal, or was promised where the article is about one."""
    return is_term(page, act) or (act.modality == "promised" and is_deal_story(page))


def _is_conceded(passage: Passage, duty: Duty, act: Act) -> bool:
    """Say whether a duty that is to fall is what a deal gives."""
    rate, previous = duty.rates.rate, duty.rates.previous
    is_fall = previous is not None and (rate or 0) < previous
    is_given = is_fall or admits(act) or act.is_of("reduce", "remove", "suspend", "exempt")
    if is_given and tells_of_deal(passage.sentence):
        return True
    return is_given and (tells_near(passage.page, passage.sentence) or is_deal_story(passage.page))


def _is_part_of_deal(act: Act) -> bool:
    """Say whether an infinitive or a gerund tells what a deal holds: "for the US to levy"."""
    if act.modality != "purpose" or act.is_hypothetical or not tells_of_deal(act.sentence):
        return False
    before = act.sentence.words[max(0, act.at - 2) : act.at]
    return act.form == "base" or not _INCLUDING.isdisjoint(before)


def _is_old(sentence: Sentence) -> bool:
    """Say whether what the sentence tells was so before the deal."""
    return not {"already", "still", "now", "since", "currently"}.isdisjoint(sentence.words)


def _goes_on_under_deal(passage: Passage, act: Act) -> bool:
    """Say whether the act follows on "Under the agreement the US lowers its tariff"."""
    at = passage.sentence.index
    before = passage.page.sentences[at - 1 : at]
    is_given = act.modality == "present" and act.is_of("reduce", "remove", "exempt")
    is_active = not act.is_passive
    if is_given and is_active and is_deal_story(passage.page) and not _is_old(passage.sentence):
        return True
    if is_given and _RETURN.match(passage.sentence.low):
        return tells_near(passage.page, passage.sentence)
    return is_given and any(_UNDER.match(one.low) and tells_of_deal(one) for one in before)
