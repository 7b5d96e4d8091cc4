"""All that a store can be asked for, by name.

Owns what the tests of its troubles go through. Knows the store by its interface.
"""

from collections.abc import Awaitable, Callable

from schemas.api import PageQuery
from service.store import Store
from tests.builders import KEY, build_reading
from tests.unit.data_store import make_id, make_summary

Call = Callable[[Store], Awaitable[object]]


async def _enter(store: Store) -> None:
    await (await store.open_account(KEY)).enter()


READS: dict[str, Call] = {
    "find_summary": lambda store: store.find_summary(make_id("none")),
    "list_summaries": lambda store: store.list_summaries(PageQuery()),
    "list_items": lambda store: store.list_items(PageQuery()),
    "find_reading": lambda store: store.find_reading(KEY),
    "open_account": lambda store: store.open_account(KEY),
    "measure": lambda store: store.measure(),
}
WRITES: dict[str, Call] = {
    "save_summary": lambda store: store.save_summary(make_summary()),
    "delete_summary": lambda store: store.delete_summary(make_id("one")),
    "save_reading": lambda store: store.save_reading(build_reading()),
    "settle_failure": lambda store: store.settle_failure(KEY),
    "enter": _enter,
    "prune": lambda store: store.prune(build_reading().created_at),
    "check": lambda store: store.check(),
}
CALLS = READS | WRITES
