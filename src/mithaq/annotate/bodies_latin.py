"""How far the name of an organisation runs in French and English."""

from __future__ import annotations

from mithaq.annotate.bodies_arabic import SITE, HeadSpan
from mithaq.annotate.bodies_runs import describes, is_other, lists_on, opens_sentence, runs_on
from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.shapes import (
    is_article,
    is_capitalised,
    is_connector,
    is_definite,
    is_french_adjective,
    is_french_of,
    is_french_place_word,
    is_genitive,
    is_indefinite,
    is_shouted,
    opens_complement,
)

_LONGEST = 14


def find_latin_spans(view: View) -> list[HeadSpan]:
    """Return every organisation name that a head word shows: before its complement in French, anywhere in a capitalised run in English."""
    spans = []
    heads = view.document.matches_of("body.head")
    # of several heads in an English name the last says its sort: "Telecom Regulatory Authority"
    for match in heads if view.lang == "fr" else reversed(heads):
        given = match.attributes
        if given.get("cabinet") or given.get("parliament") or _is_part(view, match) or view.over(match.first, "body.not"):
            continue
        if given.get("capital") and not is_capitalised(view.tokens[match.first].form):
            continue  # «dans la région de Tanger»
        if given.get("chamber"):
            spans += [_span(view, match.first, match.last, match)] * is_capitalised(view.tokens[match.first].form)
            continue
        found = None if _is_any(view, match) else _french(view, match) if view.lang == "fr" else _english(view, match)
        if found is not None:
            span = _span(view, *found, match)
            spans.append(span._replace(kind=SITE) if given.get("facility") or _is_post(view, match, span) else span)
    spans += [_span(view, *found, sort) for sort in view.document.matches_of("body.sort") if (found := _beside_sort(view, sort))]
    spans += [_span(view, *found, office) for office in view.document.matches_of("role.head") if (found := _led(view, office))]
    return spans + _owned(view)


def _is_any(view: View, head: Match) -> bool:
    """Say whether a head word in small letters stands behind «un»: «devenir un pôle régional de l'IA» is any of its sort."""
    small = view.lang == "fr" and not is_capitalised(view.tokens[head.first].form)
    company = head.attributes.get("body_kind") == "company"  # «une société du Togo, X»
    return small and not company and head.first > 0 and is_indefinite(view.tokens[head.first - 1].form)


def _is_post(view: View, head: Match, span: HeadSpan) -> bool:
    """Say whether a name is that of an embassy and its country alone: «l'ambassade du Tchad»."""
    words = [i for i in range(head.last, span.last) if not is_connector(view.tokens[i].form, view.lang)]
    return bool(head.attributes.get("post")) and all(view.over(i, "place") for i in words)


def _owned(view: View) -> list[HeadSpan]:
    """Return what a country is said to have by one bare name ("Kenya's EcoCloud"): no office, person, place or everyday word."""
    spans = []
    for country in view.document.matches_of("place.country", "place.city"):
        first = country.last + 1
        if view.lang != "en" or first >= len(view.tokens) or not is_genitive(view.tokens[country.last].form):
            continue
        last = _run_end(view, first)
        words = range(first, last)
        known = any(view.over(i, "place", "role", "programme.head", "body.head", "body.known") or view.is_given(i) for i in words)
        office = last < len(view.tokens) and (view.over(last, "role", "programme.head") or view.over(last + 1, "role", "programme.head"))
        everyday = sum(view.is_common(i) for i in words)  # two words of which none is an everyday one are a person
        bare = (len(words) == 1 and not everyday) or (1 < len(words) <= 3 and 0 < everyday < len(words))
        if bare and not known and not office:
            start, end = view.tokens[first].start, view.tokens[last - 1].end
            spans.append(HeadSpan(first, last, start, end, view.text[start:end], "company", "'s"))
    return spans


def _led(view: View, office: Match) -> tuple[int, int] | None:
    """Return the name after an office that only organisations have, or after "at": "chief executive of Zamani", "analyst at Zamani"."""
    first = office.last
    if not (office.attributes.get("leads") or (view.lang == "en" and first < len(view.tokens) and view.at(first, "office.link"))):
        return None
    while first < len(view.tokens) and first - office.last < 3 and _leads_on(view, first):
        first += 1
    last = _run_end(view, first)
    if first == office.last or last == first or last - first > 4:
        return None
    words = range(first, last)
    if any(view.over(i, "place", "role", "programme.head", "honorific", "body.known") or view.is_given(i) for i in words):
        return None
    return None if all(view.is_common(i) for i in words) else (first, last)


def _leads_on(view: View, index: int) -> bool:
    """Say whether a small word joins an office to the organisation that it leads."""
    form = view.tokens[index].form
    return not is_capitalised(form) and (is_connector(form, view.lang) or view.at(index, "office.link", "body.sort") is not None)


def _is_part(view: View, head: Match) -> bool:
    """Say whether a head word ends a longer one ("Central Bank", "Data Centre") or stands inside an office («directeur de cabinet»)."""
    longer, office = view.over(head.first, "body.head", "programme.head"), view.over(head.first, "role.head")
    return bool((longer and longer.first < head.first) or (office and office.last > head.last))


def _span(view: View, first: int, last: int, head: Match) -> HeadSpan:
    start, end = view.tokens[first].start, view.tokens[last - 1].end
    kind = head.attributes.get("body_kind") or head.attributes.get("leads", "other")
    return HeadSpan(first, last, start, end, view.text[start:end], kind, head.word)


def _beside_sort(view: View, sort: Match) -> tuple[int, int] | None:
    """Return the capitalised name beside a word in small letters that says its sort.

    "the Finnish company Lahti Learning", "Lahti Learning, the Finnish company that …", «Lahti Learning, entreprise finlandaise».
    """
    sentence = view.sentence_of(sort.first)
    if sentence is None or is_capitalised(view.tokens[sort.first].form):
        return None
    first = sort.last
    while view.lang == "fr" and first < len(view.tokens) and first - sort.last < 3 and describes(view, view.tokens[first].form):
        first += not is_capitalised(view.tokens[first].form) or 3  # «l'opérateur public X»: adjectives in small letters
    last = _run_end(view, first)
    if last > first and last <= sentence.last and _is_bare_name(view, first, last):
        return first, last
    return _apposed(view, sort.first, first) or _before_comma(view, sort.first, sentence)


def _before_comma(view: View, index: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the name before the comma in front of an apposition whose sort stands at *index*."""
    comma = index - 1
    while comma > 0 and index - comma < 5 and view.tokens[comma].kind == "word" and not view.at(comma, "body.stop", "speech.verb"):
        comma -= 1
    if comma < sentence.first or view.tokens[comma].form != "," or any(opens_complement(view.tokens[i].form) for i in range(comma, index)):
        return None  # «Jan Tamm, de la banque X»: somebody of it
    first = comma
    while first > sentence.first and comma - first < 5 and runs_on(view, first - 1) and not view.over(first - 1, "role", "place.country"):
        if first == comma and view.over(first - 1, "place.city"):
            break  # "in Oulu, a company": a city alone; "Oulu Learning, a company" begins with one
        first -= 1
    while first < comma and opens_sentence(view, first) and view.is_common(first):
        first += 1
    words = range(first, comma)
    everyday = all(view.is_common(i) for i in words)  # also when there is no word at all
    if len(words) == 1 and view.lang == "fr" and opens_sentence(view, first) and is_french_adjective(view.tokens[first].form):
        return None  # «Interrogée, la filiale …»
    return None if everyday or any(view.is_given(i) for i in words) else (first, comma)


def _apposed(view: View, sort: int, index: int) -> tuple[int, int] | None:
    """Return the name between commas behind a sort and its adjectives: "a second firm, Lagoon Voice, won", «une société togolaise, X».

    Behind «la société,» the name of somebody is as likely.
    """
    before = range(max(0, sort - 3), sort)
    nation = any(view.over(i, "place.nationality") for i in (*before, index))
    if not nation and any(is_definite(view.tokens[i].form) for i in before):
        return None
    while view.over(index, "place.nationality") or (index < len(view.tokens) and describes(view, view.tokens[index].form)):
        index += 1
    if index >= len(view.tokens) or view.tokens[index].form != ",":
        return None
    last = _run_end(view, index + 1)
    closed = last < len(view.tokens) and view.tokens[last].form in ",.(;"
    return (index + 1, last) if closed and last - index > 1 and _is_bare_name(view, index + 1, last) else None


def _is_bare_name(view: View, first: int, last: int) -> bool:
    """Say whether a capitalised run may be an organisation's name: no person, office or other body, not only places or everyday words."""
    words = range(first, last)
    if len(words) == 1 and is_article(view.tokens[first].form, view.lang):
        return False  # «… une société française / La société …»
    if view.is_given(first) or any(view.over(i, "role", "body.known", "honorific") for i in words) or view.at(first, "body.head"):
        return False
    places = [i for i in words if view.over(i, "place.country", "place.city")]
    return len(places) < len(words) and (bool(places) or not all(view.is_common(i) for i in words))


def _run_end(view: View, index: int) -> int:
    """Return the token after the capitalised words from *index* on."""
    while runs_on(view, index):
        index += 1
    return index


def _french(view: View, head: Match) -> tuple[int, int] | None:
    if head.attributes.get("body_kind") == "company" and not is_capitalised(view.tokens[head.first].form):
        return _french_company(view, head)
    index, limit = head.last, min(head.last + _LONGEST, len(view.tokens))
    capitals = int(is_capitalised(view.tokens[head.first].form) and not opens_sentence(view, head.first))
    taken = head.last
    while index < limit:
        token = view.tokens[index]
        if token.form == "," and head.attributes.get("proper") and taken > head.last and lists_on(view, index):
            index += 1
            continue
        link = view.at(index, "office.link") if taken > head.last else None
        if link is not None and link.last - link.first > 1 and link.last < limit:
            index = link.last  # «Réseau des ministres en charge du numérique»
            continue
        if token.kind != "word" or view.at(index, "body.stop", "speech.verb") or _begins_another(view, head, index):
            break
        if is_connector(token.form, "fr"):
            index += 1
            continue
        if token.key == "et":
            if not _goes_on(view, index + 1):
                break
            index += 1
            continue
        if not (_takes(view, taken, index) or (index == head.last and _epithet(view, index))):
            break
        capitals += is_capitalised(token.form)
        index += 1
        taken = index
    return _french_name(view, head, taken, capitals)


def _begins_another(view: View, head: Match, index: int) -> bool:
    """Say whether another name begins: an organisation's («pour le compte de l'Agence Y»), an office, or a person's after a ministry's."""
    joined = is_connector(view.tokens[index - 1].form, "fr")
    if view.at(index, "role.head") and view.tokens[index - 1].form.lower() != "des":
        return True  # «présidence du Premier ministre», but «Réseau des ministres du numérique»
    if index <= head.last or not is_capitalised(view.tokens[index].form):
        return False
    if joined and is_capitalised(view.tokens[head.first].form) and not view.at(index, "body.head"):
        return False  # «Commission de la Cemac»
    person = view.is_given(index) and head.attributes.get("proper") and not joined
    return bool(person) or view.at(index, "body.head", "body.known") is not None


def _takes(view: View, taken: int, index: int) -> bool:
    """Say whether a French word goes on with a name that reaches to *taken*: after a connector, with a capital, or an adjective."""
    form = view.tokens[index].form
    after_connector = index > taken
    if not (after_connector or is_capitalised(form) or is_french_adjective(form) or view.over(index, "place.nationality")):
        return False
    # «Agence du numérique à Lomé»: the place is not part of the name
    return not (view.at(index, "place.country", "place.city") and after_connector and _only_at(view, taken, index))


def _epithet(view: View, index: int) -> bool:
    """Say whether a word in small letters stands between a head and «du Littoral»: «Université maronite du Littoral»."""
    if index + 2 >= len(view.tokens) or view.tokens[index].kind != "word" or not is_capitalised(view.tokens[index - 1].form):
        return False
    return is_connector(view.tokens[index + 1].form, "fr") and is_capitalised(view.tokens[index + 2].form)


def _french_company(view: View, head: Match) -> tuple[int, int] | None:
    """Return the name itself behind the word for its sort: «la société Yunhai», «la société chinoise Yunhai»."""
    first = head.last
    while first < len(view.tokens) and first - head.last < 5 and not is_capitalised(view.tokens[first].form):
        described = is_connector(view.tokens[first].form, "fr") or is_french_adjective(view.tokens[first].form)
        if not (described or view.over(first, "place.nationality") or view.is_common(first)) or view.at(first, "body.stop"):
            return None
        first += 1
    last = _run_end(view, first)
    place = view.over(first, "place.country", "place.city")  # «l'opérateur public Gabon Fibre», but not «une société du Gabon»
    if last == first or (place and place.last >= last) or view.over(first, "role") or _begins_another(view, head, first):
        return None
    if last - first == 1 and is_article(view.tokens[first].form, "fr"):
        return None  # the headline ends with «une société française», the text begins with «La»
    return first, last


def _french_name(view: View, head: Match, taken: int, capitals: int) -> tuple[int, int] | None:
    """Accept what was taken as a name; «Trésor Mbuyi» after a comma is a first name, not the treasury."""
    if taken <= head.last or not (capitals or head.attributes.get("proper")) or view.at(taken, "body.known"):
        return None
    form = view.tokens[head.last].form
    proper = is_capitalised(form) and not is_french_adjective(form) and not is_connector(form, "fr")
    bare = view.is_comma(head.first - 1) or view.is_given(head.first)
    return None if proper and bare and head.attributes.get("body_kind") == "public_body" else (head.first, taken)


def _only_at(view: View, taken: int, index: int) -> bool:
    return index == taken + 1 and is_french_place_word(view.tokens[taken].form)


def _goes_on(view: View, index: int) -> bool:
    """Say whether «et» continues the name: «et de l'Économie», «et Télécommunications», but not «et le ministre»."""
    if index + 1 >= len(view.tokens):
        return False
    form = view.tokens[index].form
    if view.at(index, "body.head", "role.head", "honorific", "place.country") or view.at(index + 1, "body.head", "role.head", "honorific"):
        return False
    field = view.is_common(index) or view.over(index, "topic", "relevance") is not None  # «et Cybastion» begins another's name
    return is_french_of(form) or (is_capitalised(form) and field and not view.is_given(index))


def _english(view: View, head: Match) -> tuple[int, int] | None:
    if not is_capitalised(view.tokens[head.first].form):
        return None
    first, last = _english_start(view, head), _english_end(view, head)
    if head.attributes.get("led"):
        return (first, last) if first < head.first and _is_led(view, first) else None
    company = head.attributes.get("body_kind") == "company"
    if company and head.first == first and not head.attributes.get("begins"):
        return None  # a company's sort stands at the end of its name: "Sahara Systems", but "Bank of Sahara"
    if company and _is_field(view, head, first, last):
        return None
    if head.attributes.get("closing") and runs_on(view, head.last):
        return None  # "Sahara Cloud", but not "Sahara Cloud Campus"
    ending = view.over(last - 1, "programme.head")
    if ending is not None and last > head.last and ending.last == last and company:
        return None  # "Sahara Systems Challenge", "Oulu Software Week"
    if _under_office(view, first) or any(_is_assembly(view, i) for i in range(first, last)):
        return None
    named = [i for i in range(first, last) if not head.first <= i < head.last]
    long = head.last - head.first > 1  # "Saudi Central Bank", but not "the Saudi Bank"
    telling = [i for i in named if not is_connector(view.tokens[i].form, "en") and (long or not view.at(i, "place.nationality"))]
    return (first, last) if any(view.tokens[i].kind == "word" for i in telling) else None


def _is_field(view: View, head: Match, first: int, last: int) -> bool:
    """Say whether everyday words of our field make what one does, not who does it: "Information Communication Technologies"."""
    words = [i for i in range(first, last) if view.tokens[i].kind == "word" and not is_connector(view.tokens[i].form, "en")]
    digital = any(view.over(i, "topic", "relevance.digital") for i in words)
    return digital and all(view.is_common(i) or head.first <= i < head.last for i in words) and view.tokens[head.first].key.endswith("s")


def _english_start(view: View, head: Match) -> int:
    first = head.first
    while first > 0 and head.first - first < 7 and (runs_on(view, first - 1) or _is_plural_mark(view, first - 1)):
        first -= 1
    while first < head.first and _stands_apart(view, first):
        first += 1
    if first > 1 and view.tokens[first - 1].form == "-" and len(view.tokens[first - 2].form) == 1 and _touches(view, first):
        return first - 2  # "e-Governance Agency"
    return _before_and(view, first, _acronym_of(view, head))


def _acronym_of(view: View, head: Match) -> str:
    """Return the acronym in brackets right behind a head word, "" where none stands: "… Registration Authority (NADRA)"."""
    index = head.last
    bracketed = index + 2 < len(view.tokens) and view.tokens[index].form == "(" and view.tokens[index + 2].form == ")"
    return view.tokens[index + 1].form if bracketed and is_shouted(view.tokens[index + 1].form) else ""


def _touches(view: View, index: int) -> bool:
    """Say whether a hyphen joins a word to the letter before without a space."""
    return view.tokens[index - 1].end == view.tokens[index].start and view.tokens[index - 2].end == view.tokens[index - 1].start


def _before_and(view: View, first: int, acronym: str = "") -> int:
    """Take in "Driver and" of "the Driver and Vehicle Licensing Authority": one capitalised field between "the" and "and".

    An acronym tells of more: "National Database and Registration Authority (NADRA)" begins with its letter.
    """
    if first < 3 or view.tokens[first - 1].form != "and":
        return first
    begin = first - 1
    while begin > 0 and runs_on(view, begin - 1) and not _stands_apart(view, begin - 1) and not view.over(begin - 1, "place", "body.known"):
        begin -= 1
    if acronym and begin < first - 1 and view.tokens[begin].form[0] == acronym[0] != view.tokens[first].form[0]:
        return begin
    if view.tokens[first - 3].key != "the":
        return first
    field = first - 2
    return field if runs_on(view, field) and not is_other(view, field) and not view.over(field, "place", "body") else first


def _stands_apart(view: View, index: int) -> bool:
    """Say whether a capitalised word before a name is none of it: a connector, a sentence's first word, the city of a dateline."""
    form = view.tokens[index].form
    dateline = is_shouted(form) and view.at(index, "place.city") is not None
    return dateline or is_connector(form, "en") or (opens_sentence(view, index) and view.is_common(index))


def _is_assembly(view: View, index: int) -> bool:
    """Say whether a word names a cabinet or parliament, which every state has."""
    head = view.at(index, "body.head")
    return head is not None and bool(head.attributes.get("cabinet") or head.attributes.get("parliament"))


def _is_plural_mark(view: View, index: int) -> bool:
    """Say whether a mark is the apostrophe of a plural inside a name: "Coffee Exporters' League"."""
    before, mark = view.tokens[index - 1], view.tokens[index]
    return mark.form in "'’" and before.key.endswith("s") and before.end == mark.start


def _english_end(view: View, head: Match) -> int:
    last = index = head.last
    limit = min(head.last + _LONGEST, len(view.tokens))
    company = head.attributes.get("body_kind") == "company"  # "Sidi Bank and Lagoon Cloud" are two
    while index < limit:
        token = view.tokens[index]
        if token.form == "," and last > head.last and lists_on(view, index):
            index += 1
            continue
        if is_connector(token.form, "en"):
            following = index + 1 + (view.tokens[index - 1].form == "," and is_article(view.tokens[min(index + 1, limit - 1)].form, "en"))
            if token.form == "and" and (company or _is_other_s(view, following) or not runs_on(view, following)):
                break
            index += 1
            continue
        if not runs_on(view, index) or view.at(index, "role.head"):
            break
        index += 1
        last = index
    return last


def _is_other_s(view: View, index: int) -> bool:
    """Say whether another organisation or a nation's begins: "University of Informatics and British schools"."""
    return is_other(view, index) or view.over(index, "place.nationality") is not None


def _is_led(view: View, first: int) -> bool:
    """Say whether an office and "of" stand before a name: what has a chair is an organisation, not an occasion."""
    index = first - 1
    while index > 0 and is_connector(view.tokens[index].form, "en"):
        index -= 1
    return first - index > 1 and index >= 0 and view.over(index, "role.head") is not None


def _under_office(view: View, first: int) -> bool:
    """Say whether a run is the field of a minister ("Minister of Transport, Communications and …"), so no body."""
    for index in range(first - 1, max(-1, first - 8), -1):
        role = view.over(index, "role.head")
        if role:
            return role.attributes.get("rank") == "state" and role.last < first
        if not (is_connector(view.tokens[index].form, "en") or view.tokens[index].form == "," or is_capitalised(view.tokens[index].form)):
            return False
    return False
