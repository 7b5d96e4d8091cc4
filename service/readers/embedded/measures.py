"""Measures other than duties: controls, licences, bans, quotas, fees, listings, chip policies.

Owns the order in which they are read, and to which of the two lists each goes: what is mainly
about semiconductors is a chip policy. Knows no words.
"""

from collections.abc import Callable, Iterator, Sequence

from schemas.base import Party
from schemas.draft import DraftChipPolicy, DraftNonTariffMeasure
from service.readers.embedded.acts import Act
from service.readers.embedded.cast import Cast
from service.readers.embedded.measure_bills import read_bill, read_enforcement
from service.readers.embedded.measure_chips import is_for_others, is_of_chips
from service.readers.embedded.measure_clauses import Measure, Setting
from service.readers.embedded.measure_drafts import draft_chip_policy, draft_other_measure
from service.readers.embedded.measure_merge import add_measure, refer_back
from service.readers.embedded.measure_money import read_share, read_subsidy
from service.readers.embedded.measure_objects import read_object
from service.readers.embedded.measure_orders import read_requirement, read_warning
from service.readers.embedded.measure_verbs import read_bare_verb
from service.readers.embedded.page import Page
from service.readers.embedded.speech import is_question
from service.readers.embedded.standing import is_correction

_READERS: tuple[Callable[[Setting, Act], Measure | None], ...] = (
    read_share,
    read_warning,
    read_requirement,
    read_subsidy,
    read_bill,
    read_enforcement,
    read_object,
    read_bare_verb,
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
            before = refer_back(read, before)
            if before.actors or before.status in {"agreed", "threatened"}:
                last_actors = before.actors or last_actors
                yield before


def _read_sentence(setting: Setting) -> Iterator[Measure]:
    """Yield the measures of a sentence; no token tells of two."""
    taken: set[int] = set()
    for read in _READERS:
        for act in setting.acts:
            if act.at in taken or act.is_hypothetical:
                continue
            measure = read(setting, act)
            if measure is not None and taken.isdisjoint({measure.first, measure.last - 1}):
                taken.update(range(measure.first, measure.last), {act.at})
                yield measure
