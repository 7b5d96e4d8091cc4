"""The statements on what stands in OpenAI's Batch files: lines and answers.

Owns how a request is taken apart so that what many share is kept once, and that an answer counts
once. Each function works within the transaction that it is given.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import JsonValue, TypeAdapter
from sqlalchemy import Connection, Select, delete, exists, insert, select, update

from schemas.base import Frozen
from schemas.openai_batch import BatchAnswer, BatchLine, NamedArticle
from schemas.reading import Message, ReadingRequest
from service.canonical import digest, write_canonical
from service.store.books import put_reply, settle_calls
from service.store.openai_batch_tables import answers, lines, prompts
from service.store.tables import readings
from service.store.upserts import insert_unless_there

Taken = Literal["new", "known", "unknown"]
"""What became of an answer: taken in, taken in before, or to a request that is not ours."""

_JSON = TypeAdapter(dict[str, JsonValue])


class _Body(Frozen):
    """What a line has of its own."""

    message: Message
    articles: list[NamedArticle]


class PackedLine(NamedTuple):
    """A line as two rows hold it."""

    prompt: bytes
    body: bytes


def put_line(connection: Connection, line: BatchLine, export_id: str) -> bool:
    """Keep ``line``, its articles beside those known; say whether it is new to ``export_id``."""
    found = connection.execute(
        select(lines.c.body, lines.c.export_id).where(lines.c.key == line.request.key)
    ).one_or_none()
    if found is None:
        _insert_line(connection, line, export_id)
        return True
    known = _restore_body(found.body).articles
    held = [one.article for one in known]
    added = [one for one in line.articles if one.article not in held]
    values: dict[str, object] = {"export_id": export_id}
    if added:
        values["body"] = _pack(_Body(message=line.request.messages[-1], articles=known + added))
    connection.execute(update(lines).where(lines.c.key == line.request.key).values(values))
    return bool(found.export_id != export_id)


def _insert_line(connection: Connection, line: BatchLine, export_id: str) -> None:
    *shared, own = line.request.messages
    prompt = line.request.model_copy(update={"messages": shared}).model_dump(exclude={"key"})
    prompt_id = digest(prompt)
    if not connection.scalar(select(exists().where(prompts.c.id == prompt_id))):
        body = zlib.compress(write_canonical(prompt).encode())
        insert_unless_there(connection, prompts, {"id": prompt_id, "body": body})
    connection.execute(
        insert(lines).values(
            key=line.request.key,
            prompt_id=prompt_id,
            body=_pack(_Body(message=own, articles=line.articles)),
            export_id=export_id,
        )
    )


def _pack(body: _Body) -> bytes:
    return zlib.compress(body.model_dump_json().encode())


def _restore_body(body: bytes) -> _Body:
    return _Body.model_validate_json(zlib.decompress(body))


def find_packed_line(connection: Connection, key: str) -> PackedLine | None:
    """Return the rows of the line ``key``, ``None`` where there is none."""
    found = connection.execute(
        select(prompts.c.body.label("prompt"), lines.c.body)
        .join_from(lines, prompts)
        .where(lines.c.key == key)
    ).one_or_none()
    return None if found is None else PackedLine(found.prompt, found.body)


def restore_line(key: str, packed: PackedLine) -> BatchLine:
    """Return the line that ``packed`` holds; ``ValueError`` or ``zlib.error`` if it is damaged."""
    body = _restore_body(packed.body)
    prompt = _JSON.validate_json(zlib.decompress(packed.prompt))
    shared = TypeAdapter(list[Message]).validate_python(prompt["messages"])
    messages = [*shared, body.message]
    request = ReadingRequest.model_validate({**prompt, "key": key, "messages": messages})
    return BatchLine(request=request, articles=body.articles)


def take_answer(connection: Connection, answer: BatchAnswer, now: datetime) -> Taken:
    """Take ``answer`` in, once: a reply into the books, an error beside its line.

    A line no longer waits then. A reply to what was read meanwhile is unused, and in the books.
    """
    if not connection.scalar(select(exists().where(lines.c.key == answer.key))):
        return "unknown"
    if connection.scalar(select(exists().where(answers.c.digest == answer.digest))):
        return "known"
    error = None if answer.error is None else zlib.compress(answer.error.encode())
    connection.execute(
        insert(answers).values(digest=answer.digest, key=answer.key, error=error, received_at=now)
    )
    if answer.reply is not None:
        put_reply(connection, None, answer.reply)
        if connection.scalar(select(exists().where(readings.c.key == answer.key))):
            settle_calls(connection, answer.key, answered="unused")
    connection.execute(update(lines).where(lines.c.key == answer.key).values(batch_id=None))
    return "new"


def find_error(connection: Connection, key: str) -> bytes | None:
    """Return the packed error that was the last answer to ``key``; ``None`` if that was none."""
    error: bytes | None = connection.scalar(
        select(answers.c.error).where(answers.c.key == key).order_by(answers.c.seq.desc()).limit(1)
    )
    return error


def remove_lines(connection: Connection, keys: Select[str]) -> None:
    """Remove the lines of ``keys`` and their answers; their replies are the books' matter."""
    connection.execute(delete(answers).where(answers.c.key.in_(keys)))
    connection.execute(delete(lines).where(lines.c.key.in_(keys)))


def find_waiting(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of ``keys`` that wait for the answer of a batch."""
    query = select(lines.c.key).where(lines.c.key.in_(keys), lines.c.batch_id.is_not(None))
    return set(connection.scalars(query))


def find_known(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Return those of ``keys`` that were exported."""
    return set(connection.scalars(select(lines.c.key).where(lines.c.key.in_(keys))))
