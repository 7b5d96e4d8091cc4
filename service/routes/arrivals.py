"""From an HTTP request to an article: JSON, a raw body, or an uploaded file.

Owns media types of requests, their sizes and where metadata stands in each. What bytes become
is intake's.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from fastapi import Request
from pydantic import ValidationError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from schemas.api import SummaryRequest
from schemas.article import Article
from service.errors import (
    ArticleTooLongError,
    MalformedRequestError,
    QueryError,
    RequestError,
    RequestTooLongError,
    UnsupportedMediaTypeError,
)
from service.field_faults import MAX_FAULTS, describe_faults
from service.intake import Metadata, find_media_type, make_article, read_article
from service.intake.article import find_max_bytes
from service.intake.media_types import READABLE_TYPES, parse_media_type
from service.json_parsing import JsonError, JsonNameError, parse_json
from service.routes.parameters import (
    Pairs,
    parse_parameters,
    parse_query,
)
from service.showing import show

JSON_TYPE = "application/json"
FORM_TYPE = "multipart/form-data"
FILE_FIELD = "file"
"""Name of the form field that holds the article."""
MARGIN_BYTES = 64 * 1024
"""Bytes that a request may have beyond its article: metadata, JSON, the parts of a form."""
MAX_UPLOAD_BYTES = 256 * 1024 * 1024
"""Largest body of a batch."""

_GENERIC_TYPES = frozenset({"", "application/octet-stream"})


class Arrival(NamedTuple):
    """A request's body, read whole, and what it is declared to be."""

    body: bytes
    content_type: str
    """The header as it came."""
    query: str
    """The query string as it came."""

    def fingerprint(self) -> bytes:
        """Return 32 bytes that two requests share when they are the same to the byte."""
        digest = hashlib.sha256(self.body)
        digest.update(f"\0{self.content_type}\0{self.query}".encode())
        return digest.digest()


async def receive(request: Request, *, max_chars: int) -> Arrival:
    """Read the body of ``request``; what is too large for its media type is not read on.

    Raises ``UnsupportedMediaTypeError`` and ``ArticleTooLongError``.
    """
    content_type = request.headers.get("content-type", "")
    _check_encoding(request.headers.get("content-encoding", "identity"))
    limit = _find_limit(_find_essence(content_type), max_chars)
    body = await _read_body(request, limit, ArticleTooLongError)
    return Arrival(body, content_type, request.url.query)


async def receive_object(request: Request, *, max_bytes: int, wanted: str) -> dict[str, object]:
    """Read the body of ``request``, a JSON object; ``wanted`` says what it should hold.

    Raises ``UnsupportedMediaTypeError``, ``RequestTooLongError``, ``MalformedRequestError`` for
    what is no JSON, and ``RequestError`` for what is no object or gives a name twice.
    """
    essence = _find_essence(request.headers.get("content-type", ""))
    _check_encoding(request.headers.get("content-encoding", "identity"))
    if essence != JSON_TYPE:
        sent = f"media type {show(essence)} is not read" if essence else "no Content-Type is given"
        raise UnsupportedMediaTypeError(f"{sent}; send {JSON_TYPE}")
    _refuse_query(parse_query(request.url.query))
    return _parse_object(await _read_body(request, max_bytes, RequestTooLongError), wanted)


async def receive_file(request: Request, folder: Path, suffixes: Mapping[str, str]) -> Path:
    """Save the body of ``request`` in ``folder``, as a file that ends as its media type says.

    ``suffixes`` are those of the media types that are taken. Raises ``UnsupportedMediaTypeError``,
    ``QueryError`` where there are parameters, and ``RequestTooLongError`` above 256 MiB.
    """
    essence = _find_essence(request.headers.get("content-type", ""))
    _check_encoding(request.headers.get("content-encoding", "identity"))
    _refuse_query(parse_query(request.url.query))
    if essence not in suffixes:
        sent = f"media type {show(essence)} is not read" if essence else "no Content-Type is given"
        raise UnsupportedMediaTypeError(f"{sent}; send one of {', '.join(suffixes)}")
    path = folder / f"upload{suffixes[essence]}"
    with path.open("wb") as file:
        async for chunk in _read_chunks(request, MAX_UPLOAD_BYTES, RequestTooLongError):
            await asyncio.to_thread(file.write, chunk)
    return path


async def _read_body(
    request: Request, limit: int, refusal: type[ArticleTooLongError | RequestTooLongError]
) -> bytes:
    """Return the body, of at most ``limit`` bytes; what is larger is not read on."""
    return b"".join([chunk async for chunk in _read_chunks(request, limit, refusal)])


async def _read_chunks(
    request: Request, limit: int, refusal: type[ArticleTooLongError | RequestTooLongError]
) -> AsyncGenerator[bytes, None]:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise refusal(limit=limit, actual=int(declared), unit="bytes")
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise refusal(limit=limit, actual=size, unit="bytes")
        yield chunk


async def open_article(arrival: Arrival, *, max_chars: int) -> Article:
    """Return the article that arrived, with its metadata.

    JSON and forms hold their metadata themselves; that of a raw body stands in the query.
    Raises ``IntakeError`` for the article and ``RequestError`` for what is around it.
    """
    essence = _find_essence(arrival.content_type)
    query = parse_query(arrival.query)
    if essence == JSON_TYPE:
        _refuse_query(query)
        given = _parse_json(arrival.body)
        metadata = Metadata(**given.model_dump(exclude={"text"}))
        return await asyncio.to_thread(make_article, given.text, metadata, max_chars=max_chars)
    if essence == FORM_TYPE:
        _refuse_query(query)
        return await _open_form(arrival, max_chars)
    return await asyncio.to_thread(
        read_article,
        arrival.body,
        media_type=arrival.content_type,
        metadata=parse_parameters(Metadata, query),
        max_chars=max_chars,
    )


def _check_encoding(content_encoding: str) -> None:
    if content_encoding.strip().lower() != "identity":
        raise UnsupportedMediaTypeError(
            f"content coding {show(content_encoding)} is not read; send the body as it is"
        )


def _find_limit(essence: str, max_chars: int) -> int:
    if essence == JSON_TYPE:
        return find_max_bytes("text/plain", max_chars) + MARGIN_BYTES
    if essence == FORM_TYPE:
        return find_max_bytes("application/pdf", max_chars) + MARGIN_BYTES
    if not essence or essence not in READABLE_TYPES:
        sent = f"media type {show(essence)} is not read" if essence else "no Content-Type is given"
        raise UnsupportedMediaTypeError(
            f"{sent}; send {JSON_TYPE}, {FORM_TYPE}, or one of {', '.join(READABLE_TYPES)}"
        )
    return find_max_bytes(parse_media_type(essence).media_type, max_chars)


def _find_essence(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _refuse_query(query: Pairs) -> None:
    if query:
        names = ", ".join(show(name) for name, _value in query[:MAX_FAULTS])
        raise QueryError(
            f"parameters stand in the query for a raw body only; move {names} into the body"
        )


def _parse_object(body: bytes, wanted: str) -> dict[str, object]:
    try:
        data = parse_json(body)
    except JsonNameError as error:
        raise RequestError(f"the body {error}; give it once") from None
    except JsonError as error:
        raise MalformedRequestError(f"the body {error}") from None
    if not isinstance(data, dict):
        raise RequestError(f"the body is no JSON object; send one with {wanted}")
    return data


def _parse_json(body: bytes) -> SummaryRequest:
    data = _parse_object(body, "the article as text")
    unknown = sorted(set(data) - set(SummaryRequest.model_fields))
    if unknown:
        names = ", ".join(map(show, unknown[:MAX_FAULTS]))
        more = f" and {len(unknown) - MAX_FAULTS:,} more" if len(unknown) > MAX_FAULTS else ""
        raise RequestError(f"there is no such field: {names}{more}")
    try:
        return SummaryRequest.model_validate(data)
    except ValidationError as error:
        raise RequestError(describe_faults(error.errors(include_url=False))) from None


async def _open_form(arrival: Arrival, max_chars: int) -> Article:
    form = await _parse_form(arrival)
    try:
        upload = form.get(FILE_FIELD)
        if not isinstance(upload, UploadFile):
            raise RequestError(f"the form has no file; send the article as {FILE_FIELD}")
        body = await upload.read()
        media_type, name = upload.content_type or "", upload.filename or ""
    finally:
        await form.close()
    fields = [
        (name, value)
        for name, value in form.multi_items()
        if name != FILE_FIELD and isinstance(value, str)
    ]
    if _find_essence(media_type) in _GENERIC_TYPES:
        media_type = find_media_type(PurePath(name))
    return await asyncio.to_thread(
        read_article,
        body,
        media_type=media_type,
        metadata=parse_parameters(Metadata, fields),
        max_chars=max_chars,
    )


async def _parse_form(arrival: Arrival) -> FormData:
    options = parse_options_header(arrival.content_type)[1]
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise MalformedRequestError("a form is UTF-8 (RFC 7578, 5.1); declare no other charset")
    boundary = options.get(b"boundary", b"")
    if b"--" + boundary + b"--" not in arrival.body:
        raise MalformedRequestError("the body is no multipart form, or it was cut: it has no end")
    headers: Mapping[str, str] = {"content-type": arrival.content_type}
    parser = MultiPartParser(
        Headers(headers), _give(arrival.body), max_files=1, max_fields=len(Metadata.model_fields)
    )
    try:
        return await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise MalformedRequestError(
            f"the body is no multipart form of one file and its metadata: {error.args[0]}"
        ) from error


async def _give(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
