"""The project's own files, as the laws look at them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "mithaq"
PASSED_OVER = frozenset({".git", ".venv", "build", "dist", "mithaq-demo", "mithaq-workspace", "__pycache__", "node_modules"})


def modules() -> list[Path]:
    """Return every module of the package, in name order."""
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the path of a file as one says it in the project: ``src/mithaq/text/fold.py``."""
    return path.relative_to(ROOT).as_posix()


def project_files() -> Iterator[Path]:
    """Yield the files that belong to the project: those git knows or would know; without git, all that are not made by tools."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        yield from (path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
        return
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not PASSED_OVER.intersection(parts) and not any(part.endswith("_cache") for part in parts):
            yield path


def spoken_strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the string literals of a module that the program works with: all but docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node
