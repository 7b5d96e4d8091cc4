"""Fakes: plain classes that stand where a real part would.

Owns what several test modules need. Knows the protocols, no stage of the service.
"""

import asyncio
from collections.abc import Callable, Sequence

from openai.types.chat import ChatCompletion

from schemas.draft import Draft
from schemas.reading import Complaint, PaidReply, Progress, Reading, ReadingRequest
from service.readers.protocol import Notify, OpenAccount, Reviewer, ignore_progress
from tests.builders import build_draft, build_paid_reply, build_reading


class FakeAccount:
    """Books in memory: what was entered and kept, in order; ``recalled`` is what it begins with."""

    def __init__(self, *recalled: PaidReply) -> None:
        self.recalled = recalled
        self.entered = 0
        self.kept: list[PaidReply] = []

    async def enter(self) -> None:
        self.entered += 1

    async def keep(self, reply: PaidReply) -> None:
        self.kept.append(reply)

    async def open(self, _key: str) -> "FakeAccount":
        return self

    def list_contents(self) -> list[str | None]:
        """Return what each kept reply says, verbatim."""
        replies = [ChatCompletion.model_validate_json(paid.response) for paid in self.kept]
        return [reply.choices[0].message.content for reply in replies]


Review = Callable[[Draft], Sequence[Complaint]]
"""Says what of a draft does not hold."""


def approve(_draft: Draft) -> Sequence[Complaint]:
    """Find nothing wrong."""
    return ()


class FakeReviewer:
    """A reviewer that says what ``review`` does, once for each draft."""

    def __init__(self, review: Review = approve) -> None:
        self._review = review
        self._reviewed: list[tuple[Draft, Sequence[Complaint]]] = []

    def review(self, draft: Draft) -> Sequence[Complaint]:
        for known, complaints in self._reviewed:
            if known is draft:
                return complaints
        complaints = self._review(draft)
        self._reviewed.append((draft, complaints))
        return complaints

    async def look_ahead(self, draft: Draft) -> None:
        self.review(draft)


class FakeKeep:
    """Keeps completions in memory; fails with ``error`` where there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.kept: list[ChatCompletion] = []
        self._error = error

    async def __call__(self, completion: ChatCompletion) -> None:
        if self._error is not None:
            raise self._error
        self.kept.append(completion)


class FakeReader:
    """A reader that ends when it is told to, and counts.

    It pays one reply a reading, unless the books hold one. Its drafts are reviewed in order; all
    but the last are said to be sent back. Of ``taken`` the reading is made, by ``engine``.
    """

    def __init__(
        self, open_account: OpenAccount, *drafts: Draft, taken: int = -1, engine: str = "llm"
    ) -> None:
        self._open_account = open_account
        self._engine = engine
        self._drafts = drafts or (build_draft(),)
        self._taken = self._drafts[taken]
        self.begun = 0
        self.paid = 0
        self.at_once = 0
        self.most_at_once = 0
        self.error: BaseException | None = None
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def read(
        self, request: ReadingRequest, reviewer: Reviewer, notify: Notify = ignore_progress
    ) -> Reading:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self._pay(request.key)
            await self.may_end.wait()
        finally:
            self.at_once -= 1
        if self.error is not None:
            raise self.error
        for draft in self._drafts:
            complaints = reviewer.review(draft)
            if draft is not self._drafts[-1]:
                notify(Progress(stage="reasking", complaints=len(complaints)))
        # A copy of the model, not of the draft: readers return the draft that was reviewed.
        reading = build_reading(key=request.key, engine=self._engine)
        return reading.model_copy(update={"draft": self._taken})

    async def _pay(self, key: str) -> None:
        account = await self._open_account(key)
        if not account.recalled:
            await account.enter()
            self.paid += 1
            await account.keep(build_paid_reply(key=key))
