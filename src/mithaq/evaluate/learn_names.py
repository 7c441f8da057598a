"""Learn from well-known names and those of our pages which letters the names of each part of the world have (``lexicon.name_regions``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import NamedTuple

from mithaq.errors import KnowledgeError
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, names_of, page_story
from mithaq.evaluate.world import read_stories
from mithaq.lexicon.load import packaged_knowledge
from mithaq.lexicon.name_regions import NameRegions, runs_of, words_of

SEEN = 3  # a run of letters seen in fewer words is not kept
FOLDS = 8
ABOUT = "Words of names by part of the world in which runs of letters are seen, from well-known names and our pages (train and dev)."


class Bearer(NamedTuple):
    """A name as a page prints it, the country that its bearer stands for, and the story of the page."""

    name: str
    country: str
    story: str


class Known(NamedTuple):
    """The region of each country, and words of well-known names with their regions."""

    regions: dict[str, str]
    words: tuple[tuple[str, str], ...]


def read_known() -> Known:
    """Return what the packaged lists tell; raises KnowledgeError for a line that is not of their form."""
    folder = packaged_knowledge() / "wordlists" / "names"
    regions: dict[str, str] = {}
    headings: dict[str, str] = {}
    for line in _lines(folder / "regions.txt"):
        parts = line.split(":")
        if len(parts) != 3:
            raise KnowledgeError(f"{folder / 'regions.txt'}: {line!r}; write NAME: heading of spellings.txt: codes of countries")
        name, heading, codes = (part.strip() for part in parts)
        regions |= dict.fromkeys(codes.split(), name)
        if heading:
            headings[heading] = name
    return Known(regions, tuple(_spelt(headings)))


def _lines(file: Traversable) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]


def _spelt(headings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the words of the well-known names under headings that name one region."""
    region = None
    for line in (packaged_knowledge() / "wordlists" / "names" / "spellings.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            region = next((name for heading, name in headings.items() if line[1:].strip().startswith(heading)), None)
        elif region and "=" in line:
            yield from ((word, region) for spelling in line.replace("=", ",").split(",") for word in words_of(spelling))


def read_bearers(reader: Reader, pages: Iterable[GoldPage]) -> list[Bearer]:
    """Return the people of pages and of connected stories (train and dev) who stand for a country."""
    bearers = [Bearer(p["name"], p["country"], page_story(page)) for page in pages for p in page.gold["people"] if p.get("country")]
    for story in read_stories(reader.root, "train", "dev"):
        for entity in story.world.entities:
            if entity.kind == "person" and entity.country:
                names = sorted({mention.name for mention in entity.mentions})
                bearers += [Bearer(name, entity.country, story.folder.name) for name in names]
    return bearers


def learn_regions(known: Known, bearers: Iterable[Bearer], names: Sequence[str] = ()) -> NameRegions:
    """Return the counts of well-known names and those of *bearers*; *names* are the pages learned from."""
    words = list(known.words)
    for bearer in bearers:
        region = known.regions.get(bearer.country)
        if region:
            words += [(word, region) for word in words_of(bearer.name)]
    runs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, region in words:
        for run in runs_of(word):
            runs[run][region] += 1
    many = dict(sorted(Counter(region for _, region in words).items()))
    kept = {run: tuple(seen[region] for region in many) for run, seen in sorted(runs.items()) if seen.total() >= SEEN}
    return NameRegions(ABOUT, known.regions, many, kept, tuple(names))


def by_story(bearers: Sequence[Bearer], stories: Iterable[str], folds: int = FOLDS) -> dict[str, NameRegions]:
    """Return for each of *stories* the counts learned without its people."""
    known = read_known()
    judged: dict[str, NameRegions] = {}
    wanted = sorted(set(stories))
    for fold in range(folds):
        held = frozenset(wanted[fold::folds])
        if held:
            judged |= dict.fromkeys(held, learn_regions(known, [bearer for bearer in bearers if bearer.story not in held]))
    return judged


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the counts of the people on *pages*, and of well-known names."""
    bearers = read_bearers(reader, pages)
    model = learn_regions(read_known(), bearers, names_of(pages))
    return Learned(model, len(bearers), len(model.runs))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how often the region of a name is right on stories not learned from."""
    known = read_known()
    bearers = [b for b in read_bearers(reader, pages) if b.country in known.regions]
    right = asked = 0
    for learned_from, held in leave_out(bearers, lambda bearer: bearer.story, FOLDS):
        counts = learn_regions(known, learned_from)
        for bearer in held:
            weights = counts.weigh(bearer.name)
            right += max(sorted(weights), key=weights.__getitem__) == known.regions[bearer.country]
            asked += 1
    yield f"regions of names: {right} of {asked} right"


LEARNER = Learner("names", learn, measure)
