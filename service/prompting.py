"""From an article to the finished messages.

Owns the rendering of the versioned templates, the fence and the key of a request, also of one
to a reader that needs no prompt. Knows nothing of endpoints; what it renders is what is sent,
byte for byte.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import JsonValue, TypeAdapter

import prompts
from schemas.article import Article
from schemas.base import Frozen
from schemas.draft import MAX_HEADLINE_CHARS
from schemas.reading import Complaint, Message, ReadingRequest
from schemas.strict import Schema, build_strict_schema
from service.canonical import digest, write_canonical

PROMPT_VERSION = "summarize.v1"
"""The prompt file that is sent."""
REASK_VERSION = "reask.v1"
"""The file of the text that sends a draft back."""
NO_PROMPT = "none"
"""The prompt version of a reader that is sent no prompt."""
RULES_MODEL = "rules"
"""The model of a reader that asks none."""
MAX_COMPLAINTS_SENT = 24
"""Most complaints that one re-ask names."""


class ReaderSpec(Frozen):
    """What of the configuration decides a reader's answer."""

    engine: str
    """The reader and its version, ``llm/1``."""
    model: str
    """The model that is asked."""
    mode: Literal["json_schema", "tools"]
    """How the schema is sent."""


class WorkedExample(Frozen):
    """One worked example of the prompt: a text and the draft that is right for it."""

    published: str | None
    text: str
    draft: dict[str, JsonValue]


@cache
def _load_environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(prompts.FOLDER, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # a prompt is text for a model, not markup
        trim_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def load_examples() -> tuple[WorkedExample, ...]:
    """Return the worked examples of the prompt in force."""
    source = (prompts.FOLDER / f"{PROMPT_VERSION}.examples.json").read_bytes()
    return tuple(TypeAdapter(list[WorkedExample]).validate_json(source))


@cache
def render_system() -> str:
    """Return the system message; the same for every article, so that providers can cache it."""
    examples = [
        {
            "published": example.published,
            "text": example.text,
            "draft": json.dumps(example.draft, ensure_ascii=False, separators=(",", ":")),
        }
        for example in load_examples()
    ]
    return _render_block("system", examples=examples, max_headline_chars=MAX_HEADLINE_CHARS)


def render_messages(article: Article) -> list[Message]:
    """Return the two messages for ``article``: the stable system message, then the article.

    The article's text arrives unchanged; its fence bears a code derived from its own hash, so
    that a text cannot contain the line that closes it.
    """
    content = _render_block("user", article=article, marker=derive_marker(article))
    return [
        Message(role="system", content=render_system()),
        Message(role="user", content=content),
    ]


def derive_marker(article: Article) -> str:
    """Return the fence's code: 16 hex digits of a SHA-256 over all that is fenced."""
    fenced = "\0".join((article.published or "", article.title or "", article.text))
    return hashlib.sha256(fenced.encode()).hexdigest()[:16]


def render_reask(complaints: Sequence[Complaint]) -> str:
    """Return the text that sends a draft back: what does not hold, item by item."""
    template = _load_environment().get_template(f"{REASK_VERSION}.jinja")
    return template.render(complaints=complaints, limit=MAX_COMPLAINTS_SENT).strip()


def _render_block(name: str, **values: object) -> str:
    template = _load_environment().get_template(f"{PROMPT_VERSION}.jinja")
    return "".join(template.blocks[name](template.new_context(values)))


@cache
def _load_schema() -> Schema:
    """Return the draft's schema, which is not to be changed: a request makes its own copy."""
    return build_strict_schema()


def build_request(article: Article, spec: ReaderSpec) -> ReadingRequest:
    """Return the request for ``article``: the one that every way to a reader shares.

    Its key is the SHA-256 over what decides the answer: messages, schema, model, mode, reader,
    and the versions of prompt and re-ask text. Two articles that differ in ``source`` or ``url``
    alone have the same key.
    """
    messages = render_messages(article)
    response_schema = _load_schema()
    decisive = {
        "messages": [message.model_dump() for message in messages],
        "schema": response_schema,
        "spec": spec.model_dump(),
        "prompt": PROMPT_VERSION,
        "reask": REASK_VERSION,
    }
    return ReadingRequest.model_validate(
        {
            "key": digest(decisive),
            "messages": messages,
            "response_schema": response_schema,
            "prompt_version": PROMPT_VERSION,
            **spec.model_dump(),
        }
    )


def build_article_request(article: Article, version: str) -> ReadingRequest:
    """Return the request for a reader that is sent no prompt, only the article.

    Its one message is what of the article decides the answer, as canonical JSON of the object
    ``title``, ``published``, ``text``. Its key is the SHA-256 over that and ``version``, the
    reader's own.
    """
    content = write_canonical(article.model_dump(include={"title", "published", "text"}))
    return ReadingRequest(
        key=digest({"article": content, "engine": version}),
        messages=[Message(role="user", content=content)],
        response_schema={},
        model=RULES_MODEL,
        engine=version,
        prompt_version=NO_PROMPT,
        mode="json_schema",
    )
