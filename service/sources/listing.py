"""The articles of a batch, one after the other, from what was named for it.

Owns that every argument is checked before the first article is given, and that an article is
listed once, under a name of its own. Must not know what an argument stands for.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from schemas.batch import Source
from service.errors import SourceError
from service.intake.media_types import list_suffixes
from service.sources.arguments import (
    Scope,
    expand_argument,
    expand_list,
    is_lone_file,
    keep_faults,
)
from service.sources.findings import Found, Skipped, SourceFault
from service.sources.places import make_name
from service.sources.seen import Seen

STDIN = "-"
"""The argument that stands for a list of paths on standard input."""


def list_sources(
    arguments: Sequence[str],
    *,
    max_chars: int,
    stdin: BinaryIO | None = None,
    skipped: Skipped | None = None,
) -> Iterator[Source | SourceFault]:
    """Return the articles that ``arguments`` stand for, lazily, each once, in a constant order.

    An argument is a folder (with all below it; hidden names are left out), a pattern, a file, a
    JSONL file, a ZIP, or ``-`` for a list of paths in ``stdin``. ``max_chars`` is as for intake:
    a JSONL line that is far beyond it is not held. Files that are no articles are counted in
    ``skipped`` while the listing goes on. One bad entry is a ``SourceFault``.

    Raises ``SourceError``, before anything is listed, for an argument that has nothing to list:
    that does not exist, has no article, or is no ZIP. Once it goes on, only a full disk raises.
    """
    if not arguments:
        raise SourceError("nothing is named; name a folder, a file, a pattern, or - for a list")
    scope = Scope(Skipped() if skipped is None else skipped, max_chars)
    begun = [_begin(argument, scope, stdin) for argument in arguments]
    streams = [stream for stream in begun if stream is not None]
    if not streams:
        raise SourceError(f"nothing that is named is an article; {_describe_articles()}")
    return _list_once(chain.from_iterable(streams))


def _begin(argument: str, scope: Scope, stdin: BinaryIO | None) -> Iterator[Found] | None:
    """Return the entries of ``argument``; ``None`` for a lone file that is none, as a sidecar."""
    if argument == STDIN:
        return _begin_list(scope, stdin)
    probed = Skipped()
    if _has_entry(expand_argument(argument, scope._replace(skipped=probed))):
        return keep_faults(argument, expand_argument(argument, scope))
    if is_lone_file(argument):
        return None
    raise SourceError(f"{make_name(argument)} has no article{_describe(probed)}")


def _has_entry(entries: Iterator[Found]) -> bool:
    return next(entries, None) is not None


def _begin_list(scope: Scope, stdin: BinaryIO | None) -> Iterator[Found]:
    """Return the entries of the list; it can be read once, so the first is taken and put back."""
    if stdin is None:
        raise SourceError(f"there is no standard input for {STDIN}; name a folder or a file")
    entries = expand_list(stdin, scope)
    first = next(entries, None)
    if first is None:
        raise SourceError(f"the list on standard input has no article{_describe(scope.skipped)}")
    return chain([first], entries)


def _describe(skipped: Skipped) -> str:
    passed = f": {skipped} passed over" if skipped.total else ""
    return f"{passed}; {_describe_articles()}"


def _describe_articles() -> str:
    return f"articles end in {', '.join(list_suffixes())}, or in no suffix at all"


def _list_once(entries: Iterator[Found]) -> Iterator[Source | SourceFault]:
    with Seen() as seen:
        for entry, identity in entries:
            if identity is None or seen.add(identity):
                yield _rename(entry, seen)


def _rename(entry: Source | SourceFault, seen: Seen) -> Source | SourceFault:
    name = seen.claim_name(entry.name)
    if name == entry.name:
        return entry
    if isinstance(entry, SourceFault):
        return entry._replace(name=name)
    return entry.model_copy(update={"name": name})
