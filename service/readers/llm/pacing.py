"""What the pace of an endpoint is told: its name, and how large a request is.

Owns the estimate of tokens, the pace of an endpoint without limits, and the stopping of a deadline
while a call waits for its turn. Knows not who keeps the limits.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from service.readers.llm.wire import Body

_BYTES_PER_TOKEN = 4
"""OpenAI's rule of thumb for English (https://help.openai.com/en/articles/4936856), there in
characters. In bytes of UTF-8 it also holds for scripts of which a character is about a token."""


class NoPace:
    """The pace of an endpoint whose limits nobody keeps: ``service.readers.protocol.Pace``."""

    counts_tokens = False

    async def admit(self, tokens: int) -> None:
        """Return at once."""

    def settle(self, tokens: int) -> None:
        """Do nothing."""

    async def cool_down(self, seconds: float) -> None:
        """Do nothing: whoever was turned away waits alone."""


def name_pace(base_url: str, model: str) -> str:
    """Return the name under which the limits of ``model`` at ``base_url`` are kept.

    It holds neither user nor query, where an address may bear a key.
    """
    parts = urlsplit(base_url)
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme.lower()}://{host}{parts.path.rstrip('/')} {model}"


def estimate_tokens(body: Body) -> int:
    """Return about how many tokens ``body`` has, its schema included; takes no tokenizer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN


@contextmanager
def suspend(timer: asyncio.Timeout) -> Iterator[None]:
    """Let no time of ``timer`` pass in here: it measures the endpoint, not our own queue."""
    loop = asyncio.get_running_loop()
    ends_at = timer.when()
    assert ends_at is not None, "a deadline that is suspended twice never ends"
    left_s = ends_at - loop.time()
    timer.reschedule(None)
    try:
        yield
    finally:
        timer.reschedule(loop.time() + left_s)
