"""The words and forms in which English news writes dates, as compiled patterns.

Owns vocabulary and regular expressions, nothing else. Must not know what a match means: that
is the scanner's. Every repetition is bounded, so that a match costs a constant at most.
"""

import re
from collections.abc import Iterable


def split_words(line: str) -> list[str]:
    """Return the words of a line: tables read better without quotes around each."""
    return line.split()


MONTH_NAMES = split_words(
    "January February March April May June July August September October November December"
)
WEEKDAY_NAMES = split_words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
SEASONS = split_words("spring summer autumn fall winter")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_SHORT_MONTHS = split_words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
_SHORT_WEEKDAYS = split_words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
_NOT_LOWER = {"March", "May", "August"}
"""Month names that are everyday words without their capital."""

MONTHS: dict[str, int] = {
    name.lower(): number
    for number, full in enumerate(MONTH_NAMES, 1)
    for name in (full, *(short for short in _SHORT_MONTHS if full.startswith(short)))
}
"""Lower-case name or abbreviation to 1..12."""
WEEKDAYS: dict[str, int] = {
    name.lower(): number
    for number, full in enumerate(WEEKDAY_NAMES)
    for name in (full, *(short for short in _SHORT_WEEKDAYS if full.startswith(short)))
}
"""Lower-case name or abbreviation to 0..6, Monday first, as ``datetime.date.weekday``."""
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        split_words("zero one two three four five six seven eight nine ten eleven twelve")
    )
} | {"a": 1, "an": 1}


def _join(words: Iterable[str]) -> str:
    """Return an alternation in which a longer word comes before its own beginning."""
    return "|".join(sorted(words, key=len, reverse=True))


def _with_cases(names: Iterable[str], *, lower: bool) -> set[str]:
    cased = {form for name in names for form in (name, name.upper())}
    return cased | ({name.lower() for name in names if name not in _NOT_LOWER} if lower else set())


SPACE = r"(?:[^\S\n]{1,3}|\n)"
"""What may stand between two words of one date: a few blanks or one line break."""
END_OF_WORD = r"(?![^\W_])"
_FULL_MONTH = _join(_with_cases(MONTH_NAMES, lower=True))
_ANY_MONTH = _join(_with_cases(MONTH_NAMES, lower=True) | _with_cases(_SHORT_MONTHS, lower=False))
_MONTH_WORD = rf"(?:(?:{_FULL_MONTH}){END_OF_WORD}|(?:{_ANY_MONTH}){END_OF_WORD}\.?)"
_FULL_WEEKDAY = _join(_with_cases(WEEKDAY_NAMES, lower=True))
_SHORT_WEEKDAY = _join(_SHORT_WEEKDAYS)

_AMOUNTS = split_words(
    "percent percentage pct million billion trillion thousand hundred dozen bn mn ton tons tonne "
    "tonnes metric people students workers soldiers troops companies firms jobs vehicles cars "
    "units dollars dollar yuan euros yen pounds barrels bushels acres hectares miles km "
    "kilometers kilometres meters metres feet points basis bps times items products shares kg "
    "kilograms ships vessels flights aircraft planes jets chips countries nations officials "
    "members others days hours minutes weeks months years gigawatts megawatts MW GW o'clock a.m "
    "am p.m pm GMT UTC"
)
_UNITS = _join([*_AMOUNTS, rf"per{SPACE}cent"])
"""Words that make the number before them an amount or a time of day."""
NOT_AMOUNT = (
    rf"(?![0-9])(?!\.[0-9])(?!,[0-9]{{3}}(?![0-9]))(?!:[0-9])(?!-[A-Za-z])"
    rf"(?!{SPACE}?%)(?!{SPACE}?(?:{_UNITS}){END_OF_WORD}){END_OF_WORD}"
)
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
YEAR = rf"(?:19|20)[0-9]{{2}}{NOT_AMOUNT}"
_AFTER_RANGE = (
    rf"(?={SPACE}?(?:$|[].,;:!?)\"'”’—–]|(?:19|20)[0-9]{{2}}\b|(?:in|at|on|to|for|with|as|when|by"
    rf"|and|but|of|from|after|before|during|between|while|that|which|where|who|will|was|were|is"
    rf"|are|has|had|have|the|a|an|via|over|amid|under|this|last|said)\b))"
)
_RANGE = (
    rf"(?:{SPACE}?[-–]{SPACE}?|{SPACE}(?P<link>to|and|or|through|until|&){SPACE}(?:the{SPACE})?)"
)

_CORES: dict[str, str] = {
    **dict.fromkeys(MONTHS, "month"),
    **dict.fromkeys(WEEKDAYS, "weekday"),
    **dict.fromkeys(SEASONS, "season"),
    **dict.fromkeys(split_words("yesterday today tomorrow tonight"), "day"),
    **dict.fromkeys(split_words("day week month year days weeks months years"), "unit"),
    **dict.fromkeys(split_words("quarter weekend"), "unit"),
    **dict.fromkeys(split_words("q1 q2 q3 q4 first second third fourth"), "quarter"),
}


def name_core(word: str) -> str:
    """Return the kind of core that ``word``, a match of ``TRIGGER``, may be."""
    return _CORES.get(word.lower(), "number")


def _group_by_initial(words: Iterable[str]) -> str:
    """Return an alternation that looks at the first letter once: four times faster here."""
    groups: dict[str, set[str]] = {}
    for word in words:
        groups.setdefault(word[0], set()).add(word[1:])
    return "|".join(f"{initial}(?:{_join(rests)})" for initial, rests in sorted(groups.items()))


_CORE_WORDS = (
    _with_cases(MONTH_NAMES, lower=True)
    | _with_cases(_SHORT_MONTHS, lower=False)
    | _with_cases(WEEKDAY_NAMES, lower=True)
    | set(_SHORT_WEEKDAYS)
    | {
        form
        for word, kind in _CORES.items()
        if kind not in {"month", "weekday"}
        for form in (word, word.title())
    }
)
_INITIALS = "".join(sorted({word[0] for word in _CORE_WORDS} | set("F0123456789")))
TRIGGER = re.compile(
    rf"(?=[{_INITIALS}])\b(?:(?:FY{SPACE}?)?[0-9]{{1,4}}(?![0-9])"
    rf"|(?:{_group_by_initial(_CORE_WORDS)}){END_OF_WORD})"
)
"""Where a date may have its core; the patterns below decide whether it has."""

ISO_DATE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=sep)"
    r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?![0-9])(?:(?=T[0-9])|(?![^\W_]))(?![-/.][0-9])"
)
ISO_MONTH = re.compile(rf"(?P<year>(?:19|20)[0-9]{{2}})-(?P<month>[0-9]{{2}}){NOT_AMOUNT}(?!-)")
NUMERIC_DATE = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sep>[-/.])(?P<second>[0-9]{1,2})(?P=sep)"
    r"(?P<year>(?:19|20)[0-9]{2})(?![^\W_])(?![-/.][0-9])"
)
_AUXILIARY = rf"{SPACE}(?i:be|not|have|well|also|still)\b"
NO_MAY_AFTER = re.compile(_AUXILIARY)
"""Behind a ``May`` that is a verb."""
DAY_FIRST = re.compile(
    rf"(?P<day>{DAY})(?:{_RANGE}(?P<last>{DAY}))?{SPACE}(?:of{SPACE})?(?P<month>{_MONTH_WORD})"
    rf"(?:(?<!May)|(?!{_AUXILIARY}))(?:,?{SPACE}(?:of{SPACE})?(?P<year>{YEAR}))?"
)
"""``5 December 2025``, ``5th of December``, ``1 to 5 May``."""
MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH_WORD}),?{SPACE}(?:the{SPACE})?(?P<day>{DAY}){NOT_AMOUNT}"
    rf"(?:{_RANGE}(?P<last>{DAY}){NOT_AMOUNT}{_AFTER_RANGE})?"
    rf"(?:(?:,{SPACE}?|{SPACE}(?:of{SPACE})?)(?P<year>{YEAR}))?"
)
"""``December 5th, 2025``, ``November 23-24``, ``October 30 and 31``."""
MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH_WORD})(?:,?{SPACE}(?:of{SPACE})?(?P<year>{YEAR}))?")
YEAR_ALONE = re.compile(rf"(?P<year>{YEAR})")
DECADE = re.compile(r"(?P<decade>(?:19|20)[0-9]0)['’]?s(?![^\W_])")
YEAR_SPAN = re.compile(r"(?P<year>(?:19|20)[0-9]{2})[-–/](?P<next>[0-9]{2})(?![^\W_])")
FISCAL = re.compile(rf"FY{SPACE}?(?:20|19)?[0-9]{{2}}(?![^\W_])")
WEEKDAY_JOINT = re.compile(rf"(?:(?<!day)\.)?(?:,{SPACE}?|{SPACE}?\(|{SPACE})(?:the{SPACE})?")
"""Between a weekday and the date that it belongs to; a full stop only abbreviates."""
WEEKDAY_AFTER = re.compile(
    rf"(?:,{SPACE}(?:which{SPACE}was{SPACE})?a{SPACE}|{SPACE}?\()(?P<name>{_FULL_WEEKDAY})\b"
)
"""``December 5, a Friday`` and ``December 5 (Friday)``."""
QUARTER = re.compile(
    rf"(?:[Qq](?P<number>[1-4])|(?P<word>[A-Za-z]{{5,6}})[\s-](?P<unit>quarter|half))\b"
    rf"(?:{SPACE}?(?:,{SPACE})?(?:of{SPACE}|in{SPACE})?(?:the{SPACE})?"
    rf"(?P<fiscal>(?:fiscal|financial){SPACE}(?:year{SPACE})?)?(?P<year>{YEAR}))?"
)
SEASON = re.compile(rf"(?P<season>[A-Za-z]{{4,6}})(?:{SPACE}(?:of{SPACE})?(?P<year>{YEAR}))?")
AGO = re.compile(rf"{SPACE}ago\b")
YEAR_END = re.compile(rf"(?:-|{SPACE})end\b")

_PART = (
    rf"(?:(?:the{SPACE})?(?:very{SPACE})?(?:end|start|beginning|middle|close|first{SPACE}half"
    rf"|second{SPACE}half){SPACE}of{SPACE}(?P<article>the{SPACE})?"
    rf"|(?:early|earlier|late|later){SPACE}(?:in{SPACE}(?P<article2>the{SPACE})?)?"
    rf"|(?:end|mid|early|late|pre|post)[-–]|mid{SPACE})"
)
_DEICTIC = (
    rf"(?:(?P<definite>the{SPACE})?(?P<deictic>this{SPACE}(?:coming|past)|this|last|next|coming"
    rf"|current|past|previous|following|same)){SPACE}"
)
PREFIX = re.compile(
    rf"(?:(?<![^\W_])(?P<part>{_PART}))?(?:(?<![^\W_]){_DEICTIC})?"
    rf"(?P<fiscal>(?<![^\W_])(?:fiscal|financial){SPACE}(?:year{SPACE})?)?$",
    re.IGNORECASE,
)
"""What stands before the core and belongs to it; matches the empty end where nothing does."""
PREFIX_CLOSE = frozenset(
    split_words(
        "of the early earlier late later in mid end pre post this last next coming current past "
        "previous following same fiscal financial year"
    )
)
"""The words with which a prefix can end: looked up before the pattern is tried."""
PREFIX_CHARS = 48
"""How far before the core a prefix may begin, in characters."""
COUNT_BEFORE = re.compile(
    rf"(?<![^\W_])(?P<count>[0-9]{{1,3}}|{_join(NUMBER_WORDS)}){SPACE}$", re.IGNORECASE
)
