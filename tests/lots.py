"""Long documents whose every fact is known, and who reads them.

Owns the form of a lot, the one fact that such a document tells again and again: its number is its
quantity, so that no two are alike. Knows the schemas only.
"""

import asyncio
import re
from collections.abc import Sequence
from functools import cache

from schemas.article import Article
from schemas.draft import Draft, DraftCommitment
from schemas.reading import Reading, ReadingRequest
from service.errors import ReadoutError
from service.readers.protocol import Notify, Reviewer, ignore_progress
from tests.builders import build_article, build_draft_commitment, build_empty_draft, build_reading
from tests.standin import Answer, Received, complete

CHARS_PER_PAGE = 3_000
"""What a printed page holds."""
HEADLINE = "China will buy soybeans"
_LOT = re.compile(r"China will buy (\d+) tons of soybeans(?:\.\n\nIt is due by (\d{4}))?")
_FILLER = "Traders of house {number} had looked at warehouses and ledgers for most of that week. "


def write_lot(number: int) -> str:
    """Return the sentence of lot ``number``."""
    return f"China will buy {number} tons of soybeans."


@cache
def write_document(pages: int, *, first: int = 1_001) -> str:
    """Return a text of ``pages`` pages; each paragraph begins with a lot, ``first`` and so on."""
    paragraphs: list[str] = []
    chars = 0
    while chars < pages * CHARS_PER_PAGE:
        number = first + len(paragraphs)
        filler = _FILLER.format(number=number) * (1 + number % 3)
        paragraphs.append(f"{write_lot(number)} {filler.strip()}")
        chars += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def build_document(pages: int = 2, **more: object) -> Article:
    """Build the article of such a text."""
    return build_article(write_document(pages), **more)


def read_lots(text: str) -> Draft:
    """Return the draft that is right for ``text``: its lots in order, with when each is due."""
    lots = [_draft_lot(match) for match in _LOT.finditer(text)]
    return build_empty_draft(commitments=lots, headline=HEADLINE, gist=f"{HEADLINE}.")


def _draft_lot(match: re.Match[str]) -> DraftCommitment:
    number, due = match.groups()
    quotes = [f"China will buy {number} tons of soybeans", *([f"due by {due}"] if due else [])]
    return build_draft_commitment(
        statement=f"buy {number} tons of soybeans",
        quantity={"value": int(number), "unit": "ton"},
        due=due,
        source=None,
        evidence=quotes,
    )


def list_lots(text: str) -> list[int]:
    """Return the numbers of the lots in ``text``, in order."""
    return [int(number) for number, _due in _LOT.findall(text)]


def answer_lots(received: Received) -> Answer:
    """Return what a model says that reads lots, for the article in the request."""
    text: str = received.parse()["messages"][-1]["content"]
    return complete(read_lots(text).model_dump_json(), prompt_tokens=len(text) // 4)


class LotReader:
    """A reader of lots that can be told to fail at some, or to stop; it notes what it was asked."""

    def __init__(self) -> None:
        self.failing: dict[int, ReadoutError] = {}
        """Number of a lot to what is raised for a text that has it."""
        self.asked: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.full_at = 0
        """As many readings at once as make it full."""
        self.full = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def read(
        self, request: ReadingRequest, reviewer: Reviewer, notify: Notify = ignore_progress
    ) -> Reading:
        text = request.messages[-1].content
        self.asked.append(text)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once == self.full_at:
            self.full.set()
        try:
            await self.may_end.wait()
        finally:
            self.at_once -= 1
        self._fail(list_lots(text))
        draft = read_lots(text)
        reviewer.review(draft)
        return build_reading(key=request.key, draft=draft)

    def _fail(self, lots: Sequence[int]) -> None:
        for lot, error in self.failing.items():
            if lot in lots:
                raise error
