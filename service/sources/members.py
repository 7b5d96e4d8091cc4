"""Members of ZIPs: unpacked in memory, and never further than intake reads.

Owns the methods of compression that are read, and that no declared size is trusted.
"""

import struct
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from service.errors import ArticleTooLongError, UnreadableSourceError
from service.sources.places import open_regular

_LOCAL_HEADER = struct.Struct("<4s22x2H")
"""Signature, and the lengths of name and extra field; see APPNOTE.TXT, 4.3.7, by PKWARE."""
_SIGNATURE = b"PK\x03\x04"
_RAW_DEFLATE = -15
_SLACK_BYTES = 1024
"""How much more than its content a compressed member may have, beside a thousandth of it."""


def unpack_member(path: Path, member: ZipInfo, *, max_bytes: int) -> bytes:
    """Return the content of ``member`` of the ZIP ``path``: at most ``max_bytes``.

    Only stored and deflated members are read; others have no bound on what one byte unpacks to.
    Raises ``ArticleTooLongError`` for more than ``max_bytes``, unread where it says so itself, and
    ``UnreadableSourceError`` for another method and for content that is not what it should be.
    """
    if member.file_size > max_bytes:
        raise ArticleTooLongError(limit=max_bytes, actual=member.file_size, unit="bytes")
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnreadableSourceError(
            f"the member is packed by method {member.compress_type}, which is not read; "
            "pack it again with Deflate"
        )
    with open_regular(path) as file:
        packed = _read_packed(file, member, max_bytes)
    body = _unpack(packed, member, max_bytes)
    if len(body) > max_bytes:
        raise ArticleTooLongError(limit=max_bytes, actual=len(body), unit="bytes")
    if len(body) != member.file_size or zlib.crc32(body) != member.CRC:
        raise _describe_damage("its content is not what the archive's directory says")
    return body


def _read_packed(file: BinaryIO, member: ZipInfo, max_bytes: int) -> bytes:
    most = max_bytes + max_bytes // 1000 + _SLACK_BYTES
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(_SIGNATURE):
        raise _describe_damage("nothing begins where it should")
    _signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    file.seek(name_bytes + extra_bytes, 1)
    return file.read(min(member.compress_size, most))


def _unpack(packed: bytes, member: ZipInfo, max_bytes: int) -> bytes:
    if member.compress_type == ZIP_STORED:
        return packed
    try:
        return zlib.decompressobj(_RAW_DEFLATE).decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise _describe_damage("it cannot be unpacked") from error


def _describe_damage(reason: str) -> UnreadableSourceError:
    return UnreadableSourceError(f"the member is damaged: {reason}; pack it again")
