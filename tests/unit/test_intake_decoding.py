"""From bytes to characters: what decides, and what is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import UndecodableArticleError
from service.intake.decoding import decode_page, decode_text, find_codec

TEXT = "习近平 said “25%” 🤝 – İzmir"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
LATIN = "caf\u00e9"


@given(st.text(st.characters(codec="utf-8")))
def test_utf_8_needs_no_declaration(text: str) -> None:
    """It is what nearly every article comes in."""
    assert decode_text(b"x" + text.encode(), None) == "x" + text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("charset", [None, "iso-8859-1"])
def test_a_byte_order_mark_decides_over_any_charset(
    mark: bytes, codec: str, charset: str | None
) -> None:
    """The mark is in the bytes; a header may be a server's default."""
    assert decode_text(mark + TEXT.encode(codec), charset) == TEXT


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("windows-1252", "cp1252", "“café”"),
        ("Windows-1251", "cp1251", "Пекин"),
        ("gb2312", "gb18030", "习近平"),
        ("GBK", "gb18030", "何立峰 €"),
        ("big5", "big5hkscs", "習近平"),
        ("shift_jis", "cp932", "高市①"),
        ("euc-kr", "cp949", "부산 합의"),
        ("koi8-r", "koi8-r", "соя"),
        ("utf8", "utf-8", TEXT),
        ("utf-16", "utf-16-le", TEXT),
        ("utf-16be", "utf-16-be", TEXT),
        ("iso-8859-9", "cp1254", "İstanbul"),
    ],
)
def test_a_declared_charset_is_used(charset: str, codec: str, text: str) -> None:
    """Older newsrooms still send what they always sent."""
    assert decode_text(text.encode(codec), charset) == text


def test_latin_1_means_windows_1252() -> None:
    """Everybody who declares the one writes curly quotes of the other (WHATWG Encoding)."""
    assert decode_text(b"\x93yes\x94", "ISO-8859-1") == "“yes”"


@pytest.mark.parametrize(
    "charset", ["utf-9", "klingon", "hex", "rot13", "zlib", "unicode_escape", "utf-7", "é", "a\0b"]
)
def test_a_charset_that_is_none_is_named(charset: str) -> None:
    """Python's own transforms are no charsets, and some of them unpack bombs."""
    with pytest.raises(UndecodableArticleError, match="is not known") as caught:
        decode_text(b"abc", charset)

    assert repr(charset) in str(caught.value)


def test_an_unknown_charset_is_an_error_beside_a_byte_order_mark_too() -> None:
    """The caller believes something that is wrong; better said than hidden."""
    with pytest.raises(UndecodableArticleError, match="'nonsense'"):
        decode_text(codecs.BOM_UTF8 + b"abc", "nonsense")


def test_a_long_charset_name_is_cut_in_the_message() -> None:
    """Messages go to logs."""
    with pytest.raises(UndecodableArticleError) as caught:
        find_codec("x" * 5_000)

    assert len(str(caught.value)) < 200


def test_bytes_that_do_not_decode_are_located() -> None:
    """The offset is what one needs to find the place."""
    with pytest.raises(UndecodableArticleError, match="byte 3 is no valid utf-8; declare"):
        decode_text(LATIN.encode("cp1252"), None)


def test_the_located_byte_counts_the_byte_order_mark() -> None:
    """The offset is one into what was sent."""
    with pytest.raises(UndecodableArticleError, match="byte 6 is"):
        decode_text(codecs.BOM_UTF8 + b"abc\xff", None)


def test_text_in_another_charset_than_declared_is_refused() -> None:
    """Nothing is guessed: a wrong guess changes what was said."""
    with pytest.raises(UndecodableArticleError, match="no valid gb18030"):
        decode_text(b"ab\xff", "gb2312")


def test_a_picture_is_no_text() -> None:
    """The commonest wrong upload."""
    with pytest.raises(UndecodableArticleError):
        decode_text(PNG, None)


def test_half_a_utf_16_character_is_refused() -> None:
    """A cut file is not silently repaired."""
    with pytest.raises(UndecodableArticleError, match="utf-16-le"):
        decode_text(codecs.BOM_UTF16_LE + b"a\x00b", None)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1252">',
        "<meta charset=windows-1252>",
        "<META  CHARSET = 'Windows-1252' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        '<?xml version="1.0" encoding="windows-1252"?>',
    ],
)
def test_a_page_may_declare_its_own_charset(declaration: str) -> None:
    """Saved pages have no HTTP header any more."""
    page = f"{declaration}<p>“{LATIN}”</p>"

    assert decode_page(page.encode("cp1252"), None) == page


def test_the_http_charset_decides_over_the_page() -> None:
    """The order of WHATWG HTML: the transport knows what it recoded."""
    page = '<meta charset="windows-1251"><p>“hm”</p>'

    assert decode_page(page.encode("cp1252"), "windows-1252") == page


def test_a_byte_order_mark_decides_over_the_page() -> None:
    """As in every browser."""
    page = f'<meta charset="windows-1251"><p>{TEXT}</p>'

    assert decode_page(codecs.BOM_UTF8 + page.encode(), None) == page


def test_a_page_that_declares_nothing_is_utf_8() -> None:
    """Fail on anything else rather than guess."""
    assert decode_page(f"<p>{TEXT}</p>".encode(), None) == f"<p>{TEXT}</p>"


def test_a_page_that_declares_an_unknown_charset_counts_as_silent() -> None:
    """The page's author is not there to correct it."""
    assert decode_page(b'<meta charset="x-nonsense"><p>ok</p>', None).endswith("<p>ok</p>")


def test_a_declaration_in_a_comment_does_not_count() -> None:
    """Templates leave alternatives behind."""
    page = f'<!-- <meta charset="windows-1252"> --><p>{TEXT}</p>'

    assert decode_page(page.encode(), None) == page


def test_a_declaration_far_down_does_not_count() -> None:
    """Only the first 1,024 bytes are looked at, as browsers do."""
    page = " " * 1_024 + f'<meta charset="windows-1252"><p>{TEXT}</p>'

    assert decode_page(page.encode(), None) == page


def test_a_page_that_declares_utf_16_in_single_bytes_is_utf_8() -> None:
    """A declaration that can be read at all contradicts itself (WHATWG HTML, 13.2.3.2)."""
    page = f'<meta charset="utf-16"><p>{TEXT}</p>'

    assert decode_page(page.encode(), None) == page
