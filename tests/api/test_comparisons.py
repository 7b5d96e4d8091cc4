"""Comparisons over HTTP: the same report, in three forms, and problems that name pair and field."""

import asyncio
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx2
import jsonschema
import pytest

from schemas.comparison import ComparisonReport
from service.golden.matching import NO_SUMMARY
from tests.api.serving import ARTICLE as ARTICLE_REQUEST
from tests.api.serving import make_settings, read_problem, run_service
from tests.builders import KEY
from tests.cli.processes import run
from tests.standin import StandIn
from tests.unit.data_golden import (
    ARTICLE,
    OTHER,
    OTHER_TEXT,
    Json,
    build_claim,
    build_fixture,
    build_small_fixture,
    change,
    write_article,
    write_fixture,
    write_lines,
)

EXPORTED = Path(__file__).parents[2] / "schemas" / "json" / "comparison.schema.json"
URL = "/v1/comparisons"
JSON = {"content-type": "application/json"}
GOOD: Json = {"fixture": build_fixture(), "summary": build_claim()}
WRONG: Json = {**GOOD, "summary": change(build_claim(), "tariffs", 0, "rate", value=15)}
SMALL: Json = {"article": OTHER, "headline": "A fixture without items"}


async def _compare(client: httpx2.AsyncClient, *pairs: Json, **more: object) -> ComparisonReport:
    response = await client.post(URL, json={"pairs": list(pairs), **more})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return ComparisonReport.model_validate_json(response.content)


async def test_a_summary_is_compared_with_its_fixture(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Whoever made the summary; no model is asked."""
    report = await _compare(client, GOOD, min_f1=1, min_leaf_f1=1, max_critical=0)

    assert (report.comparison.scores.leaves.f1, report.shortfalls) == (1, [])
    assert report.comparison.documents[0].summary_id == KEY
    assert endpoint.received == []


async def test_what_falls_short_is_told_and_the_status_is_200(client: httpx2.AsyncClient) -> None:
    """The comparison was made; whether it is good is its content."""
    report = await _compare(client, WRONG, min_f1=0.9, min_leaf_f1=0.5, max_critical=0)

    assert report.shortfalls == [
        "F1 of items is 0.8333, at least 0.9 is asked for",
        "1 critical error, at most 0 may be",
    ]


async def test_a_stored_summary_is_compared_by_its_id(client: httpx2.AsyncClient) -> None:
    """It need not be fetched to be sent again."""
    stored = (await client.post("/v1/summaries", json=ARTICLE_REQUEST)).json()["id"]

    report = await _compare(client, {"fixture": build_fixture(), "summary_id": stored})
    (document,) = report.comparison.documents
    assert (document.summary_id, document.scores.items.f1) == (stored, 1)


async def test_a_pair_without_a_summary_counts_as_zero(client: httpx2.AsyncClient) -> None:
    """A reading that failed is sent as what it is: nothing. It falls short of any bar."""
    report = await _compare(client, GOOD, {"fixture": build_fixture(OTHER)}, min_f1=0)

    missed = report.comparison.documents[0]
    assert (missed.status, missed.reason, missed.scores.items.f1) == ("missing", NO_SUMMARY, 0)
    assert report.comparison.mean_f1 == 0.5
    assert report.shortfalls == ["1 of 2 articles have no summary; each counts as 0"]


async def test_an_earlier_answer_is_a_baseline(client: httpx2.AsyncClient) -> None:
    """What got worse is told field by field."""
    before = (await client.post(URL, json={"pairs": [GOOD]})).json()

    same = await _compare(client, GOOD, baseline=before)
    worse = await _compare(client, WRONG, baseline=before)
    assert (same.changes, same.shortfalls) == ([], [])
    assert worse.shortfalls[0].startswith(f"{ARTICLE} is worse than in the baseline")
    leaf = worse.changes[0].changes[0]
    assert (leaf.field, leaf.before, leaf.after) == ("rate", "right: 10", "wrong: 15")


async def test_the_report_is_the_command_lines(tmp_path: Path, client: httpx2.AsyncClient) -> None:
    """To the last digit: a gate may stand in either place."""
    write_article(tmp_path)
    write_article(tmp_path, OTHER, OTHER_TEXT)
    write_fixture(tmp_path)
    write_fixture(tmp_path, build_fixture(OTHER), "other.json")
    actual = write_lines(tmp_path / "s.jsonl", WRONG["summary"], build_claim(OTHER_TEXT))
    other = {"fixture": build_fixture(OTHER), "summary": build_claim(OTHER_TEXT)}

    printed = await asyncio.to_thread(
        run, "compare", "--json", "--min-f1", "1", str(actual), str(tmp_path / "golden")
    )
    report = await _compare(client, WRONG, other, min_f1=1)
    assert ComparisonReport.model_validate_json(printed.out) == report


async def test_the_answer_is_of_its_schema(client: httpx2.AsyncClient) -> None:
    """Clients generate their types from the exported document."""
    schema = json.loads(EXPORTED.read_bytes())
    before = (await client.post(URL, json={"pairs": [GOOD]})).json()
    response = await client.post(
        URL, json={"pairs": [WRONG, {"fixture": SMALL}], "baseline": before, "min_f1": 1}
    )

    jsonschema.validate(before, schema)
    jsonschema.validate(response.json(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**before, "x": 1}, schema)


async def test_the_openapi_document_has_it(client: httpx2.AsyncClient) -> None:
    """Request, answer in three forms, and every status that is answered with."""
    document = (await client.get("/openapi.json")).json()

    posting = document["paths"][URL]["post"]
    (body,) = posting["requestBody"]["content"].values()
    assert body["schema"] == {"$ref": "#/components/schemas/ComparisonRequest"}
    assert set(posting["responses"]["200"]["content"]) == {
        "application/json", "text/html", "application/xml",
    }  # fmt: skip
    assert set(posting["responses"]) == {"200", "400", "403", "404", "413", "415", "422", "503"}
    described = posting["responses"]["422"]["description"]
    assert all(f"/problems/{slug}" in described for slug in ("fixture", "claim", "comparison"))
    assert {"ComparisonReport", "ComparisonPair"} <= set(document["components"]["schemas"])


@pytest.mark.parametrize(
    "accept", ["text/html", "text/html,application/xhtml+xml;q=0.9", "TEXT/HTML"]
)
async def test_a_browser_gets_a_page(accept: str, client: httpx2.AsyncClient) -> None:
    """Self-contained, with the article's own text."""
    response = await client.post(URL, json={"pairs": [WRONG]}, headers={"accept": accept})

    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Soybeans first 🌾" in response.text
    assert "lower the duty on Chinese toys to 10%" in response.text


async def test_a_build_server_gets_junit(client: httpx2.AsyncClient) -> None:
    """The same failures."""
    response = await client.post(
        URL, json={"pairs": [WRONG], "max_critical": 0}, headers={"accept": "application/xml"}
    )

    assert response.headers["content-type"] == "application/xml"
    suites = ET.fromstring(response.content)
    assert [suite.get("name") for suite in suites] == [ARTICLE, "bars"]
    assert suites.get("failures") == "2"


async def test_a_problem_is_a_problem_whatever_is_accepted(client: httpx2.AsyncClient) -> None:
    """A page that says "error" would be kept as a report."""
    response = await client.post(URL, json={}, headers={"accept": "text/html"})

    assert read_problem(response).status == 422


FAULTS: dict[str, tuple[Json, str, str]] = {
    "fixture": (
        {**GOOD, "fixture": change(build_fixture(), "tariffs", 0, "rte", value=1)},
        "fixture",
        "pairs[0].fixture: tariffs[0].rte: there is no such field",
    ),
    "stray quote": (
        {**GOOD, "fixture": build_small_fixture(evidence=["made up"])},
        "fixture",
        "pairs[0].fixture: tariffs[0].evidence[0]: the article does not have 'made up'",
    ),
    "500 items": (
        {**GOOD, "fixture": build_fixture(tariffs=build_fixture()["tariffs"] * 500)},
        "fixture",
        "pairs[0].fixture: tariffs: it has 500 items",
    ),
    "version": (
        {**GOOD, "summary": build_claim(schema_version="2")},
        "claim",
        'pairs[0].summary: schema_version: it is "2", this version compares "1"',
    ),
    "summary": (
        {**GOOD, "summary": build_claim(tariffs=5)},
        "claim",
        "pairs[0].summary: tariffs: input should be a valid list",
    ),
    "summary that is empty": ({**GOOD, "summary": {}}, "claim", "pairs[0].summary: schema_version"),
    "fixture that is empty": ({**GOOD, "fixture": {}}, "fixture", "pairs[0].fixture: article: fi"),
    "both": (
        {**GOOD, "summary_id": KEY},
        "request",
        "pairs[0]: give summary or summary_id, not both",
    ),
    "unknown member": ({**GOOD, "sumary": {}}, "request", "pairs.0.sumary: there is no such field"),
    "no fixture": ({"summary": build_claim()}, "request", "pairs.0.fixture: field required"),
    "fixture as text": ({**GOOD, "fixture": "a.json"}, "request", "pairs.0.fixture: input should"),
    "surrogate": (
        {**GOOD, "fixture": build_fixture(headline="\ud800")},
        "fixture",
        "pairs[0].fixture: headline: it has half of a surrogate pair",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pair", "slug", "sentence"), FAULTS.values(), ids=FAULTS.keys())
async def test_a_pair_that_cannot_be_compared_is_422_with_its_field(
    pair: Json, slug: str, sentence: str, client: httpx2.AsyncClient
) -> None:
    """Told apart by kind: a fixture is mended by its author, a summary is read again."""
    response = await client.post(URL, content=json.dumps({"pairs": [pair]}), headers=JSON)

    problem = read_problem(response)
    assert (problem.status, problem.type) == (422, f"/problems/{slug}")
    assert problem.detail.startswith(sentence)


REQUESTS: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "pairs: field required"),
    "no pair": ({"pairs": []}, "pairs: list should have at least 1 item"),
    "pairs of another type": ({"pairs": {"fixture": {}}}, "pairs: input should be a valid list"),
    "unknown member": ({"pairs": [GOOD], "min_f": 1}, "min_f: there is no such field"),
    "bar above 1": ({"pairs": [GOOD], "min_f1": 1.1}, "min_f1: input should be less"),
    "bar below 0": ({"pairs": [GOOD], "max_critical": -1}, "max_critical: input should be greater"),
    "a list": ([GOOD], "the body is no JSON object; send one with pairs"),
    "null": (None, "the body is no JSON object; send one with pairs"),
    "baseline that is none": (
        {"pairs": [GOOD], "baseline": build_claim()},
        "baseline: comparison: it is no report of a comparison",
    ),
    "baseline that is empty": (
        {"pairs": [GOOD], "baseline": {}},
        "baseline: comparison: it is no report of a comparison",
    ),
    "one article twice": ({"pairs": [GOOD, WRONG]}, "pairs[1].fixture: article: articles/soybeans"),
}


@pytest.mark.parametrize(("body", "sentence"), REQUESTS.values(), ids=REQUESTS.keys())
async def test_a_request_that_does_not_fit_is_422_and_named(
    body: Any, sentence: str, client: httpx2.AsyncClient
) -> None:
    """A bar that is misspelt would always be met."""
    response = await client.post(URL, content=json.dumps(body), headers=JSON)

    problem = read_problem(response)
    assert (problem.status, problem.detail.startswith(sentence)) == (422, True), problem.detail


async def test_an_unknown_id_is_404_and_says_whose(client: httpx2.AsyncClient) -> None:
    """It was deleted, or is of another database; it is not a missing summary."""
    pairs = [GOOD, {"fixture": SMALL, "summary_id": "no\x1bne"}]

    problem = read_problem(await client.post(URL, json={"pairs": pairs}))
    assert (problem.status, problem.type) == (404, "/problems/not-found")
    assert problem.detail == "pairs[1].summary_id: there is no summary no?ne"


MALFORMED = {
    "cut": b'{"pairs": [',
    "nothing": b"",
    "not UTF-8": b'{"pairs": "\xff"}',
    "NaN": b'{"pairs": [], "min_f1": NaN}',
    "too deep": b'{"pairs":' * 5_000,
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
async def test_malformed_json_is_400(body: bytes, client: httpx2.AsyncClient) -> None:
    """A bar that is no number is met by everything."""
    problem = read_problem(await client.post(URL, content=body, headers=JSON))

    assert (problem.status, problem.type) == (400, "/problems/malformed")


@pytest.mark.parametrize("depth", [200, 400, 900])
async def test_json_of_any_depth_is_a_problem(depth: int, client: httpx2.AsyncClient) -> None:
    """Below the parser's own limit, other limits follow."""
    nested = b"[" * depth + b"]" * depth
    body = b'{"pairs": [{"fixture": {"article": ' + nested + b"}}]}"

    assert read_problem(await client.post(URL, content=body, headers=JSON)).status == 422


async def test_a_member_that_is_given_twice_is_422(client: httpx2.AsyncClient) -> None:
    """Which of the two is meant is anyone's guess, within a fixture too."""
    body = b'{"pairs": [{"fixture": {"article": "a", "article": "b"}}]}'

    problem = read_problem(await client.post(URL, content=body, headers=JSON))
    assert (problem.status, problem.detail) == (422, "the body gives article twice; give it once")


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data", "", "text/json"])
async def test_another_media_type_is_415_and_names_the_one_that_is_read(
    media_type: str, client: httpx2.AsyncClient
) -> None:
    """Curl's default among them."""
    headers = {"content-type": media_type} if media_type else {}

    problem = read_problem(await client.post(URL, content=b"{}", headers=headers))
    assert (problem.status, "application/json" in problem.detail) == (415, True)


async def test_too_many_pairs_are_413_with_both_numbers(client: httpx2.AsyncClient) -> None:
    """A program sends them in parts, by the numbers."""
    pairs = [{"fixture": {**SMALL, "article": f"{number}.txt"}} for number in range(201)]

    problem = read_problem(await client.post(URL, json={"pairs": pairs}))
    assert (problem.status, problem.type) == (413, "/problems/request-too-long")
    assert (problem.limit, problem.actual) == (200, 201)


async def test_as_many_pairs_as_are_taken_are_compared(client: httpx2.AsyncClient) -> None:
    """The limit itself is within it."""
    pairs = [{"fixture": {**SMALL, "article": f"{number}.txt"}} for number in range(200)]

    report = await _compare(client, *pairs)
    assert report.comparison.unread == 200


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_that_is_too_long_is_413(declared: bool, client: httpx2.AsyncClient) -> None:
    """Refused by what it declares, or counted as it comes; never read whole."""
    chunk = b" " * 1_048_576

    async def chunks() -> Any:
        for _ in range(33):
            yield chunk

    response = await client.post(URL, content=chunk * 33 if declared else chunks(), headers=JSON)
    problem = read_problem(response)
    assert (problem.status, problem.type) == (413, "/problems/request-too-long")
    assert problem.limit == 33_554_432


async def test_another_sites_page_is_403(client: httpx2.AsyncClient) -> None:
    """It could ask which summaries are stored here."""
    response = await client.post(
        URL, json={"pairs": [GOOD]}, headers={"origin": "https://evil.example"}
    )

    assert read_problem(response).type == "/problems/foreign-origin"


async def test_a_query_is_422(client: httpx2.AsyncClient) -> None:
    """A bar in the query would be left out in silence."""
    response = await client.post(f"{URL}?min_f1=1", json={"pairs": [GOOD]})

    assert (read_problem(response).status, "min_f1" in response.text) == (422, True)


async def test_no_endpoint_is_needed(tmp_path: Path, allow_sleep: None) -> None:
    """Nothing is read, and nothing is stored."""
    async with run_service(make_settings(tmp_path, None)) as client:
        report = await _compare(client, GOOD)
        listed = (await client.get("/v1/summaries")).json()

    assert report.comparison.scores.items.f1 == 1
    assert listed["items"] == []
