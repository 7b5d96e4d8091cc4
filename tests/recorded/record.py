"""Recordings: take in replies, write out the requests that lack one.

Owns how a recording is made; see README.md beside this file. ``python -m tests.recorded.record``
stores every ``pending/NAME.reply.txt`` as an exchange, then reads all samples over the
exchanges that there are; where the service sends something that no exchange answers, its exact
body is written to ``pending/NAME.request.json``.
"""

import asyncio
import json
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schemas.summary import Summary
from service.bootstrap import open_workbench
from service.errors import ReadoutError
from service.intake import Metadata, make_article
from service.settings import Settings
from tests.standin import RECORDINGS, Received, StandIn, replay

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PENDING = Path(__file__).parent / "pending"
MODEL = "out-of-band"
MAX_CHARS = 500_000
"""Long enough for every text that is read here."""


async def summarize(text: str, base_url: str, folder: Path) -> Summary:
    """Return the summary of ``text`` with the default settings: what recordings are made with.

    The endpoint is at ``base_url``, the database in ``folder``.
    """
    url = f"sqlite:///{folder / 'readout.db'}"
    settings = Settings(_env_file=None, OPENAI_BASE_URL=base_url, database_url=url)
    article = make_article(text, Metadata(), max_chars=MAX_CHARS)
    async with open_workbench(settings) as workbench:
        served = await workbench.pipeline.summarize(article)
    return Summary.model_validate_json(served.stored.body)


def main() -> int:
    """Store the replies that came in; write the requests that are open; 1 if there are any."""
    PENDING.mkdir(exist_ok=True)
    RECORDINGS.mkdir(exist_ok=True)
    for reply in sorted(PENDING.glob("*.reply.txt")):
        _store(reply.name.removesuffix(".reply.txt"), reply)
    open_requests = [name for seed in SEEDS if (name := _read_until_open(seed))]
    for name in open_requests:
        _say(f"open: {PENDING / name}.request.json")
    return 1 if open_requests else 0


def _read_until_open(seed: Path) -> str | None:
    """Read ``seed`` over the recordings; return the name of the request that lacks a reply."""
    with StandIn(replay()) as stand_in, TemporaryDirectory() as folder:
        text = seed.read_text(encoding="utf-8")
        try:
            asyncio.run(summarize(text, stand_in.base_url, Path(folder)))
        except ReadoutError as error:
            if not stand_in.unanswered:
                _say(f"{seed.name}: {error}")
        if not stand_in.unanswered:
            return None
        name = f"{seed.stem}.{len(stand_in.received)}"
        _write_request(name, stand_in.unanswered[0])
        return name


def _write_request(name: str, received: Received) -> None:
    path = PENDING / f"{name}.request.json"
    path.write_text(json.dumps(received.parse(), ensure_ascii=False, indent=1), encoding="utf-8")


def _store(name: str, reply: Path) -> None:
    """Write the exchange of a request and its verbatim reply, then put both away."""
    request = PENDING / f"{name}.request.json"
    body = json.loads(request.read_text(encoding="utf-8"))
    content = reply.read_text(encoding="utf-8")
    answered_at = datetime.fromtimestamp(reply.stat().st_mtime, UTC)
    exchange = {
        "provenance": {
            "made": "out-of-band",
            "answered_on": answered_at.date().isoformat(),
            "article": f"seeds/{name.rsplit('.', 1)[0]}.txt",
            "call": int(name.rsplit(".", 1)[1]),
        },
        "request": {"method": "POST", "path": "/v1/chat/completions", "body": body},
        "response": {
            "status": 200,
            "headers": {"content-type": "application/json"},
            "body": _make_completion(name, body, content, answered_at),
        },
    }
    path = RECORDINGS / f"{name}.json"
    path.write_text(json.dumps(exchange, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    request.unlink()
    reply.unlink()


def _make_completion(
    name: str, body: dict[str, Any], content: str, answered_at: datetime
) -> dict[str, Any]:
    prompt_tokens = _count_tokens(
        "\n".join(message["content"] for message in body["messages"])
        + json.dumps(body["response_format"], separators=(",", ":"))
    )
    completion_tokens = _count_tokens(content)
    return {
        "id": f"chatcmpl-{name}",
        "object": "chat.completion",
        "created": int(answered_at.timestamp()),
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
    }


def _count_tokens(text: str) -> int:
    with warnings.catch_warnings():
        # bpe-openai opens its tables in a way that Python deprecates, at import.
        warnings.simplefilter("ignore", DeprecationWarning)
        import bpe_openai  # 75 MB, only where replies are taken in

    return len(bpe_openai.get_encoding("o200k_base").encode(text))


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  # a command's voice


if __name__ == "__main__":
    sys.exit(main())
