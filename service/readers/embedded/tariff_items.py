"""A tariff as an item of the list, with its dates, condition, deal, source and quote.

Owns which parts of an item come from its verb and its sentence alone. Knows no rule for what is
a duty.
"""

import re
from typing import NamedTuple

from schemas.base import MeasureStatus, Party, TariffAction
from schemas.draft import DraftTariff
from service.readers.embedded.acts import Act
from service.readers.embedded.page import Sentence
from service.readers.embedded.tariff_passage import Passage
from service.readers.embedded.timing import find_times
from service.readers.embedded.undertakings import read_terms
from service.readers.embedded.wording import quote_act

_NEXT_CLAUSE = re.compile(r",\s(?:and|but|while|whereas)\s|;\s")


class TariffFacts(NamedTuple):
    """What the rules read of a duty: what is done to it, by whom, on whom, at what rate."""

    action: TariffAction
    status: MeasureStatus
    actors: list[Party]
    targets: list[Party]
    statement: str
    goods: str | None = None
    companies: tuple[str, ...] = ()
    rate: float | None = None
    previous_rate: float | None = None
    first: int | None = None
    """The first token that a quote must hold; ``None`` for the verb."""
    last: int | None = None
    """The token behind the last one that a quote must hold; ``None`` for the verb's clause."""


def make_tariff(passage: Passage, act: Act, facts: TariffFacts) -> DraftTariff:
    """Return the item of ``facts`` that ``act`` tells of."""
    sentence = passage.sentence
    times = find_times(act, act.clause_first, max(act.clause_last, facts.last or 0))
    return DraftTariff(
        statement=facts.statement,
        actors=facts.actors,
        targets=facts.targets,
        announced=times.announced,
        **read_terms(passage.page, act, _find_end(sentence, max(act.last, facts.last or 0))),
        goods=facts.goods,
        action=facts.action,
        companies=list(facts.companies),
        rate=facts.rate,
        previous_rate=facts.previous_rate,
        effective=times.effective,
        until=times.until,
        status=facts.status,
        evidence=[quote_act(act, first=facts.first, last=facts.last)],
    )


def _find_end(sentence: Sentence, last: int) -> int | None:
    """Return the offset where a clause begins that no longer tells of the duty, if one does."""
    start = sentence.tokens[last - 1].end - sentence.start
    behind = _NEXT_CLAUSE.search(sentence.text, start)
    return behind.start() if behind else None
