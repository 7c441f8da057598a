"""``mithaq alert``: saved questions that tell when something is new."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, screen, tame
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Speak, Workspace, choose_language
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.store.alerts import Channel

HELP = "Saved questions that tell when something is new: by file, mail, webhook, or here."
Name = Annotated[str, typer.Argument(help="Name of the alert.", metavar="NAME")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="File with mail server and webhooks. Default: alerts.toml in the workspace.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


def make_app() -> typer.Typer:
    """Return the commands of ``mithaq alert``."""
    app = typer.Typer(no_args_is_help=True)
    for name, command in (("add", add), ("list", show_all), ("remove", remove), ("run", run), ("test", test)):
        app.command(name)(command)
    return app


def add(
    name: Name,
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", help="What happens between two sides.", metavar="A B")] = None,
    entity: Annotated[str | None, typer.Option("--entity", help="What a person, body or programme takes part in.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="What happens on a topic (with --country: of one side).")] = None,
    due: Annotated[bool, typer.Option("--due", help="Promises that fall due or are late (with --thread or --country: those).")] = False,
    conflict: Annotated[bool, typer.Option("--conflict", help="Figures that pages contradict each other about.")] = False,
    need: Annotated[str | None, typer.Option("--need", help="Needs of others on what this side offers.", metavar="SIDE")] = None,
    country: Annotated[list[str] | None, typer.Option("--country", help="What one side takes part in; beside another: only of it.")] = None,
    thread: Annotated[str | None, typer.Option("--thread", help="Narrows --due to one thread.")] = None,
    atom: Annotated[Path | None, typer.Option("--atom", help="Tell by this Atom file.")] = None,
    mail: Annotated[str | None, typer.Option("--mail", help="Tell by mail to this address.")] = None,
    webhook: Annotated[str | None, typer.Option("--webhook", help="Tell by this webhook of the settings.")] = None,
    site: Annotated[bool, typer.Option("--site", help="Tell on the page of the alerts of 'mithaq serve'.")] = False,
    quiet: Annotated[str | None, typer.Option("--quiet", help="Hours in which nothing is sent: 22:00-07:00.")] = None,
    zone: Annotated[str, typer.Option("--zone", help="Time zone of the quiet hours: Asia/Muscat.")] = "UTC",
    everything: Annotated[bool, typer.Option("--all", help="Tell also what is known already.")] = False,
    settings: SettingsFile = None,
    lang: Speak = None,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Save a question.

    It tells what is new from now on: each event once, however many pages tell it. Without --atom, --mail,
    --webhook or --site it is told on the screen of 'mithaq alert run'.

    \b
    mithaq alert add gulf --pair OM DJ --mail desk@example.org --lang ar
    mithaq alert add rabat --country MA --site
    mithaq alert add late --due --country MR --atom late.atom
    mithaq alert add match --need JO --webhook desk --quiet 22:00-07:00 --zone Asia/Amman
    """
    from mithaq.alerting.asking import Wish, make_ask, read_quiet
    from mithaq.alerting.settings import read_settings
    from mithaq.ingest import now
    from mithaq.store.alerts import Alert
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        kinds = {"pair": pair, "entity": entity, "topic": topic, "due": due, "conflict": conflict, "need": need}
        asked = [kind for kind, value in kinds.items() if value] or (["side"] if country else [])
        if len(asked) != 1:
            raise QuestionError("give one of --pair, --entity, --topic, --due, --conflict and --need, or --country alone")
        named = [*(pair or ()), *([need] if need else []), *(country or ())]
        wish = Wish(kind=asked[0], sides=tuple(named), entity=entity or "", topic=topic or "", thread=thread or "")
        ask = make_ask(opened.store, wish, lambda words: read_country(words, opened))
        file, here = str(atom.absolute()) if atom else None, "here" if site else None
        channel, target = _way({"atom": file, "mail": mail, "webhook": webhook, "site": here})
        hours = read_quiet(quiet or "", zone)
        alert = Alert(name=name, ask=ask, channel=channel, target=target, lang=choose_language(lang), added=now(), quiet=hours)
        found = opened.add_alert(alert, read_settings(workspace, settings), everything=everything)
    told = "will be told" if everything else "are known and will not be told"
    screen().print(f"alert {name} saved; {found} events that answer it now {told}. 'mithaq alert run' tells what is new.")


def _way(asked: Mapping[Channel, str | None]) -> tuple[Channel, str]:
    """Return how an alert is told, and where; raises QuestionError when several ways are asked for."""
    ways = [(channel, target) for channel, target in asked.items() if target]
    if len(ways) > 1:
        raise QuestionError("give one of --atom, --mail, --webhook and --site; add a second alert for another way")
    channel, target = ways[0] if ways else ("terminal", "")
    return channel, "" if channel == "site" else target


def show_all(json: Json = False, workspace: Workspace = WORKSPACE) -> int:
    """List the alerts, with how many events wait to be told.

    \b
    mithaq alert list
    """
    import msgspec

    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        rows = [(alert, opened.store.count_waiting(alert.name)) for alert in opened.store.alerts()]
    if not rows:
        complain("there are no alerts; 'mithaq alert add' saves one")
        return NOTHING
    for alert, waiting in rows:
        if json:
            emit(msgspec.json.encode({**msgspec.to_builtins(alert), "waiting": waiting}) + b"\n")
            continue
        ask = " ".join(filter(None, (alert.ask.kind, *alert.ask.sides, alert.ask.entity, alert.ask.topic, alert.ask.thread)))
        quiet = f", quiet {alert.quiet.first}-{alert.quiet.last} {alert.quiet.zone}" if alert.quiet else ""
        way = f"{alert.channel} {alert.target}".strip()
        screen().print(f"{alert.name}: {ask}; {way} in {alert.lang}{quiet}; {waiting} waiting", soft_wrap=True)
    return 0


def remove(name: Name, workspace: Workspace = WORKSPACE) -> None:
    """Remove an alert, with what it knows and what waits.

    \b
    mithaq alert remove gulf
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        opened.remove_alert(name)
    screen().print(f"alert {name} removed")


def run(
    names: Annotated[list[str] | None, typer.Argument(help="Only these; default: all.", metavar="[NAME...]")] = None,
    settings: SettingsFile = None,
    json: Json = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Find what is new and tell it; run it from a timer, for example every ten minutes.

    What cannot be delivered, or falls into quiet hours, waits for a later run. Exit code 1 when something
    could not be delivered.

    \b
    mithaq alert run
    mithaq alert run gulf --json
    """
    import msgspec

    from mithaq.alerting.settings import read_settings
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        done = opened.run_alerts(read_settings(workspace, settings), _say, names=tuple(names or ()))
    for one in done:
        if json:
            emit(msgspec.json.encode(one) + b"\n")
        else:
            quiet = ", quiet now" if one.quiet else ""
            screen().print(f"{one.alert}: {one.new} new, {one.delivered} told, {one.waiting} waiting{quiet}")
        if one.error:
            complain(f"{one.alert}: {one.error}")
    return NOTHING if any(one.error for one in done) else 0


def test(name: Name, settings: SettingsFile = None, workspace: Workspace = WORKSPACE) -> None:
    """Send an invented event through an alert's channel, to see that it arrives.

    \b
    mithaq alert test gulf
    """
    from mithaq.alerting.settings import read_settings
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        opened.test_alert(name, read_settings(workspace, settings), _say)
    screen().print(f"sent through alert {name}")


def _say(text: str) -> None:
    emit(tame(text))
