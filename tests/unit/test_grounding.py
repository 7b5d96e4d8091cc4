"""Quotes are placed exactly, or not at all."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.grounding import MAX_CANDIDATES, TextIndex, ground_quotes
from service.intake import canonicalise

ARTICLE = (
    "The U.S. will not lift its 25% tariff on Chinese steel, Mr. İnan said.\n"
    "“We agreed” — he added — to buy 12 million tons of soybeans by mid-2026 🌾 in Busan.\n"
    "习近平周五与特朗普通话。 The 25% tariff stays at 25%, and $30 billion is at stake."
)


def find_texts(text: str, quote: str) -> list[str]:
    """Return the article's own slices for ``quote``."""
    return [text[span.start : span.end] for span in TextIndex(text).find(quote)]


@pytest.mark.parametrize(
    "quote",
    [
        "will not lift its 25% tariff",
        "İnan said",
        "12 million tons of soybeans by mid-2026 🌾 in Busan",
        "习近平周五与特朗普通话",
        "周五",
        "2026",
        "$30 billion",
    ],
)
def test_a_verbatim_quote_is_found_as_it_is(quote: str) -> None:
    """Scripts, emoji and dotted capitals are text like any other."""
    assert find_texts(ARTICLE, quote) == [quote]


@pytest.mark.parametrize(
    ("quote", "own_words"),
    [
        ('"We agreed" - he added', "“We agreed” — he added"),
        ("steel,  Mr. İnan\tsaid.", "steel, Mr. İnan said."),
        ("İnan said. “We agreed”", "İnan said.\n“We agreed”"),
        ("２５％ tariff on Chinese steel", "25% tariff on Chinese steel"),
        ("buy\u00a012\u202fmillion\u200b tons", "buy 12 million tons"),
        ('"will not lift"', "will not lift"),
        ("'by mid–2026'", "by mid-2026"),
        ("I\u0307nan said", "İnan said"),
    ],
)
def test_typography_is_forgiven_and_the_articles_own_slice_is_returned(
    quote: str, own_words: str
) -> None:
    """Models normalise quote marks, dashes and blanks; the summary must not."""
    assert find_texts(ARTICLE, quote) == [own_words]


@pytest.mark.parametrize(
    "quote",
    [
        "85% tariff on Chinese steel",
        "will lift its 25% tariff",
        "25% tariff on Japanese steel",
        "25% tariff on chinese steel",
        "13 million tons",
        "12 billion tons",
        "12 million tonnes",
        "the 25% tariff stays",
        "25% tariff on Chinese steel.",
        "will not ... its 25% tariff",
        "inan said",
        "",
        "   ",
        '""',
    ],
)
def test_anything_but_typography_makes_it_another_quote(quote: str) -> None:
    """A rate, a "not", a party or a letter that differs is a different claim."""
    assert find_texts(ARTICLE, quote) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a 25% tariff", "5% tariff"),
        ("a 1.5% tariff", "5% tariff"),
        ("a tariff of 25% now", "tariff of 25"),
        ("a tariff of 25 percent", "tariff of 25"),
        ("buy 12 million tons", "buy 12"),
        ("buy 12,500 tons", "buy 12"),
        ("pay $30 billion", "30 billion"),
        ("fell −5 points", "5 points"),
        ("twenty-five percent", "five percent"),
        ("10-15% duties", "15% duties"),
        ("a duty of 10-15%", "a duty of 10"),
        ("3bn euros", "3"),
        ("untariffed goods", "tariffed goods"),
        ("tariffs on goods", "tariff"),
    ],
)
def test_a_quote_that_cuts_a_word_or_number_in_two_is_refused(text: str, quote: str) -> None:
    """A verbatim part of a number is another number."""
    assert find_texts(text, quote) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("by mid-2026 at least", "2026"),
        ("a U.S.-China deal", "China deal"),
        ("in 2025, they met", "in 2025"),
        ("at 25%.", "at 25%"),
        ("they met in 2025.", "in 2025"),
        ("from 20% to 10%", "20% to 10%"),
        ("in South Korea’s port", "South Korea"),
    ],
)
def test_whole_words_next_to_punctuation_are_found(text: str, quote: str) -> None:
    """The rule on cutting must not refuse plain quotes."""
    assert find_texts(text, quote) == [quote]


def test_a_repeated_quote_goes_to_the_place_nearest_the_other_evidence() -> None:
    """The second "25% tariff" belongs to the sentence that the other quote stands in."""
    grounding = ground_quotes(["25% tariff", "$30 billion is at stake"], TextIndex(ARTICLE))

    assert grounding.evidence[0].start == ARTICLE.rindex("25% tariff")
    assert grounding.repeated == (0,)


def test_a_repeated_quote_alone_goes_to_the_first_place() -> None:
    """A rule that anyone can follow, and a mark that it was used."""
    grounding = ground_quotes(["25% tariff"], TextIndex(ARTICLE))

    assert grounding.evidence[0].start == ARTICLE.index("25% tariff")
    assert grounding.repeated == (0,)


def test_missing_quotes_are_named_by_their_position() -> None:
    """The re-ask must point at the quote that does not hold."""
    grounding = ground_quotes(["made up", "Chinese steel"], TextIndex(ARTICLE))

    assert (grounding.missing, len(grounding.evidence)) == ((0,), 1)


def test_the_same_place_is_evidence_only_once() -> None:
    """Two renderings of one quote prove nothing more than one."""
    grounding = ground_quotes(["“We agreed”", '"We agreed"'], TextIndex(ARTICLE))

    assert len(grounding.evidence) == 1


def test_looking_for_a_quote_costs_no_more_than_a_bounded_number_of_places() -> None:
    """An article made to be slow must not be: every place in it cuts a number."""
    text = "1" * (MAX_CANDIDATES * 20)

    assert TextIndex(text).find("1" * 50) == []


SPECIALS = "ab 1,%.\n\u00a0\u200b\u00ad“”\"'’—-–…ﬁﬂ１％İi̇習🌾$"
TEXTS = st.text(alphabet=SPECIALS, min_size=1, max_size=60).map(canonicalise).filter(bool)


@given(text=TEXTS | st.text(min_size=1).map(canonicalise).filter(bool), quotes=st.lists(TEXTS))
def test_every_returned_evidence_is_the_articles_own_slice(
    text: str, quotes: Sequence[str]
) -> None:
    """The promise that the whole service rests on."""
    grounding = ground_quotes(quotes, TextIndex(text))

    for evidence in grounding.evidence:
        assert text[evidence.start : evidence.end] == evidence.quote


@given(text=TEXTS, data=st.data())
def test_what_is_found_has_the_letters_and_digits_of_the_quote(
    text: str, data: st.DataObject
) -> None:
    """Folding typography must never fold what carries meaning."""
    start = data.draw(st.integers(0, len(text) - 1))
    quote = data.draw(st.just(text[start : start + 12]) | TEXTS)

    for found in find_texts(text, quote):
        assert keep_meaning(found) == keep_meaning(quote)


def keep_meaning(text: str) -> str:
    """Return the letters, digits and percent signs of ``text``, widths and ligatures plain."""
    plain = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("１", "1").replace("％", "%")
    return "".join(char for char in plain if char.isalnum() or char in "%$,習🌾")


@given(text=st.text(min_size=1, max_size=80).map(canonicalise).filter(bool))
def test_the_whole_article_is_always_found_in_itself(text: str) -> None:
    """Nothing canonical is unquotable."""
    assert TextIndex(text).find(text)
