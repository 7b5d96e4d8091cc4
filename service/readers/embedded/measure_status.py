"""How far a measure is whose instrument is named: "announced a ban", "turned the bill down".

Owns the verbs that say so beside those of every measure. Knows no direction and no party.
"""

import re

from schemas.base import MeasureStatus
from service.readers.embedded.acts import Act, list_subject_names
from service.readers.embedded.deal_terms import is_term
from service.readers.embedded.deals import is_deal_story, tells_of_deal
from service.readers.embedded.measure_clauses import LIFTING, MOVING, Measure
from service.readers.embedded.measure_nouns import NamedInstrument
from service.readers.embedded.measure_words import load_measure_words
from service.readers.embedded.page import Page
from service.readers.embedded.standing import is_done, is_given_up, read_status

_IN_RETURN = re.compile(r"\bin (?:return|exchange)\b")
_IN_PLACE = (("in", "place"), ("in", "force"), ("in", "effect"))
_STANDING = frozenset({"available", "valid", "obtainable"})
_DISCUSSING = frozenset({"discuss", "negotiate"})
_PRESENTING = frozenset({"announce", "unveil", "introduce"})
_PUBLISHING = frozenset({"announce", "unveil", "publish"})


def read_named_status(act: Act, named: NamedInstrument) -> MeasureStatus | None:
    """Return how far the measure is that ``act`` tells of an instrument; ``None`` if it is none."""
    if is_done(act) and act.is_of("refuse", "maintain", "be", "agree"):
        return _read_done(act)
    weighed = _read_weighed(act)
    if weighed is not None:
        return weighed
    if act.is_of("say") and not act.is_of(*MOVING, "answer"):
        return "announced" if act.lemma in _PRESENTING else None
    if named.instrument == "investigation" and act.lemma in load_measure_words("closing"):
        return "ended" if act.modality == "fact" else None
    return _read_moved(act)


def settle_given(page: Page, measure: Measure) -> Measure:
    """Return what a deal eases as agreed: "Brussels grants a quota" in the story of one."""
    act = measure.act
    is_open = measure.status == "announced" or (
        measure.status == "in_force" and act.form == "third"
    )
    is_given = is_open and measure.stance == "loosen" and act.is_of(*LIFTING, "allow")
    if not is_given:
        return measure
    is_told = act.modality in {"present", "future"} and not act.is_passive
    is_promised = act.modality in {"agreed", "promised"}
    is_agreed = is_term(page, act) or ((is_told or is_promised) and is_deal_story(page))
    return measure._replace(status="agreed") if is_agreed else measure


def _read_done(act: Act) -> MeasureStatus | None:
    """Return the status of what was refused, stands or was agreed on."""
    if act.is_of("refuse"):
        return "rejected"
    if act.is_of("maintain", "be"):
        behind = act.sentence.words[act.last : act.last + 2]
        is_in_place = behind in _IN_PLACE or not _STANDING.isdisjoint(behind[:1])
        return "in_force" if is_in_place or not act.is_of("be") else None
    return "agreed"


def _read_weighed(act: Act) -> MeasureStatus | None:
    """Return the status of what is asked for, threatened or considered; ``None`` of the rest."""
    if act.modality == "demanded" and _is_lobbied(act):
        return "proposed"
    if act.is_of("threaten") and not act.is_negated:
        return "threatened"
    if act.is_of("consider") and act.modality in {"purpose", "demanded"}:
        return None
    if act.is_of("consider") or act.lemma in _DISCUSSING:
        return "rejected" if is_given_up(act) else "proposed"
    return None


def _is_lobbied(act: Act) -> bool:
    """Say whether it is a firm that asks a government for it."""
    names = list_subject_names(act)
    return bool(names) and names[0].kind == "firm" and not act.is_negated


def _read_moved(act: Act) -> MeasureStatus | None:
    """Return the status of what a verb does to the instrument."""
    status = read_status(act)
    if status is None and act.modality == "purpose" and tells_of_deal(act.sentence):
        return "agreed"
    if status == "in_force" and act.form == "third" and _IN_RETURN.search(act.sentence.low):
        return "agreed"
    if status == "in_force" and act.lemma in _PUBLISHING:
        return "announced"
    return status
