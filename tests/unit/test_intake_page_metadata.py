"""What a page says of itself: headline, outlet, address, day and language, never a guess."""

import pytest

from schemas.article import Article
from service.intake import Metadata, read_article
from tests.unit.data_intake import (
    FIRST,
    MAX_CHARS,
    SECOND,
    build_linked,
    build_page,
    build_paragraphs,
)

BODY = build_paragraphs(FIRST, SECOND)
GRAPH = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": '
    '"2020-01-01"}, {"@type": ["ReportageNewsArticle"], "datePublished": "2025-12-05"}]}</script>'
)


def read(page: bytes, metadata: Metadata | None = None) -> Article:
    """Return the article of ``page``."""
    given = metadata or Metadata()
    return read_article(page, media_type="text/html", metadata=given, max_chars=MAX_CHARS)


def test_a_page_that_says_nothing_of_itself_has_no_metadata() -> None:
    """Nothing is made up."""
    article = read(build_page(BODY))

    assert article == Article(text=f"{FIRST}\n{SECOND}")


@pytest.mark.parametrize(
    ("head", "heading", "expected"),
    [
        ("<title>From title</title>", "", "From title"),
        ("<title>From title</title>", "<h1>From <b>heading</b></h1>", "From heading"),
        ('<meta property="og:title" content="From graph">', "<h1>H</h1>", "From graph"),
        ('<meta name="twitter:title" content="From card"><title>T</title>', "", "From card"),
        (build_linked(headline="From data"), "<h1>H</h1>", "From data"),
        ("<title>From title</title>", "<h1>One</h1><h1>Two</h1>", "From title"),
        ("<title>  Broken\n over lines </title>", "", "Broken over lines"),
        ("", "<h1>  </h1>", None),
        (f"<title>{'x' * 501}</title>", "", None),
    ],
)
def test_the_headline_is_kept(head: str, heading: str, expected: str | None) -> None:
    """It often says what the text only implies."""
    assert read(build_page(heading + BODY, head)).title == expected


@pytest.mark.parametrize("mark", list("|–—-·"))
def test_the_outlets_name_is_cut_from_the_title(mark: str) -> None:
    """It is the source, not the headline."""
    head = (
        f"<title>Envoys meet {mark} Example Post</title>"
        '<meta property="og:site_name" content="Example Post">'
    )

    article = read(build_page(BODY, head))

    assert (article.title, article.source) == ("Envoys meet", "Example Post")


def test_a_title_with_a_dash_is_not_cut_on_suspicion() -> None:
    """Only a name that the page gives as the outlet's is one."""
    assert read(build_page(BODY, "<title>Talks - again</title>")).title == "Talks - again"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:site_name" content="Post">', "Post"),
        ('<meta name="application-name" content="Post">', "Post"),
        (build_linked(publisher={"@type": "Organization", "name": "Post"}), "Post"),
        (build_linked(publisher="Post"), None),
        ('<link rel="canonical" href="https://post.example/a">', None),
    ],
)
def test_the_source_is_what_the_markup_names(head: str, expected: str | None) -> None:
    """A host name is no outlet."""
    assert read(build_page(BODY, head)).source == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://post.example/a">', "https://post.example/a"),
        ('<link rel="nofollow CANONICAL" href="https://post.example/a">', "https://post.example/a"),
        ('<meta property="og:url" content="https://post.example/b">', "https://post.example/b"),
        (
            '<link rel="canonical" href="/a"><meta property="og:url" content="https://p.example/">',
            "https://p.example/",
        ),
        ('<link rel="canonical" href="/a">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="stylesheet" href="https://post.example/a.css">', None),
    ],
)
def test_the_address_is_the_canonical_one(head: str, expected: str | None) -> None:
    """Copies of a page name their original."""
    assert read(build_page(BODY, head)).url == expected


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-12-05T23:30:00-05:00">',
        '<meta name="pubdate" content="2025-12-05">',
        '<meta itemprop="datePublished" content="2025-12-05">',
        '<meta name="DC.date.issued" content="2025-12-05">',
        '<meta name="citation_publication_date" content="2025/12/05">',
        '<meta name="date" content="Fri, 05 Dec 2025 23:30:00 -0500">',
        '<meta name="date" content="soon"><meta name="pubdate" content="2025-12-05">',
        build_linked(datePublished="2025-12-05T10:00:00Z", dateModified="2025-12-09"),
        build_linked(datePublished=7) + build_linked(datePublished="2025-12-05"),
        GRAPH,
    ],
)
def test_the_day_of_publication_is_read_from_the_head(head: str) -> None:
    """Relative dates are resolved from it."""
    assert read(build_page(BODY, head)).published == "2025-12-05"


@pytest.mark.parametrize(
    "before",
    [
        '<time datetime="2025-12-05">Friday</time>',
        '<header><time pubdate datetime="2025-12-05T09:00Z">Friday</time></header>',
        '<p>x <time itemprop="datePublished" datetime="2025-12-05">F</time></p>',
        '<p class="byline">By A. B., <time datetime="2025-12-05">Friday</time></p>',
        '<time class="updated" datetime="2025-12-09">T</time><time datetime="2025-12-05">F</time>',
        '<time datetime="2025-12-04">T</time><time pubdate datetime="2025-12-05">F</time>',
    ],
)
def test_the_day_of_publication_is_read_from_the_articles_time(before: str) -> None:
    """Many pages say it nowhere else."""
    assert read(build_page(before + BODY)).published == "2025-12-05"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<link rel="canonical" href="https://post.example/2025/12/05/talks">', ""),
        ("<title>Talks of 2025-12-05</title>", "<h1>5 December 2025</h1>"),
        ("", "<p>Published on 2025-12-05. © 2025</p><p>December 5, 2025</p>"),
        ("", '<p>On <time datetime="2025-12-05">Friday</time> they met.</p>'),
        ("", '<ul><li><time datetime="2025-12-05">F</time> Another story</li></ul>'),
        ("", '<ul class="dates"><li class="date"><time datetime="2025-12-05">F</time></li></ul>'),
        ("", '<aside><time datetime="2025-12-05">F</time></aside>'),
        ("", "<time>2025-12-05</time>"),
        ("", '<time datetime="09:30">half past nine</time>'),
        ("", '<time class="updated" datetime="2025-12-05">F</time>'),
        ("", '<div hidden><time datetime="2025-12-05">F</time></div>'),
        ("", '<img src="/2025/12/05/a.jpg">'),
        ('<meta property="article:modified_time" content="2025-12-05">', ""),
        ('<meta name="date" content="2025-12">', ""),
        ('<meta name="date" content="2025-02-30">', ""),
        (build_linked(dateModified="2025-12-05"), ""),
        ('<script type="application/ld+json">{"datePublished": "2025-12-05"</script>', ""),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', ""),
    ],
)
def test_a_page_that_does_not_state_its_day_has_none(head: str, body: str) -> None:
    """An invented date resolves every weekday wrongly, without a sign of it."""
    assert read(build_page(body + BODY, head)).published is None


@pytest.mark.parametrize(
    ("head", "attributes", "expected"),
    [
        ("", 'lang="en-GB"', "en-GB"),
        ("", 'xml:lang="fr"', "fr"),
        ('<meta http-equiv="Content-Language" content="de">', "", "de"),
        ('<meta property="og:locale" content="pt_BR">', "", "pt-BR"),
        ('<meta name="language" content="de">', 'lang="en"', "en"),
        ('<meta http-equiv="content-language" content="de, en">', "", None),
        ("", 'lang="en_US"', None),
        ("", 'lang=""', None),
        ("", "", None),
    ],
)
def test_the_language_is_what_the_markup_says(
    head: str, attributes: str, expected: str | None
) -> None:
    """It is never guessed from the words."""
    assert read(build_page(BODY, head, attributes)).language == expected


def test_what_the_caller_says_outranks_the_page() -> None:
    """Callers know where they got it; what they leave open the page may tell."""
    head = (
        '<title>Page</title><meta property="og:site_name" content="Page Post">'
        '<meta name="pubdate" content="2025-12-05">'
    )
    given = Metadata(title="Given", published="2025-12")

    article = read(build_page(BODY, head), metadata=given)

    assert (article.title, article.published, article.source) == ("Given", "2025-12", "Page Post")
