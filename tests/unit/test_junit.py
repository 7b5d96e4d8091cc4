"""What a CI system reads: stable test cases, failures that explain themselves, valid XML."""

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from lxml import etree

from schemas.comparison import ComparisonReport, DocumentComparison, ItemComparison
from service.report.junit import render_junit
from tests.unit.data_comparison import (
    NASTY,
    build_comparison_report,
    build_critical_error,
    build_damaged_document,
    build_document_comparison,
    build_full_report,
    build_invented_item,
    build_item_comparison,
    build_leaf,
    build_missing_item,
    build_score,
    build_scores,
    build_unread_document,
    build_wrong_leaf,
)

CASES = [
    "reading",
    "talks",
    "commitments",
    "tariffs",
    "chip_policies",
    "non_tariff_measures",
    "doubts",
    "headline_and_gist",
]


def read(report: ComparisonReport) -> JUnitXml:
    """Return ``report`` as a CI system reads it."""
    return JUnitXml.fromstring(render_junit(report))


def read_cases(report: ComparisonReport, suite: int = 0) -> dict[str, TestCase]:
    """Return the test cases of a suite, the first by default, by their names."""
    suites: list[TestSuite] = list(read(report))
    return {case.name: case for case in suites[suite]}


def list_failed(cases: dict[str, TestCase]) -> set[str]:
    """Return the names of the cases that fail."""
    return {name for name, case in cases.items() if any(type(r) is Failure for r in case.result)}


def read_properties(suite: TestSuite) -> dict[str, str]:
    """Return the properties of ``suite``."""
    found = suite.properties()  # type: ignore[no-untyped-call]  # junitparser leaves it untyped
    return {entry.name: entry.value for entry in found}


@pytest.mark.parametrize(
    "document", [build_document_comparison(), build_damaged_document(), build_unread_document()]
)
def test_an_article_has_the_same_cases_whatever_was_read(document: DocumentComparison) -> None:
    """A CI system can follow a case through time only under one name."""
    report = build_comparison_report([document])

    assert list(read_cases(report)) == CASES


def test_a_run_without_errors_passes() -> None:
    """A build must not turn red for what is right."""
    xml = read(build_comparison_report())

    assert (xml.tests, xml.failures, xml.errors) == (9, 0, 0)


@pytest.mark.parametrize(
    ("item", "failed"),
    [
        (build_missing_item(), "tariffs"),
        (build_invented_item(), "chip_policies"),
    ],
)
def test_an_item_without_a_partner_fails_its_list(item: ItemComparison, failed: str) -> None:
    """Whoever reads the build's log sees which list to look at."""
    report = build_comparison_report([build_document_comparison(items=[item])])

    assert list_failed(read_cases(report)) == {failed}


def test_a_critical_error_fails_its_list_with_the_difference() -> None:
    """The log is often all that there is to see."""
    document = build_document_comparison(critical_errors=[build_critical_error(note="a year off")])
    case = read_cases(build_comparison_report([document]))["commitments"]

    assert [(result.type, result.message) for result in case.result] == [
        ("critical", "1 critical error")
    ]
    assert case.result[0].text == (
        "wrong value · buy 12 million tons of soybeans · due\n"
        "  expected: 2026-02\n"
        "  found: 2027-02\n"
        "  note: a year off"
    )


def test_a_failure_counts_what_is_in_it() -> None:
    """The message alone is what most systems show in a list."""
    items = [build_missing_item(), build_missing_item(), build_invented_item(list="tariffs")]
    error = build_critical_error(list="tariffs", item="another")
    document = build_document_comparison(items=items, critical_errors=[error])
    case = read_cases(build_comparison_report([document]))["tariffs"]

    assert case.result[0].message == "1 critical error, 2 missing items, 1 invented item"


def test_a_lesser_error_is_told_and_fails_nothing() -> None:
    """Only what a reader would act on, or a whole item, stops a build."""
    leaves = [build_wrong_leaf(severity="error")]
    document = build_document_comparison(items=[build_item_comparison(leaves=leaves)])
    cases = read_cases(build_comparison_report([document]))

    assert not list_failed(cases)
    assert "expected: 2026-02" in (cases["commitments"].system_out or "")


def test_a_forbidden_text_fails_headline_and_gist() -> None:
    """A critical error that belongs to no list must not get lost."""
    error = build_critical_error(kind="forbidden_text", list=None, item=None, field="gist")
    document = build_document_comparison(critical_errors=[error])
    cases = read_cases(build_comparison_report([document]))

    assert list_failed(cases) == {"headline_and_gist"}


def test_a_headline_that_differs_fails_nothing() -> None:
    """A turn of phrase is no error that one acts on."""
    texts = [build_leaf(field="headline", outcome="wrong", severity="error")]
    cases = read_cases(build_comparison_report([build_document_comparison(texts=texts)]))

    assert not list_failed(cases)


def test_an_unread_article_is_an_error_and_its_lists_are_skipped() -> None:
    """What was not read has not failed; that it was not read is no pass either."""
    cases = read_cases(build_comparison_report([build_unread_document()]))
    results = {name: [type(result) for result in case.result] for name, case in cases.items()}

    assert results == {"reading": [Error], **{name: [Skipped] for name in CASES[1:]}}
    assert cases["reading"].result[0].message == "the model refused"


def test_every_shortfall_is_in_the_failure_of_the_bars() -> None:
    """The verdict of the run is a test of its own."""
    case = read_cases(build_comparison_report(shortfalls=["F1 is low.", "A is worse."]), suite=-1)

    assert list_failed(case) == {"every bar is met"}
    assert case["every bar is met"].result[0].message == "F1 is low. A is worse."


def test_scores_are_properties_and_absent_ones_are_left_out() -> None:
    """A trend can be drawn from them; a precision of nothing is no zero."""
    document = build_document_comparison(scores=build_scores(build_score(0, 0, 4)))
    values = read_properties(next(iter(read(build_comparison_report([document])))))

    assert values["items.recall"] == "0"
    assert values["items.f1"] == "0"
    assert "items.precision" not in values


def test_the_bars_carry_the_scores_of_the_run() -> None:
    """One place for the numbers over all."""
    suite = list(read(build_comparison_report(mean_f1=0.25, strays=["a"])))[-1]
    values = read_properties(suite)

    assert suite.name == "bars"
    assert (values["mean_f1"], values["strays"]) == ("0.25", "1")


def test_the_counts_are_those_of_the_cases() -> None:
    """Systems trust the attributes and do not count."""
    documents = [build_damaged_document(), build_unread_document()]
    root = etree.fromstring(render_junit(build_comparison_report(documents, shortfalls=["low"])))

    assert dict(root.attrib) == {
        "name": "readout compare", "tests": "17", "failures": "4", "errors": "1", "time": "0",
    }  # fmt: skip
    for suite in root:
        found = [str(len(suite.findall(f"testcase/{tag}"))) for tag in ("failure", "error")]
        assert [suite.get("failures"), suite.get("errors")] == found
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))


def test_no_value_can_break_the_document() -> None:
    """An article can hold any code point, XML 1.0 cannot."""
    written = render_junit(build_full_report())
    root = etree.fromstring(written)

    assert b"<![CDATA[" not in written
    assert not root.findall(".//script")
    assert r"]]> [bold]no[/] \x1b[2J \x00 \u202ederf \ud800" in "".join(root.itertext())


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\x85", "\ud800", "\ufffe"])
def test_what_xml_forbids_is_replaced_everywhere(char: str) -> None:
    """One such character and the whole report is unreadable; each place is tried."""
    assert etree.fromstring(render_junit(build_full_report(f"a{char}b"))) is not None


def test_every_character_of_xml_survives() -> None:
    """Text of any script arrives as it is."""
    value = "大豆 🌾 İ “q” <&>\"'"
    root = etree.fromstring(render_junit(build_comparison_report(shortfalls=[value])))

    assert root.find(".//failure").get("message") == value


def test_the_same_report_gives_the_same_bytes() -> None:
    """Reports can be compared, and kept under version control."""
    assert render_junit(build_full_report(NASTY)) == render_junit(build_full_report(NASTY))


def test_a_run_of_nothing_is_a_document_too() -> None:
    """A CI system takes a missing or broken file for a failure of its own."""
    assert [suite.name for suite in read(build_comparison_report([]))] == ["bars"]
