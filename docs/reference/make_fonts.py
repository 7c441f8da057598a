"""Make the fonts for print out of those of the site: ``python docs/reference/make_fonts.py`` (needs fonttools and brotli).

A typesetter needs plain TrueType files of one weight. The Arabic font builds its letters out of a stroke and dots, each a glyph of its own,
so that a letter copied out of a PDF comes out twice or as its stroke alone. Here every form of a letter is one glyph again (those of
Unicode's presentation forms), and so is a letter with its vowel sign: the text of a PDF can be copied, searched and read aloud.
"""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parents[2] / "src" / "mithaq" / "export" / "static" / "fonts"
FAMILIES = {"newsreader-latin": "Mithaq Serif", "noto-naskh-arabic": "Mithaq Naskh"}
WEIGHTS = {"Regular": 400, "Bold": 700}
FORMS = {"<isolated>": "isol", "<final>": "fina", "<initial>": "init", "<medial>": "medi"}
PRESENTATION = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
ARABIC = (
    0x20, *range(0x0600, 0x0700), *range(0x0750, 0x0780), *range(0x200C, 0x2012), *range(0x2066, 0x206A),
)  # fmt: skip
OWN = (*range(0x0621, 0x063B), *range(0x0641, 0x064B))  # the letters of Arabic itself; those of other languages go without signs
LAM, SHADDA = 0x0644, 0x0651
ABOVE, BELOW = (0x064B, 0x064C, 0x064E, 0x064F, 0x0651, 0x0652, 0x0670), (0x064D, 0x0650)
GAP = 40  # between a letter and its vowel sign, in units of the font


def make(name: str, style: str) -> TTFont:
    """Return one weight of a font of the site as TrueType."""
    font = TTFont(FONTS / f"{name}.woff2")
    font.flavor = None
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": WEIGHTS[style]}
    font = instantiateVariableFont(font, axes)
    if name == "noto-naskh-arabic":
        join_letters(font)
    christen(font, FAMILIES[name], style)
    return font


def join_letters(font: TTFont) -> None:
    """Give every letter one glyph for each of its forms, and lam with alef one together."""
    names = font.getBestCmap()
    rules: dict[str, list[str]] = {form: [] for form in FORMS.values()}
    forms: dict[tuple[int, str], str] = {}
    pairs: list[tuple[str, int, str]] = []
    for code in PRESENTATION:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        points = [int(letter, 16) for letter in letters]
        if code not in names or form not in FORMS or any(point not in names for point in points):
            continue
        if len(points) == 1 and points[0] != 0x20:
            forms[points[0], FORMS[form]] = names[code]
            rules[FORMS[form]].append(f"sub {names[points[0]]} by {names[code]};")
        elif len(points) == 2 and points[0] == LAM and points[1] in (0x0622, 0x0623, 0x0625, 0x0627):
            pairs.append((FORMS[form], points[1], names[code]))
    together = [f"sub {forms[LAM, 'init' if form == 'isol' else 'medi']} {forms[alef, 'fina']} by {glyph};" for form, alef, glyph in pairs]
    for table in ("GSUB", "GPOS"):
        del font[table]
    body = "\n".join(f"feature {form} {{ {' '.join(lines)} }} {form};" for form, lines in rules.items())
    joined = f"feature rlig {{ lookupflag IgnoreMarks; {' '.join(together)} }} rlig;"
    letters = [glyph for (point, _), glyph in forms.items() if point in OWN] + [names[point] for point in OWN]
    signs = " ".join(add_signs(font, letters + [glyph for _, _, glyph in pairs]))
    joined += f"\nfeature rlig {{ {signs} }} rlig;"
    text = f"languagesystem DFLT dflt;\nlanguagesystem arab dflt;\n{body}\n{joined}"
    addOpenTypeFeaturesFromString(font, text)
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    keeper = Subsetter(options)
    keeper.populate(unicodes=ARABIC)
    keeper.subset(font)


def add_signs(font: TTFont, letters: list[str]) -> list[str]:
    """Make a glyph of every letter with every vowel sign, also with two; return the rules that put them together, the longest first."""
    names, rules = font.getBestCmap(), []
    pairs = [(SHADDA, vowel) for vowel in (*ABOVE, *BELOW) if vowel != SHADDA]
    for letter in dict.fromkeys(letters):
        for signs in [*pairs, *((sign,) for sign in (*ABOVE, *BELOW))]:
            marks = [names[sign] for sign in signs]
            glyph = f"{letter}.{'.'.join(marks)}"
            put_together(font, glyph, letter, [(mark, sign in ABOVE) for mark, sign in zip(marks, signs, strict=True)])
            rules.append(f"sub {letter} {' '.join(marks)} by {glyph};")
            if len(marks) > 1:
                rules.append(f"sub {letter} {' '.join(reversed(marks))} by {glyph};")
    font.setGlyphOrder(font.getGlyphOrder())
    return sorted(rules, key=lambda rule: -rule.count(" "))


def put_together(font: TTFont, glyph: str, letter: str, marks: list[tuple[str, bool]]) -> None:
    """Make one glyph of a letter and its signs, each in the middle above or below what stands there already."""
    shapes = font["glyf"]
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(letter, (1, 0, 0, 1, 0, 0))
    base = shapes[letter]
    base.recalcBounds(shapes)
    top, bottom, middle = base.yMax, base.yMin, (base.xMin + base.xMax) // 2
    for mark, above in marks:
        sign = shapes[mark]
        sign.recalcBounds(shapes)
        up = top + GAP - sign.yMin if above else bottom - GAP - sign.yMax
        pen.addComponent(mark, (1, 0, 0, 1, middle - (sign.xMin + sign.xMax) // 2, up))
        top, bottom = (sign.yMax + up, bottom) if above else (top, sign.yMin + up)
    shapes[glyph] = pen.glyph()
    shapes[glyph].recalcBounds(shapes)
    font["hmtx"][glyph] = (font["hmtx"][letter][0], shapes[glyph].xMin)


def christen(font: TTFont, family: str, style: str) -> None:
    """Name a font as the style sheets do, and leave no time in it: the same font gives the same bytes."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 13, 14)]
    named = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for number, words in named.items():
        table.setName(words, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False


if __name__ == "__main__":
    for name in FAMILIES:
        for style in WEIGHTS:
            made = BytesIO()
            make(name, style).save(made)
            path = FONTS / f"{name}-{style.lower()}.ttf"
            path.write_bytes(made.getvalue())
            print(f"{path.name}: {len(made.getvalue())} bytes")
