"""Party names: which words name which state, union or group of states.

Owns the one table (``parties.json``) and every question that it answers: which entry a name
belongs to, where a text mentions one, whether two parties are the same, which official acts for
whom. Must not know what a quote is, nor what an article says about a person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from schemas.base import CountryCode, Frozen, Party

FILE = Path(__file__).with_name("parties.json")

MentionKind = Literal["form", "demonym", "metonym", "body"]
Trie = dict[str, "Trie"]

_MIN_SHOUTED = 4
"""Shortest name, in letters, that is also found in capitals: "CHINA", never "us" as "US"."""
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_HYPHENS = str.maketrans(dict.fromkeys("‐‑–—", "-"))
_GOES_ON = re.compile(r"['’ʼ](?![sS]\b)\w")
_END = ""
_MINISTRY_ENDS = frozenset({"ministry", "department"})
_SUFFIX = re.compile(
    r"(?:,\s?|\s)(?:incorporated|inc|corporation|corp|company|co|limited|ltd|holdings?|plc|llc|nv|bv|ag"
    r"|se|sa|ab|gmbh|oyj|kk)$"
)
_MAX_SUFFIXES = 4
"""Most suffixes of one firm ("Co., Ltd. Inc."); each costs a pass over the name."""
_SPACED_INITIALS = re.compile(r"\b([A-Z])\.\s(?=[A-Z]\.)")
_CAPITALISED_BEFORE = re.compile(r"(?:^|[^\w.-])([A-Z][a-zé]+)[^\S\n]$")
_NO_FIRST_NAMES = """
A After Against All Although An And As At Before Besides Between Both But By During Each East
Eastern Even For From Given Greater How If In Inside Into Its Like Meanwhile Near Neither New Nor
North Northern Of On Only Or Our Outside Over Since So South Southern Than That The Their Then This
Though Through To Today Toward Towards Under Unless Until Upon West Western What When Where Whether
While Why With Within Without Yet Yesterday
"""
"""Capitalised words that stand before a state's name and are no first names."""


class PartyEntry(Frozen):
    """One state, union or group of states, and the words that English news has for it."""

    name: str
    """The plain short form, as summaries have it ("United States")."""
    country: CountryCode | None
    """ISO 3166-1 alpha-2 code, ``EU``, or null for a group of states."""
    forms: tuple[str, ...] = ()
    """Other usual names ("U.S.", "America"), without ``name`` itself."""
    demonyms: tuple[str, ...] = ()
    """Adjectives and names of the people ("American"); they mention it, but do not name it."""
    metonyms: tuple[str, ...] = ()
    """Capitals and seats that stand for the government ("Washington")."""
    bodies: tuple[tuple[str, ...], ...] = ()
    """Its ministries, agencies and parliaments; each with all its names, one tuple a body."""


class PartyMention(NamedTuple):
    """A place where a text mentions an entry: ``text[start:end]``, half-open, code points."""

    entry: PartyEntry
    how: MentionKind
    start: int
    end: int


class Official(NamedTuple):
    """Somebody who acts for an entry, or did so not long ago."""

    names: tuple[str, ...]
    """The usual full name first, then other spellings and short names that mean nobody else."""
    entry: PartyEntry


class _File(Frozen):
    """The file's shape."""

    parties: tuple[PartyEntry, ...]
    shared_bodies: tuple[str, ...]
    """Bodies that several states have: they name one only beside its name or demonym."""
    other_names: tuple[str, ...]
    """Names that contain a state's name and do not mean it ("South China Sea")."""
    person_names: tuple[str, ...]
    """Names that are surnames too: none is meant behind a first name ("Michael Jordan")."""
    firms: tuple[tuple[str, ...], ...]
    """Firms with several names, one tuple a firm."""
    officials: dict[str, tuple[tuple[str, ...], ...]]
    """Entry's name to the names of those who act for it and whom news often names without saying
    so: see ``Official``."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The file, indexed by folded names."""

    words: dict[str, tuple[PartyEntry, MentionKind]]
    recased: dict[str, tuple[PartyEntry, MentionKind]]
    countries: dict[str, PartyEntry]
    shared: frozenset[str]
    others: frozenset[str]
    persons: frozenset[str]
    bodies: dict[tuple[str, str], tuple[str, ...]]
    """Entry's name and folded name of a body to all names of that body."""
    firms: dict[str, tuple[str, ...]]
    """Folded name of a firm to all its folded names, the usual one first."""
    pattern: re.Pattern[str]
    officials: dict[str, Official]
    """Folded name, full or short, to the person."""
    officials_pattern: re.Pattern[str]


def find_party(name: str) -> PartyEntry | None:
    """Return the entry that ``name`` names by a form, a metonym or a body, else ``None``.

    Dots, apostrophes, white space and a leading "the" are forgiven, capitals only where they
    decide nothing: "CHINA" and "united states" are states, "us" and "turkey" are not. A body
    that several states share needs its state in the name ("China's Ministry of Commerce").
    Demonyms name nobody.
    """
    return _find_party(name)


def find_party_by_country(code: str) -> PartyEntry | None:
    """Return the entry whose country is ``code`` ("CN", "EU"), else ``None``."""
    return _load_table().countries.get(code)


def resolve_party(party: Party) -> PartyEntry | None:
    """Return the entry that ``party`` names; its country decides for a shared body.

    "Ministry of Commerce" of country ``CN`` is China's. ``None`` for firms and people.
    """
    entry = find_party(party.name)
    if entry is None and party.country and _is_shared_body(_fold_name(party.name)):
        return find_party_by_country(party.country)
    return entry


def is_same_party(a: Party, b: Party) -> bool:
    """Say whether both name one party, by the table or by equal names.

    Names are equal when case, dots, white space and corporate suffixes ("Inc.", "N.V.") are
    all that differs, or when the table knows both for one firm. The same country alone never
    makes two parties the same.
    """
    first, second = resolve_party(a), resolve_party(b)
    if first is not None or second is not None:
        return first is second
    return list_firm_names(a.name)[0] == list_firm_names(b.name)[0]


def list_firm_names(name: str) -> tuple[str, ...]:
    """Return the folded names that the table knows for the firm ``name``; at least its own."""
    folded = fold_firm(name)
    return _load_table().firms.get(folded, (folded,))


def is_known_firm(name: str) -> bool:
    """Say whether the table lists the firm ``name``, by whatever name."""
    return fold_firm(name) in _load_table().firms


def find_body_names(party: Party) -> tuple[str, ...]:
    """Return all names of the body that ``party`` names; ``()`` where it names no body.

    "China's Commerce Ministry" gives the names that China's entry has for that ministry; a
    ministry that the table does not list ("Chinese Ministry of Health") gives itself, without
    its state. "Government", "officials" and the like are the state itself, not a body.
    """
    entry = resolve_party(party)
    if entry is None:
        return ()
    key = _fold_name(party.name)
    wanted = (_split_owner(key)[1] or key).casefold()
    unlisted = (wanted,) if _is_ministry(wanted) else ()
    return _load_table().bodies.get((entry.name, wanted), unlisted)


def iterate_mentions(text: str) -> list[PartyMention]:
    """Return every mention of an entry in ``text``, in order, none overlapping another.

    Names are whole words in their usual capitals or all in capitals; the longest wins. The
    pronoun "us", china and turkey in lower case, "South China Sea" and "Michael Jordan"
    mention nobody, nor does a shared body without its state.
    """
    table = _load_table()
    mentions = []
    for match in table.pattern.finditer(text):
        key = _fold_name(match.group())
        if key in table.others or (key in table.persons and _follows_name(text, match.start())):
            continue
        entry, how = table.words[key]
        mentions.append(PartyMention(entry, how, match.start(), match.end()))
    return mentions


def iterate_officials(text: str) -> Iterator[str]:
    """Yield the name in each place where ``text`` names somebody of the table of officials.

    Names are whole words in their usual capitals, full ones also all in capitals; the longest
    wins. A surname behind another first name ("Eric Trump") and a word that goes on behind an
    apostrophe ("Xi'an") name nobody.
    """
    for match in _load_table().officials_pattern.finditer(text):
        name = " ".join(match.group().split())
        is_other = " " not in name and _follows_name(text, match.start())
        if not is_other and not _GOES_ON.match(text, match.end()):
            yield name


@lru_cache(maxsize=2048)
def find_official(name: str) -> Official | None:
    """Return whom of the table of officials ``name`` means, by a full or a listed short name.

    Dots and kinds of apostrophes are forgiven, and so are middle names ("Donald J. Trump").
    """
    officials = _load_table().officials
    words = name.split()
    return officials.get(_fold_name(name)) or (
        officials.get(_fold_name(f"{words[0]} {words[-1]}")) if len(words) > 2 else None
    )


@lru_cache(maxsize=2048)
def fold_firm(name: str) -> str:
    """Return ``name`` without case, dots, doubled white space and corporate suffixes.

    A name that is nothing but a suffix stays as it is.
    """
    folded = _fold_name(name).replace(".", "").casefold().strip(" ,")
    for _ in range(_MAX_SUFFIXES):
        folded = _SUFFIX.sub("", folded).strip(" ,")
    return folded


@lru_cache(maxsize=2048)
def _find_party(name: str) -> PartyEntry | None:
    key = _fold_name(name)
    found = _load_table().words.get(key) or _find_recased(key)
    if found is not None and found[1] != "demonym":
        return found[0]
    owner, rest = _split_owner(key)
    return owner if owner and rest and _is_body_of(owner, rest) else None


def _find_recased(key: str) -> tuple[PartyEntry, MentionKind] | None:
    """Look a name up whose capitals decide nothing: shouted, or of several words."""
    if (key.isupper() and len(key) >= _MIN_SHOUTED) or " " in key:
        return _load_table().recased.get(key.casefold())
    return None


def _is_body_of(owner: PartyEntry, key: str) -> bool:
    found = _load_table().words.get(key)
    return _is_shared_body(key) or (found is not None and found == (owner, "body"))


def _is_shared_body(key: str) -> bool:
    return key.casefold() in _load_table().shared or _is_ministry(key.casefold())


def _is_ministry(key: str) -> bool:
    words = key.split()
    return len(words) > 1 and bool({words[0], words[-1]} & _MINISTRY_ENDS)


def _split_owner(key: str) -> tuple[PartyEntry | None, str | None]:
    """Split "Chinese Foreign Ministry" and "Ministry of Commerce of China" into state and body."""
    words = key.split(" ")
    for size in range(min(len(words) - 1, 5), 0, -1):
        head = " ".join(words[:size]).removesuffix("'s").removesuffix("'")
        found = _load_table().recased.get(head.casefold())
        if found and found[1] != "body":
            return found[0], " ".join(words[size:])
    for place in range(1, min(len(words) - 1, 12)):
        tail = " ".join(words[place + 1 :]).removeprefix("the ")
        found = _load_table().words.get(tail) if words[place] == "of" else None
        if found and found[1] == "form":
            return found[0], " ".join(words[:place])
    return None, None


def _follows_name(text: str, start: int) -> bool:
    """Say whether the word before ``start`` may be a first name."""
    before = _CAPITALISED_BEFORE.search(text[max(0, start - 24) : start])
    if before is None or before[1] in _NO_FIRST_NAMES.split():
        return False
    return _fold_name(before[1]) not in _load_table().words


@lru_cache(maxsize=8192)
def _fold_name(name: str) -> str:
    """Remove what typography alone varies: dots, kinds of apostrophes and hyphens, "the"."""
    name = _SPACED_INITIALS.sub(r"\1.", name)
    plain = " ".join(name.translate(_APOSTROPHES).translate(_HYPHENS).replace(".", "").split())
    plain = plain.removesuffix("'s")
    return plain[4:] if plain[:4].casefold() == "the " and len(plain) > 4 else plain


@cache
def _load_table() -> _Table:
    """Read and index the file; once, at the first question."""
    file = _File.model_validate_json(FILE.read_bytes())
    shared = frozenset(_fold_name(body).casefold() for body in file.shared_bodies)
    spellings = [row for entry in file.parties for row in _list_spellings(entry, shared)]
    words = {_fold_name(word): (entry, how) for word, entry, how in spellings}
    by_name = {entry.name: entry for entry in file.parties}
    officials = {
        name: Official(row, by_name[owner])
        for owner, rows in file.officials.items()
        for row in rows
        for name in _list_cased(row)
    }
    return _Table(
        words=words,
        recased={key.casefold(): found for key, found in words.items()},
        countries={entry.country: entry for entry in file.parties if entry.country},
        shared=shared,
        others=frozenset(map(_fold_name, file.other_names)),
        persons=frozenset(map(_fold_name, file.person_names)),
        bodies=dict(_list_bodies(file.parties)),
        firms={
            fold_firm(name): tuple(dict.fromkeys(map(fold_firm, firm)))
            for firm in file.firms
            for name in firm
        },
        pattern=_compile([word for word, _, _ in spellings] + list(file.other_names)),
        officials={_fold_name(name): official for name, official in officials.items()},
        officials_pattern=_compile(officials),
    )


def _list_bodies(
    entries: Iterable[PartyEntry],
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for entry in entries:
        for body in entry.bodies:
            for name in body:
                yield (entry.name, _fold_name(name).casefold()), body


def _list_spellings(
    entry: PartyEntry, shared: frozenset[str]
) -> Iterator[tuple[str, PartyEntry, MentionKind]]:
    names: list[tuple[str, MentionKind]] = [(word, "form") for word in (entry.name, *entry.forms)]
    names += [(word, "demonym") for word in entry.demonyms]
    names += [(word, "metonym") for word in entry.metonyms]
    names += [(word, "body") for body in entry.bodies for word in body]
    for word, how in names:
        if how == "body" and _fold_name(word).casefold() in shared:
            continue
        yield word, entry, how
        if how != "body" and len(word) >= _MIN_SHOUTED and "." not in word:
            yield word.upper(), entry, how


def _list_cased(names: Iterable[str]) -> Iterator[str]:
    """Yield each name, a full one also in capitals."""
    for name in names:
        yield name
        if " " in name:
            yield name.upper()


def _compile(words: Iterable[str]) -> re.Pattern[str]:
    """Compile one pattern of all words; a tree of letters, so that each is read once."""
    trie: Trie = {}
    for word in sorted(words):
        for spelling in {word, word.replace(".", "")}:
            node = trie
            for letter in spelling:
                node = node.setdefault(letter, {})
            node[_END] = {}
    return re.compile(rf"(?<!\w){_render_trie(trie)}(?![\w$])")


def _render_trie(trie: Trie) -> str:
    branches = [
        _render_letter(letter) + _render_trie(rest) for letter, rest in trie.items() if letter
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and _END not in trie else f"(?:{'|'.join(branches)})"
    return body + "?" if _END in trie else body


def _render_letter(letter: str) -> str:
    variants = {" ": r"\s", "'": "['’ʼ]", "-": "[-‐‑]"}
    return variants.get(letter, re.escape(letter))
