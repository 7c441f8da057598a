"""When two mentions on different pages are one thing: the plain rule of dossiers, by name and side.

Two names meet when their folded forms are equal and their countries do not contradict each other; people also when their names differ only
in spelling or script. Every printed form stays visible, so that a reader can judge.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from mithaq.text.fold import fold_text

Item = TypeVar("Item")
Text = TypeVar("Text", bound=str)


def name_keys(name: str, names: Iterable[str]) -> frozenset[str]:
    """Return the folded forms by which a thing may meet another: its main name, and its other names of two words or more."""
    keys = {fold_text(name)}
    keys.update(folded for other in names if " " in (folded := fold_text(other)))
    return frozenset(key for key in keys if key)


def merge_by_name(
    items: Sequence[Item],
    keys: Callable[[Item], frozenset[str]],
    side: Callable[[Item], str | None],
    alike: Callable[[Item, Item], bool] | None = None,
    known: Callable[[Item], str | None] | None = None,
) -> list[list[Item]]:
    """Group *items* that share a key and whose sides agree (or one is unknown); order of first appearance is kept.

    An item of unknown side joins the first group that shares its name, so the same input always gives the same groups. Items without a
    common key are one, too, when *alike* to all of a group whose side is known and not contradicted. *known* gives the id of what a
    workspace knows each to be, or None: of two that have one that alone decides.
    """

    def belongs(item: Item, group: list[Item], shared: bool, its_side: str | None) -> bool:
        my_side = side(item)
        if shared:
            return my_side is None or its_side in (None, my_side)
        return alike is not None and its_side is not None and my_side in (None, its_side) and all(alike(item, other) for other in group)

    groups: list[list[Item]] = []
    group_keys: list[set[str]] = []
    group_sides: list[str | None] = []
    ids: list[str | None] = []
    homes: dict[str, int] = {}
    for item in sorted(items, key=lambda i: side(i) is None):
        mine, my_side = keys(item), side(item)
        one = known(item) if known else None
        home = homes.get(one) if one else None
        if home is None:
            open_to_it = (n for n, theirs in enumerate(ids) if not (one and theirs))
            home = next((n for n in open_to_it if belongs(item, groups[n], bool(mine & group_keys[n]), group_sides[n])), len(groups))
        if home == len(groups):
            groups.append([])
            group_keys.append(set())
            group_sides.append(None)
            ids.append(None)
        groups[home].append(item)
        group_keys[home] |= mine
        group_sides[home] = group_sides[home] or my_side
        if one:
            ids[home] = one
            homes[one] = home
    places = {id(item): place for place, item in enumerate(items)}
    for group in groups:
        group.sort(key=lambda i: places[id(i)])
    return sorted(groups, key=lambda g: places[id(g[0])])


def group_equal(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[list[Item]]:
    """Group *items* whose *key* is equal, in order of first appearance."""
    groups: dict[Hashable, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def fuller(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names each once, without those whose words all stand in another one («الحارثي» beside «سالم الحارثي»)."""
    words = {name: frozenset(fold_text(name).split()) for name in names if name}
    return tuple(name for name, mine in words.items() if not any(mine < theirs for theirs in words.values()))


def distinct(values: Iterable[Text | None]) -> tuple[Text, ...]:
    """Return the values that are stated, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
