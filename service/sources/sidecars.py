"""Sidecars: the file beside an article that says what is known about it.

Owns their names and their form. Must not know whether they stand in a folder or in an archive.
"""

from pathlib import PurePath
from typing import NoReturn

from pydantic import ValidationError

from service.errors import MetadataError
from service.field_faults import describe_faults
from service.intake.metadata import Metadata, check_metadata
from service.json_parsing import JsonError, parse_json
from service.showing import show
from service.sources.suffixes import cut_suffix

ENDINGS = (".json", ".meta.json")
"""What ends a sidecar's name, in the place of its article's suffix."""
MAX_SIDECAR_BYTES = 64 * 1024
"""Largest sidecar, in bytes, inclusive; its five values have some hundreds."""


def list_sidecars(name: str) -> list[str]:
    """Return the names that a sidecar of the article ``name`` may have: ``a.txt``, ``a.json``."""
    stem = cut_suffix(name)
    return [stem + ending for ending in ENDINGS]


def list_article_stems(name: str) -> list[str]:
    """Return the names, without suffix, of the articles whose sidecar ``name`` would be."""
    return [name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)]


def choose_sidecar(present: list[str]) -> str | None:
    """Return the one of ``present``; ``None`` where it is empty, ``MetadataError`` for two."""
    if len(present) > 1:
        shown = " and ".join(show(PurePath(name).name) for name in present)
        raise MetadataError(f"it has two sidecars, {shown}; keep one of them")
    return present[0] if present else None


def parse_sidecar(body: bytes, name: str) -> Metadata:
    """Return what the sidecar ``body`` says, every value in its form.

    ``body`` is UTF-8 JSON: an object of ``title``, ``source``, ``url``, ``published`` and
    ``language``, each a text or null, all of them optional. Raises ``MetadataError``, which names
    the sidecar and the field, for anything else and for more than 64 KiB.
    """
    check_size(len(body), name)
    try:
        return check_metadata(Metadata.model_validate(_parse_object(body, name)))
    except ValidationError as error:
        known = ", ".join(Metadata.model_fields)
        faults = describe_faults(error.errors(include_url=False))
        _refuse(name, f"{faults}; it may have {known}")
    except MetadataError as error:
        raise MetadataError(f"sidecar {show(PurePath(name).name)}: {error}") from error


def check_size(size: int, name: str) -> None:
    """Raise ``MetadataError`` where a sidecar of ``size`` bytes is too large to be read."""
    if size > MAX_SIDECAR_BYTES:
        _refuse(name, f"it has more than {MAX_SIDECAR_BYTES:,} bytes; shorten it")


def _parse_object(body: bytes, name: str) -> dict[str, object]:
    try:
        data = parse_json(body)
    except JsonError as error:
        _refuse(name, f"it {error}")
    if not isinstance(data, dict):
        _refuse(name, "it is no JSON object; write one such as {}")
    return data


def _refuse(name: str, reason: str) -> NoReturn:
    raise MetadataError(f"sidecar {show(PurePath(name).name)}: {reason}") from None
