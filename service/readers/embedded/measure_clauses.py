"""What a clause tells of a measure, and the sentence that it stands in.

Owns the shapes that the rules for measures hand on. Knows no rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.base import ChipInstrument, MeasureStatus, NonTariffInstrument, Party, Stance
from service.readers.embedded.acts import Act, find_acts
from service.readers.embedded.cast import Cast
from service.readers.embedded.page import Page, Sentence

Instrument = NonTariffInstrument | ChipInstrument

IMPOSING = ("restrict", "impose", "increase", "investigate")
"""Classes of the verbs that make for more of an instrument."""
LIFTING = ("suspend", "remove", "reduce", "exempt")
"""Classes of the verbs that make for less of it."""
MOVING = (*IMPOSING, *LIFTING, "allow", "refuse", "extend")
"""Classes of the verbs that do something to an instrument."""


@dataclass(frozen=True, eq=False)
class Setting:
    """A sentence that may tell of measures, and what the article has told before it."""

    page: Page
    cast: Cast
    sentence: Sentence
    last_actors: Sequence[Party]
    """Whose the measure told last is."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """Return the acts of the sentence."""
        return find_acts(self.sentence)


class Measure(NamedTuple):
    """A measure as a clause tells it, before it is one of a list."""

    act: Act
    instrument: Instrument
    stance: Stance
    status: MeasureStatus
    first: int
    """First token of what names it."""
    last: int
    """The token behind that."""
    actors: Sequence[Party] = ()
    targets: Sequence[Party] = ()
    rate: float | None = None
    """Percent, of a share of sales."""
