"""Columns and rows of the flat tables: every field has its place, and none is made up."""

from typing import get_args

import pytest
from pydantic import BaseModel

from schemas.api import ItemRow
from schemas.base import LIST_NAMES, Frozen
from schemas.problem import Problem
from service.outputs.columns import list_columns
from service.outputs.describing import describe_tables
from service.outputs.tables import TABLES, make_failure_row, make_rows
from tests.builders import build_article, build_draft_talk, build_empty_draft, build_party
from tests.builders import build_summary as build
from tests.unit.data_outputs import PROBLEM

ROW_MODELS: list[type[BaseModel]] = list(get_args(get_args(ItemRow)[0]))


def test_there_is_a_table_for_each_list_one_of_summaries_and_one_of_failures() -> None:
    """In the contract's order."""
    assert list(TABLES) == ["summaries", *LIST_NAMES, "failures"]


def test_the_columns_of_talks_are_the_documented_ones() -> None:
    """Whoever reads a table by position relies on the order."""
    names = [column.name for column in TABLES["talks"]]

    assert (
        names
        == (
            "article_file summary_id article_title article_source article_url article_published "
            "id kind date place participants participants_countries topics outcome status source "
            "aside quotes quote_starts quote_ends"
        ).split()
    )


@pytest.mark.parametrize("model", ROW_MODELS)
def test_every_field_of_an_item_has_a_column(model: type[BaseModel]) -> None:
    """A field that the contract gains must not be missing in the tables."""
    table = TABLES[get_args(model.model_fields["list"].annotation)[0]]

    assert {column.path[0] for column in table if column.path} == {*model.model_fields} - {"list"}


def test_every_member_of_a_problem_but_its_instance_has_a_column() -> None:
    """The instance is the article's name, and stands first."""
    paths = {column.path[0] for column in TABLES["failures"] if column.path}

    assert paths == {*Problem.model_fields} - {"instance"}


@pytest.mark.parametrize("table", TABLES)
def test_no_name_of_a_column_occurs_twice(table: str) -> None:
    """A reader by name would get one of the two."""
    names = [column.name for column in TABLES[table]]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rate", "number"), ("previous_rate", "number"), ("effective", "text"), ("aside", "truth"),
        ("companies", "texts"), ("actors", "texts"), ("actors_countries", "texts"),
        ("quotes", "texts"), ("quote_starts", "integers"), ("status", "text"),
    ],
)  # fmt: skip
def test_the_kind_of_a_column_is_that_of_its_field(name: str, kind: str) -> None:
    """A rate can be reckoned with; a date may lack its day, and is text."""
    kinds = {column.name: column.kind for column in TABLES["tariffs"]}

    assert kinds[name] == kind


def test_a_field_that_is_no_cell_is_refused() -> None:
    """Found when the column is made, not when the first row is."""

    class Odd(Frozen):
        odd: dict[str, int]

    with pytest.raises(TypeError, match="is no cell of a table"):
        list_columns(Odd, "odd")


def test_a_summary_has_its_row_and_one_for_each_item() -> None:
    """All of them say which article they are of."""
    rows = list(make_rows("asia/a.txt", build()))

    assert [row.table for row in rows] == ["summaries", *LIST_NAMES]
    assert {row.cells[0] for row in rows} == {"asia/a.txt"}
    assert {row.cells[1] for row in rows} == {build().id}
    assert all(len(row.cells) == len(TABLES[row.table]) for row in rows)


def test_rows_say_of_what_article_they_are() -> None:
    """Title, outlet, address and date stand beside each item."""
    article = build_article(title="T", source="S", url="https://e.example/", published="2025-12")
    rows = list(make_rows("a.txt", build(article=article)))

    assert all(row.cells[2:6] == ["T", "S", "https://e.example/", "2025-12"] for row in rows)


def test_parties_become_names_and_countries_in_one_order() -> None:
    """A party of no country keeps its place in both."""
    parties = [build_party("G7", None), build_party("China", "CN")]
    draft = build_empty_draft(talks=[build_draft_talk(participants=parties)])
    _, talk = make_rows("a.txt", build(draft=draft))
    cells = dict(zip([column.name for column in TABLES["talks"]], talk.cells, strict=True))

    assert cells["participants"] == ["G7", "China"]
    assert cells["participants_countries"] == [None, "CN"]


def test_quotes_stand_with_their_offsets() -> None:
    """Each can be looked up in the article."""
    summary = build()
    rows = {row.table: row for row in make_rows("a.txt", summary)}
    cells = dict(zip([column.name for column in TABLES["talks"]], rows["talks"].cells, strict=True))

    assert cells["quotes"] == [one.quote for one in summary.talks[0].evidence]
    assert cells["quote_starts"] == [one.start for one in summary.talks[0].evidence]
    assert cells["quote_ends"] == [one.end for one in summary.talks[0].evidence]


def test_a_failure_is_a_row() -> None:
    """Analysts see what is missing."""
    row = make_failure_row("a.txt", PROBLEM)

    assert row.table == "failures"
    assert row.cells[:4] == ["a.txt", PROBLEM.type, PROBLEM.title, PROBLEM.status]


def test_a_name_that_is_no_text_is_shown_all_the_same() -> None:
    """UTF-8 has no lone surrogates; one bad name must not end the table."""
    assert make_failure_row("a\udc80.txt", PROBLEM).cells[0] == "a\\udc80.txt"


def test_every_column_is_described() -> None:
    """The description is made from what is written, so that it cannot be wrong."""
    resources = describe_tables()["resources"]

    told = {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in resources}
    assert told == {
        f"{table}.csv": [column.name for column in columns] for table, columns in TABLES.items()
    }


def test_a_column_is_described_as_a_table_schema_has_it() -> None:
    """Frictionless Data's types; a meaning in one line, where the contract has one."""
    tariffs = next(one for one in describe_tables()["resources"] if one["name"] == "tariffs")
    fields = {field["name"]: field for field in tariffs["schema"]["fields"]}

    assert fields["rate"]["type"] == "number"
    assert (fields["actors"]["type"], fields["actors"]["delimiter"]) == ("list", "; ")
    assert fields["quote_starts"]["itemType"] == "integer"
    assert "\n" not in fields["rate"]["description"]
