"""Arguments that several commands share.

Owns how they are named and explained. Imports nothing that takes time.
"""

from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Folders, files, patterns, .jsonl, .zip, or - for a list of paths."
    ),
]
"""What the articles of a batch are named by."""
