"""What an analyst works with: both readings over the article's own text, in a file that is safe."""

import html
import re
from collections.abc import Mapping
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.comparison import ComparisonReport, Place
from service.report.comparison_page import render_page, split_hidden
from service.report.comparison_view import FILTERS
from service.report.highlights import cut_segments
from tests.unit.data_comparison import (
    ARTICLE,
    NASTY,
    TEXT,
    build_change,
    build_comparison_report,
    build_critical_error,
    build_damaged_document,
    build_document_comparison,
    build_field_accuracy,
    build_full_report,
    build_invented_item,
    build_item_comparison,
    build_leaf,
    build_missing_item,
    build_place,
    build_spread,
    build_unread_document,
    build_wrong_leaf,
)

_TEXTS = {ARTICLE: TEXT, "seeds/unread.txt": TEXT}


def render(report: ComparisonReport, texts: Mapping[str, str] = _TEXTS) -> lxml.html.HtmlElement:
    """Return the page as a browser's parser sees it, without what XML cannot hold."""
    page = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", render_page(report, texts))
    return lxml.html.document_fromstring(page)


def render_one(text: str = TEXT, **overrides: object) -> lxml.html.HtmlElement:
    """Return the page of one article of ``text``."""
    report = build_comparison_report([build_document_comparison(**overrides)])
    return render(report, {ARTICLE: text})


def read_columns(page: str) -> list[str]:
    """Return the text of each column of ``page``, its tags removed."""
    columns = re.findall(r'<div class="text" dir="auto">(.*?)</div>', page, flags=re.DOTALL)
    return [html.unescape(re.sub("<[^>]*>", "", column)) for column in columns]


def has_class(name: str) -> str:
    """Return the XPath condition for an element of class ``name``."""
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def flatten(element: lxml.html.HtmlElement) -> str:
    """Return the text of ``element`` with every run of blanks as one."""
    return " ".join(element.text_content().split())


def read_css(page: str) -> str:
    """Return what stands in the page's one style element."""
    styles = re.findall("<style>(.*?)</style>", page, flags=re.DOTALL)
    assert len(styles) == 1
    return str(styles[0])


# The article's text


def test_both_columns_hold_the_text_to_the_code_point() -> None:
    """An offset that is one off, or a lost blank, would show another quote than was given."""
    items = [build_item_comparison(), build_missing_item(), build_invented_item()]
    report = build_comparison_report([build_document_comparison(items=items)])

    assert read_columns(render_page(report, _TEXTS)) == [TEXT, TEXT]


@given(text=st.text(), spans=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_any_text_survives_any_places(text: str, spans: list[tuple[int, int]]) -> None:
    """Neither markup in the text nor places that overlap or are out of range lose a character."""
    places = [Place(start=start, end=end) for start, end in spans]
    item = build_item_comparison(expected_places=places, found_places=places)
    report = build_comparison_report([build_document_comparison(items=[item])])
    expected = re.sub("[\0\ud800-\udfff]", "\ufffd", text)

    columns = read_columns(render_page(report, {ARTICLE: text}))
    assert columns == [expected, expected]


@given(
    text=st.text(max_size=20),
    spans=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 25), st.integers(0, 25))),
)
def test_a_segment_belongs_to_exactly_the_items_over_it(
    text: str, spans: list[tuple[int, int, int]]
) -> None:
    """Compared with the plain way: asking every place about every character."""
    places: dict[int, list[Place]] = {number: [] for number in range(4)}
    for number, start, end in spans:
        places[number].append(Place(start=start, end=end))
    segments = cut_segments(text, places)

    told = [segment.numbers for segment in segments for _ in segment.text]
    asked = [
        tuple(n for n, own in places.items() if any(p.start <= at < p.end for p in own))
        for at in range(len(text))
    ]
    assert told == asked
    assert all(segment.text for segment in segments)


def test_overlapping_quotes_share_the_segment_between_their_borders() -> None:
    """The second item must not swallow the first, nor end it."""
    items = [
        build_item_comparison(expected_places=[build_place("China will buy 12 million")]),
        build_missing_item(expected_places=[build_place("12 million tons")]),
    ]
    marks = render_one(items=items).xpath("(//div[@class='text'])[1]/mark")

    assert [(mark.get("title"), flatten(mark)) for mark in marks] == [
        ("1 right", "China will buy"),
        ("1 right, 2 missing", "12 million"),
        ("2 missing", "tons"),
    ]


def test_the_worst_item_colours_a_shared_segment() -> None:
    """A critical error must not hide under a right item."""
    place = [build_place("China")]
    items = [
        build_item_comparison(found_places=place, outcome=outcome)
        for outcome in ("wrong", "right", "optional")
    ]
    mark = render_one(items=items).xpath("(//div[@class='text'])[2]/mark")[0]

    assert mark.get("class").split()[:2] == ["m", "wrong"]


def test_golden_quotes_stand_left_and_found_ones_right() -> None:
    """Which is which decides who is wrong."""
    columns = render_one().xpath("//div[@class='text']")

    assert [flatten(column.find("mark")) for column in columns] == [
        "China will buy 12 million tons",
        "12 million tons of soybeans",
    ]


def test_an_article_whose_text_was_not_given_still_shows_its_items() -> None:
    """The differences are worth more than the highlights."""
    page = render(build_comparison_report([build_damaged_document()]), {})

    assert not page.xpath("//div[@class='text']")
    assert "text of this article was not given" in flatten(page)
    assert "license chips" in flatten(page)


# Links


def test_every_link_leads_somewhere_and_every_place_is_one() -> None:
    """A link without a target looks like a broken page; an id must be given once."""
    page = render(build_comparison_report([build_damaged_document(), build_unread_document()]))
    ids = page.xpath("//@id")

    assert {href[1:] for href in page.xpath("//@href")} <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_highlight_leads_to_its_item_and_back() -> None:
    """From the text to the fields and from the fields to the text is how one works."""
    page = render_one()
    (chip,) = page.xpath("(//div[@class='text'])[1]//a")

    (item,) = page.xpath(f"//*[@id='{chip.get('href')[1:]}']")
    assert f"#{chip.get('id')}" in item.xpath(".//a/@href")


def test_a_place_outside_of_the_text_is_not_linked() -> None:
    """A text that changed since must not make links that lead nowhere."""
    item = build_item_comparison(expected_places=[Place(start=10, end=20)], found_places=[])
    page = render_one("short", items=[item])

    assert "golden quote" not in flatten(page)


def test_a_critical_error_leads_to_its_item() -> None:
    """The list at the top is the way into a long page."""
    page = render(build_comparison_report([build_damaged_document()]))
    (link,) = page.xpath(f"//table[{has_class('critical-rows')}]//td//a")

    assert flatten(page.xpath(f"//*[@id='{link.get('href')[1:]}']//h4")[0]) == flatten(link)


def test_a_critical_error_finds_its_item_by_the_id_of_what_was_found() -> None:
    """It bears the found statement; the item that it was paired with bears the golden one."""
    items = [build_item_comparison(found_id="commitment-2"), build_item_comparison()]
    error = build_critical_error(
        kind="ungrounded_item", item="purchase soybeans", found_id="commitment-1", field="evidence"
    )
    page = render_one(items=items, critical_errors=[error])

    assert page.xpath(f"//table[{has_class('critical-rows')}]//td//a/@href") == ["#a1-2"]
    kinds = page.xpath(f"//details[{has_class('item')}]/@class")
    assert ["is-crit" in found.split() for found in kinds] == [False, True]


# What is shown


@pytest.mark.parametrize(
    ("report", "shown"),
    [
        (build_comparison_report(), "✓ Met"),
        (build_comparison_report(shortfalls=["F1 is low."]), "✗ Falls short of 1 bar F1 is low."),
        (build_comparison_report([]), "No article was compared."),
        (build_comparison_report([build_unread_document()]), "seeds/unread.txt: the model refused"),
        (build_comparison_report(strays=["stray-1"]), "They count nowhere. stray-1"),
        (build_comparison_report(changes=[build_change()]), "items F1 0.900, was 1.000"),
        (build_comparison_report(changes=[build_change()]), "right: 2026-02wrong: 2027-02"),
        (build_comparison_report(repetitions=[build_spread()]), "0.850.726 to 10.9 · 0.8 · 0.85"),
        (build_comparison_report(fields=[build_field_accuracy()]), "due0.80062110"),
        (build_comparison_report(cosmetic=7), "Written differently7"),
    ],
)
def test_the_head_tells_the_run(report: ComparisonReport, shown: str) -> None:
    """All that is not about one article stands above them."""
    assert shown in flatten(render(report))


def test_worse_articles_come_first_among_the_changes() -> None:
    """A regression must not hide behind gains."""
    better = build_change(article="better", is_worse=False, changes=[])
    page = render(build_comparison_report(changes=[better, build_change(article="worse")]))

    assert page.xpath(f"//details[{has_class('change')}]/summary/b/text()") == ["worse", "better"]


def test_every_value_of_an_item_is_a_row() -> None:
    """Field, expected, found, outcome, severity, note, in the order of the header."""
    leaf = build_wrong_leaf(note="off by a year", credit=0.5)
    page = render_one(items=[build_item_comparison(leaves=[leaf])])
    (row,) = page.xpath(f"//table[{has_class('diff')}]/tbody/tr")

    assert [flatten(cell) for cell in row] == [
        "due", "2026-02", "2027-02", "✗ wrong (half)", "critical", "off by a year",
    ]  # fmt: skip
    assert "critical" in row.get("class").split()


def test_an_empty_value_is_told_from_none() -> None:
    """Nothing found and an empty string found are two errors."""
    leaves = [build_leaf(expected="", found=None)]
    page = render_one(items=[build_item_comparison(leaves=leaves)])

    assert [flatten(cell) for cell in page.xpath("//tr/td[position() <= 2]")[-2:]] == ["", "–"]


@pytest.mark.parametrize("list_name", ["chip_policies", None])
def test_an_error_that_no_value_shows_stands_with_what_it_is_about(list_name: str | None) -> None:
    """A forbidden item or text has no row among the fields."""
    item = build_invented_item()
    error = build_critical_error(
        kind="forbidden_text", list=list_name, item=list_name and item.name, found="Gilliam"
    )
    page = render_one(items=[item], critical_errors=[error])
    (alarm,) = page.xpath("//p[@class='alarm']")

    heading = flatten(alarm.getparent().xpath(".//h4")[0])
    assert heading == (item.name if list_name else "Headline and gist")


def test_an_error_of_an_item_that_is_not_there_names_it() -> None:
    """A critical error must not get lost because its item goes by another name."""
    error = build_critical_error(kind="forbidden_text", item="another", list="tariffs")
    page = render_one(critical_errors=[error])
    (alarm,) = page.xpath("//p[@class='alarm']")

    assert flatten(alarm).startswith("Critical: forbidden text in another (Tariffs) in due")
    assert flatten(alarm.getparent().xpath(".//h4")[0]) == "The summary as a whole"


def test_a_wrong_value_stands_in_its_row_only() -> None:
    """Told twice it would look like two errors."""
    error = build_critical_error(list=None, item=None, field="gist")
    page = render_one(texts=[build_wrong_leaf(field="gist")], critical_errors=[error])

    assert not page.xpath("//p[@class='alarm']")


def test_what_needs_looking_at_is_open_and_the_rest_closed() -> None:
    """A long run is read by its differences."""
    page = render_one(items=[build_item_comparison(), build_missing_item()])
    right = render_one()

    items = page.xpath(f"//details[{has_class('item')}]")
    assert ["open" in item.attrib for item in items] == [False, True]
    for shown, is_open in ((page, True), (right, False)):
        (article,) = shown.xpath(f"//details[{has_class('article')}]")
        assert ("open" in article.attrib) is is_open


def test_a_carriage_return_stays_one() -> None:
    """A parser takes a bare one for a line feed, and the quote would not be the article's."""
    page = render_page(build_comparison_report(), {ARTICLE: "a\rb"})

    assert lxml.html.document_fromstring(page).xpath("string(//div[@class='text'])") == "a\rb"


# Filters


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        (build_item_comparison(), set()),
        (build_item_comparison(outcome="wrong", leaves=[build_wrong_leaf()]), {"diff", "crit"}),
        (build_item_comparison(outcome="wrong"), {"diff", "crit"}),
        (build_item_comparison(leaves=[build_wrong_leaf()]), {"diff", "crit"}),
        (build_item_comparison(leaves=[build_wrong_leaf(severity="error")]), {"diff"}),
        (build_item_comparison(leaves=[build_leaf(severity="cosmetic")]), set()),
        (build_missing_item(), {"diff", "missing"}),
        (build_invented_item(), {"diff", "invented"}),
        (build_item_comparison(outcome="optional"), set()),
    ],
)
def test_an_item_and_its_article_bear_the_filters_that_show_them(
    item: object, kinds: set[str]
) -> None:
    """A filter that hides an error is worse than none."""
    page = render_one(items=[item])

    for name in ("item", "article"):
        (found,) = page.xpath(f"//details[{has_class(name)}]/@class")
        assert set(re.findall(r"is-(\w+)", found)) == kinds


def test_an_invented_item_that_is_forbidden_passes_both_filters() -> None:
    """It is looked for under either name."""
    item = build_invented_item()
    error = build_critical_error(kind="forbidden_item", list=item.list, item=item.name, field=None)
    page = render_one(items=[item], critical_errors=[error])

    (found,) = page.xpath(f"//details[{has_class('item')}]/@class")
    assert {"is-crit", "is-invented"} <= set(found.split())


def test_a_right_item_with_a_forbidden_text_is_critical_and_a_difference() -> None:
    """All of its values may be right, and its statement still name what it must not."""
    error = build_critical_error(kind="forbidden_text", field="statement")
    page = render_one(critical_errors=[error])

    (found,) = page.xpath(f"//details[{has_class('item')}]/@class")
    assert {"is-crit", "is-diff"} <= set(found.split())


def test_an_unread_article_is_a_difference_even_without_items() -> None:
    """A fixture of nothing that was not read is still not read."""
    page = render(build_comparison_report([build_unread_document(items=[])]))

    (found,) = page.xpath(f"//details[{has_class('article')}]/@class")
    assert "is-diff" in found.split()


def test_every_filter_is_a_radio_button_with_a_rule_that_hides() -> None:
    """A button without its rule, or a rule without its button, does nothing."""
    page = render_page(build_comparison_report(), _TEXTS)
    css = read_css(page)
    buttons = lxml.html.document_fromstring(page).xpath("//fieldset//label/input")

    assert [button.get("id") for button in buttons] == [f"show-{name}" for name in FILTERS]
    assert [button.get("id") for button in buttons if "checked" in button.attrib] == ["show-all"]
    for name in FILTERS:
        assert name == "all" or f"body:has(#show-{name}:checked) .k:not(.is-{name})" in css


def test_filters_count_what_they_show() -> None:
    """Nobody has to try a filter to learn that it is empty."""
    page = render(build_comparison_report([build_damaged_document()]))

    assert [flatten(label) for label in page.xpath("//fieldset/label")] == [
        "everything 3",
        "only differences 3",
        "critical only 1",
        "missing only 1",
        "invented only 1",
    ]
    assert not page.xpath(f"//p[{has_class('empty')}]")


def test_a_filter_that_shows_nothing_has_a_sentence_for_it() -> None:
    """An empty page looks like a failure."""
    page = render(build_comparison_report())

    assert [flatten(line) for line in page.xpath(f"//p[{has_class('empty')}]")] == [
        "No item is different.",
        "No item is critically wrong.",
        "No item is missing.",
        "No item is invented.",
    ]


# Safety


@pytest.mark.parametrize(
    "value", [NASTY, '" onclick="x', "' onclick='x", "</style><script>x</script>", "{{ 7*7 }}"]
)
def test_no_value_becomes_markup(value: str) -> None:
    """Articles, and what a model says about them, come from strangers."""
    hostile = render(build_full_report(value), {value: TEXT + value})
    harmless = render(build_full_report("value"), {"value": TEXT})

    assert not hostile.xpath("//script | //b[@onclick] | //@onclick")
    assert {e.tag for e in hostile.iter()} <= {e.tag for e in harmless.iter()} | {"span"}
    assert "49" not in flatten(hostile).split()


def test_the_page_loads_nothing() -> None:
    """It opens without network, and tells nobody that it was opened."""
    report = build_full_report()
    page = render(report, {NASTY: NASTY})
    css = read_css(render_page(report, _TEXTS))

    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert not page.xpath("//@src | //@srcset | //@action | //@poster | //script | //link | //img")
    assert "url(" not in css
    assert "@import" not in css


def test_the_policy_forbids_what_the_page_does_not_need() -> None:
    """Should a value ever become markup, it still runs nothing."""
    (policy,) = render(build_comparison_report()).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "script" not in policy


def test_an_override_of_direction_is_named_and_shut_in() -> None:
    """Otherwise it would turn around what follows it, up to the end of the paragraph."""
    page = render_one("a \u202eb\u202c c", items=[])
    shut_in = page.xpath("(//div[@class='text'])[1]/span[@class='hidden']")

    assert [(span.get("data-c"), span.text) for span in shut_in] == [
        ("U+202E", "\u202e"),
        ("U+202C", "\u202c"),
    ]
    assert ".hidden { display: inline-block; unicode-bidi: isolate;" in read_css(
        render_page(build_comparison_report(), {})
    )


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [("", "", "")]),
        ("👩‍🌾 大豆\n\ttext", [("👩‍🌾 大豆\n\ttext", "", "")]),
        ("\u202ea", [("", "\u202e", "U+202E"), ("a", "", "")]),
        ("a\x00", [("a", "\ufffd", "U+0000"), ("", "", "")]),
        ("\ud800\u200b", [("", "\ufffd", "U+D800"), ("", "\u200b", "U+200B"), ("", "", "")]),
        ("\U000e0041", [("", "\U000e0041", "U+E0041"), ("", "", "")]),
    ],
)
def test_characters_that_nobody_sees_are_split_off(
    text: str, pieces: list[tuple[str, str, str]]
) -> None:
    """What a model read and a person cannot see must be visible; emoji stay whole."""
    assert list(split_hidden(text)) == pieces


def test_every_page_can_be_written() -> None:
    """A lone surrogate cannot be sent in UTF-8."""
    page = render_page(build_full_report(), {NASTY: NASTY})

    assert page.encode()
    assert "\x00" not in page


# Readability


def test_the_page_has_a_language_a_title_and_a_viewport() -> None:
    """A screen reader, a list of tabs and a telephone each need one of them."""
    page = render(build_comparison_report(shortfalls=["low"]))

    assert page.get("lang") == "en"
    assert page.findtext(".//title") == "Falls short – comparison of 1 article"
    assert page.xpath("//meta[@name='viewport']")


def test_every_header_of_a_table_says_what_it_heads() -> None:
    """A screen reader reads cells with their headers."""
    page = render(build_full_report())

    assert not page.xpath("//th[not(@scope)]")
    assert not page.xpath("//table[not(.//th)]")


def test_headings_skip_no_level() -> None:
    """Readers jump from heading to heading."""
    levels = [int(h.tag[1]) for h in render(build_full_report()).xpath("//h1 | //h2 | //h3 | //h4")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_colour_is_never_the_only_sign() -> None:
    """Every highlight carries number and sign, and says both aloud."""
    page = render(build_comparison_report([build_damaged_document()]))
    chips = page.xpath("//div[@class='text']//a")

    assert [(chip.get("data-n"), chip.get("aria-label")) for chip in chips] == [
        ("1 ✗", "item 1, wrong, critical"),
        ("2 −", "item 2, missing"),
        ("3 +", "item 3, invented"),
        ("1 ✗", "item 1, wrong, critical"),
    ]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("outcome", ["right", "wrong", "missing", "invented", "optional"])
def test_words_can_be_told_from_what_is_behind_them(scheme: int, outcome: str) -> None:
    """Contrast of 4.5 in light and dark (WCAG 2.2, 1.4.3)."""
    css = read_css(render_page(build_comparison_report(), {}))
    root = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)[scheme]
    colors = dict(re.findall(r"--([\w-]+): (#\w{6})", root))
    tint = f"{outcome}-tint"
    pairs = [("ink", tint), ("soft", tint), (outcome, tint), (outcome, "panel"), ("soft", "page")]

    for words, behind in pairs:
        light, dark = sorted((measure_luminance(colors[c]) for c in (words, behind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, behind)


def measure_luminance(color: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
