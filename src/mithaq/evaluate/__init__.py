"""How right mithaq is: annotated pages (gold), the figures against them, and the floors below which no figure may fall."""

from mithaq.evaluate.figures import Result
from mithaq.evaluate.gold import check_gold, read_gold
from mithaq.evaluate.score import evaluate_folder, score

__all__ = ["Result", "check_gold", "evaluate_folder", "read_gold", "score"]
