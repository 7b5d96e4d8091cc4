"""Places in the file system: how they are written down, told apart, named and opened.

Owns the form of a source's path, name and stamp. Must not know what stands in a file.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes

from service.errors import UnreadableSourceError
from service.showing import show_reason

NO_FILE = "it is a pipe, socket or device, which cannot be read twice; save it as a file"
"""What is said of an entry that is neither file nor folder."""


def encode_path(path: Path) -> str:
    """Return the absolute ``path``, its bytes percent-encoded (RFC 3986, 2.1).

    ``..`` stays: behind a link it is not the folder that the text says.
    """
    return quote(os.fsencode(path.absolute()))


def decode_path(encoded: str) -> Path:
    """Return the path that ``encode_path`` wrote down."""
    return Path(os.fsdecode(unquote_to_bytes(encoded)))


def make_name(raw: str) -> str:
    """Return ``raw`` printable and in NFC; what cannot be printed is percent-encoded.

    A byte of a file name that is no UTF-8 becomes that byte's code.
    """
    composed = normalize("NFC", raw)
    if composed.isprintable():
        return composed
    return normalize("NFC", "".join(map(_escape, composed)))


def _escape(letter: str) -> str:
    if letter.isprintable():
        return letter
    is_byte = "\udc80" <= letter <= "\udcff"
    return quote(letter.encode("utf-8", "surrogateescape" if is_byte else "surrogatepass"))


def identify(status: os.stat_result) -> str:
    """Return what two paths share when they lead to one file or folder."""
    return f"{status.st_dev}:{status.st_ino}"


def stamp_status(status: os.stat_result) -> str:
    """Return what differs when the file's content may have changed: its size and time."""
    return f"{status.st_size}-{status.st_mtime_ns}"


def open_regular(path: Path) -> BinaryIO:
    """Return ``path``, opened to read bytes; ``UnreadableSourceError`` where that cannot be.

    A pipe that stands there is refused and not waited for.
    """
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115  # Path.open takes no opener; the caller closes
    except OSError as error:
        raise describe_fault(error) from error
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise UnreadableSourceError(NO_FILE)


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def describe_fault(error: OSError) -> UnreadableSourceError:
    """Return the error that says why a file or folder could not be read."""
    if isinstance(error, FileNotFoundError):
        return UnreadableSourceError(
            "nothing stands there (any more), or it is a link that leads nowhere; put it back"
        )
    return UnreadableSourceError(
        f"it cannot be read: {show_reason(error)}; see to its rights and its disk"
    )
