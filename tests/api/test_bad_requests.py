"""Whatever is sent, the answer is a problem that says what was wrong and what to do."""

import json
from typing import Any

import httpx2
import pytest

from tests.api.serving import ARTICLE, read_problem
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn

JSON = {"content-type": "application/json"}
LONG = "The ministry said little. " * 200_000
"""5.2 MB."""


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (json.dumps({"text": LONG}), "application/json"),
        (LONG, "text/plain"),
        (f"<p>{LONG}</p>", "text/html"),
    ],
)
async def test_five_megabytes_of_text_are_413(
    content: str, media_type: str, client: httpx2.AsyncClient
) -> None:
    """Refused by its size, before it is parsed; the answer arrives all the same."""
    response = await client.post(
        "/v1/summaries", content=content, headers={"content-type": media_type}
    )

    problem = read_problem(response)
    assert (problem.status, problem.type) == (413, "/problems/article-too-long")
    assert problem.limit is not None
    assert problem.actual is not None
    assert problem.actual > problem.limit


async def test_a_body_of_unknown_length_is_counted_as_it_comes(client: httpx2.AsyncClient) -> None:
    """Chunked uploads declare nothing."""

    async def chunks() -> Any:
        for _ in range(80):
            yield b"The ministry said little. " * 2_500

    response = await client.post(
        "/v1/summaries", content=chunks(), headers={"content-type": "text/plain"}
    )
    assert read_problem(response).status == 413


async def test_an_upload_that_is_too_large_is_413(client: httpx2.AsyncClient) -> None:
    """Also inside a form."""
    response = await client.post(
        "/v1/summaries", files={"file": ("a.txt", LONG.encode(), "text/plain")}
    )

    assert read_problem(response).status == 413


MALFORMED = {
    "cut": b'{"text": "China',
    "nothing": b"",
    "not UTF-8": b'{"text": "\xff"}',
    "a number without end": b'{"text": ' + b"9" * 5_000 + b"}",
    "prose": b"China agreed to buy soybeans.",
    "too deep": b'{"text":' * 5_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
async def test_malformed_json_is_400(body: bytes, client: httpx2.AsyncClient) -> None:
    """And says where; never what."""
    response = await client.post("/v1/summaries", content=body, headers=JSON)

    problem = read_problem(response)
    assert (problem.status, problem.type) == (400, "/problems/malformed")
    assert "soybeans" not in problem.detail


WRONG: dict[str, tuple[Any, str]] = {
    "unknown field": ({**ARTICLE, "titel": "T"}, "titel"),
    "missing text": ({"title": "T"}, "text"),
    "text of another type": ({"text": 5}, "text"),
    "a list": ([ARTICLE], "object"),
    "null": (None, "object"),
    "many unknown fields": ({**ARTICLE, **{f"x{n}": 1 for n in range(300)}}, "295 more"),
    "a lone surrogate": ({"text": "\ud800"}, "text"),
    "date that is none": ({**ARTICLE, "published": "yesterday"}, "yesterday"),
    "day that is none": ({**ARTICLE, "published": "2025-02-30"}, "2025-02-30"),
    "url that is none": ({**ARTICLE, "url": "javascript:alert(1)"}, "url"),
    "language that is none": ({**ARTICLE, "language": "English, mostly"}, "language"),
    "long title": ({**ARTICLE, "title": "T" * 501}, "title"),
    "empty text": ({"text": ""}, "empty"),
    "blank text": ({"text": " \n\t\u00a0"}, "empty"),
    "binary text": ({"text": "\u0000\u0001"}, "text"),
}


@pytest.mark.parametrize(("body", "word"), WRONG.values(), ids=WRONG.keys())
async def test_what_does_not_fit_is_422_and_named(
    body: Any, word: str, client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """The field, and what it should be; nothing is paid."""
    response = await client.post("/v1/summaries", content=json.dumps(body), headers=JSON)

    problem = read_problem(response)
    assert (problem.status, word in problem.detail) == (422, True), problem.detail
    assert endpoint.received == []


@pytest.mark.parametrize(
    "media_type",
    ["application/x-www-form-urlencoded", "image/png", "text", "", "application/msword", "*/*"],
)
async def test_another_media_type_is_415_and_names_those_that_are_read(
    media_type: str, client: httpx2.AsyncClient
) -> None:
    """Curl's default among them."""
    response = await client.post(
        "/v1/summaries", content=ARTICLE_TEXT, headers={"content-type": media_type}
    )

    problem = read_problem(response)
    assert (problem.status, "text/plain" in problem.detail) == (415, True)


async def test_no_media_type_is_415(client: httpx2.AsyncClient) -> None:
    """Guessing would read a PDF as text."""
    response = await client.post("/v1/summaries", content=ARTICLE_TEXT)

    assert "Content-Type" in read_problem(response).detail


BODIES = {
    "no main text": ("text/html", b"<html><body><img src=x></body></html>", "no-main-text"),
    "not text": ("text/plain", b"\x89PNG\r\n\x1a\n\x00", "undecodable-article"),
    "no PDF": ("application/pdf", b"%PDF-1.7 nothing", "broken-article"),
    "empty": ("text/plain", b"", "empty-article"),
    "unknown charset": ("text/plain; charset=klingon", b"China", "undecodable-article"),
}


@pytest.mark.parametrize(("media_type", "body", "slug"), BODIES.values(), ids=BODIES.keys())
async def test_a_body_that_cannot_be_read_is_422(
    media_type: str, body: bytes, slug: str, client: httpx2.AsyncClient
) -> None:
    """Each with its own kind, so that a program can tell them apart."""
    response = await client.post(
        "/v1/summaries", content=body, headers={"content-type": media_type}
    )

    problem = read_problem(response)
    assert (problem.status, problem.type) == (422, f"/problems/{slug}")


FORMS: dict[str, tuple[bytes, int]] = {
    "no boundary": (b"", 400),
    "another charset": (b"--x--", 400),
    "cut": (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA', 400),
    "no file": (b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nT\r\n--x--\r\n', 422),
    "two files": (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA\r\n' * 2
        + b"--x--\r\n",
        400,
    ),
    "unknown field": (
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA\r\n'
            b'--x\r\nContent-Disposition: form-data; name="titel"\r\n\r\nT\r\n--x--\r\n'
        ),
        422,
    ),
    "unknown suffix": (
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.exe"\r\n\r\nA\r\n'
            b"--x--\r\n"
        ),
        415,
    ),
}


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_that_does_not_fit_is_a_problem(name: str, client: httpx2.AsyncClient) -> None:
    """Broken, incomplete, or of something else."""
    body, status = FORMS[name]
    boundary = {"no boundary": "", "another charset": "; boundary=x; charset=punycode"}.get(
        name, "; boundary=x"
    )
    response = await client.post(
        "/v1/summaries",
        content=body,
        headers={"content-type": f"multipart/form-data{boundary}"},
    )

    assert read_problem(response).status == status


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("published=soon", "soon"),
        ("publisehd=2025", "publisehd"),
        ("title=A&title=B", "title"),
    ],
)
async def test_metadata_of_a_raw_body_that_do_not_fit_are_422(
    query: str, word: str, client: httpx2.AsyncClient
) -> None:
    """A date that is misspelt must not be left out in silence."""
    response = await client.post(
        f"/v1/summaries?{query}", content=ARTICLE_TEXT, headers={"content-type": "text/plain"}
    )

    problem = read_problem(response)
    assert (problem.status, word in problem.detail) == (422, True)


async def test_metadata_beside_json_are_422(client: httpx2.AsyncClient) -> None:
    """Two places for one fact: which one counts would be anyone's guess."""
    response = await client.post("/v1/summaries?published=2025", json=ARTICLE)

    assert "body" in read_problem(response).detail


QUERIES = [
    "limit=0", "limit=501", "limit=many", "cursor=x", "cursor=%00", "cursor=", "country=China",
    "country=cn", "list=treaties", "topic=fish", "status=maybe", "since=June", "since=2025-13",
    "product=", "colour=red", "country=CN&country=US", "cursor=" + "A" * 300, "cursor=🌾",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", ["/v1/summaries", "/v1/items"])
async def test_a_filter_or_cursor_that_does_not_fit_is_422_and_named(
    path: str, query: str, client: httpx2.AsyncClient
) -> None:
    """A filter that is left out in silence would give a wrong list."""
    response = await client.get(f"{path}?{query}")

    problem = read_problem(response)
    assert (problem.status, problem.type) == (422, "/problems/query")
    assert query.partition("=")[0] in problem.detail


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/v1/summaries", "GET, HEAD, POST"),
        ("POST", "/v1/items", "GET, HEAD"),
        ("DELETE", "/v1/summaries", "GET, HEAD, POST"),
        ("PATCH", "/v1/summaries/abc", "DELETE, GET, HEAD"),
        ("GET", "/v1/comparisons", "POST"),
    ],
)
async def test_an_unknown_method_is_405_and_names_all_that_are_taken(
    method: str, path: str, allow: str, client: httpx2.AsyncClient
) -> None:
    """Also where several routes share the address."""
    response = await client.request(method, path)

    assert read_problem(response).status == 405
    assert response.headers["allow"] == allow


@pytest.mark.parametrize("path", ["/v2/summaries", "/v1/summaries/a/b", "/v1/summaries/"])
async def test_an_unknown_address_is_a_problem_too(path: str, client: httpx2.AsyncClient) -> None:
    """One form for everything that goes wrong; nothing leads elsewhere."""
    assert read_problem(await client.get(path)).status == 404


async def test_a_head_is_a_get_without_its_body(client: httpx2.AsyncClient) -> None:
    """Load balancers and `curl -I` ask so."""
    response = await client.head("/healthz")

    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 0


REPEATED = [
    b'{"text": "China", "published": "2025", "published": "2024"}',
    b'{"text": "China", "text": "India"}',
]


@pytest.mark.parametrize("body", REPEATED)
async def test_a_field_that_is_given_twice_is_422(body: bytes, client: httpx2.AsyncClient) -> None:
    """Which of the two is meant is anyone's guess."""
    response = await client.post("/v1/summaries", content=body, headers=JSON)

    problem = read_problem(response)
    assert (problem.status, "twice" in problem.detail) == (422, True)


async def test_a_compressed_body_is_415(client: httpx2.AsyncClient) -> None:
    """Read as text it would be garbage; RFC 9110, 15.5.16."""
    response = await client.post(
        "/v1/summaries",
        content=b"\x1f\x8b",
        headers={"content-type": "text/plain", "content-encoding": "gzip"},
    )

    assert (read_problem(response).status, "gzip" in response.text) == (415, True)


@pytest.mark.parametrize("query", ["title=caf%E9", "&".join(f"x{n}=1" for n in range(5_000))])
async def test_a_query_that_is_no_text_or_without_end_is_422(
    query: str, client: httpx2.AsyncClient
) -> None:
    """A replacement character in a title is not what was sent."""
    response = await client.post(
        f"/v1/summaries?{query}", content=ARTICLE_TEXT, headers={"content-type": "text/plain"}
    )

    assert read_problem(response).status == 422
    assert len(response.content) < 1_000
