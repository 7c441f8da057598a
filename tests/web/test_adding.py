"""Pages brought in by a reader: text, addresses, files; what is no page is told, and nothing is written without our own form."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.erasing import erase_page
from mithaq.web.adding import LARGEST_FILE, MOST_FILES, name_of
from mithaq.web.app import make_app
from mithaq.web.writer import Writer
from mithaq.workspace import open_workspace
from plain_reader import READER
from web.conftest import BASE

TEXT = "Oman and Djibouti talk\nneed: engineers who know networks"


@pytest.fixture
def own_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A site of a workspace that may be written to, with a reader of pages that is quick."""
    root = tmp_path / "own"
    open_workspace(root).close()
    monkeypatch.setattr("mithaq.web.app.Writer", lambda root: Writer(root, lambda path: open_workspace(path, reader=READER)))
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def token(site: TestClient) -> str:
    return str(re.search(r'name="token" value="([0-9a-f]+)"', site.get("/add").text)[1])  # type: ignore[index]  # it stands there


def ended(site: TestClient, place: str) -> PageReader:
    """Wait for a job and return its page."""
    for _ in range(200):
        if site.get(f"{place}/state").json()["ended"]:
            return PageReader(site.get(place).text)
        time.sleep(0.02)
    raise AssertionError("the job never ends")


def send(site: TestClient, **sent: object) -> PageReader:
    answer = site.post("/add", follow_redirects=False, **sent)  # type: ignore[arg-type]  # whatever httpx takes
    assert answer.status_code == 303
    return ended(site, answer.headers["location"])


def test_a_pasted_text_is_read_at_once(own_site: TestClient) -> None:
    page = send(own_site, data={"token": token(own_site), "text": TEXT, "outlet": "Example Post", "published": "2026-02-03"})
    assert "Oman and Djibouti talk" in page.text and "1 statement" in page.text
    [place] = [href for href in page.hrefs if href.startswith("/document/")]
    told = PageReader(own_site.get(place).text).text
    assert "Example Post" in told and "3 February 2026" in told and "engineers who know networks" in told
    again = send(own_site, data={"token": token(own_site), "text": TEXT, "outlet": "Example Post", "published": "2026-02-03"})
    assert "known already" in again.text


def test_the_list_of_a_job_says_nothing_of_a_page_that_was_erased(own_site: TestClient, tmp_path: Path) -> None:
    sent = {"token": token(own_site), "text": TEXT, "url": "https://post.example/oman-djibouti"}
    answer = own_site.post("/add", data=sent, follow_redirects=False)
    place = answer.headers["location"]
    [document] = [href for href in ended(own_site, place).hrefs if href.startswith("/document/")]
    with open_workspace(tmp_path / "own", create=False) as workspace:
        erase_page(workspace, document.removeprefix("/document/"), by="Amal", why="asked for")
    page = PageReader(own_site.get(place).text)
    assert "erased since" in page.text and "Oman and Djibouti talk" not in page.text and document not in page.hrefs
    told = own_site.get(f"/api/v1/jobs/{place.rpartition('/')[2]}").json()["taken"]
    assert [(one["outcome"], one["name"], one["title"], one["document"]) for one in told] == [("erased", "", None, None)]


def test_files_are_read_and_what_is_no_page_is_told(own_site: TestClient) -> None:
    files = [
        ("files", ("one.txt", TEXT.encode())),
        ("files", ("one.txt.meta.json", b'{"outlet": "Sidecar Times"}')),
        ("files", ("../../etc/two.html", b"Second page\nneed: servers")),
        ("files", ("bad.txt", b"unreadable")),
        ("files", ("sheet.xlsx", b"PK")),
        ("files", ("big.txt", b"x" * (LARGEST_FILE + 1))),
    ]
    page = send(own_site, data={"token": token(own_site)}, files=files)
    assert "Second page" in page.text and "Sidecar Times" in own_site.get("/sources").text
    assert "this is not text" in page.text and "this is no page" in page.text and "MB are no news page" in page.text
    assert "etc" not in page.text
    assert "dropped:bad.txt" in own_site.get("/quarantine").text


def test_files_of_one_name_are_all_read_each_with_its_own_sidecar(own_site: TestClient) -> None:
    files = [("files", ("a/index.txt", b"First page\nneed: cables")), ("files", ("b/index.txt", b"Second page\nneed: servers"))]
    told = [("files", ("index.txt.meta.json", f'{{"outlet": "{name} Post"}}'.encode())) for name in ("Morning", "Evening")]
    alone = send(own_site, data={"token": token(own_site)}, files=[*files, told[0]])
    assert "First page" in alone.text and "Second page" in alone.text and "nothing tells to which" in alone.text
    assert "Morning Post" not in own_site.get("/sources").text
    send(own_site, data={"token": token(own_site)}, files=[*files, *told])
    assert all(f"{name} Post" in own_site.get("/sources").text for name in ("Morning", "Evening"))


def test_a_file_sent_as_a_field_says_nothing(own_site: TestClient) -> None:
    answer = own_site.post("/add", data={"token": token(own_site)}, files=[("text", ("x.txt", b"UploadFile"))])
    assert answer.status_code == 400 and "nothing to read yet" in answer.text


def test_addresses_are_bounded_and_dates_have_any_digits(own_site: TestClient) -> None:
    many = own_site.post("/add", data={"token": token(own_site), "address": "https://example.org/a " * (MOST_FILES + 1)})
    assert many.status_code == 400 and "too many at once" in PageReader(many.text).text
    page = send(own_site, data={"token": token(own_site), "text": TEXT, "published": "٢٠٢٦-٠٢-٠٣"})
    [place] = [href for href in page.hrefs if href.startswith("/document/")]
    assert "3 February 2026" in PageReader(own_site.get(place).text).text


def test_a_text_that_is_too_large_is_told_so(own_site: TestClient) -> None:
    answer = own_site.post("/add", data={"token": token(own_site), "text": "x" * (LARGEST_FILE + 1)}, files=[("files", ("", b""))])
    assert answer.status_code == 400 and "maximum size" in PageReader(answer.text).text and "Not found" not in answer.text


def test_an_address_that_leads_nowhere_public_is_refused(own_site: TestClient) -> None:
    page = send(own_site, data={"token": token(own_site), "address": "http://127.0.0.1:9/x http://localhost/y"})
    assert page.text.count("is no public machine") == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "nothing to read yet"),
        ({"text": "x", "published": "yesterday"}, "not a date"),
        ({"text": "x", "url": "javascript:alert(1)"}, "no address of a web page"),
        ({"address": "file:///etc/passwd"}, "no address of a web page"),
    ],
)
def test_what_a_field_cannot_hold_is_told_and_the_rest_is_kept(own_site: TestClient, data: dict[str, str], words: str) -> None:
    answer = own_site.post("/add", data={"token": token(own_site), **data})
    assert answer.status_code == 400 and words in PageReader(answer.text).text
    assert f">{data['text']}</textarea>" in answer.text if "text" in data else True


def test_without_our_form_nothing_is_written(own_site: TestClient) -> None:
    other = token(own_site)
    for data in ({"text": TEXT}, {"text": TEXT, "token": "x"}, {"text": TEXT, "token": "رمز"}, {"text": TEXT, "token": other[::-1]}):
        assert own_site.post("/add", data=data).status_code == 403
    own_site.cookies.clear()
    assert own_site.post("/add", data={"text": TEXT, "token": other}).status_code == 403
    assert own_site.get("/add/no-such-job").status_code == 404
    assert "This workspace is still empty" in own_site.get("/").text


def test_readers_see_what_was_written_meanwhile(own_site: TestClient) -> None:
    assert "0 pages found" in PageReader(own_site.get("/search").text).text
    send(own_site, data={"token": token(own_site), "text": TEXT})
    assert "1 page found" in PageReader(own_site.get("/search").text).text


def test_a_job_that_breaks_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    from mithaq.collect.sources import Page

    calls = []

    def open_it(path: Path):  # type: ignore[no-untyped-def]  # returns a workspace, or breaks
        calls.append(path)
        if len(calls) == 1:
            raise OSError("the disk has gone")
        return open_workspace(path, reader=READER)

    writer = Writer(tmp_path / "w", open_it)
    jobs = [writer.take_in([Page("pasted:1.txt", TEXT.encode())]) for _ in range(2)]
    writer.close()
    first, second = (writer.job(job.key) for job in jobs if job)
    assert first and first.failed == "the disk has gone" and first.ended
    assert second and second.taken[0].outcome == "new"


def test_names_of_files_lose_their_folders_and_what_does_not_print() -> None:
    class Upload:
        def __init__(self, filename: str) -> None:
            self.filename = filename

    names = [name_of(Upload(name)) for name in ("a/b/c.txt", "..\\x.txt", "\u202etxt.exe\x00", "", "/" * 9, "n" * 300 + ".txt")]  # type: ignore[arg-type]
    assert names[:5] == ["c.txt", "x.txt", "txt.exe", "unnamed", "unnamed"] and len(names[5]) == 120 and names[5].endswith(".txt")
