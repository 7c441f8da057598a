"""For which organisation a person acts when the office names it by a part of its name."""

from staged_documents import person, staged_document


def test_an_office_may_name_a_firm_by_its_own_name_alone() -> None:
    text = "وقعت شركة مرجانيل للكابلات الكينية العقد مع تونس. وقال المدير العام لمرجانيل سامي بركات ذلك في تونس. وشكرت تونس الجميع."
    told = person(staged_document(text, "ar"), "سامي بركات")
    assert told.body is not None and "مرجانيل" in told.body
    assert told.country == "KE"


def test_the_field_of_a_minister_is_no_firm() -> None:
    text = "زار وزير تقنيات الفضاء سامي بركات شركة تقنيات الفضاء الكينية في نيروبي. وتتعاون تونس وكينيا، وتشكر تونس كينيا."
    assert person(staged_document(text, "ar"), "سامي بركات").body is None
