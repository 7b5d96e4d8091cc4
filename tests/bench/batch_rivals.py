"""How a folder is read without Readout: what each writes who reads one for the first time.

Owns the rivals of ``tests.bench.batch``: the SDK alone, and instructor with what its documentation
has for many calls (``from_openai``, ``asyncio.gather``), both behind a semaphore. They send the
same prompt. ``python -m tests.bench.batch_rivals NAME FOLDER OUT`` reads one.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import instructor
import openai

from schemas.draft import Draft
from service.prompting import ReaderSpec, build_request, render_messages
from service.readers.llm.wire import build_body
from tests.builders import build_article

AT_ONCE = 64
"""Calls in flight, of all contestants."""

Read = Callable[[str], Awaitable[Draft]]


class PlainDraft(Draft):
    """The draft, as someone who uses instructor plainly would pass it."""


def make_openai(client: openai.AsyncOpenAI) -> Read:
    """Return a reader that parses the reply with pydantic."""
    spec = ReaderSpec(engine="rival", model="m", mode="json_schema")

    async def read(text: str) -> Draft:
        body: dict[str, Any] = build_body(build_request(build_article(text), spec))
        completion = await client.chat.completions.create(**body)
        return Draft.model_validate_json(completion.choices[0].message.content or "")

    return read


def make_instructor(client: openai.AsyncOpenAI) -> Read:
    """Return a reader that leaves it to instructor."""
    patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

    async def read(text: str) -> Draft:
        messages = render_messages(build_article(text))
        return await patched.chat.completions.create(
            model="m",
            response_model=PlainDraft,
            messages=[{"role": one.role, "content": one.content} for one in messages],  # type: ignore[misc]  # the SDK has one type for each role
            max_retries=2,
        )

    return read


MAKERS: dict[str, Callable[[openai.AsyncOpenAI], Read]] = {
    "openai": make_openai,
    "instructor": make_instructor,
}


async def read_all(name: str, texts: Sequence[str], out: Path) -> None:
    """Read all ``texts``, and write a line for each to ``out`` as it comes."""
    places = asyncio.Semaphore(AT_ONCE)
    async with openai.AsyncOpenAI() as client:
        read = MAKERS[name](client)
        with out.open("w", encoding="utf-8") as lines:

            async def work(text: str) -> None:
                async with places:
                    draft = await read(text)
                lines.write(f"{draft.model_dump_json()}\n")

            await asyncio.gather(*(work(text) for text in texts))


def main() -> None:
    """Read the folder that is named."""
    name, folder, out = sys.argv[1:]
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).iterdir())]
    asyncio.run(read_all(name, texts, Path(out)))


if __name__ == "__main__":
    main()
