"""What the service is held against: bare endpoints, and how others would write it.

Owns each rival's application. All stand behind the server settings that the service has; none
has a store, a log or a check. ``python -m tests.bench.rivals NAME FILE BASE_URL`` serves one,
with the bytes of a summary in ``FILE``, and names its address.
"""

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import instructor
import openai
import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from schemas.draft import Draft
from schemas.summary import Summary
from service.prompting import render_messages
from tests.builders import build_article

PATH = "/v1/summaries"


class PlainArticle(BaseModel):
    """A request's body, as a route written at home would declare it."""

    text: str
    published: str | None = None


class PlainDraft(Draft):
    """The draft, as someone who uses instructor plainly would pass it."""


def build_fastapi(summary: bytes, _base_url: str) -> ASGIApp:
    """Return a route that gives ``summary`` to whoever asks, and reads nothing."""
    app = FastAPI()

    @app.post(PATH)
    async def answer() -> Response:
        return Response(summary, media_type="application/json")

    return app


def build_starlette(summary: bytes, _base_url: str) -> ASGIApp:
    """Return the same without FastAPI."""

    async def answer(_request: Request) -> Response:
        return Response(summary, media_type="application/json")

    return Starlette(routes=[Route(PATH, answer, methods=["POST"])])


def build_home_made(summary: bytes, _base_url: str) -> ASGIApp:
    """Return the usual route: a model comes in, a dictionary is asked, a model goes out."""
    app = FastAPI()
    cache: dict[str, Summary] = {}

    @app.post(PATH)
    async def answer(article: PlainArticle) -> Summary:
        found = cache.get(article.text)
        if found is None:
            found = cache[article.text] = Summary.model_validate_json(summary)
        return found

    return app


def build_plain_instructor(_summary: bytes, base_url: str) -> ASGIApp:
    """Return a route over instructor as its documentation has it, and a dictionary of bytes."""
    app = FastAPI()
    cache: dict[str, bytes] = {}
    client = instructor.from_openai(
        openai.AsyncOpenAI(api_key="k", base_url=base_url), mode=instructor.Mode.JSON_SCHEMA
    )

    @app.post(PATH)
    async def answer(article: PlainArticle) -> Response:
        found = cache.get(article.text)
        if found is None:
            messages = render_messages(build_article(article.text, published=article.published))
            draft = await client.chat.completions.create(
                model="m",
                response_model=PlainDraft,
                messages=[{"role": one.role, "content": one.content} for one in messages],  # type: ignore[misc]  # the SDK has one type for each role
            )
            found = cache[article.text] = draft.model_dump_json().encode()
        return Response(found, media_type="application/json")

    return app


RIVALS: dict[str, Callable[[bytes, str], ASGIApp]] = {
    "fastapi": build_fastapi,
    "starlette": build_starlette,
    "home-made": build_home_made,
    "plain-instructor": build_plain_instructor,
}


def main() -> None:
    """Serve the rival that is named, with the service's own server settings."""
    name, path, base_url = sys.argv[1:]
    app = RIVALS[name](Path(path).read_bytes(), base_url)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=2_048,
    )
    with socket.create_server(("127.0.0.1", 0), backlog=2_048) as listener:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201  # a command
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
