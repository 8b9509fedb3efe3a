"""The direction of the flow: a step imports the model and earlier steps, never later ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "counterclaim"
ORDER = (
    "model",
    "lexicons",
    "sources",
    "documents",
    "times",
    "places",
    "statements",
    "events",
    "actors",
    "claims",
    "disputes",
    "ledger",
    "teams",
    "views",
    "exports",
    "pipeline",
    "engines",
    "fetching",
    "watching",
    "assistants",
    "serving",
    "api",
    "web",
    "desk",
    "client",
    "cli",
)
MODULES = sorted(SOURCE.rglob("*.py"))


def step_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Give every module of this package that the file imports, at whatever depth, with the line."""
    package = ["counterclaim", *path.relative_to(SOURCE).with_suffix("").parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            if name == "counterclaim":
                yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, name


def steps_imported(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(path):
        parts = name.split(".")
        if parts[0] == "counterclaim" and len(parts) > 1 and not parts[1].startswith("__"):
            yield line, parts[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_earlier_steps(path: Path) -> None:
    step = step_of(path)
    if step in {"__init__", "__main__"}:
        return
    assert step in ORDER, f"{path} stands in a folder that the design does not have"
    for line, other in steps_imported(path):
        assert other in ORDER, f"{path}:{line} imports the unknown step {other}"
        assert ORDER.index(other) <= ORDER.index(step), f"{path}:{line}: {step} must not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_has_one_topic_of_a_readable_length(path: Path) -> None:
    longest = 375
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_the_model_knows_no_input_and_no_output() -> None:
    forbidden = {"os", "pathlib", "io", "sqlite3", "sqlalchemy", "click", "rich", "socket", "urllib.request"}
    for path in MODULES:
        if step_of(path) == "model":
            assert not {name for _line, name in imported(path)} & forbidden, path


def test_views_and_exports_do_not_write_to_the_ledger() -> None:
    writing = {"add", "judge", "record", "insert", "execute", "commit"}
    for path in MODULES:
        if step_of(path) in {"views", "exports"}:
            calls = {
                node.func.attr
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "ledger"
            }
            assert not calls & writing, path


def test_no_module_swallows_exceptions() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path}:{node.lineno} catches everything"
                assert not all(isinstance(each, ast.Pass) for each in node.body), (
                    f"{path}:{node.lineno} swallows it"
                )


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, counterclaim; "
        "heavy = {'spacy', 'lxml', 'sqlalchemy', 'trafilatura', 'rich', 'jinja2', 'msgspec'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_main_help_loads_no_model() -> None:
    code = (
        "import sys\n"
        "from counterclaim.cli.program import run\n"
        "assert run(['--help']) == 0\n"
        "print(sorted({'spacy', 'sqlalchemy', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_public_names_exist() -> None:
    import counterclaim

    for name in counterclaim.__all__:
        assert getattr(counterclaim, name) is not None
    with pytest.raises(AttributeError):
        counterclaim.nothing_of_this_name  # noqa: B018
