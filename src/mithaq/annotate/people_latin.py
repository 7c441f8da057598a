"""Where personal names stand in French and English text, and the office beside them."""

from __future__ import annotations

from bisect import bisect_left

from mithaq.annotate.bodies_runs import lists_on
from mithaq.annotate.people_arabic import NameSpan
from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.shapes import (
    has_joined_article,
    is_and,
    is_article,
    is_capitalised,
    is_connector,
    is_french_place_word,
    is_genitive,
    is_preposition,
    is_shouted,
    is_whose,
    opens_complement,
)
from mithaq.text.tokens import different_forms, places_of

_LONGEST_NAME = 7
_LONGEST_ROLE = 24
_APOSTROPHES = "'’"
_SHORT_FIELD = 5  # tokens between the word of an office and a first name, "of" counted


def find_latin_names(view: View) -> list[NameSpan]:
    """Return the names in French or English text: capitalised runs next to an office, title or given name."""
    spans: list[NameSpan] = []
    doubtful: list[NameSpan] = []
    capitals = places_of(set(filter(is_capitalised, different_forms(view.tokens))), view.tokens)
    for sentence in view.document.sentences:
        free = sentence.first
        for index in capitals[bisect_left(capitals, sentence.first) : bisect_left(capitals, sentence.last)]:
            last = _run(view, index, sentence) if index >= free else None
            if last is not None:
                span = _judge(view, index, last, sentence)
                if span:
                    (spans if span.why else doubtful).append(span)
                free = last
    return sorted(spans + _beside_people(view, spans, doubtful))


def _beside_people(view: View, spans: list[NameSpan], doubtful: list[NameSpan]) -> list[NameSpan]:
    """Return what reads as a name and is joined to a person's by "and": "Tom Reed and Ilze Kalve watched"."""
    firsts, lasts = {span.first for span in spans}, {span.last for span in spans}
    return [
        span._replace(why="joined to another name by «and»")
        for span in doubtful
        if (span.first - 1 in lasts and is_and(view.tokens[span.first - 1].form))
        or (span.last + 1 in firsts and is_and(view.tokens[span.last].form))
    ]


def _run(view: View, first: int, sentence: Sentence) -> int | None:
    """Return the end of the run of name words that begins at *first*, None when none begins there."""
    if not _is_name_word(view, first) or _inside(view, first):
        return None
    index = first + 1
    while index < sentence.last and index - first < _LONGEST_NAME:
        if _is_surname_article(view, index) and index + 1 < sentence.last:
            index += 2
        elif (_is_name_word(view, index) or has_joined_article(view.tokens[index].form)) and not _inside(view, index):
            index += 1
        elif view.over(index, "name.particle") and index + 1 < sentence.last and _is_name_word(view, index + 1):
            index += 2
        elif (index - first > 1 and _ends_syllable(view, index)) or _goes_on_after_initial(view, index, sentence):
            index += 1
        else:
            break
    return index


def _is_surname_article(view: View, index: int) -> bool:
    """Say whether a capital article and what follows are a surname: «Bruno Le Maire»."""
    token, following = view.tokens[index], view.tokens[index + 1 : index + 2]
    if view.lang != "fr" or not is_capitalised(token.form) or not is_article(token.form, "fr") or not view.is_given(index - 1):
        return False
    return bool(following) and is_capitalised(following[0].form) and not is_shouted(following[0].form)


def _ends_syllable(view: View, index: int) -> bool:
    """Say whether a word in small letters goes on with a capital and its apostrophe: "Grace M'mbone"."""
    before, token = view.tokens[index - 1], view.tokens[index]
    return len(before.form) == 2 and is_capitalised(before.form) and before.form[1] in _APOSTROPHES and before.end == token.start


def _goes_on_after_initial(view: View, index: int, sentence: Sentence) -> bool:
    """Say whether a stop belongs to an initial behind which the name goes on, as in «Fatou B. Sonko»."""
    initial = view.tokens[index].form == "." and len(view.tokens[index - 1].form) == 1
    return initial and index + 1 < sentence.last and _is_name_word(view, index + 1)


def _is_name_word(view: View, index: int) -> bool:
    token = view.tokens[index]
    if token.kind != "word" or not is_capitalised(token.form):
        return False
    if view.over(index, "honorific", "role", "time.month", "time.weekday", "place.nationality"):
        return bool(view.over(index, "place.nationality")) and view.is_given(index)
    if view.over(index, "place.country") and not view.is_given(index):
        return False
    return view.is_given(index) or not view.over(index, "body.head") or _is_first_name(view, index)


def _is_first_name(view: View, index: int) -> bool:
    """Say whether a head word is a first name here: «le ministre, Trésor Mbuyi,», after a comma and before a bare capital."""
    if not view.over(index, "body.head") or index + 1 >= len(view.tokens):
        return False
    return view.is_comma(index - 1) and is_capitalised(view.tokens[index + 1].form) and not view.over(index + 1, "body.head")


def _inside(view: View, index: int) -> bool:
    return index in view.body_tokens


def _judge(view: View, first: int, last: int, sentence: Sentence) -> NameSpan | None:
    """Decide whether a capitalised run is a person, and which office stands beside it."""
    first = _without_field(view, _without_opening(view, first, last, sentence), last, sentence)
    if first >= last or all(len(token.form) == 1 for token in view.tokens[first:last]):
        return None  # "M O U" are letters
    title = _title_before(view, first)
    end = _past_remark(view, last, sentence)
    after = _role_after(view, end, sentence)
    before = _own_role_before(view, title.first if title else first, _role_before(view, first, sentence), after)
    joint = view.tokens[(title.first if title else first) - 1].form
    if before and title and is_and(joint):
        before = None  # "Secretary Eliud Owalo and H.E. Mohamed Alsuwaidi, Minister of …"
    elif before and not title and (is_connector(joint, view.lang) or is_and(joint)):
        if not after and not view.is_given(first):
            # "Minister of State for AI Affairs": the field of the office, unless a name stands before the "and"
            joined = is_and(view.tokens[first - 1].form) and _reads_as_name(view, first, last, False)
            return NameSpan(first, last, 0, None, "") if joined else None
        before = None  # «…, directeur de l'agence, et de Hadeel Qudah, directrice …»
    role = before or after
    if title:
        return NameSpan(first, last, 0, role, f"after the title «{title.word}»")
    if not _reads_as_name(view, first, last, role is not None):
        return None
    if view.is_given(first):
        return NameSpan(first, last, 0, role, "begins with a given name")
    if before or (after and view.is_comma(end)):
        return NameSpan(first, last, 0, role, "beside an office")
    if _speaks(view, first, last, sentence):
        return NameSpan(first, last, 0, role, "beside a verb of speech or leading")
    return NameSpan(first, last, 0, role, _told_whose(view, first, last, sentence))


def _ends_in_name(view: View, first: int, comma: int) -> bool:
    """Say whether the words of an office before a comma end with somebody's name: two capitals or more, a first name and a rare word."""
    start = comma
    while start > first and is_capitalised(view.tokens[start - 1].form) and not view.over(start - 1, "role", "place", "body"):
        start -= 1
    given = any(view.is_given(i) and not view.is_common(i) for i in range(start, comma - 1))
    return comma - start > 1 and given and not view.is_common(comma - 1)


def _own_role_before(view: View, first: int, role: tuple[int, int] | None, after: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the office before a name unless it is in apposition to the name before: "Ann Kigen, Minister of Trade, Omar Ali, …"."""
    if role is None or not view.is_comma(first - 1):
        return role
    if _ends_in_name(view, role[0], first - 1):
        return None  # "Minister of State Omar Farah Ali, Dr. Nur Hersi": his
    if after is None:
        return role
    start = role[0]
    while start > 0 and (is_article(view.tokens[start - 1].form, view.lang) or view.over(start - 1, "honorific")):
        start -= 1
    return None if start > 1 and view.is_comma(start - 1) and _is_name_word(view, start - 2) else role


def _is_auxiliary(view: View, index: int) -> bool:
    """Say whether a short everyday word stands where a French verb of speech has its auxiliary: «Ilse Kalve a déclaré»."""
    form = view.tokens[index].form
    return view.lang == "fr" and len(form) < 4 and form.islower() and view.is_common(index) and not is_connector(form, "fr")


def _told_whose(view: View, first: int, last: int, sentence: Sentence) -> str:
    """Return why what reads as a name is one where it is said whose person it is; "" where that is not said."""
    owned = first > sentence.first + 1 and is_genitive(view.tokens[first - 1].form)
    if owned and view.over(first - 2, "place.country"):
        return "after a country and 's"  # "Estonia's Toomas Rebane"
    if owned and _inside(view, first - 2):
        return "after an organisation and 's"
    described = view.lang == "fr" and first > sentence.first + 1 and is_article(view.tokens[first - 2].form.replace("’", "'"), "fr")
    if described and view.over(first - 1, "place.nationality") and is_capitalised(view.tokens[first - 1].form):
        return "after a nationality"  # «la Nigériane Chidinma Eze»
    return "before its organisation" if _of_body(view, last, sentence) else ""


def _of_body(view: View, last: int, sentence: Sentence) -> bool:
    """Say whether "of" and an organisation follow a name: "Tom Reed of the Data Agency", «Salma al-Amri, du FSD»."""
    index = last + view.is_comma(last)
    if index + 2 >= sentence.last or not opens_complement(view.tokens[index].form):
        return False
    index += 1 + is_article(view.tokens[index + 1].form, view.lang)
    while index < sentence.last and is_capitalised(view.tokens[index].form) and not _inside(view, index):
        index += 1
    return _inside(view, index)


def _speaks(view: View, first: int, last: int, sentence: Sentence) -> bool:
    """Say whether a verb of speech stands right beside a name, or "led by" before it."""
    after = last < sentence.last and view.at(last + _is_auxiliary(view, last), "speech.verb") is not None
    return after or (first > sentence.first and view.over(first - 1, "speech.verb", "event.cue.lead") is not None)


def _reads_as_name(view: View, first: int, last: int, office: bool) -> bool:
    """Say whether two words or more, not all everyday ones nor all in capitals, may be a name."""
    words = [i for i in range(first, last) if view.tokens[i].kind == "word"]
    if len(words) < 2 or all(is_shouted(view.tokens[i].form) for i in words):
        return False
    if any(view.over(i, "programme.head") for i in words[2:]):
        return False  # "Amilcar Cabral Cable Project": named after somebody
    city = view.at(first, "place.city")
    if city is not None and city.last == last and (not office or is_preposition(view.tokens[first - 1].form)):
        return False  # "in Victoria Falls"
    if view.is_given(first):
        return True
    everyday = [i for i in words if view.is_common(i) and not view.is_given(i) and not _is_surname_article(view, i)]
    common = any(not (i == first and _is_first_name(view, i)) for i in everyday)
    return not common and (office or not any(view.over(i, "place.city") for i in words))


def _without_field(view: View, first: int, last: int, sentence: Sentence) -> int:
    """Leave out the end of an office's field that no comma parts from the name: "Minister of Digital Economy Said Al Harthy"."""
    if first >= last or view.is_given(first) or view.is_comma(first - 1):
        return first
    for index in range(first + 1, last - 1):
        if (view.is_given(index) or len(view.tokens[index].form) == 1) and _role_before(view, index, sentence):
            least = first if view.over(first - 1, "role") and not view.over(first, "place") else first + 1
            while index > least and not (view.is_common(index - 1) or is_shouted(view.tokens[index - 1].form)):
                index -= 1  # a first name that the list lacks: "Secretary IT Shoaib Ahmad Siddiqui", "Minister Ju Yong Il"
            return index
    everyday = first
    while everyday < last and view.is_common(everyday):
        everyday += 1
    # "Minister of … Social Communication Domingas Quiala": two words or more that are none of a field's
    named = last - everyday >= 2 and not any(view.is_common(i) or view.over(i, "place") for i in range(everyday, last))
    return everyday if named and everyday > first and _role_before(view, everyday, sentence) else first


def _without_opening(view: View, first: int, last: int, sentence: Sentence) -> int:
    """Leave out a sentence's first word when only its place gave it the capital («Selon Fatou Sarr»)."""
    while first < last and view.is_common(first) and not view.is_given(first) and first <= sentence.first + 1:
        first += 1
    return first


def _title_before(view: View, first: int) -> Match | None:
    titles = view.starts("honorific")
    for back in (1, 2, 3):
        match = titles.get(first - back)
        if match and match.last == first:
            return match
    return None


def _role_before(view: View, first: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the office whose words run up to the name: «le ministre de l'Économie, M. X», "Energy Minister X"."""
    title = _title_before(view, first)
    end = title.first if title else first
    if view.is_comma(end - 1):
        end -= 1
    roles = view.starts("role")
    for index in range(end - 1, max(sentence.first, end - _LONGEST_ROLE) - 1, -1):
        role = roles.get(index)
        if role:
            longer = roles.get(index - 1)  # «premier ministre», of which «ministre» is an office, too
            role = longer if longer and longer.last >= role.last else role
            linked = opens_complement(view.tokens[role.last].form)
            # A comma or a first name ends the office, so words in small letters may be of it: "minister of transport Omar Al Harthi".
            apart = linked and (view.is_comma(end) or (view.is_given(first) and end - role.last <= _SHORT_FIELD))
            return (_role_start(view, role), end) if _is_complement(view, _past_delegate(view, role), end, apart) else None
        if view.tokens[index].form in ".;:!?«»\"”":
            return None
    return None


def _past_delegate(view: View, role: Match) -> int:
    """Return where the field of an office begins: behind the «à» of «ministre déléguée à l'Économie» too, elsewhere "has"."""
    delegated = view.over(role.last - 1, "office.link") is not None
    return role.last + (delegated and is_french_place_word(view.tokens[role.last].form))


def _role_start(view: View, role: Match) -> int:
    """Take in what stands before the office word: "Jordan's digital economy minister", "his Indian counterpart", «son homologue»."""
    start = role.first
    if view.lang != "en":
        return start - (role.kind == "role.counterpart" and start > 0)
    while start > 0 and role.first - start < 6 and view.tokens[start - 1].kind == "word":
        before = start - 1
        if view.over(before, "honorific", "body.stop", "speech.verb", "event.verb") or is_connector(view.tokens[before].form, "en"):
            break
        if is_capitalised(view.tokens[role.first].form) and view.tokens[before].form[:1].islower():
            break  # "the Somali side included Minister of State X"
        if is_whose(view.tokens[before].key) or is_preposition(view.tokens[before].form):
            break  # "between the two nations during President X's visit"
        if "\n" in view.text[view.tokens[before].end : view.tokens[start].start]:
            break
        start = before
    if role.kind == "role.counterpart" and start > 0 and view.tokens[start - 1].key in ("his", "her", "their"):
        start -= 1
    return start


def _is_complement(view: View, first: int, last: int, apart: bool) -> bool:
    """Say whether tokens ``first:last`` may all belong to an office: no number, no verb, no new clause after a comma."""
    depth = 0
    for index in range(first, last):
        form = view.tokens[index].form
        depth += form in "(«“" and len(form) == 1
        depth -= form in ")»”" and len(form) == 1
        if depth > 0:
            continue
        if view.tokens[index].kind == "number" or (view.is_mark(index) and form not in ",()«»“”'’-"):
            return False
        if not (_may_complement(view, index, last) or (apart and _is_field(view, index))):
            return False
    return True


def _is_field(view: View, index: int) -> bool:
    """Say whether an English word in small letters may tell a field: "minister of innovation, X", "director for public works, X"."""
    if view.lang != "en" or view.is_mark(index) or view.over(index, "body.stop", "honorific", "place.city"):
        return False
    return not view.over(index, "speech.verb", "event.verb", "event.cue", "time")


def _may_complement(view: View, index: int, last: int) -> bool:
    form = view.tokens[index].form
    capital = is_capitalised(form)
    if view.is_comma(index):
        following = view.tokens[index + 1].form if index + 1 < last else ""  # «la ministre déléguée, chargée de la Réforme, X»
        charged = view.lang == "fr" and view.over(index + 1, "office.link") is not None
        return not following or is_capitalised(following) or is_connector(following, view.lang) or charged
    if view.is_mark(index) or capital:
        return not view.over(index, "honorific")
    if view.lang == "en":
        return is_connector(form, "en") or view.tokens[index].key in ("at", "to", "in") or bool(view.over(index, "role", "body.head"))
    stops = view.over(index, "body.stop") and not view.at(index + 1, "place")
    return not stops and not view.over(index, "speech.verb", "event.verb")


def _role_after(view: View, last: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the office in apposition after the name: «X, directrice de l'agence», "X, the Director of Y"."""
    index = last
    if index < sentence.last and (view.is_comma(index) or view.is_opening(index)):
        index += 1
    elif view.lang == "en":
        return None
    while index < sentence.last and is_connector(view.tokens[index].form, view.lang) and index < last + 3:
        index += 1
    for start in range(index, min(index + 4, sentence.last)):
        role = view.at(start, "role")
        if role:
            return index, _apposition_end(view, role, sentence)
        if view.is_mark(start):
            return None
    return None


def _past_remark(view: View, last: int, sentence: Sentence) -> int:
    """Return the token after brackets between a name and the comma before its office: «Awa Fall (photo, à droite), ministre …»."""
    closing = view.closing_after(last, min(last + 8, sentence.last)) if last < sentence.last and view.is_opening(last) else None
    return closing + 1 if closing is not None and closing + 1 < sentence.last and view.is_comma(closing + 1) else last


def _apposition_end(view: View, role: Match, sentence: Sentence) -> int:
    index = role.last
    while index < min(role.last + 16, sentence.last):
        form = view.tokens[index].form
        link = view.at(index, "office.link")
        if link:
            index = link.last
            continue
        if is_and(form) and view.is_given(index + 1):
            break  # "British ambassador to Egypt and Amr Talaat"
        fields = form == "," and role.attributes.get("rank") == "state" and lists_on(view, index)
        if (view.is_mark(index) and form not in "-'’" and not fields) or view.at(index, "speech.verb"):
            break
        if view.over(index, "body.stop") and not _is_post(view, role, index):
            break
        index += 1
    return index


def _is_post(view: View, role: Match, index: int) -> bool:
    """Say whether a small word leads to where an envoy is posted: "Ambassador to Kenya", «ambassadeur en Côte d'Ivoire»."""
    abroad = role.attributes.get("post") == "abroad"
    return abroad and any(view.at(i, "place.country", "place.city", "place.region") for i in (index + 1, index + 2))
