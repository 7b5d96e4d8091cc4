"""The commands of ``readout store``, their options and their help.

Owns what can be typed; what it does is the store's. Imports that cost time stand in the
commands that need them.
"""

from typing import Annotated

import typer

store_app = typer.Typer(
    invoke_without_command=True,
    help="What is stored and what it cost; removing what is old.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@store_app.callback()
def start(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show what is stored and what it cost; or, with a command, change it."""
    if context.invoked_subcommand is None:
        show(as_json=as_json)
    elif as_json:
        raise typer.BadParameter(f"--json stands behind {context.invoked_subcommand}")


@store_app.command()
def show(*, as_json: AsJson = False) -> None:
    """Show what is stored, how large it is, and what each model cost."""
    import asyncio

    from service.cli.output import write_json
    from service.cli.store_report import print_report
    from service.cli.upkeep import measure

    report = asyncio.run(measure())
    if as_json:
        write_json(report.model_dump(mode="json"))
        return
    print_report(report)


@store_app.command()
def prune(
    *,
    older_than: Annotated[
        str | None, typer.Option(metavar="AGE", help="What is older: 36h, 90d, 12w.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="DATE", help="What was read before: 2026-01-31, UTC.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Remove nothing; say what would be removed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Remove readings, their summaries, and the text of paid replies; the costs stay.

    Without --older-than or --before nothing is removed.
    """
    import asyncio
    from datetime import UTC, datetime

    from service.cli.ages import find_instant
    from service.cli.output import write_json
    from service.cli.store_report import print_pruning
    from service.cli.upkeep import remove

    instant = find_instant(older_than, before, datetime.now(UTC))
    report = asyncio.run(remove(instant, dry_run=dry_run))
    if as_json:
        write_json(report.model_dump(mode="json"))
        return
    print_pruning(report, dry_run=dry_run)


@store_app.command()
def migrate(*, as_json: AsJson = False) -> None:
    """Bring the database's schema up to this version of Readout."""
    import asyncio

    from service.cli.output import write_json
    from service.cli.store_report import print_migration
    from service.cli.upkeep import migrate_database

    before, after = asyncio.run(migrate_database())
    if as_json:
        write_json({"before": before, "after": after})
        return
    print_migration(before, after)
