"""The commands of ``readout golden``, their options and their help.

Owns what can be typed; the work is done elsewhere. Imports that cost time stand in the
commands that need them.
"""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.store_commands import AsJson

golden_app = typer.Typer(no_args_is_help=True, help="Golden fixtures: check them, change them.")

Root = Annotated[
    Path | None,
    typer.Option(
        help="Folder that the articles' paths start from; by default the nearest above a fixture."
    ),
]


@golden_app.command()
def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FIXTURE...", help="Fixtures, or folders of them.")
    ],
    *,
    root: Root = None,
    doubts: Annotated[
        bool, typer.Option("--doubts", help="List what a reading would be asked about, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check fixtures against their articles: fields, dates, verbatim quotes, carried numbers.

    Exit codes: 0 good, 1 a fixture says what its quotes do not carry, 2 one cannot be used.
    """
    from service.cli.golden import run_check

    raise typer.Exit(run_check(paths, root=root, shows_doubts=doubts, as_json=as_json))


@golden_app.command()
def update(
    actual: Annotated[
        Path, typer.Argument(metavar="ACTUAL", help="Summaries: a file, a folder, or - .")
    ],
    golden: Annotated[Path, typer.Argument(metavar="GOLDEN", help="A fixture or a folder.")],
    *,
    root: Root = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the changed fixtures, after showing the diff.")
    ] = False,
) -> None:
    """Show as a diff how fixtures would change if these summaries were right.

    A summary is not the truth: hold each line against the article before you take it. Nothing
    is written without --write.

    Exit codes: 0 nothing differs, 1 changes are proposed, 2 could not run.
    """
    from service.cli.golden import run_update

    raise typer.Exit(run_update(actual, golden, root=root, writes=write))
