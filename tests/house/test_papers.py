"""What is written beside the code: templates, documents, and what must stand in no file."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import click
import pytest
from flask import Flask
from jinja2 import Environment, meta

from tests.house.source import ROOT, name, nodes, store_modules

TEMPLATES = ROOT / "templates"
SETTING = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
# Places on somebody's machine, and work left lying about.
NEVER = re.compile(r"(?<![\w.])/(?:root|home|Users|[w]ork)/\w|\b(?:[T]ODO|[F]IXME|[X]XX)\b")


def _templates() -> set[str]:
    return {one.relative_to(TEMPLATES).as_posix() for one in TEMPLATES.rglob("*") if one.is_file()}


@cache
def _named_by_templates() -> set[str]:
    parser = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n"], autoescape=True)
    found: set[str] = set()
    for one in _templates():
        parsed = parser.parse((TEMPLATES / one).read_text(encoding="utf-8"))
        found |= {used for used in meta.find_referenced_templates(parsed) if used is not None}
    return found


def _named_by_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Whole names of templates in string constants, and f-strings such as f"email/{kind}.html" as patterns."""
    names: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in store_modules():
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
                patterns.append(re.compile("".join(parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
    return names, [one for one in patterns if re.search(r"\\\.(html|txt|xml)$", one.pattern)]


def _rendered() -> set[str]:
    """What code asks for by a plain name: render_template("…"), get_template("…")."""
    return {
        node.args[0].value
        for path in store_modules()
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("render_template", "get_template", "render")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_template_that_is_named_exists() -> None:
    assert (_rendered() | _named_by_templates()) - _templates() == set()


def test_every_template_that_exists_is_named() -> None:
    names, patterns = _named_by_code()
    known = names | _named_by_templates()
    unused = {one for one in _templates() - known if not any(pattern.fullmatch(one) for pattern in patterns)}
    assert unused == set()


def _documents() -> str:
    papers = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(one.read_text(encoding="utf-8") for one in papers if one.exists())


def _settings() -> set[str]:
    """Names that config.py looks up in the environment."""
    return {
        node.args[0].value
        for node in nodes(ROOT / "shop" / "core" / "config.py")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and SETTING.fullmatch(node.args[0].value)
    }


def test_the_documents_name_every_setting() -> None:
    found = _settings()
    assert {"SECRET_KEY", "DATABASE_URL", "STRIPE_API_BASE"} <= found
    text = _documents()
    assert {one for one in found if f"`{one}`" not in text} == set()


def _commands(group: click.Group, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= _commands(command, f"{prefix}{word} ")
        else:
            found.add(prefix + word)
    return found


@pytest.mark.only_on("sqlite")
def test_the_documents_name_every_command(app: Flask) -> None:
    from_flask = {"db"}  # Flask-Migrate's own; the documents name `db upgrade`
    text = _documents()
    ours = {one for one in _commands(app.cli) if one.split()[0] not in from_flask} | {"db upgrade"}
    assert {"demo", "worker", "check", "staff add", "books verify"} <= ours
    assert {one for one in ours if f"flask --app app {one}" not in text} == set()


def _tracked() -> list[Path]:
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / one for one in done.stdout.split("\0") if one]


def test_no_file_names_a_machine_or_leaves_work_for_later() -> None:
    told = []
    for path in _tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture or a font, or removed a moment ago
        told += [f"{name(path)}: {found.group()}" for found in NEVER.finditer(text)]
    assert told == []


LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)#\s]+)[^)]*\)")
PATH = re.compile(r"`([\w.-]+/[\w./-]*\.(?:py|html|css|js|md|toml|txt|in|po|sh|yml)|[\w.-]+/[\w.-]+/)`")
EXAMPLE = re.compile(r"/(?:NAME|NNNN)")  # stands for any
TEST = re.compile(r"`(test_\w+_\w+_\w+)`")  # longer than the names of tables


def _papers() -> list[Path]:
    return [one for one in _tracked() if one.suffix == ".md" and one.exists()]


def _lost(paper: Path, text: str, known: set[str]) -> list[str]:
    """Links that lead nowhere, and paths in back quotes that no file or folder ends with."""
    lost = [link for link in LINK.findall(text) if not (paper.parent / link).exists()]
    paths = (path.rstrip("/") for path in PATH.findall(text) if not EXAMPLE.search(path))
    return lost + [path for path in paths if not any(f"/{one}".endswith(f"/{path}") for one in known)]


def test_links_and_paths_in_the_documents_lead_to_what_is_there() -> None:
    files = {name(path) for path in _tracked()}
    known = files | {str(folder) for path in files for folder in Path(path).parents}
    found = {name(paper): _lost(paper, paper.read_text(encoding="utf-8"), known) for paper in _papers()}
    assert {paper: lost for paper, lost in found.items() if lost} == {}
    control = "[a](nowhere.md) `journeys/nothing.py` [b](README.md) `shop/journeys/` `journeys/laws.py`"
    assert _lost(ROOT / "x.md", control, known) == ["nowhere.md", "journeys/nothing.py"]


def test_the_tests_that_documents_name_are_there() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = {test for paper in _papers() for test in TEST.findall(paper.read_text(encoding="utf-8"))}
    stems = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert {one for one in named - stems if f"def {one}(" not in written} == set()


def test_the_drawing_names_every_module_of_the_core() -> None:
    drawing = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    core = {path.stem for path in (ROOT / "shop" / "core").glob("*.py")} - {"__init__"}
    assert core - set(re.findall(r"\w+", drawing)) == set()
