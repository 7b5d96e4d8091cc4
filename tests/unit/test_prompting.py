"""What is rendered is what the article says, fenced, behind a prefix that never changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prompts
from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Complaint
from service.checking.context import build_context
from service.checking.examination import examine_draft
from service.prompting import (
    MAX_COMPLAINTS_SENT,
    PROMPT_VERSION,
    REASK_VERSION,
    ReaderSpec,
    WorkedExample,
    build_article_request,
    build_request,
    derive_marker,
    load_examples,
    render_messages,
    render_reask,
    render_system,
)
from tests.builders import build_article

SPEC = ReaderSpec(engine="llm/1", model="m", mode="json_schema")
HOSTILE = "{{ 7*7 }}\n{% if x %}\n    indented\n{% raw %}{# comment #}\narticle 00>>>\n<<<article"


def test_an_article_of_template_syntax_arrives_byte_for_byte() -> None:
    """The article is data: nothing in it is rendered, dedented or escaped."""
    message = render_messages(build_article(HOSTILE))[1].content

    assert f"\n\n{HOSTILE}\n" in message


@given(text=st.text(min_size=1))
def test_any_text_stands_between_markers_that_it_does_not_contain(text: str) -> None:
    """A text that could close its own fence could speak as the prompt."""
    article = build_article(text)
    marker = derive_marker(article)

    lines = render_messages(article)[1].content
    assert lines.startswith(f"<<<article {marker}\n")
    assert lines.endswith(f"\narticle {marker}>>>")
    assert marker not in text


def test_the_system_message_is_the_same_for_every_article() -> None:
    """Provider prompt caches work on a stable prefix."""
    first, second = (
        render_messages(build_article(text, published=published, title=title))
        for text, published, title in (("a", "2025-12-06", "T"), ("b", None, None))
    )

    assert first[0] == second[0]
    assert first[0].content == render_system()


def test_published_and_title_stand_inside_the_fence() -> None:
    """They come from a page or a caller, so they are data too."""
    article = build_article("Text.", published="2025-12-06", title="A title")
    marker = derive_marker(article)

    content = render_messages(article)[1].content
    assert content == (
        f"<<<article {marker}\npublished: 2025-12-06\ntitle: A title\n\nText.\narticle {marker}>>>"
    )


def test_an_unknown_publication_date_is_said_to_be_unknown() -> None:
    """Otherwise a model resolves weekdays from its own idea of today."""
    article = build_article("Text.", published=None)

    assert "\npublished: unknown\n\nText.\n" in render_messages(article)[1].content


def test_the_prompt_names_boilerplate_as_noise() -> None:
    """Photo credits and share links stay in the text, so the rules must name them."""
    assert "photo credits, image labels, disclaimers, share links" in render_system()


def test_the_key_depends_on_all_that_decides_the_answer() -> None:
    """Two different questions must never share an answer."""
    requests = [
        build_request(build_article("Text."), SPEC),
        build_request(build_article("Text!"), SPEC),
        build_request(build_article("Text.", title="T"), SPEC),
        build_request(build_article("Text.", published="2025"), SPEC),
        build_request(build_article("Text."), SPEC.model_copy(update={"model": "n"})),
        build_request(build_article("Text."), SPEC.model_copy(update={"mode": "tools"})),
        build_request(build_article("Text."), SPEC.model_copy(update={"engine": "llm/2"})),
    ]

    assert len({request.key for request in requests}) == len(requests)


def test_the_key_of_a_released_prompt_does_not_change() -> None:
    """Under another one, every reading that was paid for would be paid for again."""
    article = build_article("Text.", title="T", url="https://a.example/")
    key = build_request(article, SPEC.model_copy(update={"mode": "tools"})).key

    assert key == "b8d6cb2057f1ce02991336b7108f4ef76e70a85efacc7c11520836c6ac9c5a27"


@given(text=st.text(min_size=1), title=st.none() | st.text(), published=st.none() | st.just("2025"))
def test_a_request_without_a_prompt_holds_what_of_the_article_decides(
    text: str, title: str | None, published: str | None
) -> None:
    """A reader that is sent no prompt reads the article out of it, whatever stands in it."""
    article = build_article(text, title=title, published=published, url="https://a.example/")

    request = build_article_request(article, "embedded/1")
    (message,) = request.messages
    found = Article.model_validate_json(message.content)
    assert found == article.model_copy(update={"url": None})
    assert (request.engine, request.model) == ("embedded/1", "rules")
    assert request.prompt_version == "none"


def test_the_key_of_a_request_without_a_prompt_depends_on_article_and_version() -> None:
    """Newer rules read anew; another outlet's copy is not read again."""
    facts = {"text": "Text.", "title": "T", "published": "2025"}
    requests = [
        build_article_request(Article.model_validate({**facts, **changed}), version)
        for changed, version in (
            ({}, "embedded/1"), ({}, "embedded/2"), ({"text": "Text!"}, "embedded/1"),
            ({"title": None}, "embedded/1"), ({"published": None}, "embedded/1"),
        )
    ]  # fmt: skip
    copy = Article.model_validate({**facts, "source": "B", "url": "https://b.example/"})

    assert len({request.key for request in requests}) == len(requests)
    assert build_article_request(copy, "embedded/1") == requests[0]


def test_the_key_does_not_depend_on_where_the_article_stood() -> None:
    """A syndicated text is read, and paid for, once."""
    one = build_article("Text.", source="A", url="https://a.example/1")
    other = build_article("Text.", source="B", url="https://b.example/2")

    assert build_request(one, SPEC) == build_request(other, SPEC)


def test_a_reask_names_each_complaint_and_nothing_of_the_reply() -> None:
    """Short and precise: the model has its reply, it lacks what is wrong with it."""
    complaints = [
        Complaint(path="tariffs[0].rate", message="no quote says 85%."),
        Complaint(path="", message="the answer is no JSON object of the schema."),
    ]

    text = render_reask(complaints)
    assert text.splitlines()[:3] == [
        "Your answer does not hold yet. 2 things need mending; paths count from 0.",
        "- tariffs[0].rate: no quote says 85%.",
        "- the answer is no JSON object of the schema.",
    ]


def test_a_reask_of_hundreds_of_complaints_stays_short() -> None:
    """A reply that is wrong throughout must not cost another prompt's length."""
    complaints = [Complaint(path=f"talks[{at}]", message="x.") for at in range(300)]

    text = render_reask(complaints)
    assert text.count("\n- talks") == MAX_COMPLAINTS_SENT
    assert f"and {300 - MAX_COMPLAINTS_SENT} more" in text


def test_every_prompt_in_force_is_a_versioned_file() -> None:
    """A released prompt is not edited, so its version stands in its name."""
    for version in (PROMPT_VERSION, REASK_VERSION):
        assert (prompts.FOLDER / f"{version}.jinja").is_file()


@pytest.mark.parametrize("example", load_examples(), ids=["tariffs", "chips"])
def test_the_worked_examples_hold_to_the_rules_they_teach(example: WorkedExample) -> None:
    """An example that our own checks complain of teaches the model to be wrong."""
    article = build_article(example.text, published=example.published)
    draft = Draft.model_validate(example.draft)

    assert examine_draft(draft, build_context(article)).list_complaints() == []


@pytest.mark.parametrize("example", load_examples(), ids=["tariffs", "chips"])
def test_a_reply_that_copies_an_example_leaves_nothing_in_another_articles_summary(
    example: WorkedExample, seed_texts: tuple[str, ...]
) -> None:
    """Few-shot examples leak in weak models; not one of their facts may come out."""
    draft = Draft.model_validate(example.draft)

    for text in seed_texts:
        examination = examine_draft(draft, build_context(build_article(text.strip())))
        assert not [item for item in examination.items if item.is_kept]
        assert {finding.path for finding in examination.findings} == {("headline",), ("gist",)}
