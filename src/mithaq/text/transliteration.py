"""How far apart two words are as spellings of one name, across scripts or in one: "Seghrouchni", "Saghrouchni", «السغروشني».

The press writes a foreign name as it hears it, so one Latin letter has many Arabic ones, and vowels come and go. The distance is the
cheapest way to write one word as the other, group of letters by group, where each way costs what its rarity is worth: a silent "e" at the
end next to nothing, a consonant that nobody confuses much. What a way costs is learned (``bench/learn_spelling.py``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import permutations

import msgspec

from mithaq.model.kept import keep_words
from mithaq.text.characters import has_arabic, strip_marks

# Which Latin groups may stand for which Arabic ones, the usual ways first, then those that cost more: what learning starts from.
_WAYS = {
    0.0: """
b:ب p:ب v:ف w:و,ف f,ph:ف t:ت,ط th:ث,ت d:د dh:ض,ذ,ظ k,ck,q:ك,ق c:ك,س,ق g:غ,ج gh:غ j:ج,ي,خ dj,dzh,ž:ج ch:ش,تش,خ,ك tch,tsch,cz,č,ć:تش
sh,sch,š:ش sz:ش x:كس ts,tz:تس z:ز,ظ zz:تز s,ss:س,ص h:ه,ح kh:خ r,rh:ر l:ل m:م n:ن ng:نغ,نج gn,nh,ny,nj:ني ñ:ني ç:س
a,aa,ah:ا e,ee,i,y:ي ei,ai,ay,ey:اي,ي ie,ia,ya:يا,ي ye,je:ي o,oo,ou,u,eau,oe,ue,ö,ü:و au,ow,ao:او,و io,yo:يو ua:وا oi:وا
""",
    0.5: """
a:ع,ه e:ا,ه i:ا o:ا u:ا c:تش gu:غ,ج qu:ك,كو,ق zh:ج,ز,ش sch:سك s:ز sc:س,سك kh:ك ll:لي,ي ng:ن ia:يه,ا eu:و,يو ea:يا,ي ou:او ü:ي
""",
    0.1: "e$:$ ^:^ال er$:ر$ es$:س$,ز$ s$:س$,ز$ x$:كس$,$ t$:ت$,$ d$:د$,$ a$:ا$,ه$ ah$:ه$,ا$ i$,y$:ي$ o$:و$ h$:ه$,ح$,$",
    0.3: "s$:$ z$:ز$,س$,$ r$:ر$,$ ts$:ت$,$ ent$:ن$ ant$:ان$ on$:ون$ in$:ين$,ان$ ane$:ان$ ine$:ين$ ^a,^e:^ا,^ع ^o,^u:^ا,^او,^ع ^i:^ا,^اي,^ع",
    0.4: "^ab:^عب ^j:^ج,^ي,^خ ^w:^و,^ف ^wh:^و ^kn:^ن ^mc:^ماك,^مك ^y:^ي ^gh:^غ ^gn:^ن ^ps:^س ^h:^ه,^ح,^ ^s:^س,^ز,^ص ^z:^ز,^تس ^x:^كس,^ز,^ش",
    0.45: "ck$:ك$ ch$:ش$,تش$,خ$,ك$ g$:غ$,ج$ dt$:ت$ ić$,ic$,ich$,itch$,cz$:يتش$ ski$,sky$:سكي$ ll$:ل$ "
    "eau$,aud$,aut$,ault$,eaux$:و$ et$,ez$,er$:يه$,ي$ ey$:ي$",
    1.0: "th:د,ذ s:ش j:ز,ش sz:ز z:س,ض,ذ,تس q:ك,غ g:ق,ك,ه dh:د t:د d:ت,ط,ض v:ب,و w:ب h:خ i,y:ع o,u:ع c:ش,خ,ص ct:خت s:ث zh:تش eo,e:و",
}
_LEFT_OUT = """
a:0.35 e:0.25 i:0.45 o:0.6 u:0.55 y:0.9 h:0.6 r:1.8 w:1.5 t:1.8 s:1.8 g:1.8
ا:0.65 و:1.2 ي:1.05 ه:0.8 ع:0.35
"""
_FAR = float("inf")
_VOWELS = frozenset("aeiouyöü")
STRANGE = 2.0  # a letter left out that is hardly ever left out
EXCHANGED = 2.5  # one letter for another that it never stands for
_DIFFERENT = 0.3  # in one script, where another letter is another letter, even for the same sound
LENGTH = 0.7  # a long name may cost more, but not in proportion: its letters bear each other out
# The edges of a word, as letters: what stands there is written in ways of its own.
START, END = "^", "$"
_ONE_LETTER = str.maketrans({"ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "ö", "ı": "i", "þ": "th", "ð": "d", "ə": "e"})
_KEPT = frozenset("öüšžčćçñ")  # letters with a sign that changes the sound
_DOUBLED = re.compile(r"([^\Waeiouyöü])\1+")
_NO_LETTERS = str.maketrans("", "", "-'’‘ʼ`´.^$ ـ")
_LEAST_READ = 2  # letters of a word whose last «ى» may be heard as "a"
_ARABIC_FOLDED = str.maketrans("أإآٱىةؤئکیگپڤچ", "اااايهويكيغبفج", "ء")


class Spelling(msgspec.Struct, frozen=True):
    """What each way of writing costs, 0 for the usual one: ``written[latin][arabic]``, either empty for what is left out.

    A group may begin or end with the edge of the word: ``written["e$"]["$"]`` is a silent last letter. ``threshold`` is the distance
    from which two words are more likely two names.
    """

    written: dict[str, dict[str, float]]
    threshold: float = 0.8


class Step(msgspec.Struct, frozen=True):
    """One step of the cheapest way: the letters of both words that stand for each other, either may be empty."""

    latin: str
    arabic: str


def first_guess() -> Spelling:
    """Return the costs before anything was learned."""
    written: dict[str, dict[str, float]] = {}
    for price, table in _WAYS.items():
        for latin, arabic in _read(table):
            written.setdefault(latin, {}).setdefault(arabic, price)
    left_out = [{letter: float(cost) for letter, cost in _read(line)} for line in _LEFT_OUT.strip().split("\n")]
    for letter in "abcdefghijklmnopqrstuvwxyzöüšžčćçñ":
        written.setdefault(letter, {})[""] = left_out[0].get(letter, STRANGE)
    written[""] = {letter: left_out[1].get(letter, STRANGE) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
    written[START], written[END] = {START: 0.0, START + "ال": 0.1}, {END: 0.0}
    return Spelling(written)


def _read(table: str) -> Iterator[tuple[str, str]]:
    for entry in table.split():
        latins, arabics = entry.split(":")
        yield from ((latin, arabic) for latin in latins.split(",") for arabic in arabics.split(","))


@keep_words
def plain_latin(word: str) -> str:
    """Return a word in small letters, without accents, hyphens and apostrophes, but with the signs that change a sound (š, ü)."""
    letters = []
    for letter in unicodedata.normalize("NFC", word).lower().translate(_ONE_LETTER).translate(_NO_LETTERS):
        decomposed = unicodedata.normalize("NFKD", letter)
        letters.append(letter if letter in _KEPT else "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "".join(letters)


@keep_words
def plain_arabic(word: str) -> str:
    """Return a word without vowel signs, hamza seats, stretching lines and blanks, letters written twice once (but «وو», «يي»)."""
    letters: list[str] = []
    for letter in strip_marks(unicodedata.normalize("NFKC", word)).translate(_NO_LETTERS).translate(_ARABIC_FOLDED):
        if not letters or letters[-1] != letter or letter in "وي":
            letters.append(letter)
    return "".join(letters)


def _readings(word: str) -> tuple[str, ...]:
    """Return how a word may be read: «هدى» as «هدا», «الجندى» as «الجندي»."""
    return (word[:-1] + "ي", word[:-1] + "ا") if len(word) > _LEAST_READ and word.endswith("ى") else (word,)


class Speller:
    """Compares words by a table of costs: across scripts as they were learned, in one script by way of the other.

    Two Latin groups may stand for each other when both may be written with the same Arabic letters ("ou" and "u"), and the reverse.
    """

    def __init__(self, spelling: Spelling) -> None:
        self.threshold = spelling.threshold
        self._across = _Ways(spelling.written)
        self._latin = _Ways(_by_way_of_the_other(spelling.written))
        self._arabic = _Ways(_by_way_of_the_other(_turned(spelling.written)))

    def distance(self, a: str, b: str, most: float = _FAR) -> float:
        """Return how far apart two words are as spellings of one name: 0 for the usual spelling, above the threshold for two names.

        A last «ى» is heard as "a" or, as some print it, as "i": the nearer counts. Infinite when one of them has no letter. Who only asks
        about words less than *most* apart is answered sooner; what is further apart is then told as any distance from *most* on.
        """
        return min(self._distance(x, y, most) for x in _readings(a) for y in _readings(b))

    def _distance(self, a: str, b: str, most: float) -> float:
        x, y, ways = self._prepare(a, b)
        if not x or not y:
            return _FAR
        if a == b:
            return 0.0
        length: float = max(len(x), len(y)) ** LENGTH
        return _costs(START + x + END, START + y + END, ways, most * length)[-1][-1] / length

    def align(self, a: str, b: str) -> tuple[Step, ...]:
        """Return the steps of the cheapest way from one word to the other, edges included.

        The Latin word comes first, of one script the one that is first in order.
        """
        x, y, ways = self._prepare(a, b)
        x, y = START + x + END, START + y + END
        costs = _costs(x, y, ways)
        steps: list[Step] = []
        i, j = len(x), len(y)
        while i or j:
            down, right = _last_step(costs, x, y, i, j, ways)
            steps.append(Step(x[i - down : i], y[j - right : j]))
            i, j = i - down, j - right
        return tuple(reversed(steps))

    def _prepare(self, a: str, b: str) -> tuple[str, str, _Ways]:
        in_arabic = has_arabic(a), has_arabic(b)
        if all(in_arabic):
            x, y = sorted((plain_arabic(a), plain_arabic(b)))
            return x, y, self._arabic
        if not any(in_arabic):
            x, y = sorted((_DOUBLED.sub(r"\1", plain_latin(a)), _DOUBLED.sub(r"\1", plain_latin(b))))
            return x, y, self._latin
        latin, arabic = (b, a) if in_arabic[0] else (a, b)
        return plain_latin(latin), plain_arabic(arabic), self._across


class _Ways:
    """A table of costs made ready for looking up: what a group may be written as, and what it costs to leave out a letter of the second."""

    def __init__(self, written: Mapping[str, Mapping[str, float]]) -> None:
        self.groups = {a: tuple(sorted(ways.items())) for a, ways in written.items() if a}
        self.left_out = dict(written.get("", {}))
        self.longest = max(map(len, self.groups), default=1)


def _turned(written: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    turned: dict[str, dict[str, float]] = {}
    for a, ways in written.items():
        for b, cost in ways.items():
            turned.setdefault(b, {})[a] = cost
    return turned


def _by_way_of_the_other(written: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return what it costs to write a group of letters as another of the same script that may stand for the same sounds."""
    composed: dict[str, dict[str, float]] = {letter: {letter: 0.0} for letter in {*written, START, END} if len(letter) == 1}
    for heard, ways in _turned(written).items():
        if heard.strip(START + END):
            for (a, cost), (b, further) in permutations(ways.items(), 2):
                _keep_cheaper(composed, a, b, cost + further + _DIFFERENT)
    for a, known in written.items():
        for edge in (START, END, ""):
            if edge in known and a.strip(START + END):  # what may be left out across scripts may be so in one
                _keep_cheaper(composed, a, edge, known[edge] + _DIFFERENT)
                _keep_cheaper(composed, edge, a, known[edge] + _DIFFERENT)
    return composed


def _keep_cheaper(table: dict[str, dict[str, float]], a: str, b: str, cost: float) -> None:
    ways = table.setdefault(a, {})
    ways[b] = min(cost, ways.get(b, cost))


def _costs(a: str, b: str, ways: _Ways, most: float = _FAR) -> list[list[float]]:
    """Return what it costs at least to write the first i letters of *a* as the first j of *b*, as table[i][j].

    What costs *most* or more is not followed further, for nothing that follows makes it cheaper.
    """
    left_out = [ways.left_out.get(letter, STRANGE) for letter in b]
    rows = [[_FAR] * (len(b) + 1) for _ in range(len(a) + 1)]
    rows[0][0] = 0.0
    for i, row in enumerate(rows):
        if min(row) >= most:
            continue
        cost = row[0]
        for j, price in enumerate(left_out, 1):
            cost = row[j] = min(row[j], cost + price)
        if i < len(a):
            following = rows[i + 1]
            if _doubled(a, i):
                following[:] = map(min, following, row)
            following[1:] = map(min, following[1:], [cost + EXCHANGED for cost in row])
            for length in range(1, min(ways.longest, len(a) - i) + 1):
                for written, price in ways.groups.get(a[i : i + length], ()):
                    if written in b:  # most ways are not taken
                        _write(row, rows[i + length], b, written, price)
    return rows


def _doubled(a: str, i: int) -> bool:
    """Say whether a consonant repeats the one before it, which Arabic does not write."""
    return i > 0 and a[i] == a[i - 1] and a[i] not in _VOWELS


def _write(row: list[float], target: list[float], b: str, written: str, price: float) -> None:
    """Go on from a row to *target* wherever *b* goes on with *written*."""
    size = len(written)
    if not size:
        target[:] = map(min, target, [cost + price for cost in row])
        return
    j = b.find(written)
    while j >= 0:
        if row[j] + price < target[j + size]:
            target[j + size] = row[j] + price
        j = b.find(written, j + 1)


def _last_step(costs: list[list[float]], a: str, b: str, i: int, j: int, ways: _Ways) -> tuple[int, int]:
    """Return how many letters of both words the last step of the cheapest way to a place takes."""
    cost = costs[i][j]
    for length in range(min(ways.longest, i), 0, -1):
        for written, price in ways.groups.get(a[i - length : i], ()):
            if b.endswith(written, 0, j) and costs[i - length][j - len(written)] + price == cost:
                return length, len(written)
    if i and j and costs[i - 1][j - 1] + EXCHANGED == cost:
        return 1, 1
    return (1, 0) if i and _doubled(a, i - 1) and costs[i - 1][j] == cost else (0, 1)
