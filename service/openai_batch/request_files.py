"""Files of requests, as a Batch API takes them.

Owns the line, where one file ends and the next begins, and that a file is there whole or not at
all. Source: OpenAI's guide to the Batch API, "Prepare your batch file".
"""

import json
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from pydantic import JsonValue

from schemas.openai_batch import WrittenFile
from service.errors import BatchFileError
from service.showing import show_path

ENDPOINT = "/v1/chat/completions"
"""Where each line is to be sent."""
_LINE_ENDS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""What some programs take for the end of a line; JSON escapes all others by itself."""


class PartLimits(NamedTuple):
    """How much one file may hold, inclusive."""

    lines: int = 50_000
    size_bytes: int = 200_000_000


class _Part(NamedTuple):
    path: Path
    handle: BinaryIO


def write_line(key: str, body: dict[str, JsonValue]) -> bytes:
    """Return the line that asks ``body`` under ``key``, with its end."""
    line = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": body}
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return f"{text.translate(_LINE_ENDS)}\n".encode()


class RequestFiles:
    """``NAME.jsonl``, then ``NAME-2.jsonl`` and so on; use it as a context manager.

    The files get their names when it is left; where it is left by an error, none is there.
    """

    def __init__(self, path: Path, limits: PartLimits | None = None) -> None:
        """Write to ``path`` and beside it; raise ``BatchFileError`` where there is a file."""
        self._path = path
        self._limits = limits or PartLimits()
        self._parts: list[_Part] = []
        self._written: list[WrittenFile] = []
        self._check_free()

    def __enter__(self) -> Self:
        """Begin with no file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give all files their names, or remove them."""
        for part in self._parts:
            part.handle.close()
        if kind is None:
            self._publish()
        for part in self._parts:
            _find_draft(part.path).unlink(missing_ok=True)

    @property
    def written(self) -> list[WrittenFile]:
        """The files, with what they hold so far."""
        return list(self._written)

    def write(self, key: str, body: dict[str, JsonValue]) -> None:
        """Write one line; raise ``OSError`` where the disk does not take it."""
        line = write_line(key, body)
        if not self._parts or self._is_full(len(line)):
            self._begin_part()
        self._parts[-1].handle.write(line)
        last = self._written[-1]
        self._written[-1] = last.model_copy(
            update={"lines": last.lines + 1, "size_bytes": last.size_bytes + len(line)}
        )

    def _is_full(self, more_bytes: int) -> bool:
        last = self._written[-1]
        return (
            last.lines + 1 > self._limits.lines
            or last.size_bytes + more_bytes > self._limits.size_bytes
        )

    def _begin_part(self) -> None:
        number = len(self._parts) + 1
        name = self._path.name if number == 1 else f"{self._path.stem}-{number}{self._path.suffix}"
        path = self._path.with_name(name)
        if self._parts:
            self._parts[-1].handle.flush()
        self._parts.append(_Part(path, _find_draft(path).open("wb")))
        self._written.append(WrittenFile(path=show_path(path), lines=0, size_bytes=0))

    def _check_free(self) -> None:
        """Raise ``BatchFileError`` for a file of these names: it may have been submitted."""
        pattern = f"{_escape(self._path.stem)}-[0-9]*{_escape(self._path.suffix)}"
        taken = [self._path, *sorted(self._path.parent.glob(pattern))]
        for path in taken:
            if path.exists():
                raise BatchFileError(
                    f"{show_path(path)} is there already; name another file, or remove it"
                )

    def _publish(self) -> None:
        self._check_free()
        for part in self._parts:
            _find_draft(part.path).rename(part.path)


def _find_draft(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _escape(name: str) -> str:
    """Return ``name`` as a pattern that means itself."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
