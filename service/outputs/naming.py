"""What an article's name becomes where it may not stand as it is.

Owns the rules for file names and for URI references. Pure.
"""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from schemas.problem import Problem

_MAX_PART_BYTES = 160
"""Longest part of a path, its mark included: file systems take 255 bytes, endings are to come."""
_MAX_PATH_BYTES = 1_000
_MARK = "~"
"""Stands before the hash in a part that could not stay as it was."""
_MARK_DIGITS = 12
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]|^\.|[. ]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, whatever their ending."""
_OWN_ENDINGS = (".json", ".problem")
"""A folder that ends so could meet the file of another article."""


def refer_to(name: str) -> str:
    """Return the URI reference of the article ``name``: percent-encoded UTF-8 (RFC 3986, 2.1)."""
    return quote(name, errors="surrogatepass")


def write_problem(name: str, problem: Problem) -> bytes:
    """Return the JSON of ``problem`` on one line; its ``instance`` is the article ``name``."""
    located = problem.model_copy(update={"instance": refer_to(name)})
    return located.model_dump_json(exclude_none=True).encode()


def name_file(name: str) -> PurePosixPath:
    """Return the relative path, without ending, at which what came of ``name`` shall stand.

    It follows the article's own path. A part of it that could mean something else on some file
    system (reserved, over-long, hidden or in capitals, which some cannot tell from small letters)
    is changed and marked with a hash of its own, so that two names never meet, in any order of
    writing. Windows' rules are Microsoft's "Naming Files, Paths, and Namespaces".
    """
    parts = [_name_part(part) for part in name.split("/")]
    path = PurePosixPath(*parts)
    if len(str(path).encode()) <= _MAX_PATH_BYTES:
        return path
    return PurePosixPath(_mark(name, parts[-1]))


def _name_part(part: str) -> str:
    if _is_plain(part):
        return part
    return _mark(part, part)


def _is_plain(part: str) -> bool:
    return (
        part != ""
        and unicodedata.normalize("NFC", part.casefold()) == part
        and part.isprintable()
        and _MARK not in part
        and not part.endswith(_OWN_ENDINGS)
        and _UNSAFE.search(part) is None
        and _RESERVED.fullmatch(part) is None
        and len(part.encode()) <= _MAX_PART_BYTES
    )


def _mark(name: str, shown: str) -> str:
    """Return what can stay of ``shown``, then the hash of ``name``."""
    safe = _UNSAFE.sub("_", shown.strip())
    printable = "".join(char if char.isprintable() else "_" for char in safe)
    room = _MAX_PART_BYTES - _MARK_DIGITS - len(_MARK)
    stem = printable.encode()[:room].decode(errors="ignore")
    return f"{stem}{_MARK}{_hash(name)}"


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:_MARK_DIGITS]
