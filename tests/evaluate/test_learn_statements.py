"""What a clause teaches: its kind, nothing when only a part of it is annotated, and the kind it goes on with."""

from __future__ import annotations

from mithaq.annotate.kinds import LABELS, NONE, carry
from mithaq.evaluate.learn_statements import UNSURE, Clause, Page, f1_of, judge, learn_weights, overlap, to_document, to_page
from mithaq.lexicon import load_lexicon

LEXICON = load_lexicon()
SAID = "وأبدى المدير استعداد المعهد لتدريب عشرين مهندسا، فضلا عن مواكبتهم في إعداد الدلائل."
OFFERS = [("offer", "استعداد المعهد لتدريب عشرين مهندسا"), ("offer", "مواكبتهم في إعداد الدلائل")]


def test_a_clause_is_labelled_by_the_gold_that_it_covers() -> None:
    page = to_page("one", "", to_document(SAID, "ar", LEXICON), OFFERS)
    assert [LABELS[one.label] for one in page.clauses if one.label > 0] == ["offer", "offer"]
    assert carry("offer") in page.clauses[-1].signs


def test_a_part_of_an_annotated_clause_teaches_nothing() -> None:
    whole = [("offer", SAID.removeprefix("وأبدى المدير ").rstrip("."))]
    page = to_page("one", "", to_document(SAID, "ar", LEXICON), whole)
    assert UNSURE in [one.label for one in page.clauses]
    assert learn_weights([page]) == learn_weights([page._replace(clauses=[c for c in page.clauses if c.label != UNSURE])])


def test_the_kind_of_the_clause_before_is_what_the_judge_said_not_what_the_gold_says() -> None:
    offer, none = LABELS.index("offer"), LABELS.index(NONE)
    weights = {
        "willing": tuple(3.0 if k == offer else 0.0 for k in range(len(LABELS))),
        "plain": tuple(3.0 if k == none else 0.0 for k in range(len(LABELS))),
        carry("offer"): tuple(9.0 if k == offer else 0.0 for k in range(len(LABELS))),
    }
    first, rest = Clause("a b c", ("willing",), none, False), Clause("d e f", ("plain",), none, True)
    assert [kind for kind, _ in judge(Page("p", "s", [], [first, rest]), weights, 0.5)] == ["offer", "offer"]
    assert [kind for kind, _ in judge(Page("p", "s", [], [rest._replace(goes_on=False)]), weights, 0.5)] == [NONE]


def test_f1_counts_a_clause_once() -> None:
    weights = {"willing": tuple(5.0 if label == "offer" else 0.0 for label in LABELS)}
    page = Page("p", "s", [("offer", "a b c d")], [Clause("a b c d", ("willing",), 2, False), Clause("a b c", ("willing",), 0, False)])
    assert f1_of([(page, weights)], 0.5) == (2 / 3, 2 / 3)


def test_half_of_the_words_must_be_there_in_at_most_three_times_as_many() -> None:
    assert overlap("one two three four", "one two") > 0
    assert overlap("one two three four", "one") == 0
    assert overlap("one two", "one two three four five six seven") == 0


def test_pages_left_out_of_the_first_learning_teach_the_second_alone() -> None:
    offer, none = LABELS.index("offer"), LABELS.index(NONE)
    plain = [Clause("a b c", ("willing", "sense:give"), offer, False), Clause("d e f", ("quiet",), none, False)]
    page, dense = Page("one", "one", [], plain * 3), Page("dense-1", "dense", [], [plain[1]] * 3)
    both, half = learn_weights([page, dense]), learn_weights([page, dense], ["dense-*"])
    assert half.keys() == both.keys()
    assert half["quiet"] != both["quiet"]
    assert half["sense:give"] == both["sense:give"]
    assert half["willing"][offer] > half["willing"][none]


def test_the_same_clauses_give_the_same_weights() -> None:
    page = to_page("one", "", to_document(SAID, "ar", LEXICON), OFFERS)
    assert learn_weights([page]) == learn_weights([page])
