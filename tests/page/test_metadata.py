"""Dates, sections, outlets and agencies of a page."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture
from mithaq.page.metadata import clean_date, date_in_url, read_sidecar

LEXICON = load_lexicon()
BODY = (
    "Le Gabon et la Malaisie ont conclu mercredi à Libreville un accord de coopération sur les villes intelligentes, selon le ministère.\n"
    "La ministre Clarisse Obame a dit que le pays avait besoin de cartographes et que dix boursiers partiraient à Kuala Lumpur en mars.\n"
)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/11/13/titre.html", "2024-11-13"),
        ("https://a.example/news/2024-3-7-x", "2024-03-07"),
        ("http://a.example/Issues/20150730/Con20150730786505.htm", "2015-07-30"),
        ("https://a.example/article/20241388", None),
        ("https://a.example/2024/titre", None),
        (None, None),
    ],
)
def test_a_url_dates_a_page_only_with_a_full_date(url: str | None, day: str | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [("2024-11-13T08:00:00Z", "2024-11-13"), ("2024-11", "2024-11"), ("2024-02-30", None), ("13/11/2024", None), (None, None)],
)
def test_only_possible_dates_are_taken_from_metadata(value: str | None, day: str | None) -> None:
    assert clean_date(value) == day


def test_a_date_below_counts_only_with_a_stamp() -> None:
    footer = read_capture(f"{BODY}\nConseil du 12 mai 2025\n".encode(), path="p", lexicon=LEXICON)
    stamped = read_capture(f"{BODY}\nMis à jour le 12/05/2025 à 18h03\n".encode(), path="p", lexicon=LEXICON)
    assert footer.published is None
    assert (stamped.published, stamped.published_basis) == ("2025-05-12", "text")


def test_a_dateline_dates_the_page() -> None:
    document = read_capture(f"LIBREVILLE, 12 mai 2025 (AGP) - {BODY}".encode(), path="p", lexicon=LEXICON)
    assert (document.published, document.agency) == ("2025-05-12", "AGP")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("نابلس 17-4-2026 رؤى نت- بحث وزير الاتصالات", "2026-04-17"),
        ("نابلس 17-4-2026 - بحث وزير الاتصالات", "2026-04-17"),
        ("أعلنت الوزارة في نابلس يوم 17-4-2026 أن الوزير - بحث", None),
    ],
)
def test_an_agency_may_stand_between_the_date_of_a_dateline_and_its_dash(opening: str, day: str | None) -> None:
    page = f"{opening} مع مدير المكتب الإقليمي سبل تنفيذ مشروع الألياف البصرية الذي تموله الحكومة الهولندية، في لقاء بمقر الوزارة.\n"
    assert read_capture(page.encode(), path="a.txt", lexicon=LEXICON).published == day


def test_a_page_on_one_long_line_has_an_article_whatever_words_it_holds() -> None:
    told = "وقال الوزير إن بلاده تعتذر عن قبول العرض المقدم من الشركة لأن كلفته عالية، مضيفا أن اللجنة ستدرس عروضا أخرى. "
    page = f"أخبار عاجلة\nالوزارة تعتذر عن العرض    الإثنين 8 حزيران 2026    القراءات: 412\nمكتب الإعلام    {told * 8}    اطبع الخبر\n"
    document = read_capture(page.encode(), path="a.txt", lexicon=LEXICON)
    assert sum(s.end - s.start for s in document.segments if s.kind == "body") >= len(told) * 8 - 2



def test_the_outlet_of_a_copyright_line_is_found() -> None:
    document = read_capture(f"{BODY}\n© La Lettre du Fleuve. Tous droits réservés\n".encode(), path="p", lexicon=LEXICON)
    assert document.outlet == "La Lettre du Fleuve"
    nobody = read_capture(f"{BODY}\n© All rights reserved to the newspaper\n".encode(), path="p", lexicon=LEXICON)
    assert nobody.outlet is None


def test_a_broken_sidecar_names_the_file() -> None:
    with pytest.raises(InputError, match=r"p\.txt\.meta\.json: not valid JSON"):
        read_sidecar(b"{", path="p.txt")
    with pytest.raises(InputError, match="expected an object"):
        read_sidecar(b"[]", path="p.txt")
