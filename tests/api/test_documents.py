"""What the service says of itself is true."""

import json
from pathlib import Path

import httpx2
import jsonschema
import pytest

from schemas.summary import Summary
from service.errors import HTTP_FORMS
from service.prompting import load_examples
from tests.api.serving import ARTICLE, make_settings, read_problem, run_service
from tests.standin import StandIn, complete

EXPORTED = Path(__file__).parents[2] / "schemas" / "json"


async def test_health_needs_nothing(tmp_path: Path, allow_sleep: None) -> None:
    """A container is not restarted because a key is missing."""
    async with run_service(make_settings(tmp_path, None, reader="llm")) as client:
        health = await client.get("/healthz")
        readiness = await client.get("/readyz")

    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert read_problem(readiness).type == "/problems/no-endpoint"


async def test_a_service_that_can_do_its_work_is_ready(client: httpx2.AsyncClient) -> None:
    """Database and endpoint."""
    response = await client.get("/readyz")

    assert (response.status_code, response.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("name", ["comparison", "draft", "golden", "problem", "strict", "summary"])
async def test_schemas_are_the_exported_ones(name: str, client: httpx2.AsyncClient) -> None:
    """One contract, wherever one gets it."""
    response = await client.get(f"/v1/schema?name={name}")

    assert response.text == (EXPORTED / f"{name}.schema.json").read_text(encoding="utf-8")
    assert response.headers["content-type"] == "application/schema+json"


async def test_the_schema_is_that_of_a_summary_and_fits_what_is_served(
    client: httpx2.AsyncClient,
) -> None:
    """Clients generate their types from it."""
    schema = (await client.get("/v1/schema")).json()
    served = (await client.post("/v1/summaries", json=ARTICLE)).json()

    jsonschema.validate(served, schema)


async def test_an_unknown_schema_is_named(client: httpx2.AsyncClient) -> None:
    """With those that there are."""
    problem = read_problem(await client.get("/v1/schema?name=none"))

    assert (problem.status, "summary" in problem.detail) == (422, True)


async def test_every_type_of_problem_is_an_address(client: httpx2.AsyncClient) -> None:
    """RFC 9457 wants it to lead somewhere."""
    kinds = (await client.get("/problems")).json()

    assert len(kinds) == len(HTTP_FORMS)
    for kind in kinds:
        response = await client.get(kind["type"])
        assert response.json() == kind
    assert read_problem(await client.get("/problems/none")).status == 404


async def test_the_index_leads_everywhere(client: httpx2.AsyncClient) -> None:
    """Whoever opens the address in a browser finds the rest."""
    index = (await client.get("/")).json()
    addresses = [value for value in index.values() if value.startswith("/")]

    assert len(addresses) == 6
    for address in addresses:
        response = await client.get(address)
        # A comparison is posted; its address says so.
        assert response.status_code == 200 or response.headers["allow"] == "POST"


async def test_the_examples_of_the_openapi_document_are_real(
    tmp_path: Path, allow_sleep: None
) -> None:
    """Sent to a service whose model says what the prompt's example says, it answers just that."""
    draft = load_examples()[0].draft
    with StandIn(lambda _received: complete(json.dumps(draft))) as endpoint:
        async with run_service(make_settings(tmp_path, endpoint.base_url)) as client:
            schemas = (await client.get("/openapi.json")).json()["components"]["schemas"]
            request = schemas["SummaryRequest"]["examples"][0]
            served = (await client.post("/v1/summaries", json=request)).json()

    (example,) = schemas["Summary"]["examples"]
    made = {"id", "provenance"}
    assert {k: v for k, v in served.items() if k not in made} == {
        k: v for k, v in example.items() if k not in made
    }
    assert Summary.model_validate(example).iterate_items()


async def test_the_openapi_document_says_what_is_so(client: httpx2.AsyncClient) -> None:
    """Its references lead somewhere; its errors are problems, and those of the route."""
    document = (await client.get("/openapi.json")).json()
    schemas = document["components"]["schemas"]

    references = set(_find_references(document))
    assert {reference.rpartition("/")[2] for reference in references} <= set(schemas)
    for operations in document["paths"].values():
        for operation in operations.values():
            errors = {s: r for s, r in operation["responses"].items() if s >= "400"}
            assert all(list(r["content"]) == ["application/problem+json"] for r in errors.values())
    listing = document["paths"]["/v1/items"]["get"]
    assert set(listing["responses"]) == {"200", "422", "503"}
    assert "article" not in listing["responses"]["422"]["description"]
    assert {parameter["name"] for parameter in listing["parameters"]} == {
        "country", "list", "topic", "product", "status", "since", "limit", "cursor",
    }  # fmt: skip
    schema = document["paths"]["/v1/schema"]["get"]["responses"]["200"]
    assert list(schema["content"]) == ["application/schema+json"]
    posting = document["paths"]["/v1/summaries"]["post"]
    assert set(posting["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    assert {"400", "413", "415", "422", "429", "502", "503", "504"} <= set(posting["responses"])
    assert set(posting["requestBody"]["content"]) >= {"application/json", "multipart/form-data"}


def _find_references(document: object) -> list[str]:
    if isinstance(document, dict):
        own = [value for key, value in document.items() if key == "$ref"]
        return own + [one for value in document.values() for one in _find_references(value)]
    if isinstance(document, list):
        return [one for value in document for one in _find_references(value)]
    return []
