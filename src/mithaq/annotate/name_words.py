"""Which Arabic words may begin a personal name, and how far it runs."""

from __future__ import annotations

from mithaq.annotate.view import View
from mithaq.lexicon.wordlist import is_given_name
from mithaq.text.clitics import (
    and_length,
    begins_with_to_the,
    completes_first_name,
    has_and_before_article,
    has_madda,
    has_plain_article,
    is_adverb,
    is_detached_particle,
    is_filiation,
    is_moorish_filiation,
    is_relative_adjective,
    is_servant,
    joins,
)

_APPOSED = 7  # words of a name between two commas, the mark after them counted
_LONGEST_NAME = 9
_SURNAMES = 3
# Known programmes are left out: «سند» and «إحسان» are portals and people.
_NO_SURNAME = ("body.stop", "speech", "event", "time", "office.link", "programme.head", "programme.named")
_HYPHENS = frozenset("-‐‑–")


class NameWords:
    """Says of the words of one page what they are for names; keeps what it knows of each so that nothing is looked up twice."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._class: dict[int, str] = {}
        # «كالدا» is no "like da": with an article there is no particle
        self._particles = {i for m in view.document.matches_of("name.particle") for i in range(m.first, m.last)}
        self._particles -= {m.first for m in view.document.matches_of("name.particle") if view.has_article(m.first)}  # nor «البنى»
        self._honorifics = view.covers("honorific")
        self._everyday = view.covers("speech.that", "speech.verb", "speech.turn", "body.stop", "role.counterpart", "event.cue.lead")
        self._stops = view.covers("role", "body.head", "body.known", "time.month", "time.weekday")
        self._places = view.covers("place.country", "place.city", "place.region")
        self._nationalities = view.covers("place.nationality")

    def class_of(self, index: int) -> str:
        """Return what a token is for names: mark, number, stop, place, nationality, particle, given, common or unknown."""
        known = self._class.get(index)
        if known is None:
            known = self._class[index] = self._classify(index)
        return known

    def _classify(self, index: int) -> str:
        view = self.view
        if not 0 <= index < len(view.tokens):
            return "mark"
        token = view.tokens[index]
        if token.kind != "word":
            return token.kind
        if token.form.isascii():
            return "latin"
        if index in self._particles:
            return "particle"
        return (joins(token.form) and self._joined(index)) or self._among_names(index) or self._among_others(index)

    def _joined(self, index: int) -> str | None:
        """Return "joined" for «و» glued to a first name («وهدى جاسم»): a new person begins; an everyday word needs a name after it."""
        view, form = self.view, self.view.tokens[index].form
        if view.is_given(index) or not is_given_name(form[and_length(form) :], "ar"):
            return None
        if view.over(index, "honorific", "role", "body", "place", "speech", "time"):
            return None
        return "joined" if not view.is_common(index) or self.class_of(index + 1) in ("unknown", "particle") else None

    def _among_names(self, index: int) -> str | None:
        """Return "given" for a first name that nothing beside it makes something else, what it is where something does."""
        view = self.view
        if index in self._honorifics:
            return "unknown" if self._ends_as_title(index) else "stop"
        given = is_given_name(view.tokens[index].form, view.lang)
        if given and index + 1 in self._particles:
            return "given"
        if index in self._everyday:
            return "common"
        if index in self._nationalities and view.over(index - 1, "role") and view.has_article(index):
            return "nationality"
        return "given" if given else None

    def _ends_as_title(self, index: int) -> bool:
        """Say whether a title is a surname: behind a first name and before no other («شارل الحاج، وزير …»)."""
        view = self.view
        if index == 0 or index - 1 in self._honorifics or not has_plain_article(view.tokens[index].form):
            return False
        if not is_given_name(view.tokens[index - 1].form, view.lang) or view.over(index - 1, "speech", "event", "role"):
            return False
        return self.class_of(index + 1) in ("mark", "common") and view.at(index, "role") is None

    def _among_others(self, index: int) -> str:
        if index in self._stops:
            return "stop"
        if index in self._places:
            return "place"
        if index in self._nationalities:
            return "nationality"
        return "common" if self.view.is_common(index) else "unknown"

    def starts_name(self, index: int, strong: bool = False) -> bool:
        """Say whether a name may begin here: a given name, or an unknown word without article that is followed by a name word."""
        kind = self.class_of(index)
        if kind in ("mark", "number"):
            return False
        office = self.view.at(index, "role.head")
        if (office and office.last - index > 1) or begins_with_to_the(self.view.tokens[index].form):
            return False  # «ولي العهد», «للبنى التحتية»
        if kind == "stop" and self.view.over(index, "honorific") and (self._precedes_father(index) or self.is_own_title(index)):
            return True
        return self._starts_as(kind, index, strong)

    def _starts_as(self, kind: str, index: int, strong: bool) -> bool:
        following = self.class_of(index + 1)
        if kind in ("given", "joined"):
            if strong or following in ("given", "unknown", "particle") or self._completes(index + 1):
                return True
            surname = self._is_surname(index + 1) or self._closes(index + 1) or self.may_be_surname(index + 1)
            return surname or self._is_titled_name(index + 1) or self._is_second_name(index + 1)
        if kind == "particle":
            particle = self.view.over(index, "name.particle")
            own = following == "common" and not (particle and particle.attributes.get("foreign"))  # «أو من»: or who
            son = following == "particle" and self._precedes_son_of(index)  # «سيدي ولد مولاي الزين»
            named = (following in ("unknown", "given") or own or son) and not is_detached_particle(self.view.tokens[index].form)
            return named or self._serves_god(index)
        if kind == "unknown":
            if self.view.has_article(index):
                return strong and following in ("unknown", "given")
            if strong and following == "common" and self.class_of(index + 2) == "unknown":
                return not joins(self.view.tokens[index].form)
            return following in ("unknown", "given", "particle") or (strong and not joins(self.view.tokens[index].form))
        bare = not self.view.has_article(index)
        if kind in ("common", "nationality") and (bare or strong or self.view.is_comma(index - 1)) and self._precedes_father(index):
            return True
        if kind != "common" or not bare or not strong:
            return False
        # «السيد خولين جاو»: after a title a foreign first name may look like an everyday word, even like a verb («بارك»).
        titled = self.view.over(index - 1, "honorific") is not None and not self.view.over(index, "body.stop", "speech.that")
        if titled and following == "unknown" and has_madda(self.view.tokens[index].form):
            return True  # «السيدة آنا بريسكو»
        return self._is_surname(index + 1) or (following == "given" and (titled or self.may_be_surname(index)))

    def _precedes_son(self, index: int) -> bool:
        """Say whether a word that is an office elsewhere is a first name here: "son of" or two names follow («أمين الصقلي الودغيري»)."""
        view = self.view
        if index + 1 >= len(view.tokens) or not view.is_given(index):
            return False
        following = view.tokens[index + 1]
        if not view.has_article(index) and self.class_of(index + 1) == "given" and not view.over(index + 1, "place"):
            return not view.has_article(index + 1) and has_plain_article(view.tokens[min(index + 2, len(view.tokens) - 1)].form)
        nisba = has_plain_article(following.form) and is_relative_adjective(following.key) and not view.over(index + 1, "place", "role")
        return is_filiation(following.form) or (nisba and self.class_of(index + 2) == "unknown" and self._is_surname(index + 2))

    def _completes(self, index: int) -> bool:
        """Say whether a word is the second half of a first name («صلاح الدين», «فتح الله»)."""
        view = self.view
        return index < len(view.tokens) and completes_first_name(view.tokens[index].form) and not view.over(index, "place")  # «رام الله»

    def ends_before_office(self, index: int) -> bool:
        """Say whether a comma and an office follow a word, so that it ends the name before them («سامي حسني الجبال، مستشار …»)."""
        return self.view.is_comma(index + 1) and self.view.at(index + 2, "role.head") is not None

    def _precedes_son_of(self, index: int) -> bool:
        """Say whether a particle that is itself a first name stands before "son of"."""
        return is_filiation(self.view.tokens[index + 1].form) and not is_filiation(self.view.tokens[index].form)

    def _precedes_father(self, index: int) -> bool:
        """Say whether an everyday word is a first name because "son of" and a name follow («سيدنا ولد الطالب»)."""
        view = self.view
        if self.class_of(index + 1) != "particle" or view.over(index, "speech", "event", "time", "body.stop", "office.link"):
            return False
        father = is_filiation(view.tokens[index + 1].form) or not view.over(index + 1, "place")  # «سائد أبو حمور», not «في أبو ظبي»
        return father and (self.class_of(index + 2) not in ("mark", "number", "stop") or view.is_given(index + 2))

    def _is_surname(self, index: int) -> bool:
        kind = self.class_of(index)
        return kind in ("unknown", "given", "nationality") and has_plain_article(self.view.tokens[index].form)

    def _closes(self, index: int) -> bool:
        """Say whether an everyday word with the article ends a name («هديل القضاة،»): nothing that it could describe follows."""
        if self.class_of(index) != "common" or not self.view.has_article(index):
            return False
        if self.class_of(index + 1) in ("mark", "stop"):
            return True
        form = self.view.tokens[index + 1].form
        nisba = is_relative_adjective(self.view.tokens[index].key) and not has_plain_article(form)
        return nisba or joins(form) or self.view.over(index + 1, "speech.verb", "speech.that") is not None

    def may_be_surname(self, index: int) -> bool:
        """Say whether a word known as an everyday one may be a surname («هشام أمدي»): no article, no verb, no function word."""
        view = self.view
        if self.class_of(index) != "common" or view.has_article(index):
            return False
        return not view.over(index, *_NO_SURNAME) and not view.has_clitic(index)

    def _serves_god(self, index: int) -> bool:
        """Say whether «عبد» and a divine name, which may be an office elsewhere, stand here («عبد الأمير», «عبد\nالرزاق»)."""
        view = self.view
        if index + 1 >= len(view.tokens) or not is_servant(view.tokens[index].form):
            return False
        return view.tokens[index + 1].kind == "word" and view.has_article(index + 1)

    def is_own_title(self, index: int) -> bool:
        """Say whether a title is a first name, as in Mauritania: a word and "son of" follow («الشيخ التجاني ولد عبدي»)."""
        view = self.view
        title = view.at(index, "honorific")
        if title is None or not title.attributes.get("named") or index + 2 >= len(view.tokens):
            return False
        return is_moorish_filiation(view.tokens[index + 2].form) and view.tokens[index + 1].kind == "word"

    def extent(self, first: int, strong: bool = False) -> int:
        """Return the token index after the name that begins at *first*."""
        index = first + 1
        if self.class_of(first) == "particle" or self.is_own_title(first):
            index += 1
        while index - first < _LONGEST_NAME:
            step = self._continues(first, index, strong)
            if not step:
                break
            index += step
        return index

    def fills_apposition(self, first: int) -> int | None:
        """Return the end of a name between an office's comma and the next mark, whose first word may look like any other.

        «سفير المملكة بالرباط، فالح الذويبي، …», «رئيس القسم، يعرب بن سعيد الرواحي، …».
        """
        view = self.view
        if not view.is_comma(first - 1) or self.class_of(first) not in ("common", "unknown", "given") or view.has_article(first):
            return None
        last = next((i for i in range(first, first + _APPOSED) if view.is_mark(i)), first)
        if self.class_of(first) == "given":
            return last if self._is_pair(first, last) else None
        if self.class_of(first) == "unknown":
            return last if self._is_foreign(first, last) else None
        kinds = [self.class_of(i) for i in range(first + 1, last)]
        if kinds and self.is_named_like_verb(first, last):
            return last
        if not kinds or view.over(first, "body", "time", "office.link", "clause", "event", "place", "programme.head", "role"):
            return None
        verb = view.over(first, "speech")
        son = kinds[0] == "particle" and is_filiation(view.tokens[first + 1].form)
        if not son and (view.has_clitic(first) or (verb and not verb.prefix) or view.at(last + 1, "role.head")):
            return None  # «…، رفقة لين جاو، رئيسة الشركة»: an office follows the name of another
        named = all(kind in ("given", "unknown", "particle") for kind in kinds) or (son and kinds[-1] in ("unknown", "given"))
        return last if named and kinds[-1] != "particle" else None

    def _is_pair(self, first: int, last: int) -> bool:
        """Say whether a first name and one word that looks everyday are all between two commas: «، أديبايو فالانا،»."""
        view, second = self.view, first + 1
        if last - first != 2 or self.class_of(second) != "common" or view.has_article(second):
            return False
        return not view.over(second, "time", "body", "place", "role", "speech", "office.link")

    def _is_foreign(self, first: int, last: int) -> bool:
        """Say whether two to four words between marks are a name of elsewhere, one of which may look everyday: «لوان بي فينغ»."""
        view = self.view
        if not 1 < last - first <= _SURNAMES + 1 or self.class_of(last - 1) not in ("unknown", "given") or view.has_article(last - 1):
            return False
        return not any(
            view.has_article(i) or view.has_clitic(i) or view.over(i, "role", "place", "body", "time", "speech", "event.verb")
            for i in range(first, last)
        )

    def is_named_like_verb(self, first: int, last: int) -> bool:
        """Say whether a first name that is a verb elsewhere, and surnames, fill the place of a name: «وزيرة البريد، أمل الحداد، …»."""
        view = self.view
        if not is_given_name(view.tokens[first].form, "ar") or last - first > _SURNAMES + 1:
            return False
        return all(
            self.class_of(i) in ("given", "unknown", "nationality")
            or (self.class_of(i) == "common" and has_plain_article(view.tokens[i].form) and not view.over(i, "role", "body.head", "time"))
            for i in range(first + 1, last)
        )

    def _continues(self, first: int, index: int, strong: bool) -> int:
        kind = self.class_of(index)
        if self._serves_god(index) or self._hyphenates(index):
            return 2
        if kind == "stop":
            return int(self._is_titled_name(index))
        office = self.view.at(index, "role.head")
        if office is not None and office.last - index > 1:
            return 0  # «آل سعود ولي العهد»
        if kind == "particle":
            titled = self.view.over(index + 1, "honorific") is not None  # «بنت الحاج إبراهيم»
            named = self.class_of(index + 1) in ("unknown", "given", "common", "nationality", "place", "particle")
            if named or titled or self.view.is_given(index + 1):
                return 2
            return int(self.view.is_given(index) and index > first)  # «خالد ولد سيدي،»: a first name, when it ends one
        if kind == "given":
            return 1
        if kind == "unknown":
            form = self.view.tokens[index].form
            another = begins_with_to_the(form) or has_and_before_article(form) or (joins(form) and self._splits(index))
            return 0 if another else 1
        surname_next = self._is_surname(index + 1) and self.class_of(index + 1) != "nationality"
        if kind == "nationality" and self.view.has_article(index):
            named = index - first == 1 or (index - first == 2 and self.class_of(first) == "given")  # «محمد شياع السوداني»
            return 1 if named and not surname_next and self.class_of(index + 1) in ("mark", "common", "stop") else 0
        return self._everyday_step(first, index, strong, surname_next) if kind == "common" else 0

    def _is_second_name(self, index: int) -> bool:
        """Say whether a listed first name that is a verb elsewhere stands between two others: «أميناتا لام غي»."""
        bare = self.class_of(index) == "common" and not self.view.has_article(index) and self.view.is_given(index)
        return bare and self.class_of(index - 1) == "given" and self.class_of(index + 1) in ("given", "unknown")

    def _hyphenates(self, index: int) -> bool:
        """Say whether a hyphen without spaces joins two names: «بوجدان-مارتن»."""
        tokens = self.view.tokens
        if index + 1 >= len(tokens) or tokens[index].form not in _HYPHENS or self.class_of(index + 1) not in ("unknown", "given"):
            return False
        return tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start

    def _is_titled_name(self, index: int) -> bool:
        """Say whether a title between two names is a name itself: «نبيل الحاج رشيد»."""
        title = self.view.at(index, "honorific")
        if title is None or not title.attributes.get("named") or self.view.over(index, "role") or title.prefix:
            return False
        return self.class_of(index - 1) == "given" and self.class_of(index + 1) == "given"

    def _everyday_step(self, first: int, index: int, strong: bool, surname_next: bool) -> int:
        """Return 1 when an everyday word belongs to the name that begins at *first*, 0 where it does not."""
        if index - first == 1 and (self._completes(index) or self._is_second_name(index)):
            return 1
        servant = self._serves_god(first)
        given = servant or self.class_of(first) in ("given", "joined")
        alone = index - first == 1 + servant  # a given name rarely stands alone: «هديل القضاة», «عبد الواحد الزين»
        if self.view.has_article(index):
            if not has_plain_article(self.view.tokens[index].form):
                return 0
            last = index - first <= 3 and self.ends_before_office(index)
            nisba = is_relative_adjective(self.view.tokens[index].key) and self._closes(index)  # «سعيد بن حمود المعولي،»
            third = index - first == 2 and self.class_of(index - 1) == "given"
            third = third and (self._pairs_surnames(index) or (strong and self._is_third(index)))
            return int((surname_next and index - first <= 2) or third or (given and (alone or nisba or last)))
        first_name = self.class_of(first) in ("given", "joined")
        if first_name and strong and self._closes_strongly(first, index):
            return 1
        ends = first_name or self.class_of(index + 1) in ("mark", "unknown", "given")
        fits = alone and strong and ends and self.may_be_surname(index)
        return int(fits and (first_name or self.class_of(first) == "unknown"))

    def _is_third(self, index: int) -> bool:
        """Say whether a surname that looks everyday ends a name of three words before a comma: «تامر منير الجندي،»."""
        told = self.view.over(index, "event", "programme.head", "body", "side", "speech", "time")
        return self.view.is_comma(index + 1) and told is None

    def _pairs_surnames(self, index: int) -> bool:
        """Say whether two surnames that read like everyday words follow each other: «سلطان أحمد العسيري النعيمي»."""
        after = self.view.tokens[index + 1] if index + 1 < len(self.view.tokens) else None
        if after is None or not is_relative_adjective(self.view.tokens[index].key) or self.view.over(index + 1, "place", "role", "body"):
            return False
        return has_plain_article(after.form) and is_relative_adjective(after.key)

    def _closes_strongly(self, first: int, index: int) -> bool:
        """Say whether a comma behind a surname that looks everyday ends a name known as one: «السيدة هدى أمينة غزال، وزيرة …»."""
        if index - first > 3 or not self.view.is_comma(index + 1):
            return False
        return self.may_be_surname(index) and not is_adverb(self.view.tokens[index].form)

    def _splits(self, index: int) -> bool:
        """Say whether an unknown word with «و» is "and" plus a word known otherwise."""
        view = self.view
        match = next((m for m in view.starting.get(index, ()) if m.prefix), None)
        return match is not None or view.is_common(index)
