"""Doubts: corrections, and dates or amounts on which the article contradicts itself.

Owns their order and how many there may be. The rules stand in the modules named for them.
"""

from schemas.draft import DraftDoubt
from service.readers.embedded.doubt_amounts import find_other_amounts
from service.readers.embedded.doubt_corrections import Note, find_corrections
from service.readers.embedded.doubt_days import find_other_days
from service.readers.embedded.doubt_events import find_other_years
from service.readers.embedded.doubt_figures import find_other_figures
from service.readers.embedded.doubt_spoken import find_spoken
from service.readers.embedded.doubt_starts import find_other_starts
from service.readers.embedded.page import Page, Sentence

_MAX_DOUBTS = 8


def read_doubts(page: Page) -> list[DraftDoubt]:
    """Return where ``page`` corrects or contradicts itself; a contradiction only where it is plain.

    Corrections come first, each kind in the article's order.
    """
    notes = find_corrections(page)
    told = _list_told(page, notes)
    conflicts = (
        *find_spoken(told),
        *find_other_years(told, page.context.calendar),
        *find_other_starts(told),
        *find_other_amounts(told),
        *find_other_days(told),
        *find_other_figures(told),
    )
    found = [DraftDoubt(about=note.about, evidence=list(note.quotes)) for note in notes]
    found += [DraftDoubt(about=one.about, evidence=list(one.quotes)) for one in conflicts]
    return found[:_MAX_DOUBTS]


def _list_told(page: Page, notes: list[Note]) -> list[Sentence]:
    """Return the article's own sentences that are no correction."""
    used = {at for note in notes for at in note.sentences}
    own = page.own
    return [sentence for sentence in own if sentence.index not in used]
