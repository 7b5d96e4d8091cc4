"""Waiting that may end sooner.

Owns that one wait. Knows nothing of what is waited for.
"""

import asyncio
from contextlib import suppress


async def wait_at_most(event: asyncio.Event, timeout_s: float) -> None:
    """Wait until ``event`` is set, but no longer than ``timeout_s`` seconds."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), timeout_s)
