"""Read connected stories into a store, find out who is who, and measure it, or print what is in pieces and what is mixed up.

python -m mithaq.evaluate.who --split dev
python -m mithaq.evaluate.who --split train --wrong
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mithaq.evaluate.identity import score_entities
from mithaq.evaluate.world import Split, Story, Thing, read_stories
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.model import Body, Document, Person, Programme
from mithaq.model.world import LIST_OF
from mithaq.pipeline import read_document
from mithaq.resolve.entities import resolve
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.text.fold import fold_text
from mithaq.text.likeness import likeness

ROOT = Path(__file__).resolve().parents[3]
_MADE_BY = MadeBy("evaluate", "evaluate")
_ALIKE = 0.8  # of a name in the gold and one that was read
Member = tuple[str, str, int]  # document, list, item


def fill_store(store: SqlStore, stories: Iterable[Story], lexicon: Lexicon) -> dict[str, Document]:
    """Read the pages of stories into a store, and find out who is who; return the pages by their name."""
    found = {}
    for story in stories:
        for name in story.pages:
            path, sidecar = story.folder / f"{name}.txt", story.folder / f"{name}.meta.json"
            known = sidecar.read_bytes() if sidecar.is_file() else None
            document = read_document(path.read_bytes(), path=str(path), sidecar=known, lexicon=lexicon)
            store.put(document, Capture(hash=document.id, file="", added="", path=str(path), sidecar=name), _MADE_BY)
            found[name] = document
    resolve(store)
    return found


def find_naming(thing: Thing, name: str, document: Document) -> Member | None:
    """Return what the reading of a page calls so: by exactly this name, else the one most like it; None when nothing is."""
    listed: Mapping[str, Sequence[Person | Body | Programme]] = {
        "people": document.people, "bodies": document.bodies, "programmes": document.programmes,
    }  # fmt: skip
    best: tuple[float, int] = (0.0, -1)
    for n, item in enumerate(listed[LIST_OF[thing.kind]]):
        for printed in {item.name, *(mention.quote for mention in item.mentions)}:
            alike = 9.0 if fold_text(printed) == fold_text(name) else likeness(name, printed, _ALIKE)
            best = max(best, (alike, -n)) if alike > 0 else best
    return (document.id, LIST_OF[thing.kind], -best[1]) if best[0] > 0 else None


def place_things(stories: Iterable[Story], pages: Mapping[str, Document]) -> Iterator[tuple[Thing, str, str, Member | None]]:
    """Yield (thing, page, name, what the reading of the page calls so) for every mention of the gold."""
    for story in stories:
        for thing in story.world.entities:
            for mention in thing.mentions:
                yield thing, mention.page, mention.name, find_naming(thing, mention.name, pages[mention.page])


def list_entities(store: SqlStore) -> Iterator[dict[str, Any]]:
    """Yield every entity as ``mithaq entities`` lists it."""
    for entity in store.entities():
        mentions = [{"path": mention.path, "quote": mention.evidence.quote} for mention in store.mentions_of(entity.id)]
        yield {"id": entity.id, "kind": entity.kind, "mentions": mentions}


def show_wrong(stories: Iterable[Story], pages: Mapping[str, Document], store: SqlStore) -> Iterator[str]:
    """Yield in words which entities of the gold are in pieces, and which of ours hold several of them."""
    pieces: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    holders: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, page, name, where in place_things(stories, pages):
        ours = store.entity_of(*where) if where else None
        pieces[thing.id][ours or "not found"].append(f"{page}: {name}")
        if ours:
            holders[ours][thing.id].append(f"{page}: {name}")
    for told, groups in (("in pieces", pieces), ("mixed up", holders)):
        for one, parts in sorted(groups.items()):
            if len(parts.keys() - {"not found"}) > 1:
                yield f"{told}  {one}\n" + "".join(f"    {part}: {' | '.join(names)}\n" for part, names in sorted(parts.items()))


def main() -> int:
    """Print the figures of a split, and with ``--wrong`` what is wrong; pages of the test split are never shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    split: Split = asked.split
    stories = read_stories(ROOT, split)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "world.sqlite") as store:
        pages = fill_store(store, stories, load_lexicon())
        print(f"{split}: {len(stories)} stories, {len(pages)} pages, {len(store.questions())} questions")
        for kind, c in score_entities(stories, list_entities(store)).items():
            found = f"{c.found.right} of {c.found.asked}"
            print(f"{kind:10} B-cubed precision {c.precision:.3f}  recall {c.recall:.3f}  F1 {c.f1 or 0:.3f}  ({found} found)")
        if asked.wrong and split != "test":
            print("\n".join(show_wrong(stories, pages, store)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
