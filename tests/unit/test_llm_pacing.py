"""What the pace is told of an endpoint and a request, and how long an endpoint asks to wait."""

import asyncio
from collections.abc import Mapping

import httpx2
import openai
import pytest

from service.readers.llm.pacing import estimate_tokens, name_pace, suspend
from service.readers.llm.pauses import find_pause
from service.readers.llm.wire import Body


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://api.example/v1", "https://api.example/v1 m"),
        ("https://API.example/v1/", "https://api.example/v1 m"),
        ("https://user:sk-secret@api.example:8443/v1", "https://api.example:8443/v1 m"),
        ("https://api.example/v1?key=sk-secret", "https://api.example/v1 m"),
    ],
)
def test_an_endpoint_is_named_without_secrets_and_ways_of_writing(base_url: str, name: str) -> None:
    """The name is stored; two processes must come to the same one."""
    assert name_pace(base_url, "m") == name


@pytest.mark.parametrize(
    ("content", "tokens"),
    [("word " * 400, 500), ("关税" * 400, 600), ("\ud800" * 400, 300), ("", 0)],
)
def test_tokens_are_estimated_from_all_that_is_sent(content: str, tokens: int) -> None:
    """In any script, and also where a text is none."""
    body: Body = {"messages": [{"role": "user", "content": content}], "model": "m"}
    empty: Body = {"messages": [{"role": "user", "content": ""}], "model": "m"}

    assert estimate_tokens(body) - estimate_tokens(empty) == tokens


def fail_with(headers: Mapping[str, str], status: int = 429) -> openai.APIStatusError:
    """Return the SDK's error for an answer with ``headers``."""
    request = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
    response = httpx2.Response(status, headers=headers, request=request)
    return openai.APIStatusError("made up", response=response, body=None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset-requests": "1s"}, 1.0),
        ({"x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-reset-tokens": "1h2m3.5s"}, 3723.5),
        ({"x-ratelimit-reset-tokens": "20ms"}, 0.02),
        ({"x-ratelimit-reset-tokens": "7"}, 7.0),
        ({"x-ratelimit-reset-tokens": "9d"}, 86_400.0),
        ({"x-ratelimit-reset-tokens": "soon"}, None),
        ({"x-ratelimit-reset-tokens": ""}, None),
        ({"x-ratelimit-reset-tokens": "-3s"}, None),
        ({"x-ratelimit-reset-tokens": "1m", "retry-after": "2"}, 2.0),
    ],
)
def test_without_a_retry_after_a_limits_reset_is_waited_for(
    headers: Mapping[str, str], seconds: float | None
) -> None:
    """As OpenAI writes it, or as a number."""
    assert find_pause(fail_with(headers)) == seconds


def test_the_limit_of_which_nothing_remains_is_the_one_to_wait_for() -> None:
    """The other may be a day's, and was not run into."""
    headers = {
        "x-ratelimit-remaining-requests": "900", "x-ratelimit-reset-requests": "23h0m0s",
        "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12s",
    }  # fmt: skip

    assert find_pause(fail_with(headers)) == 12.0


def test_where_something_remains_of_all_the_first_reset_is_waited_for() -> None:
    """Which one was too small is not said; a call too many costs less than a wasted hour."""
    headers = {
        "x-ratelimit-remaining-requests": "900", "x-ratelimit-reset-requests": "1h0m0s",
        "x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "12s",
    }  # fmt: skip

    assert find_pause(fail_with(headers)) == 12.0


def test_the_state_of_the_limits_says_nothing_about_a_server_error() -> None:
    """It stands in every answer."""
    assert find_pause(fail_with({"x-ratelimit-reset-requests": "1m"}, status=500)) is None


async def test_a_deadline_stands_still_while_it_is_suspended() -> None:
    """However long that is, as much is left as before."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(3_600) as timer:
        with suspend(timer):
            await asyncio.sleep(0)
            suspended = timer.when()
        left_s = (timer.when() or 0) - loop.time()

    assert suspended is None
    assert left_s == pytest.approx(3_600, abs=1)


async def test_a_deadline_goes_on_after_a_failure() -> None:
    """Else nothing would end the tries that follow."""
    async with asyncio.timeout(3_600) as timer:
        with pytest.raises(ValueError, match="no"), suspend(timer):
            raise ValueError("no")
        await asyncio.sleep(0)

        assert timer.when() is not None
