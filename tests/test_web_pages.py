"""Pages of the web in a workspace: fetched, fetched again, edited, taken down, back again; and what was set aside is tried again."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from mithaq.collect.fetch import Fetched
from mithaq.errors import GoneError, InputError
from mithaq.store import Filter
from mithaq.workspace import Workspace, open_workspace

CLOCK = (f"2026-03-01T{n // 60:02}:{n % 60:02}:00+00:00" for n in count())
URL = "https://marsa.example/news/7"
PAGE = """<!doctype html><html><head><meta charset="windows-1256"><title>x</title>
<link rel="canonical" href="https://www.marsa.example/news/7"><meta property="article:published_time" content="2026-02-10T07:00:00"></head>
<body><article><h1>الأردن وكينيا يوقعان مذكرة تفاهم لتدريب المهندسين</h1>
<p>وقعت وزيرة الاقتصاد الرقمي الأردنية سلمى حدادين مع نظيرها الكيني بيتر موانغي، الاثنين في عمان، مذكرة تفاهم في المجال الرقمي.</p>
<p>وقال موانغي إن كينيا بحاجة إلى {number} مهندسا في الشبكات، وإن بلاده ستستفيد من الخبرة الأردنية في الحكومة الإلكترونية.</p>
</article></body></html>"""


class Web:
    """A web of one page, which changes; ``asked`` counts."""

    def __init__(self, body: str | None) -> None:
        self.body, self.asked = body, 0

    def __call__(self, url: str) -> Fetched:
        self.asked += 1
        if self.body is None:
            raise GoneError(f"{url}: there is no such page (404); check the address")
        if not self.body:
            raise InputError(f"{url}: the site cannot answer now (503); try again later")
        return Fetched(url=url, data=self.body.encode("cp1256"), charset="windows-1256", retrieved=next(CLOCK))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr("mithaq.workspace.now", lambda: next(CLOCK))
    return open_workspace(tmp_path / "ws")


def outcome(workspace: Workspace, web: Web) -> tuple[int, int, int, int]:
    summary = workspace.ingest([URL], fetch=web)
    assert summary.read == 1
    return summary.new, summary.duplicate, summary.withdrawn, len(summary.quarantined)


def test_a_page_is_edited_taken_down_and_comes_back(workspace: Workspace) -> None:
    web = Web(PAGE.format(number=20))
    assert outcome(workspace, web) == (1, 0, 0, 0)
    [first] = workspace.store.documents()
    assert (first.url, first.published, first.lang) == (URL, "2026-02-10", "ar") and "موانغي" in first.text
    assert (first.retrieved or "").startswith("2026-03-01T00:") and first.statements
    assert outcome(workspace, web) == (0, 1, 0, 0)
    assert workspace.store.counts()["captures"] == 1

    web.body = PAGE.format(number=60)
    assert outcome(workspace, web) == (1, 0, 0, 0)
    [edited] = workspace.store.documents()
    assert "60" in edited.text and edited.copy_of is None
    assert len(list(workspace.store.documents(Filter(every_version=True)))) == 2
    assert workspace.store.document(first.id).statements == first.statements

    web.body = ""
    assert outcome(workspace, web) == (0, 0, 0, 1)
    web.body = None
    assert outcome(workspace, web) == (0, 0, 1, 0)
    [gone] = workspace.store.documents()
    assert gone.withdrawn and gone.events == edited.events

    web.body = "<!doctype html><html><body><h1>عذرا</h1><p>تم حذف هذا المقال من الموقع بطلب من الجهة الناشرة.</p></body></html>"
    assert outcome(workspace, web)[0] == 1
    [still] = workspace.store.documents()
    assert still.id == edited.id and still.withdrawn

    web.body = PAGE.format(number=20)
    assert outcome(workspace, web)[3] == 0
    [back] = workspace.store.documents()
    assert back.id == first.id and not back.withdrawn
    assert workspace.store.rows("quarantine") == []


def test_a_page_that_was_never_there_is_set_aside(workspace: Workspace) -> None:
    assert outcome(workspace, Web(None)) == (0, 0, 0, 1)
    [row] = workspace.store.rows("quarantine")
    assert row["path"] == URL and "there is no such page (404)" in str(row["reason"])


def test_what_was_set_aside_is_tried_again(workspace: Workspace, tmp_path: Path) -> None:
    pages = tmp_path / "news"
    pages.mkdir()
    (pages / "pdf.txt").write_bytes(b"%PDF-1.7")
    (pages / "lost.txt").write_bytes(b"%PDF-1.4")
    (pages / "list.jsonl").write_text('{"text": "%PDF"}\n{"title": "no words"}\n', "utf-8")
    web = Web("")
    assert len(workspace.ingest([pages, URL], fetch=web).quarantined) == 5
    (pages / "lost.txt").unlink()
    assert len(workspace.retry(fetch=web).quarantined) == 5
    assert len(workspace.store.rows("quarantine")) == 5

    words = "The Jordanian minister Salma Haddadin met her Kenyan counterpart Peter Mwangi in Amman on Monday."
    (pages / "pdf.txt").write_text(words, "utf-8")
    (pages / "list.jsonl").write_text('{"text": "%PDF"}\n{"title": "Now with words", "text": "' + words + '"}\n', "utf-8")
    web.body = PAGE.format(number=20)
    summary = workspace.retry(fetch=web)
    assert (summary.read, summary.new) == (5, 3)
    left = {Path(str(row["path"])).name for row in workspace.store.rows("quarantine")}
    assert left == {"lost.txt", "list.jsonl#1"}
    assert workspace.retry(fetch=web).read == 2


def test_a_page_that_became_one_known_already_leaves_the_quarantine(workspace: Workspace, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("The digital minister of Jordan and the ICT minister of Kenya signed an e-government memorandum in Amman.", "utf-8")
    bad.write_bytes(b"%PDF-1.7")
    workspace.ingest([good, bad])
    bad.write_bytes(good.read_bytes())
    assert workspace.retry().duplicate == 1
    assert workspace.store.rows("quarantine") == []


def test_a_page_stays_in_quarantine_until_it_is_written(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.7")
    workspace.ingest([bad])
    bad.write_text("The digital minister of Jordan and the ICT minister of Kenya signed an e-government memorandum in Amman.", "utf-8")
    with monkeypatch.context() as broken:

        def die(_: object) -> None:
            raise KeyboardInterrupt

        broken.setattr(workspace.store, "put_many", die)
        with pytest.raises(KeyboardInterrupt):
            workspace.retry()
    assert len(workspace.store.rows("quarantine")) == 1
    assert workspace.retry().new == 1
    assert workspace.store.rows("quarantine") == []
