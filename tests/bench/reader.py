"""CPU of one reading: raw HTTP, openai alone, plain instructor, and our reader.

The endpoint is a stand-in in another process, so that only the client's CPU is counted. Our
reader runs without grounding, checking and storing; all four send and receive the same.
"""

import asyncio
import json
from pathlib import Path

import httpx2
import instructor
import openai
from pydantic import BaseModel

from schemas.draft import Draft
from service.prompting import ReaderSpec, build_request, render_reask
from service.readers.llm import READER_VERSION
from service.readers.llm.reader import LlmReader
from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client
from service.readers.llm.wire import build_body
from tests.bench.measuring import Line, print_lines, race
from tests.bench.servers import open_endpoint
from tests.builders import build_article, build_draft
from tests.fakes import FakeAccount, FakeReviewer

ARTICLE = build_article(next(Path("seeds").glob("000*.txt")).read_text(encoding="utf-8").strip())
BOUND = 5.5


class PlainDraft(Draft):
    """The draft, as someone who uses instructor plainly would pass it."""


async def measure(*, rounds: int = 15, calls: int = 20) -> None:
    """Measure and print the comparison."""
    with open_endpoint(build_draft().model_dump_json()) as base_url:
        results = await _race(base_url, rounds, calls)
    base = next(iter(results.values()))
    lines = [
        Line(name, cpu_ms, cpu_ms / base, BOUND if name.startswith("Readout") else None)
        for name, cpu_ms in results.items()
    ]
    print_lines("CPU of one reading, 4.8 kB article (ratio to raw HTTP)", lines)


async def _race(base_url: str, rounds: int, calls: int) -> dict[str, float]:
    spec = ReaderSpec(engine=READER_VERSION, model="m", mode="json_schema")
    request = build_request(ARTICLE, spec)
    body = json.loads(json.dumps(build_body(request)))
    async with (
        httpx2.AsyncClient(timeout=30) as raw,
        openai.AsyncOpenAI(api_key="k", base_url=base_url, max_retries=0) as alone,
        openai.AsyncOpenAI(api_key="k", base_url=base_url, max_retries=0) as patched,
        build_client(Endpoint(api_key="k", base_url=base_url, timeout_s=30)) as ours,
    ):
        plain = instructor.from_openai(patched, mode=instructor.Mode.JSON_SCHEMA)
        reader = LlmReader(
            Transport(ours, RetryPolicy(try_s=30, deadline_s=60)),
            render_reask=render_reask,
            open_account=FakeAccount().open,
            max_reasks=2,
        )

        async def send_raw() -> BaseModel:
            response = await raw.post(f"{base_url}/chat/completions", json=body)
            content = response.json()["choices"][0]["message"]["content"]
            return Draft.model_validate_json(content)

        async def send_alone() -> object:
            return await alone.chat.completions.create(**body)

        async def send_plain() -> BaseModel:
            return await plain.chat.completions.create(
                model="m", messages=body["messages"], response_model=PlainDraft, max_retries=2
            )

        async def send_ours() -> object:
            return await reader.read(request, FakeReviewer())

        contestants = {
            "raw HTTP (httpx2, parsed by pydantic)": send_raw,
            "openai alone": send_alone,
            "plain instructor": send_plain,
            "Readout's reader": send_ours,
        }
        return await race(contestants, rounds=rounds, calls=calls)


if __name__ == "__main__":
    asyncio.run(measure())
