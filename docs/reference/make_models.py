"""Write ``models.md`` from the packaged model files themselves and from ``corpus/models.json``.

python docs/reference/make_models.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("models.md")
ROOT = PAGE.parents[2]
MODELS = ROOT / "src" / "mithaq" / "knowledge" / "models"
HEAD = """# Packaged models

Everything learned that ships with mithaq, written from the model files in `src/mithaq/knowledge/models`; `python
docs/reference/make_models.py` writes this page again. Each is a JSON file with a readable name beside each weight; nothing is downloaded,
and no training library is needed. All were learned from invented pages in our own words (`corpus/`), so they know the habits of their
writers; how right they make mithaq, on our pages and on real ones, stands in the README and in
[how right it is](../explanation/accuracy.md). The pages of the test split taught none of them, and a test holds that.

`mithaq train` learns those that read pages again, `mithaq train --only NAME` one; `mithaq train --check` fails when one is not what the
corpus gives; `mithaq train --measure` prints how they do on stories that they have not learned from. "Kept as packaged": earlier code
learned the weights, and learning again gives others that measure worse; they stay until somebody names the model.
"""


def make_page() -> str:
    """Return the page as Markdown: a table, and a card a model."""
    files = sorted(MODELS.glob("*.json"))
    plans = json.loads((ROOT / "corpus" / "models.json").read_text("utf-8"))
    rows = [f"| [{f.stem}](#{f.stem}) | {count_weights(json.loads(f.read_bytes()))} | {f.stat().st_size / 1000:.1f} |" for f in files]
    total = sum(file.stat().st_size for file in files)
    table = ["| model | weights | KB |", "|---|---:|---:|", *rows, f"| all | | {total / 1000:.1f} |"]
    return "\n".join((HEAD, *table, "", *(line for file in files for line in card(file, plans.get(file.stem)))))


def card(file: Path, plan: dict[str, Any] | None) -> Iterator[str]:
    """Yield the lines of one model's card."""
    model = json.loads(file.read_bytes())
    yield f"## {file.stem}\n\n{model.get('about', '')}\n"
    learned_from = model.get("learned_from", [])
    stories = [name for name in learned_from if (ROOT / "corpus" / "world" / name).is_dir()]
    knowledge = [name for name in learned_from if (ROOT / "src" / "mithaq" / "knowledge" / name).exists()]
    counted = ((len(learned_from) - len(stories) - len(knowledge), "annotated pages"), (len(stories), "connected stories"))
    yield f"- learned from: {', '.join([f'{count} {what}' for count, what in counted if count] + knowledge)}"
    if isinstance(model.get("threshold"), int | float):
        yield f"- holds from a likelihood of {model['threshold']}"
    if plan is None:
        yield "- learned by a program of its own (`src/mithaq/evaluate`, `bench`), not by `mithaq train`"
    else:
        yield f"- learned again by `mithaq train --only {file.stem}`" + ("; kept as packaged" if plan.get("kept") else "")
        if plan.get("but"):
            yield f"- left out of train and dev: {', '.join(f'`{pattern}`' for pattern in plan['but'])}"
        if plan.get("why"):
            yield f"- why so: {plan['why']}"
    yield ""


def count_weights(node: Any) -> int:
    """Return how many numbers a model file holds."""
    if isinstance(node, dict):
        return sum(map(count_weights, node.values()))
    if isinstance(node, list):
        return sum(map(count_weights, node))
    return int(isinstance(node, int | float) and not isinstance(node, bool))


if __name__ == "__main__":
    PAGE.write_text(make_page(), "utf-8")
