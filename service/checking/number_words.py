"""The words and signs in which English news writes numbers.

Owns the vocabulary (numerals, scales, percent, currencies, units) and the reading of spelled
numbers. Must not know what a mention is, what surrounds it, or what is claimed of it. Every
pattern works on folded text and looks at a bounded stretch.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from unicodedata import numeric

_LIKE_ASCII = {
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    **dict.fromkeys("％﹪٪", "%"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "_"),
    **dict.fromkeys("‘’ʼ", "'"),
    "，": ",",
    "．": ".",
    "＄": "$",
    "￥": "¥",
    "￡": "£",
    "İ": "I",
}
"""One character for one character, so that offsets stay. The invisible ones become part of a
word: what they cut in two is then no number by itself."""


@lru_cache(maxsize=32)
def narrow_text(text: str) -> str:
    """Return ``text`` with digits, signs and dashes of other widths and scripts as ASCII.

    The length stays, so offsets into the result are offsets into ``text``.
    """
    if text.isascii():
        return text
    for character in set(text):
        if character > "\x7f" and (like := _LIKE_ASCII.get(character)):
            text = text.replace(character, like)
        elif character > "\x7f" and character.isdecimal():
            text = text.replace(character, str(int(character)))
    return text


def fold_text(text: str) -> str:
    """Return ``narrow_text(text)`` in lower case; the length stays."""
    return narrow_text(text).lower()


def join_words(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest that fits; none is empty.

    Common beginnings are looked at once, which makes the scanner three times faster.
    """
    tails: dict[str, set[str]] = {}
    for word in words:
        tails.setdefault(word[0], set()).add(word[1:])
    branches = [re.escape(first) + _join_tails(rest) for first, rest in sorted(tails.items())]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _join_tails(tails: set[str]) -> str:
    longer = tails - {""}
    if not longer:
        return ""
    return f"(?:{join_words(longer)})?" if "" in tails else join_words(longer)


END = r"(?!\w)"
"""The end of a word."""
GAP = r"(?:[ -]|\s{1,3})"
"""What may stand between the words of one number: a blank, a hyphen, a line break."""


def list_words(line: str) -> list[str]:
    """Return the words of ``line``: vocabularies are easier to read as running text."""
    return line.split()


_ONES = list_words("one two three four five six seven eight nine")
_TEENS = list_words(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = list_words("twenty thirty forty fifty sixty seventy eighty ninety")
NUMERALS: dict[str, int] = {
    **{word: value for value, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
}
"""Spelled numerals below a hundred, hyphenated ones aside."""
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
    "bn": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "bln": 10**9,
    "trn": 10**12,
    "tn": 10**12,
}
"""What multiplies the number before it, with or without a space."""
LETTER_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""What multiplies only when it is attached to the digits."""
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        list_words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}
_NTHS = {word: value for word, value in ORDINALS.items() if 3 <= value <= 10}
DENOMINATORS: dict[str, int] = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **_NTHS,
    **{f"{word}s": value for word, value in _NTHS.items()},
}
MULTIPLES: dict[str, Fraction] = {
    **{form: Fraction(2) for form in ("double", "doubled", "doubles", "doubling")},
    **{form: Fraction(3) for form in ("triple", "tripled", "triples", "tripling")},
    **{form: Fraction(3) for form in ("treble", "trebled", "trebles", "trebling")},
    **{form: Fraction(4) for form in ("quadruple", "quadrupled", "quadruples", "quadrupling")},
    **{form: Fraction(1, 2) for form in ("halve", "halved", "halves", "halving")},
}
VULGAR: dict[str, Fraction] = {
    sign: Fraction(numeric(sign)).limit_denominator(8) for sign in "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}

_SIGNS: dict[str, tuple[str, ...]] = {
    "USD": ("$", "us$", "u.s.$", "u.s. $", "us $", "usd"),
    "CAD": ("c$", "ca$", "can$", "cad"),
    "AUD": ("a$", "au$", "aud"),
    "HKD": ("hk$", "hkd"),
    "TWD": ("nt$", "twd"),
    "SGD": ("s$", "sgd"),
    "NZD": ("nz$", "nzd"),
    "BRL": ("r$", "brl"),
    "MXN": ("mx$", "mxn"),
    "EUR": ("€", "eur"),
    "GBP": ("£", "gbp"),
    "CNY": ("cn¥", "cny", "rmb"),
    "JPY": ("jp¥", "jpy"),
    "KRW": ("₩", "krw"),
    "INR": ("₹", "rs.", "inr"),
    "RUB": ("₽",),
    "CHF": ("chf",),
    "¥": ("¥",),
}
CURRENCY_SIGNS: dict[str, str] = {
    sign: currency for currency, signs in _SIGNS.items() for sign in signs
}
"""Folded sign or code before a number to ISO 4217; ``¥`` may be yuan or yen and stays so."""
_MONEY_WORDS: dict[str, tuple[str, ...]] = {
    "USD": ("dollar", "u.s. dollar", "us dollar", "american dollar", "usd"),
    "CAD": ("canadian dollar", "cad"),
    "AUD": ("australian dollar", "aud"),
    "HKD": ("hong kong dollar", "hkd"),
    "TWD": ("new taiwan dollar", "taiwan dollar", "taiwanese dollar", "twd"),
    "SGD": ("singapore dollar", "sgd"),
    "NZD": ("new zealand dollar", "nzd"),
    "EUR": ("euro", "eur"),
    "GBP": ("pound", "british pound", "pound sterling", "gbp"),
    "CNY": ("yuan", "chinese yuan", "renminbi", "rmb", "cny"),
    "JPY": ("yen", "japanese yen", "jpy"),
    "KRW": ("won", "south korean won", "korean won", "krw"),
    "INR": ("rupee", "indian rupee", "inr"),
    "CHF": ("swiss franc", "chf"),
    "BRL": ("brazilian real", "brl"),
    "MXN": ("mexican peso", "mxn"),
    "RUB": ("ruble", "rouble", "russian ruble", "russian rouble"),
}
CURRENCY_WORDS: dict[str, str] = {
    word: currency for currency, singular in _MONEY_WORDS.items() for word in singular
}
"""Folded singular word behind a number to ISO 4217."""

_IRREGULAR = {
    "people": "person",
    "feet": "foot",
    "inches": "inch",
    "men": "man",
    "women": "woman",
    "children": "child",
}
TIMES_OF = list_words("second minute hour day week month quarter year decade century")
EXACT_MEASURES = frozenset(
    list_words(
        "ton tonne barrel bushel pound kilogram kilo kg gram ounce carat acre hectare mile km "
        "kilometer kilometre meter metre foot inch gallon liter litre bale teu dollar euro "
        "megawatt gigawatt mw gw mwh gwh mmbtu btu bcm mtpa bpd nanometer nanometre"
    )
).union(TIMES_OF, {"metric ton", "metric tonne", "short ton", "long ton"})
"""Singular units of which a word before them makes another one ("metric ton", "light year")."""
MEASURES = EXACT_MEASURES.union(
    list_words("round phase stage aircraft plane jet airplane wafer container")
)
"""Singular units that say what is measured; one is never told by another."""
COUNTED = frozenset(
    list_words(
        "person student worker soldier troop company firm job vehicle car unit ship vessel "
        "flight chip share point vote time product item project factory plant step term session "
        "country nation member state official delegate other entity case shipment license "
        "licence order good category tariff line ally partner economy deal agreement site "
        "farmer farm visa cent head seat satellite drone missile tank truck bus train phone "
        "server gpu device tool machine"
    )
)
"""Singular nouns that turn four digits before them from a year into a count."""


def fold_plural(word: str) -> str:
    """Return the singular of ``word``, folded text; a guess that is right for units."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "goes", "toes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def fold_unit(unit: str) -> str:
    """Return a unit as ``UNIT`` matched it in the singular, its words a blank apart."""
    return fold_plural(" ".join(unit.replace("-", " ").split()))


_BELOW_HUNDRED = (
    rf"(?:{join_words(_TENS)}(?:{GAP}{join_words(_ONES)}{END})?"
    rf"|{join_words([*_TEENS, *_ONES])}){END}"
)
_SCALE_NEXT = rf"{GAP}{join_words(SCALES)}{END}"
_HEAD = rf"(?:{_BELOW_HUNDRED}|an?(?={_SCALE_NEXT}))(?:{GAP}(?:hundred|dozen){END}"
_TAIL = rf"{_BELOW_HUNDRED}(?!{GAP}(?:hundred|dozen){END})"
_GROUP = re.compile(rf"{_HEAD}(?:{GAP}(?:and{GAP})?{_TAIL})?)?")
_GROUP_WITHOUT_AND = re.compile(rf"{_HEAD}(?:{GAP}{_TAIL})?)?")
_BIG_SCALES = {word: scale for word, scale in SCALES.items() if scale > 100}
_BIG_SCALE = re.compile(rf"{GAP}?({join_words(_BIG_SCALES)}){END}")
_TO_NEXT_GROUP = re.compile(rf"{GAP}(?={_BELOW_HUNDRED})")
_TO_LAST_GROUP = re.compile(rf"{GAP}and{GAP}(?={_BELOW_HUNDRED}(?!{_SCALE_NEXT}))")
_LETTERS = re.compile(r"[a-z]+")
_POINT = re.compile(rf"\spoint((?:\s(?:zero|oh|{join_words(_ONES)}){END}){{1,6}})")
_AND_FRACTION = re.compile(
    rf"{GAP}and{GAP}(an?|one|two|three){GAP}({join_words(DENOMINATORS)}){END}"
)
_FRACTION = re.compile(rf"(an?|{join_words(_ONES)}){GAP}({join_words(DENOMINATORS)}){END}")


def read_cardinal(low: str, start: int, *, joins_and: bool = True) -> tuple[Fraction, int]:
    """Read the spelled number at ``start`` of folded text: its value and its end.

    It starts with a numeral ("two", "twenty") or with an article before a scale ("a million");
    elsewhere the answer is 0 and ``start``. "And" joins below a hundred only ("two hundred and
    five"), and not at all without ``joins_and`` ("between two hundred and five hundred").
    Scales must fall: "two million three million" is two numbers.
    """
    total, lowest, end = 0, 10**15, start
    position = start
    while (group := _match_group(low, position, joins_and=joins_and)) is not None:
        big = _BIG_SCALE.match(low, group.end())
        scale = _BIG_SCALES[big[1]] if big else 1
        if scale >= lowest:
            break
        total += _add_up(group.group()) * scale
        lowest, end = scale, (big or group).end()
        gap = _TO_NEXT_GROUP.match(low, end) or (joins_and and _TO_LAST_GROUP.match(low, end))
        if big is None or not gap:
            break
        position = gap.end()
    return add_decimals(low, Fraction(total), end)


def _match_group(low: str, position: int, *, joins_and: bool) -> re.Match[str] | None:
    return (_GROUP if joins_and else _GROUP_WITHOUT_AND).match(low, position)


def _add_up(group: str) -> int:
    """Return the worth of what ``_GROUP`` matched: "two hundred and twenty-five" is 225."""
    value = 0
    for word in _LETTERS.findall(group):
        if word in ("hundred", "dozen"):
            value *= SCALES[word]
        else:
            value += 1 if word in ("a", "an") else NUMERALS.get(word, 0)
    return value


def add_decimals(low: str, value: Fraction, end: int) -> tuple[Fraction, int]:
    """Add "point five" and "and a half" to a number that ends at ``end``."""
    if match := _POINT.match(low, end):
        digits = [NUMERALS.get(word, 0) for word in match[1].split()]
        shift = sum(Fraction(digit, 10**place) for place, digit in enumerate(digits, 1))
        return value + shift, match.end()
    return _add_fraction(low, value, end)


def _add_fraction(low: str, value: Fraction, end: int) -> tuple[Fraction, int]:
    """Add "and a half", "and three quarters" to a number that ends at ``end``."""
    if match := _AND_FRACTION.match(low, end):
        part = Fraction(NUMERALS.get(match[1], 1), DENOMINATORS[match[2]])
        return (value + part, match.end()) if part < 1 else (value, end)
    return value, end


def read_fraction(low: str, start: int) -> tuple[Fraction, int] | None:
    """Read "a third", "two-thirds", "three quarters" at ``start``; ``None`` where none stands."""
    match = _FRACTION.match(low, start)
    if match is None:
        return None
    value = Fraction(NUMERALS.get(match[1], 1), DENOMINATORS[match[2]])
    return (value, match.end()) if value < 1 else None


_UNIT_FORMS = {form for unit in MEASURES | COUNTED for form in (unit, f"{unit}s")} | {
    *("people", "feet", "inches", "centuries", "countries", "companies", "entities"),
    *("categories", "economies", "parties", "batches", "factories", "switches"),
}
UNIT = join_words(_UNIT_FORMS).replace(r"\ ", r"[\s-]") + END
"""A pattern for the units above, singular or plural; "metric-ton" too."""
_MONTH = join_words(
    list_words(
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    )
)
_AMOUNT = rf"per\s?cent|pct|percentage|basis|{join_words(SCALES)}|{UNIT}"
_NO_AMOUNT = rf"(?![.,/:]?\d)(?!\s?%)(?!{GAP}(?:{_AMOUNT}))(?!\w|-(?!{_MONTH})\w)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_LINK = r"(?:\s?-\s?|\s(?:and|to|or|through)\s)"
_DATE = (
    r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?![\w-])"
    rf"|(?:19|20)\d\d-\d\d{_NO_AMOUNT}(?!-)"
    r"|\d{1,4}/\d{1,2}/\d{2,4}(?![\w/])"
    rf"|{_MONTH}\.?\s{{1,3}}(?:the\s)?{_DAY}(?:{_DAY_LINK}{_DAY}){{0,3}}{_NO_AMOUNT}"
    rf"|{_DAY}(?:{_DAY_LINK}{_DAY})?\s(?:of\s)?{_MONTH}{END}"
)
_SIGN = join_words(CURRENCY_SIGNS)
_FREE = r"duty-free|ta(?:riff|x)-free|(?:zero|no)[ -](?:tariffs?|dut(?:y|ies)|lev(?:y|ies))"
_FOLDS = (f"{numeral}{hyphen}fold" for numeral in NUMERALS for hyphen in ("", "-"))
_FIRST_WORDS = join_words([*NUMERALS, *_FOLDS, *ORDINALS, *MULTIPLES, "zero", "nil", "half"])
_ARTICLE = rf"an?(?={GAP}(?:{join_words([*SCALES, *DENOMINATORS, *TIMES_OF])}){END})"
SCANNER = re.compile(
    rf"(?<!\w)(?:(?P<date>{_DATE})"
    rf"|(?P<digits>(?:(?P<sign>{_SIGN})\s?)?(?P<number>(?:(?<!\.)\.)?\d+(?:[.,/:]\d+)*))"
    r"|(?P<name>[^\W\d_]++-?\d\w*(?:[-./]\w*\d\w*)*)"
    rf"|(?P<free>(?:{_FREE}){END})"
    rf"|(?P<word>(?:{_FIRST_WORDS}){END}|{_ARTICLE})"
    rf"|(?P<vulgar>[{''.join(VULGAR)}]))"
)
"""Finds the start of anything that is, or looks like, a number; on folded text."""
