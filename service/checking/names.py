"""Whether the names that a reader claims stand in its quotes.

Owns the verdict on parties, entries (firms, products, places, speakers), names in free text and
denials. Each complaint is one sentence for the reader. Pure; doubt wins, since an analyst acts
on who did what. Must not know items or lists, nor where a quote was found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import pycountry

from schemas.base import Party
from schemas.parties import (
    PartyEntry,
    PartyMention,
    find_body_names,
    find_party_by_country,
    fold_firm,
    list_firm_names,
    resolve_party,
)
from service.checking.affiliations import (
    TITLES,
    ArticleNames,
    Person,
    Span,
    build_names,
    find_people,
    find_person,
    list_shorts,
    scan_mentions,
)

__all__ = [
    "ArticleNames",
    "build_names",
    "check_entry",
    "check_party",
    "find_dropped_negation",
    "find_stray_names",
]

_CACHED = 512
"""Texts whose words are remembered: an article, and the quotes and sentences of its items."""
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_CAPITALS = re.compile(r"(?<!\w)[A-Z][A-Z0-9]+(?=s?(?!\w))")
_FILLERS = "a an the of and or in on at for to from by with its"
_SUFFIXES = "inc corp corporation co company ltd limited plc llc holding nv"
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|around|inside)\s$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|she|they|it|we|i|his|her|their|spokes(?:person|man|woman)|the (?:report|company"
    r"|ministry|agency|group|statement|strategy|officials?|minister|department))\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;—–…]|[\"“‘'(])\s*$|\n\s*$")
_SAME_WORDS = {"ai": ("artificial", "intelligence"), "artificial": ("ai",), "intelligence": ("ai",)}
_NO_NAMES = """
january february march april may june july august september october november december jan feb mar
apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday q1
q2 q3 q4 usd eur cny rmb jpy gbp i a vice prime deputy former mr mrs ms dr
"""
_ORDINARY_WORDS = """
accept accord according account accuse add address adopt advance affirm after agree ahead aim all
allow along also although amid an and announce another any apply approve as ask at authorize avert
avoid back balance ban bar begin being between bid bill block boost both bring broad build but buy
by call can cancel cap cease chip chips cite close combat commit complete comply concern condition
confirm consider continue control cooperate cooperation coordinate could country crack create curb
current cut deal decide decline defer delay demand deny despite develop difference discuss do
double drop due during duty each earlier ease economic effort eight eliminate end enforce enhance
ensure enter establish examine exchange exclude exempt expand expect export express extend eye
face facilitate fail few firm first five follow for forbid force foreign four freeze fresh from
fulfil fulfill full further furthermore give global good government grant guarantee half halt has
have help high hike hint hit hold how however if immediate implement import impose improve in
include increase industry initiate inspect instead intend introduce invest investigate issue it
its join joint keep key last later latest launch lawmaker leader leave let levy licence license
lift limit line list long loosen low lower maintain make many market may measure meet meeting
million minister month more moreover most move multiple must narrow negotiate negotiation neither
new next no none not notably now of off offer official on once one only open or order other out
outline over overall part participate party pass pause pay permit phase place plan plans pledge
policy postpone prepare pressure prevent previous probe proceed product progress prohibit promise
promote propose protect provide purchase push put raise range reach reaffirm receive recent reduce
reduction refrain refuse regulate regulation reject relax release remain remove renew reopen
repeal replace report request require rescind resist resolve respond restore restrict result
resume retaliate return reverse review revise revoke rise roll round rule safeguard sanction say
scale scrap secure see seek seize sell semiconductor send senior separately set seven several
share ship shipment short shorten should side sign signal since six soften some source stabilize
stall start state stay steady step still stop strengthen subject subsidize such supply support
suspend take talk target tariff tax temporary ten tension than that the their then there these
they third this those though threat threaten three through tighten to today together top trade
trim truce twice two ultimately under undertake underway unveil up update urge use utilize value
via video virtual vow waive warn weigh when where while will win with withdraw withhold within
without work world would year
"""
"""Words that open a generated sentence without being names; their other forms count too."""
_ORDINARY_ENDINGS = ("ally", "edly", "ively", "ently", "antly", "arily", "tion", "ment", "ments")
_IRREGULAR_VERBS = """
bought buy sold sell kept keep held hold made make took take gave give brought bring sought seek
sent send met meet said say paid pay withdrew withdraw began begin
"""


class _Words(NamedTuple):
    """The words of a text, folded: small letters, singular, without dots and possessives."""

    run: str
    """All in order, one space around each, so that "h20" is not found in "h200"."""
    folded: frozenset[str]
    capitals: frozenset[str]
    """Those written in capitals alone, as written but singular: "AMD", "H200"."""


def check_party(
    party: Party,
    quotes: Sequence[str],
    quote_spans: Sequence[Span],
    names: ArticleNames,
    *,
    people: bool = True,
) -> str | None:
    """Return what is wrong with ``party``, one sentence for the reader, or ``None``.

    It is carried by its name, a form, demonym, metonym or body of its state, or a person whom
    the article gives that state, in a quote, in the sentences that hold the quotes
    (``quote_spans``, offsets into the article) or in the sentence before. A capital as a mere
    place ("in Washington") carries no government, and a body must be named in the article.
    ``country`` must agree with the table, and with what the article says of a firm or person.
    ``people`` says whether a person may stand here: in talks only.
    """
    entry = resolve_party(party)
    person = None if entry else find_person(_strip_titles(party.name), names)
    if person and not people:
        state = person.entries[0].name if person.entries else "the state"
        return f'"{party.name}" is a person; who acts is the state, body or firm, such as {state}.'
    wrong = _check_country(party, entry, person, names)
    if wrong:
        return wrong
    near = [*quotes, *names.find_sentences(quote_spans, before=1)]
    if entry is None:
        return _check_words(party.name, person, near, names)
    written = _list_written(party)
    if written and not any(_holds(name, [names.text]) for name in written):
        return f'the article nowhere names "{party.name}"; name the state ({entry.name}) instead.'
    if _names_entry(entry, near, names):
        return None
    return _describe_miss(party.name, is_far=any(one.entry is entry for one in names.mentions))


def check_entry(
    value: str, quotes: Sequence[str], quote_spans: Sequence[Span], names: ArticleNames
) -> str | None:
    """Return what is wrong with a firm, product, place, agreement, goods or speaker, or ``None``.

    Each of its words must stand in the quotes or their sentences; case, plural, possessive, "the"
    and corporate suffixes are forgiven, case not for capitals ("AMD"). A state may be written in
    any of its forms, a firm by a name that the article or the table has for it. A speaker (a
    person or a body) may also stand in the two sentences before, where a pronoun or "the
    ministry" points back.
    """
    near = [*quotes, *names.find_sentences(quote_spans)]
    missing = _list_missing(value, near)
    if not missing:
        return None
    person = find_person(_strip_titles(value), names)
    # Any state serves here: a ministry that several have is a body all the same.
    speaks = person or resolve_party(Party(name=value, country="US"))
    if speaks and any(map(_POINTS_BACK.search, near)):
        near += names.find_sentences(quote_spans, before=2)
        missing = _list_missing(value, near)
    if any(_holds(alias, near) for alias in _list_aliases(value, person, names)):
        return None
    for mention in scan_mentions(value):
        if _names_entry(mention.entry, near, names) and mention.how in {"form", "demonym"}:
            missing -= _read_words(value[mention.start : mention.end]).folded
    return _describe_miss(value, is_far=_holds(value, [names.text])) if missing else None


def _describe_miss(name: str, *, is_far: bool) -> str:
    if is_far:
        return (
            f'"{name}" stands in the article, but not in or near the quotes; quote where it does.'
        )
    return f'the article does not say "{name}" here; use the article\'s words or leave it out.'


def _check_country(
    party: Party, entry: PartyEntry | None, person: Person | None, names: ArticleNames
) -> str | None:
    code, name = party.country, party.name
    if entry is not None:
        wanted = f'"{entry.country}"' if entry.country else "null"
        return (
            None if code == entry.country else f'the country of "{name}" is {wanted}, not {code}.'
        )
    if code is None:
        return None
    if find_party_by_country(code) is None and pycountry.countries.get(alpha_2=code) is None:
        return f'"{code}" is no ISO 3166-1 alpha-2 code (the United Kingdom is GB, Greece GR).'
    entries = person.entries if person else names.firms.get(fold_firm(name), ())
    codes = {one.country for one in entries}
    if not codes or None in codes or code in codes:
        return None
    return f'the article gives "{name}" to {entries[0].name}: its country is not {code}.'


@lru_cache(maxsize=2048)
def _list_written(party: Party) -> tuple[str, ...]:
    """Return the names of which the article must have one: those of a body or a seat."""
    ministries = [name for name in find_body_names(party) if name.casefold().endswith(" ministry")]
    turned = (f"ministry of {name[: -len(' ministry')]}" for name in ministries)
    seats = (party.name for one in scan_mentions(party.name) if one.how == "metonym")
    return (*find_body_names(party), *turned, *seats)


def _names_entry(entry: PartyEntry, sources: Iterable[str], names: ArticleNames) -> bool:
    return any(entry.name in _list_entries(text, names) for text in sources)


@lru_cache(maxsize=_CACHED)
def _list_entries(text: str, names: ArticleNames) -> frozenset[str]:
    """Return the names of the entries that ``text`` mentions, by a word or by a person."""
    mentioned = {one.entry.name for one in scan_mentions(text) if not _is_place(text, one)}
    people = (person.entries for person in find_people(text, names))
    return frozenset(mentioned).union(entry.name for entries in people for entry in entries)


def _is_place(text: str, mention: PartyMention) -> bool:
    before = text[max(0, mention.start - 10) : mention.start]
    return mention.how == "metonym" and _PLACE_BEFORE.search(before) is not None


def _check_words(
    name: str, person: Person | None, near: Sequence[str], names: ArticleNames
) -> str | None:
    """Check a firm or person: named in the article, and near the quotes at least in short."""
    plain = _strip_titles(name)
    aliases = [plain, *_list_aliases(plain, person, names)]
    is_named = any(_holds(alias, [names.text]) for alias in [plain, *list_firm_names(plain)])
    if (is_named or person) and any(_holds(alias, near) for alias in aliases):
        return None
    return _describe_miss(name, is_far=is_named)


def _list_aliases(name: str, person: Person | None, names: ArticleNames) -> list[str]:
    """Return the other names that mean the same in this article."""
    acronyms = [names.acronyms[key] for key in (name, fold_firm(name)) if key in names.acronyms]
    bodies = find_body_names(Party(name=name or " ", country=None))
    shorts = person.shorts if person else _guess_shorts(_strip_titles(name), names)
    return [*list_firm_names(name), *acronyms, *bodies, *shorts]


def _guess_shorts(name: str, names: ArticleNames) -> list[str]:
    """Return the words that mean somebody whom the article names in full, but with no title.

    That is the family name, never a word that the article also writes small.
    """
    words = name.split()
    is_person_like = 1 < len(words) < 5 and all(word.istitle() for word in words)
    if not is_person_like or not _holds(name, [names.text]):
        return []
    small = _list_small(names.text)
    return [word for word in list_shorts(words) if _stem(_fold_word(word)) not in small]


def _strip_titles(name: str) -> str:
    """Remove title and initials: "US President Donald J. Trump" is "Donald Trump"."""
    words = name.split()
    places = [at for at, word in enumerate(words[:-1], 1) if word.casefold() in TITLES]
    words = words[places[-1] :] if places else words
    return " ".join(word for word in words if len(word.rstrip(".")) > 1 or len(words) == 1)


def _holds(name: str, sources: Iterable[str]) -> bool:
    """Say whether ``name`` stands in a source, as one run of whole words."""
    needle = _read_words(name).run
    return bool(needle.strip()) and any(needle in _read_words(text).run for text in sources)


def _list_missing(value: str, sources: Sequence[str]) -> set[str]:
    words, known = _read_words(value), _unite_words(tuple(sources))
    missing = set(words.folded - known.folded - _split_words(_FILLERS))
    if not words.folded <= _split_words(_SUFFIXES):
        missing -= _split_words(_SUFFIXES)
    if len(words.capitals) < len(words.folded):
        missing |= {_fold_word(word) for word in words.capitals - known.capitals}
    return {word for word in missing if not known.folded.issuperset(_SAME_WORDS.get(word, "-"))}


@lru_cache(maxsize=_CACHED)
def _unite_words(sources: tuple[str, ...]) -> _Words:
    """Return the words of all sources, without their order."""
    known = [_read_words(source) for source in sources]
    folded = frozenset[str]().union(*(words.folded for words in known))
    return _Words("", folded, frozenset[str]().union(*(words.capitals for words in known)))


@lru_cache(maxsize=_CACHED)
def _read_words(text: str) -> _Words:
    folded = [_fold_word(token) for token in _TOKEN.findall(text)]
    return _Words(f" {' '.join(folded)} ", frozenset(folded), frozenset(_CAPITALS.findall(text)))


@lru_cache(maxsize=16384)
def _fold_word(word: str) -> str:
    folded = word.translate(_APOSTROPHES).replace(".", "").casefold().removesuffix("'s")
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 4 and folded.endswith(("sses", "xes", "ches", "shes")):
        return folded[:-2]
    is_plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is"))
    return folded[:-1] if is_plural else folded


def find_stray_names(
    free_text: str, sources: Sequence[str], names: ArticleNames | None = None
) -> list[str]:
    """Return the names in a generated text that no source carries, as written, in order.

    A state is carried by any word for it, or by a person whom ``names`` gives it; a body, and a
    capital as a place, only by its own name. Other names are words with a capital: carried by
    the same word in any case, or beside a carried name if the article writes them so ("Jamieson
    Greer"). Dates, titles and ordinary words that open a sentence are none; in a headline in
    capitals ordinary words are none anywhere.
    """
    names = names or build_names("")
    mentions = scan_mentions(free_text)
    spans = [
        (one.start, one.end)
        for one in mentions
        if not _carries_mention(free_text, one, sources, names)
    ]
    spans += _find_stray_words(free_text, mentions, sources, names)
    return list(
        dict.fromkeys(free_text[start:end] for start, end in _join(sorted(spans), free_text))
    )


def _carries_mention(
    text: str, mention: PartyMention, sources: Sequence[str], names: ArticleNames
) -> bool:
    written = text[mention.start : mention.end]
    if mention.how == "body" or _is_place(text, mention):
        return any(
            _holds(alias, sources) for alias in (written, *_list_aliases(written, None, names))
        )
    stated = any(one.entry is mention.entry for text in sources for one in scan_mentions(text))
    return stated or _names_entry(mention.entry, sources, names)


def _find_stray_words(
    text: str, mentions: Sequence[PartyMention], sources: Sequence[str], names: ArticleNames
) -> Iterator[Span]:
    """Yield the words of ``text`` outside ``mentions`` that are names and stand in no source."""
    taken = {place for one in mentions for place in range(one.start, one.end)}
    known = _unite_words(tuple(sources)).folded
    tokens = list(_TOKEN.finditer(text))
    for place, match in enumerate(tokens):
        written, word = match.group(), _fold_word(match.group())
        if written == written.lower() or written[0].isdigit() or match.start() in taken:
            continue
        if word in known or known.issuperset(_SAME_WORDS.get(word, "-")) or _is_no_name(written):
            continue
        opens = _SENTENCE_START.search(text, max(0, match.start() - 4), match.start())
        if (opens or _is_title_case(tokens)) and _is_ordinary(word, names):
            continue
        if not _completes_name(tokens, place, known, names):
            yield match.start(), match.end() - 2 * written.endswith(("'s", "’s"))


def _completes_name(
    tokens: Sequence[re.Match[str]], place: int, known: frozenset[str], names: ArticleNames
) -> bool:
    """Say whether the article writes the word beside a neighbour that a source carries."""
    for pair in (tokens[max(0, place - 1) : place + 1], tokens[place : place + 2]):
        words = [match.group() for match in pair]
        if known & {_fold_word(word) for word in words} and _holds(" ".join(words), [names.text]):
            return True
    return False


@cache
def _split_words(text: str) -> frozenset[str]:
    """Read one of this module's word lists; once."""
    return frozenset(text.split())


@cache
def _pair_words(text: str) -> Mapping[str, str]:
    """Read one of this module's lists of pairs; once."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _is_no_name(word: str) -> bool:
    folded = word.casefold()
    return folded in TITLES or folded in _split_words(_NO_NAMES)


def _is_ordinary(word: str, names: ArticleNames) -> bool:
    stem = _stem(word)
    is_listed = word.endswith(_ORDINARY_ENDINGS) or stem in _list_ordinary_stems()
    return is_listed or stem in _list_small(names.text)


def _is_title_case(tokens: Sequence[re.Match[str]]) -> bool:
    """Say whether the text is a headline in capitals: most of its longer words have one."""
    longer = [token.group() for token in tokens if len(token.group()) > 3]
    return len(longer) > 3 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)


def _join(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Join spans that only a space parts: "Howard" and "Lutnick"."""
    joined: list[Span] = []
    for start, end in spans:
        is_next = bool(joined) and text[joined[-1][1] : start] == " "
        joined.append((joined.pop()[0] if is_next else start, end))
    yield from joined


@lru_cache(maxsize=8)
def _list_small(text: str) -> frozenset[str]:
    """Return the stems of the words that ``text`` writes in small letters."""
    return frozenset(
        _stem(_fold_word(word)) for word in set(_TOKEN.findall(text)) if word.islower()
    )


@cache
def _list_ordinary_stems() -> frozenset[str]:
    return frozenset(_stem(word) for word in _ORDINARY_WORDS.split())


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """Return what the forms of an English word share: "lifted" and "lifting" are "lift"."""
    word = _pair_words(_IRREGULAR_VERBS).get(word, word)
    for ending in ("ing", "ied", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending) + ("y" if ending in {"ied", "ies"} else "")
            break
    word = word.rstrip("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


_NEGATORS = frozenset({"not", "never", "cannot", "nor", "neither", "without", "no"})
_DENIALS: Mapping[str, str] = dict.fromkeys(
    ("deny", "reject", "avoid", "oppos", "resist", "abandon"), ""
) | {"refus": "to", "declin": "to", "fail": "to", "rul": "out", "refrain": "from"}
"""Stems of verbs that deny what follows; the word that must come next, if any."""
_NEGATIVES = """
keep block prevent bar ban prohibit forbid halt stop suspend ceas exclud exempt withhold delay drop
cancel forgo waiv limit restrict unabl against if unles only
"""
"""Stems by which, beside ``_DENIALS``, a text may express a denial in its own words."""
_WIDENERS = """
think believ expect want plan intend intention seek go gonna abl allow willing ready prepar agr
commit promis pledg consider decid need desir longer out likely
"""
"""Stems behind a negator that hand the denial on: "no plans to lift"."""
_LIGHT_WORDS = """
a an the to be been being is are was were have has had do did does will would shall should can could
may might must also ever yet any that it its from of on in for so very their his her all and or as
at by with this these those not no never
"""
"""Words that are neither denied nor asserted."""
_VERBS_ALIKE = """
purchas buy remov lift scrap lift hik rais increas rais cut lower reduc lower trim lower levy impos
permit allow let allow ship sel
"""
"""Pairs: a stem, and the stem of a word that says the same."""
_NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention|necessarily|yet)|if not|no doubt|cannot but"
    r"|not? (?:less|more|fewer|later|earlier|sooner) than|can['’]t but|whether or not)\b"
    r"|\bno\.? ?(?=\d)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:—–()“”\"]|[.!?]\s"
    r"|\b(?:but|while|although|though|whereas|because|since|who|which)\b"
)
_DENYING_WORDS = """
not never cannot nor neither without no refuse refused refusing decline declined declining deny
denied denying reject rejected rejecting fail failed failing rule ruled ruling refrain refrained
refraining avoid avoided avoiding oppose opposed opposing resist resisted resisting abandon
abandoned abandoning keep keeping kept leave leaving left
"""
"""Every text that ``_read_claims`` finds a denial in has one of these: a quick look first."""
_CONDITIONAL = re.compile(r"\b(?:until|unless)\b", re.IGNORECASE)
_KEPT_OUT = re.compile(r"\b(?:keep(?:s|ing)?|kept|leave|left)\b[^.;]{1,60}\bout\b")
_PUT_IN = frozenset({"includ", "insert", "put", "add", "attach", "pas", "adopt"})
_HEDGES = frozenset(_DENIALS) | frozenset(_NEGATIVES.split())


class _Claims(NamedTuple):
    """The stems that a text denies, those that it asserts, and those beside a negative word."""

    denied: frozenset[str]
    asserted: frozenset[str]
    hedged: frozenset[str]


def find_dropped_negation(statement: str, quotes: Sequence[str]) -> str | None:
    """Return what is wrong where ``statement`` asserts what the quotes deny, or the reverse.

    A word is denied by a negator before it in its clause ("not", "no longer", "refused to",
    "ruled out"); "not only", "no later than", "not yet" and "not ... until" deny nothing. A
    statement may express the denial by another negative word (refuse, block, halt). Words that
    a quote both denies and asserts are left alone.
    """
    denying = [_read_claims(quote) for quote in quotes if _may_deny(quote)]
    if not denying and not _may_deny(statement):
        return None
    said = _read_claims(statement)
    denied = frozenset[str]().union(*(claims.denied for claims in denying))
    if not said.denied and not said.asserted & denied:
        return None
    quoted = [_read_claims(quote) for quote in quotes]
    asserted = frozenset[str]().union(*(claims.asserted for claims in quoted))
    hedged = frozenset[str]().union(*(claims.hedged for claims in quoted))
    dropped = (said.asserted - said.hedged) & (denied - asserted)
    if dropped and not said.denied:
        verb = _find_word(statement, dropped)
        return f'the quotes deny what the statement says ("{verb}"): state it as they do.'
    added = said.denied & (asserted - denied - hedged)
    if added:
        verb = _find_word(statement, added)
        return f'the statement denies what the quotes say ("{verb}"): state it as they do.'
    return None


def _may_deny(text: str) -> bool:
    words = _read_words(text)
    return "n't " in words.run or not words.folded.isdisjoint(_split_words(_DENYING_WORDS))


def _find_word(text: str, stems: frozenset[str]) -> str:
    return next((word for word in _TOKEN.findall(text) if _read_stem(word) in stems), "")


def _read_stem(word: str) -> str:
    stem = _stem(_fold_word(word))
    return _pair_words(_VERBS_ALIKE).get(stem, stem)


@lru_cache(maxsize=_CACHED)
def _read_claims(text: str) -> _Claims:
    denied: set[str] = set()
    asserted: set[str] = set()
    hedged: set[str] = set()
    for clause in _CLAUSE.split(_NO_DENIAL.sub(" ", text)):
        words = _TOKEN.findall(clause)
        stems = [_read_stem(word) for word in words]
        places = set() if _CONDITIONAL.search(clause) else _find_denied(words, stems)
        denied |= {stems[place] for place in places}
        others = (at for at, word in enumerate(words) if at not in places and not _is_light(word))
        content = {stems[at] for at in others}
        asserted |= content
        hedged |= {one for one in content if (content & _HEDGES) - {one}}
        denied |= _PUT_IN if _KEPT_OUT.search(clause) else frozenset()
    return _Claims(frozenset(denied), frozenset(asserted), frozenset(hedged))


def _is_light(word: str) -> bool:
    return word.endswith("ly") or _fold_word(word) in _split_words(_LIGHT_WORDS)


def _find_denied(words: Sequence[str], stems: Sequence[str]) -> set[int]:
    """Return the places of the words that a negator reaches; a denied denial reaches none."""
    places: set[int] = set()
    for at, stem in enumerate(stems):
        if stem in _NEGATORS or stem.endswith("n't"):
            places |= set(_reach(words, stems, at + 1, is_verbal=stem == "no"))
        elif stem not in _DENIALS or at in places:
            continue
        elif _DENIALS[stem] in {"", *words[at + 1 : at + 2]}:
            places |= set(_reach(words, stems, at + 1, is_verbal=True))
    return places


def _reach(
    words: Sequence[str], stems: Sequence[str], start: int, *, is_verbal: bool
) -> Iterator[int]:
    """Yield the place of the first word of weight behind a negator, on through "plan to".

    ``is_verbal`` keeps to words that must be verbs ("to lift", "lifting"): "no" and "rejected"
    deny a thing as often as an act, and a thing denied says little.
    """
    for at in range(start, min(start + 10, len(stems))):
        if words[at][0].isupper() or _is_light(words[at]):
            continue
        is_widener = stems[at] in _split_words(_WIDENERS)
        if not is_verbal or is_widener or words[at].endswith("ing") or words[at - 1] == "to":
            yield at
        if not is_widener:
            return
        is_verbal = is_verbal and stems[at] != "longer"
