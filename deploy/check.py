"""`make check`: every check by name with its time; all of them run, and any that fails is shown whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy --strict": ["mypy"],
    "import contracts": ["lint-imports"],
    "bandit": ["bandit", "-q", "-c", "pyproject.toml", "-r", "shop", "app.py"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
}


def main() -> int:
    failed = [name for name, words in CHECKS.items() if not _holds(name, words)]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _holds(name: str, words: list[str]) -> bool:
    began = time.monotonic()
    program = [str(BIN / words[0]), *words[1:]]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"{'ok' if done.returncode == 0 else 'FAILED':<7} {name:<18} {time.monotonic() - began:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
