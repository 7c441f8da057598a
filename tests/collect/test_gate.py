"""The gate lets through whatever may be for us, looks at nothing twice, and tells why in words."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mithaq
from mithaq.collect import gate as module
from mithaq.collect.gate import Gate, GateModel, Sign, load_gate, load_model
from mithaq.errors import KnowledgeError
from mithaq.lexicon import Entry, Lexicon, load_lexicon

ROOT = Path(__file__).resolve().parents[2]
RECALL = 0.98
MODEL = GateModel("test", -2.0, 0.5, {"beside": Sign(2.0, 5, "digital words beside two sides")})


def entry(kind: str, word: str, lang: str = "en", **attributes: str) -> Entry:
    return Entry(kind=kind, lang=lang, word=word, forms=(word,), attributes=attributes, path="", line=1)


SMALL = Lexicon(
    [
        entry("relevance.digital", "digital"),
        entry("relevance.digital", "IT", case="exact"),
        entry("relevance.digital", "platform", wide="yes"),
        entry("relevance.aside", "digital edition"),
        entry("topic.cybersecurity", "cyber security"),
        entry("topic.digital_skills", "training", weak="yes"),
        entry("place.country", "Kenya", code="KE"),
        entry("place.nationality", "Kenyan", code="KE"),
        entry("place.country", "Oman", code="OM"),
        entry("place.self", "the Kingdom"),
        entry("event.noun", "memorandum", type="agreement"),
        entry("relevance.digital", "رقمي", lang="ar"),
        entry("place.country", "الغابون", lang="ar", code="GA"),
    ]
)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate(load_lexicon())


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Kenya and the Kenyan minister", {"sides": 1, "often": 0}),
        ("Kenya, Oman: digital, digital!", {"sides": 2, "general": 1, "often": 2}),
        ("The digital edition of our paper, from Oman", {"sides": 1, "often": 0}),
        ("cyber security in Oman; memorandum", {"telling": 1, "sides": 1, "acts": 1, "often": 1}),
        ("it is about IT", {"general": 1, "often": 1}),
        ("cyber crime, security", {"often": 0}),
        ("a platform for training", {"wide": 1, "often": 0}),
        ("the Kingdom", {"sides": 1}),
        ("وبالغابون مشروع رقميّ", {"sides": 1, "general": 1, "often": 1}),
        ("", {"often": 0}),
    ],
)
def test_words_are_counted_by_what_they_say(text: str, counts: dict[str, float]) -> None:
    found = Gate(SMALL, MODEL).count_signs(text)
    assert 2 ** found.pop("often") - 1 == counts.pop("often", 0)
    assert {name: n for name, n in found.items() if n and name != "beside"} == counts


def test_a_page_needs_digital_words_beside_other_sides() -> None:
    small = Gate(SMALL, MODEL)
    both = small.judge("digital cyber security digital, Kenya and Oman")
    one = small.judge("digital cyber security digital, Kenya")
    none = small.judge("Kenya and Oman")
    assert both.passed and not none.passed
    assert both.score > one.score > none.score
    assert both.why == "2 digital words beside two sides (+4.0)"
    assert none.why == "nothing speaks for it"


def test_a_web_page_is_looked_at_without_its_tags_and_scripts() -> None:
    small = Gate(SMALL, MODEL)
    page = (
        "<!doctype html><html><head><script>digital digital Kenya</script><style>Oman</style></head>"
        "<body class='digital'><p>Oman</p></body>"
    )
    assert small.count_signs(page).get("sides") == 1
    assert small.count_signs(page)["often"] == 0
    assert small.count_signs(page.replace("<p>", "<p>digital&nbsp;Kenya "))["beside"] == 1


@pytest.mark.parametrize("opens", ["<script>", "<svg a>", "<!-- a"])
def test_a_page_of_things_that_are_never_closed_is_looked_at_at_once(opens: str) -> None:
    small = Gate(SMALL, MODEL)
    page = f"<html><body><p>Oman</p>{opens * 9_000}"
    began = process_time()
    assert small.count_signs(page).get("sides") == 1
    assert process_time() - began < 1.0


def test_a_comment_that_is_closed_is_not_read_and_one_that_is_not_is() -> None:
    small = Gate(SMALL, MODEL)
    assert small.count_signs("<html><!-- Oman --><p>Kenya</p><!-- digital").get("sides") == 1
    assert small.count_signs("<html><!-- Oman <p>Kenya</p><!-- digital").get("sides") == 2


def test_the_packaged_gate_passes_our_own_pages(gate: Gate) -> None:
    passed = []
    for folder in (Path(mithaq.__file__).parent / "knowledge" / "demo", ROOT / "corpus" / "pages"):
        for page in sorted(folder.glob("*.txt")):
            relevant = json.loads(page.with_suffix(".json").read_text("utf-8"))["relevant"]
            passed += [gate.judge(page.read_text("utf-8")).passed] if relevant else []
    assert len(passed) > 30
    assert sum(passed) / len(passed) >= RECALL


@pytest.mark.parametrize(
    "text",
    [
        "فاز فريق الميناء على نادي النجمة بهدفين، وسجل المهاجم سمير الهدف الثاني في الدقيقة الأخيرة أمام جمهور كبير.",
        "Le club du port gagne sans forcer devant son public ; les prix des légumes montent un peu au marché du village.",
        "The orchard team beat the village side in heavy rain. Prices of greens rose, and the road stays closed until Thursday.",
    ],
)
def test_the_packaged_gate_holds_back_what_is_about_something_else(gate: Gate, text: str) -> None:
    verdict = gate.judge(text)
    assert not verdict.passed and 0 <= verdict.score < gate.model.threshold


def test_it_was_learned_from_pages_that_may_be_learned_from() -> None:
    splits = json.loads((ROOT / "corpus" / "splits.json").read_text("utf-8"))
    model = load_model()
    assert len(model.learned_from) > 20
    assert set(model.learned_from).isdisjoint(splits["test"])
    assert 0 < model.threshold < 1 and all(sign.weight > 0 for sign in model.signs.values())


def test_a_model_of_another_form_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "gate.json").write_text('{"about": 1}', "utf-8")
    monkeypatch.setattr("mithaq.lexicon.load.packaged_knowledge", lambda: tmp_path)
    load_model.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=r"gate\.json.*mithaq train --only gate"):
            load_model()
    finally:
        load_model.cache_clear()


def test_forms_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_FORMS", 10)
    small = Gate(SMALL, MODEL)
    for n in range(50):
        small.judge(f"word{n} digital Kenya Oman")
    assert len(small._starts) <= 10
    assert small.judge("digital Kenya Oman").why == "1 digital words beside two sides (+2.0)"


@given(st.text(max_size=300), st.text(alphabet="digtal KenyOmcbrsu<>p/&;\u0640\u064e\u200fرقمي الغابون", max_size=200))
def test_any_text_gets_one_verdict(one: str, other: str) -> None:
    small = Gate(SMALL, MODEL)
    first = small.judge(one + other)
    assert 0 <= first.score <= 1
    assert small.judge(one + other) == first == Gate(SMALL, MODEL).judge(one + other)
    assert small.count_signs(f"{one} digital Kenya Oman")["often"] >= small.count_signs(one)["often"] or "<" in one
