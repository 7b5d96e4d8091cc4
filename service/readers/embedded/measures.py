"""Measures other than duties: controls, licences, bans, quotas, fees, listings, chip policies.

Owns the order in which they are read, and to which of the two lists each goes: what is mainly
about semiconductors is a chip policy. Knows no words.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from schemas.base import Party
from schemas.draft import DraftChipPolicy, DraftNonTariffMeasure
from service.readers.embedded.acts import Act
from service.readers.embedded.cast import Cast
from service.readers.embedded.measure_bars import (
    read_mandate,
    read_shut_out,
    read_standing_bar,
)
from service.readers.embedded.measure_bills import read_bill, read_enforcement, read_hand_back
from service.readers.embedded.measure_chips import (
    gets_license,
    is_for_others,
    is_of_chips,
    names_object,
)
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_drafts import draft_chip_policy, draft_other_measure
from service.readers.embedded.measure_ends import settle_end
from service.readers.embedded.measure_inquiries import read_inquiry
from service.readers.embedded.measure_merge import add_measure, refer_back
from service.readers.embedded.measure_money import read_share, read_subsidy
from service.readers.embedded.measure_objects import read_object
from service.readers.embedded.measure_orders import read_application, read_requirement, read_warning
from service.readers.embedded.measure_stance import tells_amount
from service.readers.embedded.measure_status import settle_given
from service.readers.embedded.measure_verbs import read_bare_verb
from service.readers.embedded.page import Page
from service.readers.embedded.speech import is_question
from service.readers.embedded.standing import is_correction

_READERS: tuple[Callable[[Setting, Act], Measure | None], ...] = (
    read_share,
    read_warning,
    read_requirement,
    read_application,
    read_subsidy,
    read_bill,
    read_enforcement,
    read_hand_back,
    read_standing_bar,
    read_object,
    read_bare_verb,
    read_inquiry,
    read_shut_out,
    read_mandate,
)
"""From the special to the general: what one has read, the next ones leave alone."""


def read_measures(
    page: Page, cast: Cast
) -> tuple[list[DraftChipPolicy], list[DraftNonTariffMeasure]]:
    """Return the chip policies and the other measures that ``page`` tells of, each once."""
    chips: list[DraftChipPolicy] = []
    others: list[DraftNonTariffMeasure] = []
    for measure in _find_measures(page, cast):
        if is_of_chips(measure):
            add_measure(chips, draft_chip_policy(page, measure))
        elif is_for_others(measure.instrument):
            add_measure(others, draft_other_measure(page, measure, measure.instrument))
    return chips, others


def _find_measures(page: Page, cast: Cast) -> Iterator[Measure]:
    """Yield the measures of ``page`` in the order in which they are told."""
    last_actors: Sequence[Party] = ()
    before: Measure | None = None
    for sentence in page.told:
        if is_question(page, sentence) or is_correction(sentence):
            continue
        setting = Setting(page, cast, sentence, last_actors)
        for read in _read_sentence(setting):
            before = settle_given(page, settle_end(refer_back(read, before)))
            if before.actors or before.status in {"agreed", "threatened"} or _is_plain(before):
                last_actors = before.actors or last_actors
                yield before


def _is_plain(measure: Measure) -> bool:
    """Say whether a clause that leaves open whose it is tells what it is done to."""
    act = measure.act
    is_open = (act.is_passive or measure.stance == "maintain") and not act.is_relative
    is_needed = act.lemma in {"need", "require"} and measure.instrument == "export_control"
    is_drafted = measure.status == "proposed" and act.modality == "conditional"
    is_open = is_open or measure.instrument == "subsidy"
    is_open = is_open or gets_license(measure)
    if measure.instrument == "legislation":
        return True
    return (is_open or is_needed or is_drafted) and names_object(measure)


def _is_free(measure: Measure, taken: AbstractSet[int]) -> bool:
    """Say whether no other measure is told by the same words; how much a fee was is another."""
    is_amount = measure.instrument == "fee" and tells_amount(measure.act)
    return is_amount or taken.isdisjoint({measure.first, measure.last - 1})


def _read_sentence(setting: Setting) -> Iterator[Measure]:
    """Yield the measures of a sentence; no token tells of two."""
    taken: set[int] = set()
    for read in _READERS:
        for act in setting.acts:
            if act.at in taken or act.is_hypothetical:
                continue
            measure = read(setting, act)
            if measure is not None and _is_free(measure, taken):
                taken.update(range(measure.first, measure.last), {act.at})
                yield measure
