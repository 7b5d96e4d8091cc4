"""Whether the parties, firms, places and speakers that a reader claims stand in its quotes.

Owns the verdict on parties and entries. Each complaint is one sentence for the reader. Pure;
doubt wins, since an analyst acts on who did what. Must not know items or lists, nor where a
quote was found.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

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
    find_people,
    find_person,
    list_shorts,
    scan_mentions,
)
from service.checking.words import (
    CACHED_TEXTS,
    SAME_WORDS,
    fold_word,
    list_words,
    read_words,
    unite_words,
)

_FILLERS = "a an the of and or in on at for to from by with its"
_SUFFIXES = "inc corp corporation co company ltd limited plc llc holding nv"
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|around|inside)\s$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|she|they|it|we|i|his|her|their|spokes(?:person|man|woman)|the (?:report|company"
    r"|ministry|agency|group|statement|strategy|officials?|minister|department|firm|chipmaker"
    r"|carmaker|chip giant|government|bloc|commission)|its|both sides|the two sides)\b",
    re.IGNORECASE,
)


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
    (``quote_spans``, offsets into the article) or in the sentence before; in the two before,
    where a pronoun or "the ministry" points back. A capital as a mere
    place ("in Washington") carries no government, and a body must be named in the article.
    ``country`` must agree with the table, and with what the article says of a firm or person.
    ``people`` says whether a person may stand here: in talks only.
    """
    entry = resolve_party(party)
    person = None if entry else find_person(strip_titles(party.name), names)
    if person and not people:
        state = person.entries[0].name if person.entries else "the state"
        return f'"{party.name}" is a person; who acts is the state, body or firm, such as {state}.'
    wrong = _check_country(party, entry, person, names)
    if wrong:
        return wrong
    # The sentences hold the quotes: reading both would read the quotes twice.
    near = names.find_sentences(quote_spans) or list(quotes)
    near += names.find_sentences(quote_spans, before=2 if _points_back(near) else 1)
    if entry is None:
        return _check_words(party.name, person, near, names)
    written = _list_written(party)
    if written and not any(holds_name(name, [names.text]) for name in written):
        return f'the article nowhere names "{party.name}"; name the state ({entry.name}) instead.'
    if names_entry(entry, near, names):
        return None
    return _describe_miss(party.name, is_far=any(one.entry is entry for one in names.mentions))


def check_entry(
    value: str, quotes: Sequence[str], quote_spans: Sequence[Span], names: ArticleNames
) -> str | None:
    """Return what is wrong with a firm, product, place, agreement, goods or speaker, or ``None``.

    Each of its words must stand in the quotes or their sentences; case, plural, possessive, "the"
    and corporate suffixes are forgiven, case not for capitals ("AMD"). A state may be written in
    any of its forms, a firm by a name that the article or the table has for it. A person, a body
    or a firm of the article may also stand in the two sentences before, where a pronoun or "the
    ministry" points back.
    """
    near = names.find_sentences(quote_spans) or list(quotes)
    missing = _list_missing(value, near)
    if not missing:
        return None
    person = find_person(strip_titles(value), names)
    # Any state serves here: a ministry that several have is a body all the same.
    acts = (
        person or resolve_party(Party(name=value, country="US")) or fold_firm(value) in names.firms
    )
    if acts and _points_back(near):
        near += names.find_sentences(quote_spans, before=2)
        missing = _list_missing(value, near)
    if any(holds_name(alias, near) for alias in list_aliases(value, person, names)):
        return None
    for mention in scan_mentions(value):
        if names_entry(mention.entry, near, names) and mention.how in {"form", "demonym"}:
            missing -= read_words(value[mention.start : mention.end]).folded
    return _describe_miss(value, is_far=holds_name(value, [names.text])) if missing else None


def _points_back(texts: Sequence[str]) -> bool:
    return any(map(_POINTS_BACK.search, texts))


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


def names_entry(entry: PartyEntry, sources: Iterable[str], names: ArticleNames) -> bool:
    """Say whether a source names the party, by any word for it or by one of its people."""
    return any(entry.name in _list_entries(text, names) for text in sources)


@lru_cache(maxsize=CACHED_TEXTS)
def _list_entries(text: str, names: ArticleNames) -> frozenset[str]:
    """Return the names of the entries that ``text`` mentions, by a word or by a person."""
    mentioned = {one.entry.name for one in scan_mentions(text) if not is_place(text, one)}
    people = (person.entries for person in find_people(text, names))
    return frozenset(mentioned).union(entry.name for entries in people for entry in entries)


def is_place(text: str, mention: PartyMention) -> bool:
    """Say whether a seat of government is meant as a place: "in Washington"."""
    before = text[max(0, mention.start - 10) : mention.start]
    return mention.how == "metonym" and _PLACE_BEFORE.search(before) is not None


def _check_words(
    name: str, person: Person | None, near: Sequence[str], names: ArticleNames
) -> str | None:
    """Check a firm or person: named in the article, and near the quotes at least in short."""
    plain = strip_titles(name)
    aliases = [plain, *list_aliases(plain, person, names)]
    is_named = any(holds_name(alias, [names.text]) for alias in [plain, *list_firm_names(plain)])
    if (is_named or person) and any(holds_name(alias, near) for alias in aliases):
        return None
    return _describe_miss(name, is_far=is_named)


def list_aliases(name: str, person: Person | None, names: ArticleNames) -> list[str]:
    """Return the other names that mean the same in this article."""
    acronyms = [names.acronyms[key] for key in (name, fold_firm(name)) if key in names.acronyms]
    bodies = find_body_names(Party(name=name or " ", country=None))
    shorts = person.shorts if person else _guess_shorts(strip_titles(name), names)
    return [*list_firm_names(name), *acronyms, *bodies, *shorts]


def _guess_shorts(name: str, names: ArticleNames) -> list[str]:
    """Return the words that mean somebody whom the article names in full, but with no title.

    That is the family name, never a word that the article also writes small.
    """
    words = name.split()
    is_person_like = 1 < len(words) < 5 and all(word.istitle() for word in words)
    if not is_person_like or not holds_name(name, [names.text]):
        return []
    small = read_words(names.text).small
    return [word for word in list_shorts(words) if fold_word(word) not in small]


def strip_titles(name: str) -> str:
    """Remove title and initials: "US President Donald J. Trump" is "Donald Trump"."""
    words = name.split()
    places = [at for at, word in enumerate(words[:-1], 1) if word.casefold() in TITLES]
    words = words[places[-1] :] if places else words
    return " ".join(word for word in words if len(word.rstrip(".")) > 1 or len(words) == 1)


def holds_name(name: str, sources: Iterable[str]) -> bool:
    """Say whether ``name`` stands in a source, as one run of whole words."""
    needle = read_words(name).run
    return bool(needle.strip()) and any(needle in read_words(text).run for text in sources)


def _list_missing(value: str, sources: Sequence[str]) -> set[str]:
    words, known = read_words(value), unite_words(tuple(sources))
    missing = set(words.folded - known.folded - list_words(_FILLERS))
    if not words.folded <= list_words(_SUFFIXES):
        missing -= list_words(_SUFFIXES)
    if len(words.capitals) < len(words.folded):
        missing |= {fold_word(word) for word in words.capitals - known.capitals}
    return {word for word in missing if not known.folded.issuperset(SAME_WORDS.get(word, "-"))}
