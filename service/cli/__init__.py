"""The command line: ``readout``.

Owns the way in and the last handler. Data goes to standard output, everything else to
standard error. Imports wait until they are needed: ``readout --help`` must answer at once.
"""

import io
import os
import sys


def main() -> None:
    """Run ``readout``; every expected error ends in one sentence and its exit code."""
    from service.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        app()
    except (Exception, KeyboardInterrupt) as error:
        # The last handler: what is not explained here is a defect, and keeps its traceback.
        code = _explain(error)
        if code is None:
            raise
        sys.exit(code)


def _explain(error: BaseException) -> int | None:
    """Say on standard error what went wrong; return the exit code, ``None`` for a defect."""
    from service.errors import (
        EXIT_COULD_NOT_RUN,
        EXIT_INTERRUPTED,
        EXIT_PIPE_CLOSED,
        ReadoutError,
    )
    from service.outputs.sink import PipeClosedError

    if isinstance(error, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    if isinstance(error, PipeClosedError):
        # The interpreter's own last flush must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE_CLOSED
    if isinstance(error, ReadoutError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        _say(f"{name}{error.strerror or type(error).__name__}")
        return EXIT_COULD_NOT_RUN
    return None


def _say(sentence: str) -> None:
    print(f"readout: {sentence}", file=sys.stderr)  # noqa: T201  # a command line's voice
