"""The interface in three languages: nothing missing, plurals, dates and figures as each language writes them."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import mithaq
from mithaq.answers.gaps import GAP_KINDS
from mithaq.answers.lines import FigureLine
from mithaq.answers.sources import Proof
from mithaq.errors import MithaqError
from mithaq.export.briefing import STATEMENT_SECTIONS
from mithaq.export.facts import HEADS
from mithaq.export.messages import Messages, load_catalogue
from mithaq.model import Amount
from mithaq.model.vocabulary import LANGUAGES, TOPICS, Language, PublishedBasis
from mithaq.model.world import EntityName

PACKAGE = Path(mithaq.__file__).parent
PROOF = Proof(source=1, document="x", start=0, end=1, quote="x")
# A message asked for by its name, or by a name put together: "section." + name, f"brief.{name}".
_CALL = re.compile(r"""\b(?:text|template|count|t|tn)\(\s*f?['"]([a-z_.]+['"{])""")
_COMPLAINT = re.compile(r"""['"](wrong\.[a-z_]+)['"]""")


def names_in(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def forms_of(message: str | dict[str, str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_there_with_the_same_names(lang: Language) -> None:
    english, other = load_catalogue("en"), load_catalogue(lang)
    assert set(other) == set(english)
    for key, message in other.items():
        wanted = set.union(*(names_in(form) for form in forms_of(english[key])))
        # A plural form may do without the number, since «صفحتان» says it.
        assert all(names_in(form) <= wanted and wanted - names_in(form) <= {"n", "value"} for form in forms_of(message)), key
        assert all(form.strip() for form in forms_of(message)), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_messages_have_every_form_of_the_language(lang: Language) -> None:
    needed = {"few", "many", "one", "other", "two", "zero"} if lang == "ar" else {"one", "other"}
    for key, message in load_catalogue(lang).items():
        if isinstance(message, dict):
            assert needed <= set(message), key
            assert set(message) <= set(Locale.parse(lang).plural_form.tags) | {"other"}, key


def test_code_and_templates_ask_only_for_messages_that_exist_and_none_is_idle() -> None:
    sources = [file for room in ("export", "cli", "alerting") for file in PACKAGE.glob(f"{room}/*.py")]
    sources += PACKAGE.glob("export/templates/*")
    calls = {call for source in sources for call in _CALL.findall(source.read_text("utf-8"))}
    complaints = {key for source in PACKAGE.rglob("*.py") for key in _COMPLAINT.findall(source.read_text("utf-8"))}
    catalogue = set(load_catalogue("en"))
    named = {call[:-1] for call in calls if call[-1] != "{" and call[-2] != "."}
    assert named <= catalogue
    named |= complaints
    families = (*(call[:-1] for call in calls if call[:-1] not in named), "field.", "side.", "unit.", "exchange.")
    built = {"at_most", "at_least", "about", "page.relevant", "page.not_relevant", "day", "day_one"}
    assert {key for key in catalogue - named - built if not key.startswith(families)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_made_of_codes_exist(lang: Language) -> None:
    catalogue = load_catalogue(lang)
    assert {f"gap.{kind}" for kind in GAP_KINDS} <= set(catalogue)
    assert {f"head.{name}" for name in HEADS.values()} <= set(catalogue)
    assert {f"section.{name}" for name, _ in STATEMENT_SECTIONS} <= set(catalogue)
    assert {f"source.basis.{basis}" for basis in get_args(PublishedBasis)} <= set(catalogue)
    assert all(Messages(lang).term("topics", topic) for topic in TOPICS)


def test_arabic_counts_as_arabic_counts() -> None:
    messages = Messages("ar")
    counted = [messages.count("glance.topic_pages", n) for n in (1, 2, 3, 11, 100)]
    assert counted == ["في صفحة واحدة", "في صفحتين", "في 3 صفحات", "في 11 صفحة", "في 100 صفحة"]


def test_a_missing_message_is_named() -> None:
    with pytest.raises(MithaqError, match=r"locale/fr\.json has no message 'no\.such'"):
        Messages("fr").text("no.such")


@pytest.mark.parametrize(
    ("lang", "value", "written"),
    [
        ("ar", "2024-11-12", "12 نوفمبر 2024"),
        ("fr", "2024-03-01", "1er mars 2024"),
        ("fr", "2024-08", "août 2024"),
        ("en", "2024-11-12", "12 November 2024"),
        ("en", "2024", "2024"),
        ("en", "2024-13-45", "2024-13-45"),
        ("en", "soon", "soon"),
        ("ar", None, "غير مذكور"),
    ],
)
def test_dates(lang: Language, value: str | None, written: str) -> None:
    assert Messages(lang).date(value) == written


@given(st.text(max_size=12), st.sampled_from(LANGUAGES))
def test_no_date_text_breaks_the_page(value: str, lang: Language) -> None:
    assert isinstance(Messages(lang).date(value), str)


@pytest.mark.parametrize(
    ("lang", "value", "unit", "comparator", "written"),
    [
        ("ar", 97.5, "%", "=", "97.5%"),
        ("fr", 97.5, "%", "~", "environ 97,5 %"),
        ("en", 5, "rank", "<=", "at most rank 5"),
        ("ar", 3, "points", "=", "3 نقاط"),
        ("ar", 2, "points", "=", "نقطتان"),
        ("en", 2.5, "points", "=", "2.5 points"),
        ("en", 20_000_000, "USD", "=", "20,000,000 US dollars"),
        ("en", 6, "MW", "=", "6 MW"),
        ("en", 1_900_000, "count", ">=", "at least 1,900,000"),
    ],
)
def test_figures(lang: Language, value: float, unit: str, comparator: str, written: str) -> None:
    # The comparator is one of the closed list, which a table of strings does not say.
    line = FigureLine(key="f", name="n", value=value, unit=unit, comparator=comparator, proofs=(PROOF,))  # type: ignore[arg-type]
    assert Messages(lang).figure(line).replace("\xa0", " ").replace("\u202f", " ") == written


def test_sides_and_sums() -> None:
    assert Messages("ar").pair(("MA", "OM")) == "المغرب وعُمان"
    assert Messages("fr").side("PS") == "Palestine"
    assert Messages("en").side("ITU") == "International Telecommunication Union"
    assert Messages("en").side("NOBODY") == "NOBODY"
    assert Messages("en").side(None) == "not stated"
    assert Messages("fr").amount(Amount(1e6, "EUR")).replace("\u202f", " ") == "1 000 000 euros"


def test_groups_of_countries_are_named_in_the_language_of_the_reader() -> None:
    assert Messages("fr").countries("Arab states") == "États arabes"
    assert Messages("ar").countries("Arab states") == "الدول العربية"
    assert Messages("fr").countries("the Nordics") == "the Nordics"
    assert Messages("fr").countries(None) is None


def test_a_score_is_written_as_exactly_as_it_was_printed() -> None:
    assert Messages("fr").number(0.4127) == "0,4127"
    assert Messages("en").number(1372.0) == "1,372"


def test_everybody_is_called_as_the_reader_s_language_writes_them() -> None:
    names = (EntityName("Hadeel Al Qudah", "en", 4), EntityName("هديل القضاة", "ar", 2), EntityName("Hadil Al-Qoudah", "fr", 1))
    assert [Messages(lang).called(names) for lang in LANGUAGES] == ["هديل القضاة", "Hadil Al-Qoudah", "Hadeel Al Qudah"]
    assert Messages("fr").called(names[:2]) == "Hadeel Al Qudah"  # no French page prints it: the name in Latin letters
    assert Messages("fr").called(names[1:2]) == "هديل القضاة"
    assert Messages("ar").in_own_letters(("ITU", "الاتحاد الدولي للاتصالات")) == "الاتحاد الدولي للاتصالات"


def test_heads_and_codes_of_tables_are_said_in_every_language() -> None:
    assert [Messages(lang).column("parties") for lang in LANGUAGES] == [Messages(lang).text("field.parties") for lang in LANGUAGES]
    assert len({Messages(lang).column("quote") for lang in LANGUAGES}) == len(LANGUAGES)
    assert Messages("fr").column("copies_kept") == "copies kept"
    assert Messages("fr").term_of(("statement_kinds", "body_kinds"), "company") == Messages("fr").term("body_kinds", "company")
    assert Messages("fr").term_of(("stages",), "no code") == "no code"
