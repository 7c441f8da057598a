"""Documents made by hand for tests, on invented events: a page of each language, and any other from its parts."""

from __future__ import annotations

from typing import Any

from mithaq.model import (
    Amount,
    Body,
    Document,
    Event,
    Evidence,
    Group,
    Indicator,
    Pair,
    Part,
    Person,
    Place,
    Programme,
    Segment,
    Statement,
    Time,
    hash_text,
)
from mithaq.text.tokens import split_tokens


def quote(text: str, words: str) -> Evidence:
    """Return the evidence of the first place where *words* stand."""
    start = text.index(words)
    return Evidence(start, start + len(words), words)


def make_document(title: str, body: str, /, *, furniture: str = "اقرأ أيضا: أخبار أخرى", **fields: Any) -> Document:
    """Return a page of a title, a body and a last line of furniture, without facts unless *fields* bring them."""
    text = f"{title}\n\n{body}\n\n{furniture}"
    start = len(title) + 2
    segments = (
        Segment(0, len(title), "title", "first line"),
        Segment(start, start + len(body), "body", "paragraph"),
        Segment(start + len(body) + 2, len(text), "related", "read also"),
    )
    return Document(**({"id": hash_text(text), "text": text, "title": title, "segments": segments, "tokens": split_tokens(text)} | fields))


AR_TITLE = "جيبوتي وعُمان تبحثان التعاون الرقمي"
AR_BODY = (
    "استقبل وزير الاتصالات العماني سالم الحارثي يوم 3 مارس 2024 بمسقط نظيرته الجيبوتية حواء عثمان، وبحثا تعاونهما في الأمن السيبراني.\n"
    "وقالت حواء عثمان إن جيبوتي بحاجة إلى خبرة في حماية الشبكات، ووعد الحارثي بتدريب 40 مهندسا قبل نهاية 2025 بقيمة 2 مليون دولار.\n"
    "وحصلت سلطنة عمان على 96.5 نقطة في مؤشر الأمن السيبراني للاتحاد الدولي للاتصالات ضمن برنامج عمان الرقمية."
)


def arabic_document(**changes: Any) -> Document:
    """Return a page with every layer filled."""
    bare = make_document(AR_TITLE, AR_BODY)
    text = bare.text

    def words(part: str) -> Evidence:
        return quote(text, part)

    host, guest = words("سالم الحارثي"), words("حواء عثمان")
    fields: dict[str, Any] = {
        "path": "pages/om-dj.txt",
        "url": "https://sahil.example/om-dj",
        "lang": "ar",
        "outlet": "sahil.example",
        "agency": "وكالة الساحل",
        "section": "اقتصاد",
        "published": "2024-03-04",
        "published_basis": "metadata",
        "invented": True,
        "times": (Time(evidence=words("3 مارس 2024"), value="2024-03-03", basis="explicit", why="day month year"),),
        "places": (Place(name="مسقط", kind="city", country="OM", evidence=words("مسقط"), why="gazetteer"),),
        "people": (
            Person(
                name="سالم الحارثي",
                mentions=(host,),
                country="OM",
                role="وزير الاتصالات العماني",
                role_evidence=words("وزير الاتصالات العماني"),
            ),
            Person(name="حواء عثمان", mentions=(guest,), country="DJ"),
        ),
        "bodies": (Body(name="الاتحاد الدولي للاتصالات", mentions=(words("للاتحاد الدولي للاتصالات"),), kind="io", code="ITU"),),
        "programmes": (Programme(name="عمان الرقمية", mentions=(words("عمان الرقمية"),), country="OM"),),
        "events": (
            Event(
                type="meeting",
                stage="held",
                parties=("DJ", "OM"),
                people=("سالم الحارثي", "حواء عثمان"),
                roles=(Part("سالم الحارثي", "host", host),),
                place="مسقط",
                place_country="OM",
                date="2024-03-03",
                date_basis="explicit",
                date_text="3 مارس 2024",
                groups=(Group(words="40 مهندسا", evidence=words("40 مهندسا"), size=40, country="DJ"),),
                topics=("cybersecurity",),
                digital=True,
                evidence=words("استقبل وزير الاتصالات العماني سالم الحارثي"),
                why="استقبل",
            ),
        ),
        "statements": (
            Statement(
                kind="need",
                speaker="حواء عثمان",
                country="DJ",
                toward="OM",
                topics=("cybersecurity",),
                evidence=words("جيبوتي بحاجة إلى خبرة في حماية الشبكات"),
            ),
            Statement(
                kind="commitment",
                speaker="الحارثي",
                country="OM",
                toward="DJ",
                deliverable="تدريب 40 مهندسا",
                due="2025",
                amount=Amount(2e6, "USD"),
                evidence=words("ووعد الحارثي بتدريب 40 مهندسا قبل نهاية 2025 بقيمة 2 مليون دولار"),
            ),
        ),
        "indicators": (
            Indicator(
                name="مؤشر الأمن السيبراني",
                value=96.5,
                unit="points",
                publisher="الاتحاد الدولي للاتصالات",
                country="OM",
                evidence=words("96.5 نقطة في مؤشر الأمن السيبراني"),
            ),
        ),
        "topics": ("cybersecurity", "digital_skills"),
        "pairs": (Pair("DJ", "OM", words("استقبل وزير الاتصالات العماني سالم الحارثي")),),
        "relevant": True,
        "relevance": 0.9,
    }
    return make_document(AR_TITLE, AR_BODY, **(fields | changes))


def french_document(**changes: Any) -> Document:
    """Return a French page on the meeting of :func:`arabic_document`, told by another outlet."""
    title = "Oman et Djibouti se rapprochent dans le numérique"
    body = (
        "Le ministre omanais Salim Al-Harthi a reçu son homologue djiboutienne à Mascate en mars 2024. "
        "Les deux pays signeront des accords de coopération sur l'e-gouvernement."
    )
    bare = make_document(title, body, furniture="Lire aussi : météo")
    evidence = quote(bare.text, "Le ministre omanais Salim Al-Harthi a reçu son homologue djiboutienne")
    event = Event(
        type="meeting",
        stage="held",
        parties=("DJ", "OM"),
        people=("Salim Al-Harthi",),
        date="2024-03",
        place_country="OM",
        evidence=evidence,
        digital=True,
    )
    fields: dict[str, Any] = {
        "path": "pages/om-dj-fr.txt",
        "lang": "fr",
        "outlet": "rivage.example",
        "published": "2024-03-05",
        "published_basis": "text",
        "people": (Person(name="Salim Al-Harthi", mentions=(quote(bare.text, "Salim Al-Harthi"),), country="OM"),),
        "events": (event,),
        "pairs": (Pair("DJ", "OM", evidence),),
        "relevant": True,
        "relevance": 0.8,
    }
    return make_document(title, body, furniture="Lire aussi : météo", **(fields | changes))


def english_document(**changes: Any) -> Document:
    """Return an English page on another pair, without a date of its own."""
    title = "Estonia signs agreement with Rwanda"
    body = "Estonia and Rwanda signed an agreement on digital identity on Tuesday. Officials praised the programmes of both sides."
    bare = make_document(title, body, furniture="Related: sport")
    evidence = quote(bare.text, "Estonia and Rwanda signed an agreement on digital identity on Tuesday")
    fields: dict[str, Any] = {
        "path": "pages/ee-rw.txt",
        "lang": "en",
        "events": (
            Event(
                type="agreement",
                stage="signed",
                parties=("EE", "RW"),
                date_text="on Tuesday",
                evidence=evidence,
                topics=("digital_identity_trust",),
            ),
        ),
        "topics": ("digital_identity_trust",),
        "pairs": (Pair("EE", "RW", evidence),),
        "relevant": True,
        "relevance": 0.7,
    }
    return make_document(title, body, furniture="Related: sport", **(fields | changes))
