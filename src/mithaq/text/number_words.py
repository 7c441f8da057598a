"""The words that are numbers, or parts of them, in Arabic, French and English: grammar, so their tables stand here."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.text.fold import fold_letters


class Atom(NamedTuple):
    """What one number word adds: its value, its class ("unit", "teen", "ten", "hundred", "scale", "part") and whether «و» joins it on."""

    value: float
    rank: str
    joined: bool = False
    alone: bool = True


def _table(rank: str, words: str, *, alone: bool = True) -> dict[str, Atom]:
    """Read «value: form form, value: form» into atoms; ``alone`` False marks words that are numbers only beside another."""
    atoms = {}
    for group in words.split(","):
        value, _, forms = group.partition(":")
        for form in forms.split():
            atoms[fold_letters(form)] = Atom(float(value), rank, alone=alone)
    return atoms


ARABIC: dict[str, Atom] = (
    _table("unit", "1: واحد واحدة أحد إحدى حادي حادية", alone=False)
    | _table(
        "unit",
        "2: اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي إثنان إثنين, 3: ثلاث ثلاثة, 4: أربع أربعة, "
        "5: خمس خمسة, 6: ست ستة, 7: سبع سبعة, "
        "8: ثمان ثماني ثمانية ثمانيه, 9: تسع تسعة",
    )
    | _table("teen", "10: عشر عشرة")
    | _table(
        "ten",
        "20: عشرون عشرين, 30: ثلاثون ثلاثين, 40: أربعون أربعين, 50: خمسون خمسين, "
        "60: ستون ستين, 70: سبعون سبعين, 80: ثمانون ثمانين, 90: تسعون تسعين",
    )
    | _table(
        "hundred",
        "100: مئة مائة ميه, 200: مئتان مئتين مئتي مائتان مائتين مائتي مئتا مائتا, 300: ثلاثمئة ثلاثمائة, "
        "400: أربعمئة أربعمائة, 500: خمسمئة خمسمائة, "
        "600: ستمئة ستمائة, 700: سبعمئة سبعمائة, 800: ثمانمئة ثمانمائة ثمانيمائة, 900: تسعمئة تسعمائة",
    )
    | _table("scale", "1000: ألف ألفا, 1e6: مليون مليونا, 1e9: مليار مليارا بليون بليونا, 1e12: تريليون تريليونا")
    | _table("scale", "1000: آلاف الاف, 1e6: ملايين, 1e9: مليارات بلايين, 1e12: تريليونات", alone=False)
    | _table("dual", "2000: ألفان ألفين ألفي, 2e6: مليونان مليونين مليوني, 2e9: ملياران مليارين ملياري")
    | _table("part", "0.5: نصف, 0.25: ربع", alone=False)
)
_FRENCH: dict[str, Atom] = (
    _table("unit", "1: un une", alone=False)
    | _table("unit", "2: deux, 3: trois, 4: quatre, 5: cinq, 6: six, 7: sept, 8: huit, 9: neuf")
    | _table("teen", "10: dix, 11: onze, 12: douze, 13: treize, 14: quatorze, 15: quinze, 16: seize")
    | _table("ten", "20: vingt vingts, 30: trente, 40: quarante, 50: cinquante, 60: soixante, 70: septante, 80: octante, 90: nonante")
    | _table("hundred", "100: cent cents")
    | _table("scale", "1000: mille")
    | _table("scale", "1e6: million millions, 1e9: milliard milliards md mds mrd mrds", alone=False)
    | _table(
        "round",
        "10: dizaine, 12: douzaine, 15: quinzaine, 20: vingtaine, "
        "30: trentaine, 40: quarantaine, 50: cinquantaine, 60: soixantaine, 100: centaine",
    )
    | _table("round", "1000: millier")
)
_ENGLISH: dict[str, Atom] = (
    _table("unit", "1: one a an", alone=False)
    | _table("unit", "2: two, 3: three, 4: four, 5: five, 6: six, 7: seven, 8: eight, 9: nine")
    | _table(
        "teen",
        "10: ten, 11: eleven, 12: twelve, 13: thirteen, 14: fourteen, 15: fifteen, 16: sixteen, 17: seventeen, 18: eighteen, 19: nineteen",
    )
    | _table("ten", "20: twenty, 30: thirty, 40: forty, 50: fifty, 60: sixty, 70: seventy, 80: eighty, 90: ninety")
    | _table("hundred", "100: hundred", alone=False)
    | _table("scale", "1000: thousand, 1e6: million mn, 1e9: billion bn, 1e12: trillion tn", alone=False)
    | _table("dozen", "12: dozen")
    | _table("part", "0.5: half", alone=False)
)
LATIN = _ENGLISH | _FRENCH
