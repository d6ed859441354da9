"""`make check`: every check by name with its time; all of them run, and any that fails is shown whole.

The types take longer than all the rest together, so the rest runs beside them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "mypy --strict": ["mypy"],
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "import contracts": ["lint-imports"],
    "bandit": ["bandit", "-q", "-c", "pyproject.toml", "-r", "shop", "app.py"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
}


def main() -> int:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(_holds, CHECKS, CHECKS.values()))
    failed = [name for name, held in zip(CHECKS, answers, strict=True) if not held]
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _holds(name: str, words: list[str]) -> bool:
    began = time.monotonic()
    program = [str(BIN / words[0]), *words[1:]]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    told = f"{'ok' if done.returncode == 0 else 'FAILED':<7} {name:<18} {time.monotonic() - began:5.1f} s\n"
    print(told + (done.stdout + done.stderr if done.returncode else ""), end="", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
