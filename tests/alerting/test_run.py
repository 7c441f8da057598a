"""Alerts: each event once however its pages arrive, quiet hours, promises that fall due, trying again later."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from made_documents import arabic_document, make_document, quote
from mithaq.alerting.lock import only_one
from mithaq.alerting.run import is_quiet, is_time, next_try
from mithaq.alerting.settings import Settings
from mithaq.alerting.words import tell, write_html, write_text
from mithaq.answers.alerts import World, find_news
from mithaq.errors import QuestionError, StoreError
from mithaq.export.messages import Messages
from mithaq.follow.status import schedule_of
from mithaq.model import Indicator, Statement
from mithaq.model.vocabulary import LANGUAGES
from mithaq.store.alerts import Alert, Ask, Batch, News, Quiet
from mithaq.workspace import Workspace, open_workspace
from told_pages import keep, page, story, told

AT = "2026-10-01T12:00:00+00:00"
NO_SETTINGS = Settings()


def alert(name: str, ask: Ask, **fields: object) -> Alert:
    made = Alert(name=name, ask=ask, channel="terminal", lang="en", added=AT)
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields are those of the structure


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        yield opened


def run(workspace: Workspace, at: str = AT) -> tuple[list[str], int]:
    """Run all alerts; return what was said, and how many events were told."""
    said: list[str] = []
    done = workspace.run_alerts(NO_SETTINGS, said.append, at=at)
    assert [one.error for one in done if one.error] == []
    return said, sum(one.delivered for one in done)


PAIR = Ask(kind="pair", sides=("GA", "JO"))


@pytest.mark.parametrize("order", [list(range(7)), list(reversed(range(7))), [3, 1, 5, 2, 0, 4, 6]])
def test_each_event_is_told_once_however_its_pages_arrive(workspace: Workspace, order: list[int]) -> None:
    workspace.add_alert(alert("pair", PAIR), NO_SETTINGS)
    for number in order:
        keep(workspace.store, [story()[number]])  # type: ignore[arg-type]  # an SQLite store
        run(workspace)
    told_of = [news for _, news in workspace.store.told("pair", 100)]
    places = [key for news in told_of for key in news.keys]
    assert len(places) == len(set(places)) and len({news.id for news in told_of}) == len(told_of)
    signed = [news for news in told_of if news.type == "agreement" and news.stage == "signed" and "câbles" not in (news.quote or "")]
    assert len(signed) == 1
    assert run(workspace) == ([], 0)


def test_what_is_known_when_an_alert_is_made_is_not_told_unless_asked_for(workspace: Workspace) -> None:
    keep(workspace.store, story()[:3])  # type: ignore[arg-type]  # an SQLite store
    found = workspace.add_alert(alert("new", PAIR), NO_SETTINGS)
    assert found and workspace.add_alert(alert("all", PAIR), NO_SETTINGS, everything=True) == found
    said, count = run(workspace)
    assert count == found and len(said) == 1 and said[0].startswith(f"all: {found} events are new")
    keep(workspace.store, [story()[6]])  # type: ignore[arg-type]  # an SQLite store
    said, count = run(workspace)
    assert count == 2 and len(said) == 2 and all("câbles" in words for words in said)


def test_a_reread_page_tells_nothing_new(workspace: Workspace) -> None:
    workspace.add_alert(alert("pair", PAIR), NO_SETTINGS)
    keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
    assert run(workspace)[1]
    keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
    assert run(workspace) == ([], 0)


def test_a_promise_is_told_when_due_and_once_more_when_late(workspace: Workspace) -> None:
    workspace.add_alert(alert("due", Ask(kind="due", sides=("GA", "JO"))), NO_SETTINGS)
    keep(workspace.store, story()[1:3])  # type: ignore[arg-type]  # an SQLite store
    assert run(workspace) == ([], 0)
    for day, kind in (("2026-09-10", "due"), ("2026-11-03", "overdue")):
        later = page(f"Other {day}", f"Something else happened on {day}.", lang="en", published=day, retrieved=f"{day}T08:00:00+00:00")
        keep(workspace.store, [later])  # type: ignore[arg-type]  # an SQLite store
        said, count = run(workspace)
        assert {news.kind for _, news in workspace.store.told("due", count)} == {kind}
        assert ("Due now" if kind == "due" else "Due date passed") in said[0] and "due September 2026" in said[0]
    assert run(workspace) == ([], 0)


def test_figures_that_contradict_each_other_are_told_once_for_each_set_of_values(workspace: Workspace) -> None:
    workspace.add_alert(alert("figures", Ask(kind="conflict", sides=("OM",))), NO_SETTINGS)

    def cited(number: int, value: float) -> None:
        body = f"Page {number}: Oman has {value} points in the readiness index of 2024."
        made = make_document(f"Figures {number}", body, lang="en", relevant=True, path=f"{number}.txt", published="2026-01-01")
        figure = Indicator(
            name="readiness", value=value, unit="points", year=2024, country="OM", publisher="An institute", evidence=quote(made.text, body)
        )
        keep(workspace.store, [replace(made, indicators=(figure,))])  # type: ignore[arg-type]  # an SQLite store

    counts = []
    for number, value in enumerate((70.0, 70.0, 80.0, 80.0, 90.0)):
        cited(number, value)
        counts.append(run(workspace)[1])
    assert counts == [0, 0, 1, 0, 1]


def test_a_need_that_an_offer_of_ours_meets_is_told(workspace: Workspace) -> None:
    workspace.add_alert(alert("match", Ask(kind="need", sides=("JO",))), NO_SETTINGS)

    def said(number: int, kind: str, country: str, words: str) -> None:
        made = page(f"Said {number}", words, lang="en", published="2026-01-01")
        fact = Statement(kind=kind, evidence=quote(made.text, words), country=country, topics=("cybersecurity",))  # type: ignore[arg-type]
        keep(workspace.store, [told(made, statements=[fact])])  # type: ignore[arg-type]  # an SQLite store

    said(1, "need", "GA", "Gabon lacks engineers who can protect networks.")
    assert run(workspace)[1] == 0
    said(2, "offer", "JO", "Jordan offers courses in the protection of networks.")
    shown, count = run(workspace)
    assert count == 1 and "A need that an offer of ours meets" in shown[0] and "Gabon lacks engineers" in shown[0]
    said(3, "need", "JO", "Jordan needs money for its own courses.")
    said(4, "need", "GA", "Gabon lacks engineers who can protect networks.")
    assert run(workspace)[1] == 0


def test_pages_that_are_not_for_us_tell_nothing(workspace: Workspace) -> None:
    workspace.add_alert(alert("pair", PAIR), NO_SETTINGS)
    keep(workspace.store, [replace(one, relevant=False) for one in story()])  # type: ignore[arg-type]  # an SQLite store
    assert run(workspace) == ([], 0)


def test_quiet_hours_wait(workspace: Workspace) -> None:
    quiet = Quiet("22:00", "07:00", "Asia/Muscat")
    workspace.add_alert(alert("pair", PAIR, quiet=quiet), NO_SETTINGS)
    keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
    said: list[str] = []
    night = workspace.run_alerts(NO_SETTINGS, said.append, at="2026-10-01T19:00:00+00:00")[0]
    assert night.quiet and night.new == night.waiting > 0 and not night.delivered and not said
    morning = workspace.run_alerts(NO_SETTINGS, said.append, at="2026-10-02T03:00:00+00:00")[0]
    assert morning.delivered == night.new and len(said) == 1


@pytest.mark.parametrize(
    ("first", "last", "at", "quiet"),
    [
        ("22:00", "07:00", "2026-01-01T21:59:00+00:00", False),
        ("22:00", "07:00", "2026-01-01T22:00:00+00:00", True),
        ("22:00", "07:00", "2026-01-01T06:59:00+00:00", True),
        ("22:00", "07:00", "2026-01-01T07:00:00+00:00", False),
        ("12:00", "14:00", "2026-01-01T13:00:00+00:00", True),
        ("12:00", "14:00", "2026-01-01T14:00:00+00:00", False),
    ],
)
def test_quiet_hours_may_run_over_midnight(first: str, last: str, at: str, quiet: bool) -> None:
    assert is_quiet(Quiet(first, last, "UTC"), at) is quiet


@pytest.mark.parametrize("quiet", [Quiet("25:00", "07:00", "UTC"), Quiet("08:00", "08:00", "UTC"), Quiet("22:00", "07:00", "Mars/Base")])
def test_wrong_quiet_hours_are_told(workspace: Workspace, quiet: Quiet) -> None:
    with pytest.raises(QuestionError, match=r"quiet hours|time zone"):
        workspace.add_alert(alert("x", PAIR, quiet=quiet), NO_SETTINGS)


def test_wrong_alerts_are_told(workspace: Workspace) -> None:
    workspace.add_alert(alert("one", PAIR), NO_SETTINGS)
    for wrong, words in (
        (alert("one", PAIR), "already"),
        (alert("a b", PAIR), "name of an alert"),
        (alert("m", PAIR, channel="mail", target="nobody"), "no address of mail"),
        (alert("m", PAIR, channel="mail", target="a@b\nBcc: c@d"), "no address of mail"),
        (alert("w", PAIR, channel="webhook", target="desk"), "no webhook"),
        (alert("e", Ask(kind="entity", entity="p000000000000")), "no person, body or programme"),
    ):
        with pytest.raises(QuestionError, match=words):
            workspace.add_alert(wrong, NO_SETTINGS)
    assert [kept.name for kept in workspace.store.alerts()] == ["one"]
    workspace.remove_alert("one")
    with pytest.raises(QuestionError, match="no alert 'one'"):
        workspace.remove_alert("one")


@given(st.integers(0, 40))
def test_the_next_try_comes_later_each_time_but_not_too_late(attempts: int) -> None:
    def wait(tried: int) -> str:
        return next_try(Batch(id="b", alert="a", news=(), attempts=tried), AT)

    assert AT < wait(attempts) <= wait(attempts + 1) <= "2026-10-01T18:00:00+00:00"


def test_a_clock_that_jumped_back_does_not_hold_mail_for_years() -> None:
    batch = Batch(id="b", alert="a", news=(), attempts=1, next="2026-10-01T12:02:00+00:00")
    assert not is_time(batch, "2026-10-01T12:01:00+00:00") and is_time(batch, "2026-10-01T12:02:00+00:00")
    assert is_time(batch, "2020-01-01T00:00:00+00:00")


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with only_one(tmp_path / "x.lock", "run"):
        refused = pytest.raises(StoreError, match="another run is under way")
        with refused, only_one(tmp_path / "x.lock", "run"):
            pass
    with only_one(tmp_path / "x.lock", "run"):
        pass


def test_an_atom_file_is_written_as_a_whole(workspace: Workspace, tmp_path: Path) -> None:
    from lxml import etree

    workspace.add_alert(alert("pair", PAIR, channel="atom", target=str(tmp_path / "feeds" / "pair.atom"), lang="ar"), NO_SETTINGS)
    for part in (story()[:3], story()[3:]):
        keep(workspace.store, part)  # type: ignore[arg-type]  # an SQLite store
        run(workspace)
    feed = etree.parse(tmp_path / "feeds" / "pair.atom").getroot()
    ids = [entry.findtext("{*}id") for entry in feed.iterfind("{*}entry")]
    assert len(ids) == len(set(ids)) == len(workspace.store.told("pair", 100)) > 3
    assert all((id or "").startswith("urn:mithaq:news:pair:") for id in ids)
    assert [path.name for path in (tmp_path / "feeds").iterdir()] == ["pair.atom"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_news_speak_three_languages_and_keep_protected_words_back(workspace: Workspace, lang: str) -> None:
    page = replace(arabic_document(), rights="protected", relevant=True)
    keep(workspace.store, [page])  # type: ignore[arg-type]  # an SQLite store
    workspace.resolve()
    found = find_news(World(workspace.store), Ask(kind="pair", sides=("DJ", "OM")), schedule_of)
    assert found and all(news.quote is None for news in found)
    messages = Messages(lang)  # type: ignore[arg-type]  # one of ours
    text = write_text(alert("x", PAIR), found, messages)
    assert messages.text("source.protected") in text and all(e.evidence.quote not in text for e in page.events)


def test_an_alert_on_one_side_tells_what_it_takes_part_in_with_whomever(workspace: Workspace) -> None:
    keep(workspace.store, [replace(arabic_document(), relevant=True)])  # type: ignore[arg-type]  # an SQLite store
    workspace.resolve()
    world = World(workspace.store)
    of_one = {news.id for news in find_news(world, Ask(kind="side", sides=("OM",)), schedule_of)}
    assert of_one >= {news.id for news in find_news(world, Ask(kind="pair", sides=("DJ", "OM")), schedule_of)} > set()
    assert find_news(world, Ask(kind="side", sides=("PE",)), schedule_of) == []


def test_page_words_cannot_act_in_mail() -> None:
    words = {"quote": "<script>x</script>", "title": "<b>", "url": "javascript:alert(1)", "document": "d"}
    news = News(id="h", kind="happening", keys=(), type="meeting", **words)  # type: ignore[arg-type]  # all of them are words
    html = write_html(alert("x", PAIR), [news], Messages("en"))
    assert "<script" not in html and "<b>" not in html and "javascript:" not in html
    assert tell(news, Messages("en")).url is None


def test_forgotten_news_are_not_told_again(workspace: Workspace) -> None:
    workspace.add_alert(alert("pair", PAIR), NO_SETTINGS)
    keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
    _, count = run(workspace)
    assert workspace.store.forget_news("2027-01-01") == count
    assert workspace.store.told("pair", 100) == [] and run(workspace) == ([], 0)


def test_names_are_not_mixed_up(workspace: Workspace) -> None:
    for one, other in itertools.permutations(("a", "b")):
        workspace.add_alert(alert(one, PAIR), NO_SETTINGS)
        assert {kept.name for kept in workspace.store.alerts()} <= {one, other}
        workspace.remove_alert(one)
