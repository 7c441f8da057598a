"""How a page speaks of its countries, and what of it is weighed for people and organisations that no word places."""

from mithaq.annotate.country_signs import NOBODY, likeliest, portraits_of, read_near
from mithaq.annotate.people import find_candidates, place_people
from mithaq.annotate.view import View
from mithaq.lexicon.weighing import Scales
from staged_documents import matched_document, staged_document

TEXT = "Kenya and Japan signed. The Japanese team stayed in Kenya. Kenya rejoiced in Mombasa."


def test_a_portrait_tells_share_adjectives_and_towns() -> None:
    pictures = portraits_of(View(staged_document(TEXT, "en"))).of
    assert pictures["KE"]["share"] > pictures["JP"]["share"]
    assert pictures["JP"]["adjectives"] == 0.5 and "adjectives" not in pictures["KE"]
    assert pictures["KE"]["rank 0"] == pictures["JP"]["rank 1"] == 1.0


def test_what_stands_near_is_told_by_side_and_distance() -> None:
    view = View(staged_document("Kenya said that Ada Moyo met Japan.", "en"))
    first = next(i for i, token in enumerate(view.tokens) if token.form == "Ada")
    near = read_near(view, first, first + 2)
    assert near["KE"]["nearest before"] == near["JP"]["nearest after"] == near["JP"]["after 1"] == 1.0
    assert "nearest before" not in near["JP"]


def test_nothing_is_placed_below_the_threshold() -> None:
    signs = {"KE": {"near": 1.0}, NOBODY: {"nobody": 1.0}}
    assert likeliest(signs, Scales("", 0.0, 0.5, {"near": 1.0})) is not None
    assert likeliest(signs, Scales("", 0.0, 0.9, {"near": 1.0})) is None
    assert likeliest(signs, Scales("", 0.0, 0.9, {"near": 1.0}), 0.5) is not None


def test_a_name_like_those_of_one_side_is_placed_there() -> None:
    text = "وقعت اليابان ومصر الاتفاق. وقال المدير كينجيرو هاشيموتو ذلك. وقال المدير عبد الرحمن الشريف هذا. وتشكر مصر اليابان. "
    text += "ومصر تعمل، ومصر تسعى، وتفرح مصر."
    document = staged_document(text, "ar")
    sides = {person.name: person.country for person in place_people(document)}
    assert sides == {"كينجيرو هاشيموتو": "JP", "عبد الرحمن الشريف": "EG"}


def test_whom_the_words_place_is_no_candidate() -> None:
    document = matched_document("The Kenyan minister, Ada Moyo, met Tom Reed. Kenya and Ghana agreed.", "en")
    assert [name for name, _ in find_candidates(document)] == ["Tom Reed"]
