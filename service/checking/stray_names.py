"""Names in a generated sentence that no source carries.

Owns the notion of what looks like a name in free text, and the ordinary words that do not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from schemas.parties import PartyMention
from service.checking.affiliations import (
    TITLES,
    ArticleNames,
    Span,
    build_names,
    scan_mentions,
)
from service.checking.names import holds_name, is_place, list_aliases, names_entry
from service.checking.words import (
    SAME_WORDS,
    TOKEN,
    cut_stem,
    fold_word,
    list_small_stems,
    list_words,
    unite_words,
)

_SENTENCE_START = re.compile(r"(?:^|[.!?:;—–…]|[\"“‘'(])\s*$|\n\s*$")
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
    if mention.how == "body" or is_place(text, mention):
        return any(
            holds_name(alias, sources) for alias in (written, *list_aliases(written, None, names))
        )
    stated = any(one.entry is mention.entry for text in sources for one in scan_mentions(text))
    return stated or names_entry(mention.entry, sources, names)


def _find_stray_words(
    text: str, mentions: Sequence[PartyMention], sources: Sequence[str], names: ArticleNames
) -> Iterator[Span]:
    """Yield the words of ``text`` outside ``mentions`` that are names and stand in no source."""
    taken = {place for one in mentions for place in range(one.start, one.end)}
    known = unite_words(tuple(sources)).folded
    tokens = list(TOKEN.finditer(text))
    is_title_case = _is_title_case(tokens)
    for place, match in enumerate(tokens):
        written, word = match.group(), fold_word(match.group())
        if written == written.lower() or written[0].isdigit() or match.start() in taken:
            continue
        if word in known or known.issuperset(SAME_WORDS.get(word, "-")) or _is_no_name(written):
            continue
        opens = _SENTENCE_START.search(text, max(0, match.start() - 4), match.start())
        if (opens or is_title_case) and _is_ordinary(word, names):
            continue
        if not _completes_name(tokens, place, known, names):
            yield match.start(), match.end() - 2 * written.endswith(("'s", "’s"))


def _completes_name(
    tokens: Sequence[re.Match[str]], place: int, known: frozenset[str], names: ArticleNames
) -> bool:
    """Say whether the article writes the word beside a neighbour that a source carries."""
    for pair in (tokens[max(0, place - 1) : place + 1], tokens[place : place + 2]):
        words = [match.group() for match in pair]
        if known & {fold_word(word) for word in words} and holds_name(
            " ".join(words), [names.text]
        ):
            return True
    return False


def _is_no_name(word: str) -> bool:
    folded = word.casefold()
    return folded in TITLES or folded in list_words(_NO_NAMES)


def _is_ordinary(word: str, names: ArticleNames) -> bool:
    stem = cut_stem(word)
    is_listed = word.endswith(_ORDINARY_ENDINGS) or stem in _list_ordinary_stems()
    return is_listed or stem in list_small_stems(names.text)


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


@cache
def _list_ordinary_stems() -> frozenset[str]:
    return frozenset(cut_stem(word) for word in _ORDINARY_WORDS.split())
