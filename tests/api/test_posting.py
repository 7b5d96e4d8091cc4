"""POST an article: read once, served as it is stored ever after."""

import asyncio
import io
from pathlib import Path

import httpx2
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from schemas.summary import Summary
from service.settings import Settings
from tests.api.serving import ARTICLE, GOOD, make_settings, read_problem, run_service
from tests.builders import ARTICLE_TEXT
from tests.standin import StandIn, replay

LATE = GOOD._replace(fault="late")
HTML = f"<html><head><title>T</title></head><body><article><p>{ARTICLE_TEXT}</p></article></body>"


async def test_each_sample_is_a_miss_then_a_hit_also_after_a_restart(
    seed_texts: tuple[str, ...], tmp_path: Path, allow_sleep: None
) -> None:
    """The main job, over the recorded replies: one call an article, for good."""
    with StandIn(replay()) as endpoint:
        settings = make_settings(tmp_path, endpoint.base_url)
        async with run_service(settings) as client:
            first = [await client.post("/v1/summaries", json={"text": t}) for t in seed_texts]
            again = [await client.post("/v1/summaries", json={"text": t}) for t in seed_texts]
        async with run_service(settings) as client:
            later = [await client.post("/v1/summaries", json={"text": t}) for t in seed_texts]

    assert [one.headers["cache-status"] for one in first] == ["readout; fwd=miss"] * 5
    assert [one.headers["cache-status"] for one in again + later] == ["readout; hit"] * 10
    assert [one.content for one in first] == [one.content for one in again]
    assert [one.content for one in first] == [one.content for one in later]
    assert (len(endpoint.received), endpoint.unanswered) == (5, [])


async def test_the_answer_is_a_summary_with_its_headers(client: httpx2.AsyncClient) -> None:
    """Everything a client needs to keep it, fetch it again and know what it cost."""
    response = await client.post("/v1/summaries", json=ARTICLE)

    summary = Summary.model_validate_json(response.content)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["location"] == f"/v1/summaries/{summary.id}"
    assert response.headers["etag"].strip('"') != response.headers["etag"]
    assert len(summary.iterate_items()) == 6


async def test_fifty_identical_posts_at_once_make_one_call(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """A newsroom opens the same story at the same minute."""
    posts = [client.post("/v1/summaries", json=ARTICLE) for _ in range(50)]
    responses = await asyncio.gather(*posts)

    assert len(endpoint.received) == 1
    assert len({response.content for response in responses}) == 1
    misses = [r for r in responses if r.headers["cache-status"] == "readout; fwd=miss"]
    assert len(misses) == 1


async def test_another_url_for_the_same_text_makes_no_call(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """Syndicated news is paid for once, and keeps each outlet's metadata."""
    first = await client.post("/v1/summaries", json={**ARTICLE, "url": "https://a.example/1"})
    second = await client.post(
        "/v1/summaries", json={**ARTICLE, "url": "https://b.example/2", "source": "B"}
    )

    assert len(endpoint.received) == 1
    assert second.headers["cache-status"] == "readout; hit"
    assert second.json()["article"]["source"] == "B"
    assert first.json()["id"] != second.json()["id"]
    assert first.json()["provenance"] == second.json()["provenance"]


async def test_other_urls_at_the_same_time_share_the_call_too(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """The reading is shared while it is made, not only when it is stored."""
    bodies = [{**ARTICLE, "url": f"https://a.example/{number}"} for number in range(10)]
    responses = await asyncio.gather(*(client.post("/v1/summaries", json=b) for b in bodies))

    assert len(endpoint.received) == 1
    assert {response.json()["article"]["url"] for response in responses} == {
        body["url"] for body in bodies
    }


async def test_changed_rules_derive_the_summary_again_without_a_call(
    client: httpx2.AsyncClient, endpoint: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A better check costs nothing; the list shows what it gives, once."""
    before = await client.post("/v1/summaries", json=ARTICLE)
    monkeypatch.setattr("service.derivation.CHECKING_VERSION", "another")

    # Blanks make it another request to the byte: what is in memory knows nothing of new rules.
    after = await client.post("/v1/summaries", json={**ARTICLE, "text": f"{ARTICLE_TEXT} "})

    assert len(endpoint.received) == 1
    assert after.headers["cache-status"] == "readout; hit"
    assert after.json()["id"] != before.json()["id"]
    listed = (await client.get("/v1/summaries")).json()["items"]
    assert [row["id"] for row in listed] == [after.json()["id"]]
    assert (await client.get(before.headers["location"])).status_code == 200


def build_pdf() -> bytes:
    """Return a PDF of one page that says some words."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=400, height=200)
    text = b"BT /F1 12 Tf 20 100 Td (China will buy soybeans, the ministry said.) Tj ET"
    stream = DecodedStreamObject()
    stream.set_data(text)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("media_type", "body", "words"),
    [
        ("text/plain", ARTICLE_TEXT.encode(), "soybeans"),
        ("text/plain; charset=utf-16", ARTICLE_TEXT.encode("utf-16"), "soybeans"),
        ("Text/Markdown", f"# News\n\n{ARTICLE_TEXT}".encode(), "# News"),
        ("text/html", HTML.encode(), "soybeans"),
        ("application/pdf", build_pdf(), "soybeans"),
    ],
)
async def test_a_raw_body_is_read_with_its_metadata_from_the_query(
    media_type: str, body: bytes, words: str, client: httpx2.AsyncClient
) -> None:
    """`curl --data-binary @file` is all it takes."""
    response = await client.post(
        "/v1/summaries?published=2025-12-06&source=An%20outlet&language=en",
        content=body,
        headers={"content-type": media_type},
    )

    assert response.status_code == 200, response.text
    article = response.json()["article"]
    assert words in article["text"]
    assert (article["published"], article["source"], article["language"]) == (
        "2025-12-06", "An outlet", "en",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "application/octet-stream"), ("page.HTML", "text/html")],
)
async def test_an_uploaded_file_is_read_with_the_forms_metadata(
    name: str, media_type: str, client: httpx2.AsyncClient
) -> None:
    """A form in a browser, or `curl -F file=@page.html`."""
    body = HTML if name.endswith("HTML") else ARTICLE_TEXT
    response = await client.post(
        "/v1/summaries",
        files={"file": (name, body.encode(), media_type)},
        data={"published": "2025-12-06", "title": "A title"},
    )

    assert response.status_code == 200, response.text
    assert response.json()["article"]["title"] == "A title"
    assert "soybeans" in response.json()["article"]["text"]


async def test_the_same_article_in_another_form_is_a_hit(
    client: httpx2.AsyncClient, endpoint: StandIn
) -> None:
    """What counts is the article, not how it was sent."""
    await client.post("/v1/summaries", json=ARTICLE)
    raw = await client.post(
        "/v1/summaries?published=2025-12-06",
        content=ARTICLE_TEXT.replace("\n", "\r\n"),
        headers={"content-type": "text/plain"},
    )

    assert (raw.headers["cache-status"], len(endpoint.received)) == ("readout; hit", 1)


async def test_where_only_an_llm_may_read_and_there_is_none_all_that_is_not_stored_is_503(
    service_settings: Settings, tmp_path: Path, allow_sleep: None
) -> None:
    """Who wants no rules is told what to set; a machine that lost its key still has its past."""
    async with run_service(service_settings) as client:
        await client.post("/v1/summaries", json=ARTICLE)

    async with run_service(make_settings(tmp_path, None, reader="llm")) as client:
        stored = await client.post("/v1/summaries", json=ARTICLE)
        other = await client.post("/v1/summaries", json={"text": "Another article."})

    assert stored.headers["cache-status"] == "readout; hit"
    problem = read_problem(other)
    assert (problem.status, problem.type) == (503, "/problems/no-endpoint")
    assert all(name in problem.detail for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"))
    assert int(other.headers["retry-after"]) > 0


async def test_a_client_that_leaves_in_the_middle_loses_nothing(
    tmp_path: Path, allow_sleep: None
) -> None:
    """The call is paid for: it is finished, stored, and served to whoever asks next."""
    with StandIn(lambda _received: LATE) as endpoint:
        async with run_service(make_settings(tmp_path, endpoint.base_url)) as client:
            with pytest.raises(httpx2.ReadTimeout):
                await client.post("/v1/summaries", json=ARTICLE, timeout=1)
            endpoint.released.set()
            response = await client.post("/v1/summaries", json=ARTICLE)

    assert response.status_code == 200
    assert len(endpoint.received) == 1
