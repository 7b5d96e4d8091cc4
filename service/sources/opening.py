"""One article of a batch, opened again: hours later, or by another process.

Owns where its bytes and its metadata come from. Must not know how it was listed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO, NamedTuple

from schemas.article import Article
from schemas.batch import Source
from service.errors import (
    ArticleTooLongError,
    DefectError,
    ReadoutError,
    UnreadableSourceError,
)
from service.intake import Metadata, find_media_type, make_article, read_article
from service.intake.article import find_max_bytes
from service.intake.media_types import parse_media_type
from service.intake.metadata import check_metadata
from service.showing import show
from service.sources.archives import load_directory, stamp_member
from service.sources.folders import find_sidecars, stamp_file
from service.sources.lines import parse_line, read_line, stamp_line
from service.sources.members import unpack_member
from service.sources.places import decode_path, describe_fault, open_regular
from service.sources.sidecars import (
    MAX_SIDECAR_BYTES,
    check_size,
    choose_sidecar,
    list_sidecars,
    parse_sidecar,
)

_NO_METADATA = Metadata()


class _Body(NamedTuple):
    """What a file or member holds, and what its sidecar says."""

    content: bytes
    media_type: str
    given: Metadata


def open_source(source: Source, *, metadata: Metadata = _NO_METADATA, max_chars: int) -> Article:
    """Return the article of ``source`` as it stands there now, changed or not since it was listed.

    What its sidecar, or its line, says outranks what the document says; ``metadata`` fills what
    both leave open. A file, or a member, of more bytes than intake takes is not read. An inline
    source has no place: its job holds the article.

    Raises what ``service.intake.read_article`` raises; ``MetadataError`` for a sidecar that is
    none too; ``UnreadableSourceError`` for what is gone, shut or damaged; ``SourceError`` for an
    archive that is none any more.
    """
    defaults = check_metadata(metadata)
    try:
        return _fill(_open(source, max_chars), defaults)
    except OSError as error:
        raise describe_fault(error) from error


def restamp(source: Source) -> str | None:
    """Return the stamp that ``source`` would have now; ``None`` where it cannot be read.

    To be asked before ``open_source``: a change between the two is then seen the next time. An
    inline source never changes.
    """
    path = decode_path(source.path)
    try:
        match source.kind:
            case "file":
                return stamp_file(path)
            case "member":
                return stamp_member(load_directory(path), source.member or "")
            case "line":
                return stamp_line(read_line(path, source.start or 0, source.length or 0))
            case "inline":
                return source.stamp
    except (OSError, ReadoutError, KeyError):
        return None


def _open(source: Source, max_chars: int) -> Article:
    path = decode_path(source.path)
    match source.kind:
        case "file":
            return _read(_open_file(path, max_chars), max_chars)
        case "member":
            return _read(_open_member(path, source.member or "", max_chars), max_chars)
        case "line":
            return _open_line(path, source.start or 0, source.length or 0, max_chars)
        case "inline":
            raise DefectError("an article that its job holds was looked for in a file")


def _read(body: _Body, max_chars: int) -> Article:
    return read_article(
        body.content, media_type=body.media_type, metadata=body.given, max_chars=max_chars
    )


def _open_file(path: Path, max_chars: int) -> _Body:
    media_type = find_media_type(path)
    with open_regular(path) as file:
        content = _read_bounded(file, _find_limit(media_type, max_chars))
    sidecar = choose_sidecar([str(beside) for beside in find_sidecars(path)])
    return _Body(content, media_type, _NO_METADATA if sidecar is None else _read_sidecar(sidecar))


def _read_bounded(file: BinaryIO, limit: int) -> bytes:
    size = os.fstat(file.fileno()).st_size
    if size > limit:
        raise ArticleTooLongError(limit=limit, actual=size, unit="bytes")
    return file.read(limit + 1)


def _read_sidecar(path: str) -> Metadata:
    with _naming_sidecar(path), open_regular(Path(path)) as file:
        return parse_sidecar(file.read(MAX_SIDECAR_BYTES + 1), path)


@contextmanager
def _naming_sidecar(name: str) -> Iterator[None]:
    """Say of a fault that it is the sidecar's; an article's own faults name nothing."""
    try:
        yield
    except UnreadableSourceError as error:
        raise UnreadableSourceError(f"sidecar {show(PurePath(name).name)}: {error}") from error


def _open_member(path: Path, name: str, max_chars: int) -> _Body:
    directory = load_directory(path)
    if name not in directory:
        raise UnreadableSourceError("the archive has no such member any more; list it again")
    media_type = find_media_type(PurePosixPath(name))
    limit = _find_limit(media_type, max_chars)
    content = unpack_member(path, directory[name], max_bytes=limit)
    sidecar = choose_sidecar([beside for beside in list_sidecars(name) if beside in directory])
    if sidecar is None:
        return _Body(content, media_type, _NO_METADATA)
    check_size(directory[sidecar].file_size, sidecar)
    with _naming_sidecar(sidecar):
        body = unpack_member(path, directory[sidecar], max_bytes=MAX_SIDECAR_BYTES)
    return _Body(content, media_type, parse_sidecar(body, sidecar))


def _find_limit(media_type: str, max_chars: int) -> int:
    return find_max_bytes(parse_media_type(media_type).media_type, max_chars)


def _open_line(path: Path, start: int, length: int, max_chars: int) -> Article:
    given = parse_line(read_line(path, start, length))
    metadata = Metadata(**given.model_dump(include=set(Metadata.model_fields)))
    return make_article(given.text, metadata, max_chars=max_chars)


def _fill(article: Article, defaults: Metadata) -> Article:
    missing = {
        name: value
        for name, value in defaults
        if value is not None and getattr(article, name) is None
    }
    return article.model_copy(update=missing)
