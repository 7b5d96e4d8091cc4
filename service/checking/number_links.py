"""What neighbouring numbers lend each other, and which numbers are only limits.

Owns ranges, lists and bounds. Must not know how a single number is read.
"""

from service.checking import number_patterns as patterns
from service.checking.number_mentions import Mention, NameMention, NumberMention


def link_mentions(low: str, mentions: list[Mention]) -> tuple[Mention, ...]:
    """Hand kind, currency and scale on within ranges and lists, and mark bounds.

    "10 to 15 percent" and "$3-5 billion" are both of one kind. "From 5 to 12 million" leaves
    open what 5 is: it is no number then.
    """
    listed = False
    for index in range(len(mentions) - 2, -1, -1):
        first, second = mentions[index], mentions[index + 1]
        gap = low[first.end : second.start]
        if len(gap) > 24 or isinstance(first, NameMention) or isinstance(second, NameMention):
            listed = False
            continue
        ranged = _is_range(low, first, gap)
        listed = not ranged and _is_listed(gap, listed=listed)
        if ranged:
            mentions[index], mentions[index + 1] = _join_range(low, first, second)
        elif listed and first.kind == "plain" and second.kind == "percent" and not first.unit:
            mentions[index] = first._replace(kind="percent")
        else:
            listed = False
    return tuple(_mark_bound(low, mention) for mention in mentions)


def _is_range(low: str, first: NumberMention, gap: str) -> bool:
    if patterns.RANGE.fullmatch(gap):
        return True
    before = max(0, first.start - 24)
    return bool(patterns.LIST.fullmatch(gap) and patterns.BETWEEN.search(low, before, first.start))


def _is_listed(gap: str, *, listed: bool) -> bool:
    return bool(patterns.LIST.fullmatch(gap) or (listed and patterns.COMMA.fullmatch(gap)))


def _join_range(
    low: str, first: NumberMention, second: NumberMention
) -> tuple[Mention, NumberMention]:
    changed = _is_change(low, first, second)
    bare = first.kind == "plain" and not first.unit
    if bare and second.kind in ("percent", "percentage_points") and second.scale == 1:
        first = first._replace(kind=second.kind)
    elif bare and second.kind == "money" and low[second.start].isdigit():
        first = first._replace(kind="money", unit=second.unit)
    elif first.kind == "money" and second.kind == "plain" and not second.unit:
        second = second._replace(kind="money", unit=first.unit)
    if second.scale > 1 and first.scale == 1 and first.value < 1000 and first.kind == second.kind:
        if patterns.FROM.search(low, max(0, first.start - 24), first.start):
            return NameMention(first.start, first.end, low[first.start : first.end]), second
        first = first._replace(value=first.value * second.scale, scale=second.scale)
    if changed or first.kind != second.kind:
        return first, second
    return first._replace(bound="range"), second._replace(bound="range")


def _is_change(low: str, first: NumberMention, second: NumberMention) -> bool:
    """Say whether "A to B" moves from one to the other, and is no stretch between them.

    A stretch never falls; a rising pair needs "from" and a verb that moves.
    """
    if not low[first.end : second.start].strip().startswith("to"):
        return False
    if first.value > second.value:
        return True
    match = patterns.FROM.search(low, max(0, first.start - 24), first.start)
    if match is None:
        return False
    before = low[max(0, match.start() - 100) : match.start()]
    return bool(patterns.CHANGES.search(before)) and not patterns.SPREADS.search(before)


def _mark_bound(low: str, mention: Mention) -> Mention:
    if isinstance(mention, NameMention) or mention.bound == "range":
        return mention
    before = low[max(0, mention.start - 56) : mention.start]
    if patterns.MINUS.search(before):
        mention = mention._replace(value=-mention.value)
    if mention.kind in ("percent", "money") and (match := patterns.MOTION.search(before)):
        mention = mention._replace(motion="by" if match["word"] == "by" else "to")
    if patterns.BOUND.search(before) or patterns.BOUND_AFTER.match(low, mention.end):
        return mention._replace(bound="bound")
    if patterns.APPROXIMATE.search(before):
        return mention._replace(bound="approximate")
    return mention
