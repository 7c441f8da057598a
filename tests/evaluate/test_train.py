"""Training: each packaged model has a plan and a learner, what is learned is written where it is read, and checking writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluate.reference import ROOT
from mithaq.errors import InputError, QuestionError
from mithaq.evaluate import train as module
from mithaq.evaluate.gold import GoldPage, read_json
from mithaq.evaluate.learning import MODELS, PLAN, Learned, Learner, Reader, choose_pages, encode_model, read_plans
from mithaq.evaluate.train import LEARNERS, measure, train
from mithaq.evaluate.world import read_stories

SMALL = {"about": "small", "learned_from": ["a"], "weights": {"x": 1.0}}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one model, learned without pages."""
    (tmp_path / MODELS).mkdir(parents=True)
    (tmp_path / "corpus").mkdir()
    (tmp_path / PLAN).write_text('{"about": "", "small": {}}', "utf-8")

    def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
        return Learned(SMALL, 3, 1)

    monkeypatch.setattr(module, "LEARNERS", {"small": Learner("small", learn, lambda *_: iter(["F1 1.000"]))})
    monkeypatch.setattr(module, "packaged_knowledge", lambda: (tmp_path / MODELS).parent)
    monkeypatch.setattr(module, "choose_pages", lambda *_: ())
    return tmp_path


def test_every_plan_fits_its_model_file() -> None:
    plans = read_plans(ROOT)
    stories = {story.folder.name for story in read_stories(ROOT, "train", "dev")}
    assert set(plans) == set(LEARNERS)
    for name, plan in plans.items():
        file = ROOT / MODELS / f"{name}.json"
        named = set(read_json(file)["learned_from"])
        pages = {page.name for page in choose_pages(ROOT, plan)} | stories
        assert named <= pages and named, f"{name}.json was learned from pages that {PLAN} does not give it"
        assert plan.why or not (plan.but or plan.kept)


def test_what_changed_is_written_and_then_the_same(checkout: Path) -> None:
    told: list[str] = []
    assert [o.verdict for o in train(checkout, tell=lambda o: told.append(o.name))] == ["new"]
    assert (checkout / MODELS / "small.json").read_bytes() == encode_model(SMALL)
    assert [o.verdict for o in train(checkout, write=False)] == ["the same"]
    assert told == ["small"]


def test_checking_writes_nothing(checkout: Path) -> None:
    file = checkout / MODELS / "small.json"
    file.write_text("{}", "utf-8")
    assert [o.verdict for o in train(checkout, write=False)] == ["changed"]
    assert file.read_text("utf-8") == "{}"


def test_kept_weights_stay_until_their_model_is_named(checkout: Path) -> None:
    file = checkout / MODELS / "small.json"
    file.write_text("{}", "utf-8")
    kept = hashlib.sha256(b"{}").hexdigest()
    (checkout / PLAN).write_text(f'{{"small": {{"kept": "{kept}", "why": "better"}}}}', "utf-8")
    assert [o.verdict for o in train(checkout)] == ["kept"]
    assert file.read_text("utf-8") == "{}"
    assert [o.verdict for o in train(checkout, ["small"])] == ["changed"]
    assert file.read_bytes() == encode_model(SMALL)


def test_measuring_tells_model_and_figure(checkout: Path) -> None:
    told: list[tuple[str, str]] = []
    measure(checkout, tell=lambda name, line: told.append((name, line)))
    assert told == [("small", "F1 1.000")]


def test_unknown_models_and_other_folders_are_named(checkout: Path, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"'large'.*small"):
        train(checkout, ["large"])
    with pytest.raises(InputError, match="no checkout"):
        train(tmp_path / "nowhere")
    (checkout / PLAN).write_text("{}", "utf-8")
    with pytest.raises(InputError, match="says nothing of small"):
        train(checkout)


def test_weights_written_elsewhere_would_never_be_read(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(InputError, match="does not run from this checkout"):
        train(checkout)
