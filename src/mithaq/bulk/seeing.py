"""Web archives on their way into a workspace, into tables, or both: read by whoever there is, written here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from mithaq.bulk.cluster import Cluster
from mithaq.bulk.gather import Setting, list_words
from mithaq.bulk.parts import Gained, open_tables
from mithaq.bulk.readers import Here, Late, Readers, Several
from mithaq.bulk.run import STEP, STEP_UNGATED, read_stretches, see_outcomes
from mithaq.collect.stretches import Archive, Stretch, cut, find_archives
from mithaq.errors import InputError
from mithaq.ingest import KNOWLEDGE, Archiving, PageReader, Reader, Seen, Stop, how_read, packaged_reader
from mithaq.lexicon import load_lexicon
from mithaq.store import MadeBy
from mithaq.store.archives import Mark

Progress = Callable[[int, int, str], None]


class Crew(msgspec.Struct, frozen=True):
    """Who is to read: so many processes of this machine, or the workers of a Dask scheduler (its address, or ``local``).

    ``reader`` stands in for the packaged one.
    """

    jobs: int = 1
    dask: str | None = None
    reader: Reader | None = None

    def gather_round(self, setting: Setting) -> Readers:
        """Return the readers, ready to read; whoever asks for them closes them."""
        if self.dask is not None:
            return Cluster(self.dask, setting, self.jobs)
        return Several(self.jobs, setting) if self.jobs > 1 else Here(setting)


    def agree(self, root: Path, made_by: MadeBy, *, gated: bool, private: bool = False) -> Setting:
        """Return how pages are read for the workspace at *root*, with its own words."""
        return Setting(made_by, gated, private, () if self.reader else list_words(root / KNOWLEDGE), self.reader)


def mark_elsewhere(archive: Archive, made_by: MadeBy, *, gated: bool) -> Mark:
    """Return the mark of an archive that does not lie on this disk, at nothing read."""
    return Mark(file=archive.address, size=archive.size, changed=int(archive.mark[:15], 16), how=how_read(made_by, gated=gated))


def see_archives(
    paths: Iterable[str],
    reader: PageReader,
    archiving: Archiving,
    crew: Crew,
    *,
    stop: Stop,
    folder: Path | None = None,
) -> Generator[Seen]:
    """Yield what becomes of the pages of archives in a workspace, each read from the byte on that was reached before.

    With a *folder* all that they gave goes into its tables, too; then the files there say what is read already. Raises InputError when
    there is no archive at a path.
    """
    named = list(paths)
    if not named:
        raise InputError("there is no web archive among what was named; --dask and --parquet are for .warc, .warc.gz and .wacz")
    archives = find_archives(named)
    setting = crew.agree(reader.root, reader.made_by, gated=reader.gated, private=reader.private)
    for archive in archives:
        archiving.add(archive.address, mark_elsewhere(archive, setting.made_by, gated=setting.gated))
    with ExitStack() as left:
        readers = Late(lambda: crew.gather_round(setting))
        left.callback(readers.close)
        if folder is None:
            stretches = _cut(archives, setting, archiving.reached)
            yield from see_outcomes(read_stretches(stretches, readers, stop=stop), reader)
        else:
            tables = left.enter_context(open_tables(folder, setting))
            outcomes = read_stretches(_cut(archives, setting), readers, stop=stop, known=tables.known)
            yield from see_outcomes(tables.keep(outcomes), reader)
            tables.finish()


def write_archives(
    paths: Iterable[str | Path],
    folder: Path,
    root: Path,
    crew: Crew,
    *,
    gated: bool = True,
    stop: Stop,
    progress: Progress | None = None,
) -> Gained:
    """Read web archives into a folder of Parquet tables, with the words of the workspace at *root* where there is one.

    Raises InputError when there is no archive at a path, QuestionError when the folder cannot be used or the cluster not be reached.
    """
    archives = find_archives(paths)
    made_by = (crew.reader or packaged_reader(load_lexicon(root / KNOWLEDGE))).made_by
    setting = crew.agree(root, made_by, gated=gated)
    stretches = _cut(archives, setting)
    readers = Late(lambda: crew.gather_round(setting))
    try:
        with open_tables(folder, setting) as tables:
            for done, outcome in enumerate(tables.keep(read_stretches(stretches, readers, stop=stop, known=tables.known)), start=1):
                if progress:
                    progress(done, len(stretches), outcome.stretch.name)
            return tables.finish()
    finally:
        readers.close()


def _cut(archives: Iterable[Archive], setting: Setting, reached: Callable[[str], int] = lambda _: 0) -> list[Stretch]:
    step = STEP if setting.gated else STEP_UNGATED
    return [stretch for archive in archives for stretch in cut(archive, step, reached(archive.address))]
