"""What is said, by whom, and of what kind, on short invented texts of three languages."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mithaq.annotate.statements import find_candidates, find_statements
from mithaq.lexicon import load_lexicon
from mithaq.model import Body, Coreference, Document, Evidence, Person, Statement, Time
from mithaq.text.calendar import NEAREST_YEAR
from staged_documents import matched_document, staged_document

LEXICON = load_lexicon()
SPEAKERS = {"ar": ("سالم الكندي", "OM"), "fr": ("Paule Ndong", "GA"), "en": ("Sara Holt", "NZ")}


def read(lang: str, text: str, people: dict[str, str] | None = None, bodies: dict[str, str] | None = None) -> Document:
    """Return a page of which *people* and *bodies* are known, with their countries, wherever their names stand."""
    document = matched_document(text, lang)
    return replace(
        document,
        people=tuple(Person(name=n, mentions=places(text, n), country=c) for n, c in (people or {}).items()),
        bodies=tuple(Body(name=n, mentions=places(text, n), kind="public_body", country=c) for n, c in (bodies or {}).items()),
    )


def places(text: str, words: str) -> tuple[Evidence, ...]:
    return tuple(Evidence.of(text, m.start(), m.end()) for m in re.finditer(re.escape(words), text))


def statements(document: Document) -> list[Statement]:
    return list(find_statements(document, LEXICON))


def one(document: Document) -> Statement:
    found = statements(document)
    assert len(found) == 1, [(s.kind, s.evidence.quote) for s in found]
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "kind", "words"),
    [
        ("ar", "وأوضح سالم الكندي أن المعهد ما زال بحاجة إلى مدربين في أمن الشبكات.", "need", "بحاجة إلى مدربين"),
        ("ar", "وأبدى سالم الكندي استعداد المعهد لتدريب عشرين مهندسا على نفقته.", "offer", "لتدريب عشرين مهندسا"),
        ("ar", "وأعرب سالم الكندي عن رغبته في توسيع التعاون مع الجامعات المجاورة.", "intent", "رغبته في توسيع التعاون"),
        ("ar", "وتعهد سالم الكندي بتسليم ثلاثة خوادم للبلدية قبل نهاية شهر مايو.", "commitment", "بتسليم ثلاثة خوادم"),
        ("ar", "وقال سالم الكندي إن الهيئة أنجزت ربط ستين مدرسة بالألياف خلال العام الماضي.", "achievement", "أنجزت ربط ستين مدرسة"),
        ("ar", "وأشاد سالم الكندي بجودة العمل الذي قام به الفريق.", "appraisal", "بجودة العمل"),
        ("ar", "ونفى سالم الكندي وجود أي خلاف حول ملكية الشبكة.", "refusal", "وجود أي خلاف"),
        ("fr", "« Il nous manque des juristes pour écrire la loi », a reconnu Paule Ndong.", "need", "Il nous manque des juristes"),
        ("fr", "Paule Ndong a proposé de former dix agents à titre gratuit.", "offer", "former dix agents"),
        ("fr", "Paule Ndong s'est engagée à livrer le site avant la fin du mois de juin.", "commitment", "livrer le site"),
        ("fr", "Paule Ndong a salué le sérieux des équipes locales.", "appraisal", "le sérieux des équipes"),
        ("fr", "Paule Ndong a refusé de publier le contrat avec l'opérateur.", "refusal", "publier le contrat"),
        ("en", "Sara Holt said the agency was short of auditors and lacked a laboratory.", "need", "short of auditors"),
        ("en", "Sara Holt said her agency was ready to train twenty officers free of charge.", "offer", "train twenty officers"),
        ("en", "Sara Holt pledged to deliver four servers before the end of May.", "commitment", "deliver four servers"),
        ("en", "Sara Holt praised the patience of the local team.", "appraisal", "the patience of the local team"),
        ("en", "Sara Holt denied that the records had been sold to advertisers.", "refusal", "the records had been sold"),
    ],
)
def test_what_is_said_has_a_kind_and_a_speaker(lang: str, text: str, kind: str, words: str) -> None:
    name, country = SPEAKERS[lang]
    statement = one(read(lang, text, {name: country}))
    assert statement.kind == kind
    assert words in statement.evidence.quote
    assert (statement.speaker, statement.country) == (name, country)


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("ar", "وتهدف الاتفاقية إلى تقريب الخدمات الرقمية من سكان الجبال.", "تقريب الخدمات الرقمية"),
        ("fr", "Le protocole vise à rapprocher les écoles des villages du réseau.", "rapprocher les écoles"),
        ("en", "The memorandum aims to connect mountain schools to the network.", "connect mountain schools"),
    ],
)
def test_the_aim_of_a_text_is_an_intent_of_nobody(lang: str, text: str, words: str) -> None:
    statement = one(read(lang, text))
    assert (statement.kind, statement.speaker, statement.reported) == ("intent", None, "narrator")
    assert words in statement.evidence.quote


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وحضر اللقاء عدد من موظفي السفارة وممثلي الشركات."),
        ("ar", "وبحث الجانبان سبل تطوير العمل في قطاع البريد."),
        ("fr", "La délégation a visité le port et le musée de la ville."),
        ("en", "The delegation toured the port and the city museum."),
    ],
)
def test_what_merely_happens_is_no_statement(lang: str, text: str) -> None:
    assert statements(read(lang, text)) == []


def test_two_clauses_of_one_speaker_are_two_statements() -> None:
    text = "وقال سالم الكندي إن بلاده تفتقر إلى مراكز البيانات، وإنها ترغب في الاستفادة من خبرة جيرانها."
    found = statements(read("ar", text, {"سالم الكندي": "OM"}))
    assert [s.kind for s in found] == ["need", "need"]
    assert {s.speaker for s in found} == {"سالم الكندي"}
    assert found[0].evidence.end <= found[1].evidence.start


def test_the_speaker_is_carried_over_and_changes_with_the_turn() -> None:
    text = (
        "قال سالم الكندي إن الهيئة بحاجة إلى مختبر حديث. وأضاف أن الفريق ينقصه مهندسون.\n\n"
        "من جانبه، أكد يوسف ديالو استعداد مؤسسته لتقديم الدعم الفني للهيئة."
    )
    found = statements(read("ar", text, {"سالم الكندي": "OM", "يوسف ديالو": "SN"}))
    assert [(s.kind, s.speaker, s.country) for s in found] == [
        ("need", "سالم الكندي", "OM"),
        ("need", "سالم الكندي", "OM"),
        ("offer", "يوسف ديالو", "SN"),
    ]


def test_a_participle_goes_on_with_the_same_speaker() -> None:
    text = "Sara Holt said the agency lacked auditors, pledging to hire six of them before December."
    found = statements(read("en", text, {"Sara Holt": "NZ"}))
    assert [(s.kind, s.speaker) for s in found] == [("need", "Sara Holt"), ("commitment", "Sara Holt")]


def test_an_epithet_stands_for_its_person() -> None:
    text = "زار سالم الكندي المعهد. وأشاد الوزير بدقة العمل الذي رآه."
    document = read("ar", text, {"سالم الكندي": "OM"})
    at = text.index("الوزير")
    epithet = Coreference(evidence=Evidence.of(text, at, at + len("الوزير")), name="سالم الكندي")
    assert one(replace(document, coreferences=(epithet,))).speaker == "سالم الكندي"


def test_both_sides_speak_for_no_country() -> None:
    statement = one(read("ar", "واتفق الجانبان على تشكيل لجنة فنية تجتمع قبل نهاية السنة."))
    assert (statement.kind, statement.speaker, statement.country) == ("commitment", "الجانبان", None)


def test_the_side_of_a_nation_speaks_for_it() -> None:
    statement = one(read("ar", "والتزم الجانب الكوري بتوريد أربعة أجهزة قبل نهاية العام."))
    assert (statement.speaker, statement.country) == ("الجانب الكوري", "KR")


def test_words_in_quotation_marks_are_direct() -> None:
    statement = one(read("fr", "« Il nous manque des techniciens et des pièces », a déclaré Paule Ndong.", {"Paule Ndong": "GA"}))
    assert statement.reported == "direct"
    assert "«" not in statement.evidence.quote.strip("« »")


def test_a_commitment_has_a_thing_a_date_and_an_amount() -> None:
    text = "Sara Holt pledged to pay 3 million euros for the laboratory before 2027."
    document = read("en", text, {"Sara Holt": "NZ"})
    at = text.index("2027")
    statement = one(replace(document, times=(Time(evidence=Evidence.of(text, at, at + 4), value="2027", basis="explicit"),)))
    assert statement.due == "2027"
    assert statement.amount is not None
    assert (statement.amount.value, statement.amount.currency) == (3e6, "EUR")
    assert statement.deliverable and "2027" not in statement.deliverable and "laboratory" in statement.deliverable


@pytest.mark.parametrize(
    ("text", "date", "deliverable"),
    [
        ("Sara Holt pledged to open the laboratory by the end of June 2027.", "June 2027", "to open the laboratory"),
        ("Sara Holt pledged to train in June 2027 twenty technicians of the port.", "June 2027", "twenty technicians of the port"),
    ],
)
def test_what_is_promised_goes_without_its_date_and_keeps_its_object(text: str, date: str, deliverable: str) -> None:
    document = read("en", text, {"Sara Holt": "NZ"})
    at = text.index(date)
    statement = one(replace(document, times=(Time(evidence=Evidence.of(text, at, at + len(date)), value="2027-06", basis="explicit"),)))
    assert statement.deliverable and statement.deliverable.endswith(deliverable)


def test_the_other_side_is_the_one_country_spoken_of() -> None:
    text = "وأبدى سالم الكندي استعداد المعهد لتدريب عشرين مهندسا من السنغال على نفقته."
    assert one(read("ar", text, {"سالم الكندي": "OM"})).toward == "SN"


def test_a_name_that_is_also_a_verb_does_not_speak() -> None:
    text = "واستقبلت أمل الكندي الوفد في مقر الوزارة."
    assert statements(read("ar", text, {"أمل الكندي": "OM"})) == []


def test_a_counterpart_is_who_holds_the_same_office_on_the_other_side() -> None:
    text = (
        "Le ministre Paul Obame a reçu la ministre Awa Diallo et le directeur Omar Sall.\n\n"
        "Paul Obame a salué le sérieux des équipes. Son homologue sénégalaise a proposé de former dix agents à titre gratuit."
    )
    document = read("fr", text, {"Paul Obame": "GA", "Awa Diallo": "SN", "Omar Sall": "SN"})
    roles = {"Paul Obame": "ministre du Numérique", "Awa Diallo": "ministre du Numérique", "Omar Sall": "directeur"}
    people = tuple(replace(p, role=roles[p.name]) for p in sorted(document.people, key=lambda p: p.name == "Awa Diallo"))
    found = statements(replace(document, people=people))
    assert [(s.kind, s.speaker) for s in found] == [("appraisal", "Paul Obame"), ("offer", "Awa Diallo")]


def test_who_is_ready_for_a_country_is_its_own_minister() -> None:
    text = (
        "والتقى سعيد البدوي وزيرة الاقتصاد الرقمي حليمة روبا. وقالت حليمة روبا إن بلادها تفتقر إلى مدربين. "
        "وأكد الوزير استعداد سلطنة عمان لتدريب خمسين مهندسا."
    )
    document = read("ar", text, {"سعيد البدوي": "OM", "حليمة روبا": "DJ"})
    ready = next(s for s in statements(document) if "لتدريب خمسين مهندسا" in s.evidence.quote)
    assert (ready.speaker, ready.country) == ("سعيد البدوي", "OM")


def test_time_and_place_between_subject_and_object_are_no_part_of_what_is_said() -> None:
    text = "وأبدى سالم الكندي، أمس بالعاصمة، رغبته في توسيع التعاون مع الجامعات المجاورة."
    assert one(read("ar", text, {"سالم الكندي": "OM"})).evidence.quote.startswith("رغبته")


def test_a_source_named_first_is_the_speaker() -> None:
    statement = one(read("en", "According to Sara Holt, the agency still lacks auditors and a laboratory.", {"Sara Holt": "NZ"}))
    assert (statement.kind, statement.speaker) == ("need", "Sara Holt")


PARTS = (
    "وقال سالم الكندي إن",
    "الهيئة بحاجة إلى مدربين",
    "،",
    "«",
    "»",
    "وأضاف أن",
    "ستقدم الشركة عشرة خوادم قبل نهاية العام",
    "said that",
    "they hope to meet",
    ", she added",
    "a déclaré",
    "que",
    ".",
    "؛",
    "وتهدف إلى",
    "12",
    "\n\n",
)


@settings(max_examples=80, deadline=None)
@given(lang=st.sampled_from(["ar", "fr", "en"]), parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=24))
def test_every_statement_rests_on_its_words_and_none_overlaps(lang: str, parts: list[str]) -> None:
    document = matched_document(" ".join(parts), lang)
    found = statements(document)
    assert all(s.evidence.stands_in(document.text) and s.why for s in found)
    spans = sorted((s.evidence.start, s.evidence.end) for s in found)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("published", "value", "why", "due"),
    [
        ("2026-03-30", "2025-09-30", f"day and month; {NEAREST_YEAR}", "2026-09-30"),
        ("2025-02-13", "2024-08", f"month; {NEAREST_YEAR}", "2025-08"),
        ("2026-03-30", "2026-09-30", f"day and month; {NEAREST_YEAR}", "2026-09-30"),
        ("2026-03-30", "2026-03", f"month; {NEAREST_YEAR}", "2026-03"),
        ("2025-02-13", "2024-08", "month and year", "2024-08"),
        ("2024-08-30", "2024-02-29", f"day and month; {NEAREST_YEAR}", "2024-02-29"),
        (None, "2024-08", f"month; {NEAREST_YEAR}", "2024-08"),
    ],
)
def test_what_is_promised_lies_ahead_where_the_words_give_no_year(published: str | None, value: str, why: str, due: str) -> None:
    text = "Sara Holt pledged to pay 3 million euros for the laboratory before harvest."
    document = read("en", text, {"Sara Holt": "NZ"})
    time = Time(evidence=places(text, "harvest")[0], value=value, basis="explicit", why=why)
    assert one(replace(document, published=published, times=(time,))).due == due


def test_marks_of_two_kinds_close_one_quotation_and_hide_no_verb_behind_them() -> None:
    text = 'وخلص مؤتمر "مدن الغد 2030″، إلى أن المدن الذكية باتت ضرورة للسكان. وأوضح سالم الكندي أن الهيئة أنجزت ربط ستين مدرسة بالألياف.'
    found = statements(read("ar", text, {"سالم الكندي": "OM"}))
    assert ("achievement", "سالم الكندي") in [(s.kind, s.speaker) for s in found]
    assert not any("مدن الغد" in s.evidence.quote for s in found)


def test_a_verb_whose_companion_is_written_without_hamza_is_one() -> None:
    text = "ورأى سالم الكندي ان المشروع يشكل نموذجا متميزا للتعاون بين المدينتين."
    found = one(read("ar", text, {"سالم الكندي": "OM"}))
    assert (found.kind, found.speaker) == ("appraisal", "سالم الكندي")


def test_between_is_no_verb_of_saying() -> None:
    text = "وأكد سالم الكندي عمق الروابط التي تجمع بين البلدين، مضيفا أن الهيئة أنجزت ربط ستين مدرسة بالألياف."
    quotes = [s.evidence.quote for s in statements(read("ar", text, {"سالم الكندي": "OM"}))]
    assert quotes[0].startswith("عمق الروابط") and "بين" in quotes[0]


def test_who_owns_what_is_said_does_not_say_it() -> None:
    text = "وأبرزت سلمى الرامي التزام المملكة بتطوير شبكاتها الوطنية بما يضمن خصوصية المستخدمين وسلامة معاملاتهم."
    found = one(read("ar", text, {"سلمى الرامي": "MA"}))
    assert found.speaker == "سلمى الرامي" and found.evidence.quote.startswith("التزام المملكة")


def test_a_clause_that_goes_on_offers_what_the_one_before_offers() -> None:
    text = "وأبدى سالم الكندي استعداد المعهد لتدريب عشرين مهندسا على نفقته، فضلا عن مواكبتهم في إعداد الدلائل."
    found = statements(read("ar", text, {"سالم الكندي": "OM"}))
    assert [s.kind for s in found] == ["offer", "offer"]


def test_a_day_and_a_place_between_verb_and_object_are_no_part_of_what_is_said() -> None:
    text = "Paule Ndong a mis en avant, mardi à Nouakchott (Mauritanie), les progrès réalisés par son pays dans la formation des agents."
    quotes = [s.evidence.quote for s in statements(read("fr", text, {"Paule Ndong": "GA"}))]
    assert quotes and quotes[0].startswith("les progrès")


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("en", "The office opened in May. Visitors met Okello at the gate. Okello said the town needs forty engineers.", "Okello"),
        ("en", "Marta Lind, who chairs the Harbour Authority, said the town needs forty engineers.", "Marta Lind"),
        ("ar", "وأوضح المدير العام للمنظمة البريدية، في بيان، أن المنظمة بحاجة إلى مهندسين", "المدير العام للمنظمة البريدية"),
        ("ar", "وقال هانس فيبر، وزير الرقمنة، إن بلاده بحاجة إلى مهندسين", "هانس فيبر"),
    ],
)
def test_who_is_not_among_the_people_of_the_page_speaks_by_his_words(lang: str, text: str, speaker: str) -> None:
    assert [s.speaker for s in statements(read(lang, text, bodies={"Harbour Authority": "SE"} if "Harbour" in text else None))] == [speaker]


def test_a_word_that_only_opens_a_sentence_is_no_speaker() -> None:
    assert [s.speaker for s in statements(read("en", "Officials said the town needs forty engineers."))] == [None]


def test_who_opens_an_arabic_sentence_right_before_its_verb_speaks() -> None:
    text = (
        "التقت وزيرة الرقمنة المغربية سلمى الرامي وزير الاتصالات المصري عمرو الحلبي. "
        "الوزير المصري أشاد بالتقدم الذي حققه المغرب في مجال الرقمنة."
    )
    document = staged_document(text, "ar")
    assert [s.speaker for s in find_statements(document, LEXICON)] == ["عمرو الحلبي"]


def test_an_office_with_its_nationality_is_not_the_other_country_s() -> None:
    text = (
        "وقع المذكرة الدكتور عمرو الحلبي، وزير الاتصالات المصري، والمهندس أركان شهاب أحمد، وزير الاتصالات بجمهورية العراق. "
        "والتقى رئيس الوزراء الدكتور عمرو الحلبي. من جانبه، أشاد وزير الاتصالات العراقي بتقدم قطاع الاتصالات في مصر."
    )
    assert [s.speaker for s in find_statements(staged_document(text, "ar"), LEXICON)][-1] == "أركان شهاب أحمد"


@pytest.mark.parametrize(
    ("lang", "text", "second"),
    [
        ("ar", "وقال المدير إن القاعة واسعة، لكنها تحتاج إلى إنارة.", "لكنها تحتاج إلى إنارة"),
        ("ar", "وقال المدير إن المعهد يضم مئة طالب، وسيفتح فرعا ثانيا في مايو.", "وسيفتح فرعا ثانيا في مايو"),
        ("fr", "Le directeur a dit que la salle est grande, mais elle manque de lumière.", "mais elle manque de lumière"),
        ("en", "The director said the hall is large, and the town will mend the roof in May.", "and the town will mend the roof in May"),
    ],
)
def test_another_thing_said_behind_a_comma_is_a_clause_of_its_own(lang: str, text: str, second: str) -> None:
    view, candidates = find_candidates(matched_document(text, lang))
    told = [view.slice(one.clause.first, one.clause.last) for one in candidates]
    assert any(words in (second, second.split(" ", 1)[1]) for words in told)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وقال المدير إن المرحلة الأولى، وقدرتها كبيرة، ستدخل الخدمة في مايو."),
        ("fr", "Le directeur a proposé la médiation de l’agence, qui dépêcherait deux experts."),
    ],
)
def test_a_verb_to_come_behind_a_comma_belongs_to_its_subject(lang: str, text: str) -> None:
    view, candidates = find_candidates(matched_document(text, lang))
    assert not [one for one in candidates if view.tokens[one.clause.first].form in ("ستدخل", "qui", "dépêcherait")]


def told(lang: str, text: str, people: dict[str, str] | None = None) -> list[str]:
    """Return the clauses of a text that may be statements, as they stand."""
    view, candidates = find_candidates(read(lang, text, people))
    return [view.slice(one.clause.first, one.clause.last) for one in candidates]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("ar", "وقالت المديرة إن الوكالة ملتزمة بفتح المركز قبل الصيف.", "الوكالة ملتزمة بفتح المركز قبل الصيف"),
        ("ar", "أبدت الهيئة استعدادها لفتح أرشيفها أمام الجامعات «من دون أي شرط».", "استعدادها لفتح أرشيفها أمام الجامعات «من دون أي شرط»"),
        ("ar", "وأبدى المدير استعداد المعهد لتدريب الفريق، قبل أن يضيف أن القاعة جاهزة.", "القاعة جاهزة"),
        ("ar", "وأعرب المدير عن رغبته في أن تصبح القاعة مقرا دائما.", "رغبته في أن تصبح القاعة مقرا دائما"),
        ("ar", "وتروم الورشة تمكين الحاضرين من كشف الأعطال قبل وقوعها.", "وتروم الورشة تمكين الحاضرين من كشف الأعطال قبل وقوعها"),
        ("ar", "وقالت المديرة: «القاعة ليست غاية، فالمهم أن يتعلم فيها الناس».", "«القاعة ليست غاية"),
        ("fr", "Les villages manquent encore, a-t-elle ajouté, de relais.", "Les villages manquent encore, a-t-elle ajouté, de relais"),
        ("en", "The director, however, ruled out closing the hall.", "ruled out closing the hall"),
        ("en", "The agency has invited firms to bid for licences that the town will sell.", "to bid for licences that the town will sell"),
        ("en", "She said her team needed tables more than chairs: of forty, ten are broken.", "her team needed tables more than chairs"),
    ],
)
def test_what_is_said_is_cut_where_it_begins_and_ends(lang: str, text: str, words: str) -> None:
    assert any(words in clause for clause in told(lang, text)), told(lang, text)


def test_a_name_behind_an_inverted_verb_does_not_make_it_an_aside() -> None:
    text = "Cinq experts arriveront dès le 4 mai, a fait savoir son directeur général, Paule Ndong."
    assert told("fr", text, {"Paule Ndong": "GA"}) == ["Cinq experts arriveront dès le 4 mai"]


@pytest.mark.parametrize(
    ("lang", "text", "quote"),
    [
        ("fr", "« Il nous manque des juristes. Le ministre le sait », a reconnu Paule Ndong.", "Il nous manque des juristes"),
        ("fr", "« Il nous manque des juristes », a reconnu Paule Ndong.", "« Il nous manque des juristes »"),
        (
            "ar",
            "وقال سالم الكندي إن القاعة الكبرى ضيقة وأن المعهد بحاجة إلى مدربين في أمن الشبكات.",
            "المعهد بحاجة إلى مدربين في أمن الشبكات",
        ),
    ],
)
def test_evidence_has_both_marks_of_a_quotation_or_none_and_no_word_that_only_joins(lang: str, text: str, quote: str) -> None:
    name, country = SPEAKERS[lang]
    assert quote in [s.evidence.quote for s in statements(read(lang, text, {name: country}))]
