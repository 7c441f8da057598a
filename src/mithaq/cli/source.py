"""``mithaq source``: the outlets, agencies and ministries that mithaq knows; find out about one, follow it, judge how it is doing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, progress, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Lang, Speak, Workspace, choose_language
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable

    from mithaq.collect.fetch import Answer
    from mithaq.lexicon.sources import NewsSource

HELP = "Look at the sources that mithaq knows, add one, follow it, judge how it is doing."
KNOWLEDGE = "knowledge"
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
Contact = Annotated[
    str, typer.Option("--contact", envvar="MITHAQ_CONTACT", help="Whom sites may write to: an e-mail address or one of the web.")
]
_BETWEEN = 1.0  # seconds between two questions to a site that is looked over by a person who waits
_SHORT = {
    "words": "have fewer words than they should: the article is not found whole",
    "title": "have no headline",
    "date": "have no date",
    "furniture": "have lines of the site within the article",
}


def make_app() -> typer.Typer:
    """Return the group of commands ``mithaq source``."""
    app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    for name, command in (
        ("list", list_sources), ("show", show), ("add", add), ("check", check), ("follow", follow), ("unfollow", unfollow),
    ):  # fmt: skip
        app.command(name)(command)
    return app


def list_sources(
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only those of this country, by its two letters.")] = None,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List the sources that mithaq knows, with the ids by which they are followed.

    \b
    mithaq source list
    mithaq source list --country MA --lang fr
    """
    from mithaq.lexicon.sources import known_sources

    asked = country.upper() if country else None
    found = [s for s in known_sources(workspace / KNOWLEDGE).values() if asked in (None, s.country)]
    found.sort(key=lambda s: (s.country or "", s.id))
    if not found:
        complain(f"no source of {country!r} is known; 'mithaq source add ADDRESS' makes one")
        return NOTHING
    if json:
        import msgspec

        emit(b"".join(msgspec.json.encode(source) + b"\n" for source in found))
        return 0
    from rich.table import Table

    speak = choose_language(lang)
    table = Table.grid(padding=(0, 2, 0, 0))
    for source in found:
        table.add_row(source.country or "", source.id, source.name(speak), source.type, source.domain, " ".join(source.languages))
    screen().print(table)
    return 0


def show(
    named: Annotated[str, typer.Argument(help="Id, domain or name of a source.", metavar="SOURCE")],
    workspace: Workspace = WORKSPACE,
) -> None:
    """Show the file of one source.

    \b
    mithaq source show hespress
    """
    from mithaq.lexicon.sources import find_source, known_sources

    source = find_source(named, known_sources(workspace / KNOWLEDGE))
    emit(f"# {source.path}\n" + Path(source.path).read_text("utf-8"))


def add(
    address: Annotated[str, typer.Argument(help="Address of the front page of a site.", metavar="ADDRESS")],
    contact: Contact = "",
    type: Annotated[str, typer.Option("--type", help="agency, newspaper, news_site, broadcaster, ministry, regulator ...")] = "news_site",
    country: Annotated[str | None, typer.Option("--country", "-c", help="Its two letters; default: those that end its address.")] = None,
    languages: Annotated[list[Lang] | None, typer.Option("--page-lang", help="A language of its pages; may be repeated.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Its name; default: as the site calls itself.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write the file anew if there is one.")] = False,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Find out where a site tells what is new, and write its file into the workspace.

    The front page, robots.txt and usual addresses are asked for feeds and sitemaps; where there are none,
    sections are looked for. The file goes into the workspace's knowledge/sources/ folder, where its names
    and all else can be edited; the source is followed from now on.

    \b
    mithaq source add https://www.example.org/ --contact desk@example.net --country MA --page-lang ar
    """
    from mithaq.collect.discover import discover
    from mithaq.lexicon.outlets import address_country
    from mithaq.lexicon.write_source import add_source
    from mithaq.workspace import open_workspace

    found = discover(address, _slow_ask(contact))
    spoken = [lang.value for lang in languages or ()] or ([found.language] if found.language else [])
    if not spoken:
        raise QuestionError(f"{address} does not say its language; give --page-lang ar, fr or en")
    title = name or found.title
    land = country.upper() if country else address_country(found.address)
    with open_workspace(workspace) as opened:
        file = add_source(
            opened.root / KNOWLEDGE, address=found.address, type=type, country=land,
            languages=spoken, names={spoken[0]: title} if title else {}, channels=found.channels, replace=replace,
        )  # fmt: skip
        console = screen()
        for channel in found.channels:
            console.print(f"{channel.kind:8} {channel.address}", soft_wrap=True)
        if found.channels:
            _follow(opened, [file.stem])
        said = f"{len(found.channels)} places tell what is new; followed from now on" if found.channels else "no place tells what is new"
        console.print(f"written: {file} ({said})", soft_wrap=True)


def _slow_ask(contact: str) -> Callable[[str], Answer]:
    """Return the guarded door, made as slow as a person who clicks."""
    import time

    from mithaq.collect.fetch import Limits, ask
    from mithaq.collecting import name_agent

    agent = name_agent(contact)
    bounds = Limits(seconds=20.0, read=15.0)

    def slowly(url: str) -> Answer:
        time.sleep(_BETWEEN)
        return ask(url, agent=agent, limits=bounds)

    return slowly


def check(
    named: Annotated[
        list[str] | None, typer.Argument(help="Sources, or a knowledge folder; default: all that are known.", metavar="[SOURCE...]")
    ] = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Check the files of sources, and whether the pages of each are read well.

    Files are checked line by line, with what to do about each fault. Of sources with pages in the workspace
    the newest are held against what the file says of a healthy page: words, headline, date.

    \b
    mithaq source check
    mithaq source check hespress
    mithaq source check my-workspace/knowledge
    """
    from mithaq.lexicon.check_sources import check_sources
    from mithaq.lexicon.load import packaged_knowledge
    from mithaq.lexicon.sources import find_source, known_sources

    folders = [Path(name) for name in named or () if Path(name).is_dir()]
    names = [name for name in named or () if not Path(name).is_dir()]
    own = workspace / KNOWLEDGE
    roots: list[Path | Traversable] = [*folders] or [packaged_knowledge(), *([own] if own.is_dir() else [])]
    problems = [problem for root in roots for problem in check_sources(root)]
    known = known_sources(own) if not problems else {}
    chosen = [find_source(name, known) for name in names] if not problems else []
    wanted = {source.path for source in chosen}
    told = [problem for problem in problems if not wanted or problem.path in wanted]
    for problem in told:
        complain(str(problem))
    sick = _check_pages(workspace, chosen or list(known.values())) if not told and not folders else 0
    verdict = f"{len(told) + sick} to put right" if told or sick else "all well"
    screen().print(f"{len(chosen) or len(known)} sources checked, {verdict}", soft_wrap=True)
    return NOTHING if told or sick else 0


def _check_pages(workspace: Path, sources: list[NewsSource]) -> int:
    from mithaq.answers.source_health import examine_pages
    from mithaq.store.place import is_there
    from mithaq.workspace import open_workspace

    if not is_there(workspace):
        return 0
    sick = 0
    with open_workspace(workspace, create=False) as opened, progress("looking") as advance:
        for number, source in enumerate(sources, start=1):
            _, faults = examine_pages(opened.store, source)
            for fault in faults:
                sick += 1
                complain(f"{source.id}: {fault.number} of its {fault.pages} newest pages {_SHORT[fault.what]}, for example {fault.example}")
            if advance:
                advance(number, len(sources), source.id)
    return sick


def follow(
    named: Annotated[list[str], typer.Argument(help="Ids, domains or names of sources.", metavar="SOURCE...")],
    workspace: Workspace = WORKSPACE,
) -> None:
    """Visit sources from now on, whenever 'mithaq collect' or 'mithaq watch' runs.

    \b
    mithaq source follow hespress map leconomiste
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace) as opened:
        _follow(opened, named)


def _follow(opened: object, named: list[str]) -> None:
    import time

    from mithaq.collecting import follow_sources
    from mithaq.workspace import Workspace as Opened

    assert isinstance(opened, Opened)
    for source, channels in follow_sources(opened, named, time.time()):
        screen().print(f"{source.id}: followed, {channels} places to visit", soft_wrap=True)


def unfollow(
    named: Annotated[list[str], typer.Argument(help="Ids of sources.", metavar="SOURCE...")],
    workspace: Workspace = WORKSPACE,
) -> int:
    """Visit sources no longer; what was read of them stays.

    \b
    mithaq source unfollow hespress
    """
    from mithaq.workspace import open_workspace

    unknown = 0
    with open_workspace(workspace, create=False) as opened:
        for name in named:
            channels = opened.store.schedule().unfollow(name)
            unknown += not channels
            if channels:
                screen().print(f"{name}: not visited any more", soft_wrap=True)
            else:
                complain(f"{name} was not followed; 'mithaq sources' lists those that are")
    return NOTHING if unknown else 0
