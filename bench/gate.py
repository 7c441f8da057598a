"""How many pages that are not for us `ingest` puts behind it in a second of one core, files read and all; and what the gate loses.

    python bench/gate.py [FOLDER...]

The pages are drawn from words of our own (sport, weather, markets, kitchens) in three languages, about 5 KB each, written to files and
ingested into a new workspace as a user would. Every FOLDER holds annotated pages (NAME.txt beside NAME.json): of those that are for us the
gate should let through all but a few; without a folder the project's own corpus is judged.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import mithaq
from mithaq.collect.gate import load_gate
from mithaq.lexicon import load_lexicon
from mithaq.workspace import open_workspace

PAGES = 3_000
SIZE = 5 * 1024  # bytes of UTF-8
GOAL = 1_500.0  # pages a second
RECALL = 0.98
_DRAWN = {
    "ar": (
        ("فاز", "خسر", "تعادل", "انتصر", "تأهل", "لعب", "عاد", "سجل", "غاب", "دخل"),
        ("فريق الميناء", "نادي النجمة", "شباب الواحة", "أهلي التل", "فريق البستان", "المهاجم سمير", "الحارس وليد", "المدرب كمال"),
        ("أمام جمهور كبير", "في مباراة قوية", "بعد شوطين طويلين", "تحت المطر الغزير", "بهدف وحيد", "في الدقيقة الأخيرة", "على أرضه"),
        ("وارتفعت أسعار الخضر في السوق", "وتنخفض درجات الحرارة ليلا", "وقال الطباخ إن الأرز يحتاج إلى ماء", "وأعلنت البلدية موعد المهرجان",
         "وزار الأطفال الحديقة صباحا", "وتبقى الطريق مغلقة حتى الخميس", "وشكر المدير العمال على جهدهم", "وانتظر الركاب ساعة كاملة"),
    ),
    "fr": (
        ("gagne", "perd", "revient", "s'impose", "recule", "marque", "arrive", "repart", "hésite", "avance"),
        ("Le club du port", "L'équipe des oliviers", "Le gardien Samir", "La joueuse Nadia", "Le marché du village", "La cuisinière"),
        ("devant son public", "après une longue mi-temps", "sous la pluie", "à la dernière minute", "sans forcer", "dans la vallée"),
        ("Les prix des légumes montent un peu", "Le vent tourne dans la soirée", "La mairie annonce la date de la fête",
         "Les enfants visitent le jardin", "La route reste fermée jusqu'à jeudi", "Le four est chaud", "Les voyageurs attendent"),
    ),
    "en": (
        ("beat", "lost to", "drew with", "chased", "outran", "passed", "met", "left", "followed", "tired"),
        ("The harbour club", "The orchard team", "Keeper Sam Brook", "Striker Nell Ford", "The village side", "The old captain"),
        ("in front of a full ground", "after a slow first half", "in heavy rain", "in the last minute", "with ease", "on the hill"),
        ("Prices of greens rose a little", "The wind turns in the evening", "The town hall gave the date of the fair",
         "Children visited the garden", "The road stays closed until Thursday", "The oven must be hot", "Travellers waited for an hour"),
    ),
}  # fmt: skip


def draw_page(lang: str, chance: random.Random) -> str:
    """Return a page of about 5 KB."""
    verbs, who, how, asides = _DRAWN[lang]
    lines, size = [f"{chance.choice(who)} {chance.choice(verbs)} {chance.choice(who)} {chance.randint(1, 999)}", ""], 0
    while size < SIZE:
        sentences = (
            f"{chance.choice(verbs)} {chance.choice(who)} {chance.randint(1, 90)} {chance.choice(how)}. {chance.choice(asides)}."
            for _ in range(chance.randint(2, 5))
        )
        lines.append(" ".join(sentences))
        size += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def write_pages(folder: Path) -> None:
    """Write the pages as files, two Arabic ones for one of the others."""
    chance = random.Random(7)
    for number, lang in zip(range(PAGES), itertools.cycle(("ar", "fr", "ar", "en")), strict=False):
        (folder / f"{number:05}.txt").write_text(draw_page(lang, chance), "utf-8")


def measure_speed() -> tuple[float, float]:
    """Return pages of 5 KB a second, of processor time, and the share that the gate held back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pages"
        folder.mkdir()
        write_pages(folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        with open_workspace(Path(name) / "warm") as workspace:
            workspace.ingest([next(folder.iterdir())])
        with open_workspace(Path(name) / "ws") as workspace:
            began = time.process_time()
            summary = workspace.ingest([folder])
            taken = time.process_time() - began
    return size / SIZE / taken, summary.gated / summary.read


def measure_recall(folder: Path) -> tuple[int, int]:
    """Return how many annotated pages that are for us pass, and how many there are."""
    gate = load_gate(load_lexicon())
    passed = []
    for gold in sorted(folder.glob("*.json")):
        page = gold.with_suffix(".txt")
        if page.is_file() and json.loads(gold.read_text("utf-8"))["relevant"]:
            passed.append(gate.judge(page.read_text("utf-8")).passed)
    return sum(passed), len(passed)


def main() -> int:
    """Measure, print, and fail below the goals."""
    root = Path(__file__).resolve().parents[1]
    folders = [Path(name) for name in sys.argv[1:]] or [Path(mithaq.__file__).parent / "knowledge" / "demo", root / "corpus" / "pages"]
    speed, held = measure_speed()
    print(f"{PAGES} drawn pages, one core, files read, written to the workspace: {speed:.0f} pages of 5 KB a second (goal: {GOAL:.0f})")
    print(f"held back: {100 * held:.1f} % of them")
    every = [(folder, *measure_recall(folder)) for folder in folders]
    for folder, passed, known in every:
        print(f"{folder.name}: {passed} of {known} pages for us pass")
    recall = sum(passed for _, passed, _ in every) / max(1, sum(known for _, _, known in every))
    print(f"recall {recall:.3f} (goal: {RECALL})")
    return 0 if speed >= GOAL and recall >= RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
