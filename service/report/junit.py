"""A comparison as JUnit XML, for CI systems.

Owns which differences fail a build's test. Every article is a test suite of eight test cases
whose names never change, so that a CI system can follow each through time:

- ``reading``: an error where the article is unread; the other seven are then skipped;
- one for each of the six lists: a failure where an item has a critical error, is missing or was
  invented. Lesser differences stand in its output and fail nothing;
- ``headline_and_gist``: a failure where either has a critical error.

A last suite, ``bars``, fails where the run falls short of a bar. Scores are properties. The
source of the format is the schema of Jenkins' xUnit plugin (junit-10.xsd). Every value is one
escaped line, so that no character is left which XML 1.0 forbids.
"""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from schemas.base import LIST_NAMES, ListName
from schemas.comparison import ComparisonReport, DocumentComparison, Scores
from service.report.differences import Difference, list_critical, list_others
from service.report.labels import NOTHING, SCORE_KINDS, count, get_score
from service.report.plain_text import show_line

_TEXTS = "headline_and_gist"


def render_junit(report: ComparisonReport) -> bytes:
    """Return ``report`` as a JUnit XML document in UTF-8, with its declaration.

    The same report gives the same bytes: there is no time in it, and every duration is 0.
    """
    root = Element("testsuites", name="readout compare")
    for document in report.comparison.documents:
        _add_document(root, document)
    _add_bars(root, report)
    for element in (root, *root):
        element.attrib |= _count_cases(element)
    del root.attrib["skipped"]  # the schema has it for a suite only
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_document(root: Element, document: DocumentComparison) -> None:
    suite = SubElement(root, "testsuite", name=show_line(document.article))
    _add_properties(suite, document.scores, {"critical_errors": len(document.critical_errors)})
    reading = _add_case(suite, "reading")
    if document.status != "compared":
        reason = show_line(document.reason or "there is no summary")
        SubElement(reading, "error", message=reason, type=document.status).text = reason
        for name in (*LIST_NAMES, _TEXTS):
            SubElement(_add_case(suite, name), "skipped", message="the article is unread")
        return
    critical, others = list_critical(document), list_others(document)
    lists: tuple[ListName | None, ...] = (*LIST_NAMES, None)
    for list_name in lists:
        _judge_case(
            _add_case(suite, list_name or _TEXTS),
            [row for row in critical if row.list_name == list_name],
            [row for row in others if row.list_name == list_name],
        )


def _judge_case(case: Element, critical: list[Difference], others: list[Difference]) -> None:
    """Add a failure for what fails ``case``, and output for what only informs."""
    unpaired = [row for row in others if row.field is None]
    lesser = [row for row in others if row.field is not None]
    if critical or unpaired:
        kind = "critical" if critical else "items"
        message = _summarise(critical, unpaired)
        failure = SubElement(case, "failure", message=message, type=kind)
        failure.text = _describe([*critical, *unpaired])
    if lesser:
        SubElement(case, "system-out").text = _describe(lesser)


def _summarise(critical: list[Difference], unpaired: list[Difference]) -> str:
    kinds = Counter(row.what for row in unpaired)
    facts = [count(len(critical), "critical error")] if critical else []
    return ", ".join(facts + [count(number, what) for what, number in kinds.items()])


def _describe(differences: Iterable[Difference]) -> str:
    return "\n".join(line for row in differences for line in _describe_one(row))


def _describe_one(row: Difference) -> list[str]:
    facts = (row.what, row.item, row.field)
    lines = [" · ".join(show_line(fact) for fact in facts if fact)]
    if row.field is not None or row.expected is not None or row.found is not None:
        lines.append(f"  expected: {show_line(row.expected or NOTHING)}")
        lines.append(f"  found: {show_line(row.found or NOTHING)}")
    if row.note is not None:
        lines.append(f"  note: {show_line(row.note)}")
    return lines


def _add_bars(root: Element, report: ComparisonReport) -> None:
    run = report.comparison
    suite = SubElement(root, "testsuite", name="bars")
    _add_properties(
        suite,
        run.scores,
        {
            "mean_f1": run.mean_f1,
            "critical_errors": run.critical_errors,
            "cosmetic": run.cosmetic,
            "unread": run.unread,
            "strays": len(run.strays),
        },
    )
    case = _add_case(suite, "every bar is met")
    if report.shortfalls:
        sentences = [show_line(sentence) for sentence in report.shortfalls]
        failure = SubElement(case, "failure", message=" ".join(sentences), type="bar")
        failure.text = "\n".join(sentences)


def _add_case(suite: Element, name: str) -> Element:
    return SubElement(suite, "testcase", classname=suite.attrib["name"], name=name, time="0")


def _add_properties(suite: Element, scores: Scores, others: dict[str, float]) -> None:
    """Add a property for every score that there is, then ``others``."""
    values: dict[str, float | None] = {}
    for kind in SCORE_KINDS:
        score = get_score(scores, kind)
        values[f"{kind}.precision"] = score.precision
        values[f"{kind}.recall"] = score.recall
        values[f"{kind}.f1"] = score.f1
    properties = SubElement(suite, "properties")
    for name, value in (values | others).items():
        if value is not None:
            SubElement(properties, "property", name=name, value=f"{value:.6g}")


def _count_cases(element: Element) -> dict[str, str]:
    """Return the attributes that count the cases below ``element`` and what became of them."""
    cases = list(element.iter("testcase"))
    verdicts = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {
        name: str(sum(case.find(tag) is not None for case in cases))
        for name, tag in verdicts.items()
    }
    return {"tests": str(len(cases)), **counts, "time": "0"}
