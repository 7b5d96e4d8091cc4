"""One JSON file an article, in a folder.

Owns the endings, and that an article has one result. How files are called is ``naming``'s.
"""

from pathlib import Path

from schemas.problem import Problem
from service.outputs.naming import name_file, write_problem
from service.outputs.replacing import replace_file
from service.outputs.sink import explain_faults
from service.showing import show_path

_SUMMARY = ".json"
_PROBLEM = ".problem.json"


class Documents:
    """Writes each result to a file below ``folder``, whole or not at all, and replaces an older.

    Other files in the folder stay as they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, body: bytes) -> None:
        """Write the summary; a problem that the article had before is removed."""
        self._write(name, body, _SUMMARY, instead_of=_PROBLEM)

    def fail(self, name: str, problem: Problem) -> None:
        """Write the problem; a summary that the article had before is removed."""
        self._write(name, write_problem(name, problem), _PROBLEM, instead_of=_SUMMARY)

    def _write(self, name: str, body: bytes, ending: str, *, instead_of: str) -> None:
        stem = name_file(name)
        path = self._folder / f"{stem}{ending}"
        with explain_faults(show_path(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Without a wait for the disk: the database has it as well.
            with replace_file(path) as new:
                new.file.write(body + b"\n")
            (self._folder / f"{stem}{instead_of}").unlink(missing_ok=True)

    def settle(self) -> None:
        """Do nothing: each file stands for itself."""

    def close(self) -> None:
        """Do nothing: each file is closed already."""

    def abandon(self) -> None:
        """Do nothing: each file is whole."""
