"""How far apart a word in Latin letters and one in Arabic letters are as two spellings of one name: "Seghrouchni", «السغروشني».

The press writes a foreign name as it hears it, so one Latin letter has many Arabic ones, and vowels come and go. The distance is the
cheapest way to write one word as the other, group of letters by group, where each way costs what its rarity is worth.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from mithaq.text.characters import strip_marks

# Which Latin groups may stand for which Arabic ones, the usual ways first, then those that cost more: what learning starts from.
# Only pairs named here are ever learned.
_WAYS = {
    0.0: """
b:ب p:ب,پ v:ف,ڤ w:أو,ؤ,ف,و,ڤ f,ph,ff:ف t,tt:ت,ط th:ت,ث,ط d,dd:د,ض dh:د,ذ,ض,ظ k,kk,cc,ck,q:ق,ك c:تس,س,ق,ك g,gg,gh:ج,غ,ق,ك,گ
j:ج,خ,ه,ي dj,ž:ج ch:تش,خ,ش,ك tch,tsch,cz,č:تش sh,sch,sj,sz,š:ش x:كس ts,tz:تس z:تس,ز,ظ zz:تز,تس,ز s,ss:س,ص h:ح,ه kh:خ r,rr,rh:ر
l,ll:ل m,mm:م n,nn:ن ng:نج,نغ,نق,نك gn,nj,ny:ني a,aa,ah:آ,أ,ا,ة,ع,ه,ى e,ee,ea,ae,i,y,ii:إ,ئ,ى,ي ei,ai,ay,ey:آي,أي,إ,ئ,اي,ى,ي
ie:إ,ئ,ى,ي,ية,يه,يي ia,ya,ja:يا,ية ye,je:ي,ية,يي o,oo,ou,u,oh,eau,ö,ü:أو,ؤ,و au,ow:أو,ؤ,او,و eu:أو,ؤ,و,وي,يو oi,oy:وا,وي io:يو ua:وا
""",
    0.5: """
c:تش gu:ج,غ,ك qu:ق,ك,كو,كي zh:ج,ز,ش tsch:ش sch:سك ts,tz,s:ز sc:س,سك,ش kh:ك ll:لي,ي ng:ن gn:غن,ن nh:ن,ني a:ء,إ,ئ e:ء,أ,ا,ة,ع,ه
ea:ا,يا i:آي,اي,ع o:وو ou:وا ü:ي
""",
    1.0: "th:د,ذ c,s:ش j:ز,ش sz:ز,س x:خ,ز,س,ش cz:ز z:ذ,س,ص,ض h:خ i,y:ا o:أ,ا,ع ou,au:أ,ا u:أ,ا,ي,يو",
    1.5: "p:ف v:ب,و d:ت,ذ,ط k:خ q:خ,غ g:خ,ه gh:ر ch:ه sh:س s:ث r:غ m:ن n:م a:و,ي i:ية",
}
_LEFT_OUT = """
a:0.35 e:0.25 i:0.45 o:0.6 u:0.55 y:0.9 h:0.6 r:1.8 w:1.5 t:1.8 s:1.8 g:1.8
ا:0.65 و:1.2 ي:1.05 ى:0.6 ة:0.45 ه:0.9 ع:0.35 أ:0.6 إ:0.6 آ:0.6 ء:0.15 ئ:0.45 ؤ:0.45
"""
_VOWELS = frozenset("aeiouy")
_STRANGE = 2.0  # a letter left out that is hardly ever left out
_EXCHANGED = 2.5  # one letter for another that it never stands for
_LONGEST_LATIN, _LONGEST_ARABIC = 4, 2
_LENGTH = 0.7  # a long name may cost more, but not in proportion: its letters bear each other out
_ONE_LETTER = str.maketrans({"ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "ö", "ı": "i", "þ": "th", "ð": "d"})
_KEPT = frozenset("öüšžč")  # letters with a sign that changes the sound
_NO_LETTERS = str.maketrans("", "", "-'’‘ʼ`´. ")

Costs = Mapping[str, Mapping[str, float]]


class Spelling(msgspec.Struct, frozen=True):
    """What each way of writing costs, 0 for the usual one: a Latin group as an Arabic one, a Latin or an Arabic letter left out."""

    written: dict[str, dict[str, float]]
    latin_left_out: dict[str, float]
    arabic_left_out: dict[str, float]


class Step(msgspec.Struct, frozen=True):
    """One step of the cheapest way: the Latin letters and the Arabic ones that stand for each other, either may be empty."""

    latin: str
    arabic: str


def first_guess() -> Spelling:
    """Return the costs before anything was learned."""
    written: dict[str, dict[str, float]] = {}
    for price, table in _WAYS.items():
        for latin, arabic in _read(table):
            written.setdefault(latin, {}).setdefault(arabic, price)
    left_out = [{letter: float(cost) for letter, cost in _read(line)} for line in _LEFT_OUT.strip().split("\n")]
    return Spelling(written, left_out[0], left_out[1])


def _read(table: str) -> Iterator[tuple[str, str]]:
    for entry in table.split():
        latins, arabics = entry.split(":")
        yield from ((latin, arabic) for latin in latins.split(",") for arabic in arabics.split(","))


@lru_cache(maxsize=100_000)
def plain_latin(word: str) -> str:
    """Return a word in small letters, without accents, hyphens and apostrophes, but with the signs that change a sound (š, ü)."""
    letters = []
    for letter in word.lower().translate(_ONE_LETTER).translate(_NO_LETTERS):
        decomposed = unicodedata.normalize("NFKD", letter)
        letters.append(letter if letter in _KEPT else "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "".join(letters)


@lru_cache(maxsize=100_000)
def plain_arabic(word: str) -> str:
    """Return a word without vowel signs, stretching lines and blanks, consonants written twice once."""
    letters: list[str] = []
    for letter in strip_marks(unicodedata.normalize("NFKC", word)).translate(_NO_LETTERS):
        if not letters or letters[-1] != letter or letter in "وي":
            letters.append(letter)
    return "".join(letters)


def spelling_distance(latin: str, arabic: str, spelling: Spelling) -> float:
    """Return how far apart two words are as spellings of one name: 0 for the usual spelling, above about 0.65 for two names."""
    a, b = plain_latin(latin), plain_arabic(arabic)
    if not a or not b:
        return float("inf")
    length: float = max(len(a), len(b)) ** _LENGTH
    return _table(a, b, spelling)[len(a)][len(b)][0] / length


def align_spellings(latin: str, arabic: str, spelling: Spelling) -> tuple[Step, ...]:
    """Return the steps of the cheapest way from one word to the other."""
    a, b = plain_latin(latin), plain_arabic(arabic)
    table = _table(a, b, spelling)
    steps: list[Step] = []
    i, j = len(a), len(b)
    while i or j:
        _, before_i, before_j = table[i][j]
        steps.append(Step(a[before_i:i], b[before_j:j]))
        i, j = before_i, before_j
    return tuple(reversed(steps))


_Cell = tuple[float, int, int]  # the cost so far, and the cell it came from


def _table(a: str, b: str, spelling: Spelling) -> list[list[_Cell]]:
    far: _Cell = (float("inf"), 0, 0)
    table = [[far] * (len(b) + 1) for _ in range(len(a) + 1)]
    table[0][0] = (0.0, 0, 0)
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            cost = table[i][j][0]
            for down, right, price in _steps(a, b, i, j, spelling):
                if cost + price < table[i + down][j + right][0]:
                    table[i + down][j + right] = (cost + price, i, j)
    return table


def _steps(a: str, b: str, i: int, j: int, spelling: Spelling) -> Iterator[tuple[int, int, float]]:
    """Yield the ways on from a cell: how many Latin and Arabic letters, at what price."""
    if i < len(a):
        doubled = i > 0 and a[i] == a[i - 1] and a[i] not in _VOWELS
        yield 1, 0, 0.0 if doubled else spelling.latin_left_out.get(a[i], _STRANGE)
    if j < len(b):
        yield 0, 1, spelling.arabic_left_out.get(b[j], _STRANGE)
    if i == len(a) or j == len(b):
        return
    yield 1, 1, _EXCHANGED
    for down in range(1, min(_LONGEST_LATIN, len(a) - i) + 1):
        ways = spelling.written.get(a[i : i + down])
        for right in range(1, min(_LONGEST_ARABIC, len(b) - j) + 1) if ways else ():
            price = ways.get(b[j : j + right]) if ways else None
            if price is not None:
                yield down, right, price
