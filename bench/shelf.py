"""`python -m bench.shelf`: what a long shelf costs. Pages of a store with many products, beside one with fifty.

Both stores are asked in turns, request by request in one process, so that whatever else the machine does meets both.
Times are the processor's, medians of all requests of a page; the bar is 1.2 times the small store's.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import flask_migrate
from flask import Flask

from shop.core.config import Settings
from shop.demo.content import PRODUCTS
from shop.demo.seed import seed
from shop.factory import create_app

SMALL = 50
PAGES = {
    "shop": "/shop",
    "shop, filtered": "/shop?stock=in&sort=name",
    "shop, by price": "/shop?sort=price-low",
    "search": "/shop?q=north+star",  # one product of fifty, eleven of ten thousand: ten more cards to draw
    "search, as many": "/shop?q=look+closer",  # the same products in both
    "search, mistyped": "/shop?q=nroth+satr",
    "product": "/shop/north-star-tee",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.shelf", description=__doc__.splitlines()[0])
    parser.add_argument("--products", type=int, default=10_000, help="in the larger store")
    parser.add_argument("--requests", type=int, default=60, help="of each page, to each store")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="store-shelf-") as folder:
        small, large = (_store(Path(folder) / str(number), number) for number in (SMALL, options.products))
        print(f"{'':<20}{f'{SMALL} ms':>10}{f'{options.products} ms':>12}{'ratio':>8}")
        for name, path in PAGES.items():
            few, many = _timed(small, large, path, options.requests)
            print(f"{name:<20}{few:>10.2f}{many:>12.2f}{many / few:>8.2f}", flush=True)


def _store(folder: Path, products: int) -> Flask:
    folder.mkdir()
    environ = {"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/store.sqlite3", "PORT": "5000"}
    app = create_app(Settings.from_environ(environ))
    with app.app_context():
        flask_migrate.upgrade()
        seed(products=products - len(PRODUCTS))
    return app


def _timed(small: Flask, large: Flask, path: str, requests: int) -> tuple[float, float]:
    """Median milliseconds of a page in both stores, the first answers (which fill what is kept) left out."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(requests + 3):
        for app, found in zip((small, large), taken, strict=True):
            spent = _answer(app, path)
            if number >= 3:
                found.append(spent)
    return statistics.median(taken[0]) * 1_000, statistics.median(taken[1]) * 1_000


def _answer(app: Flask, path: str) -> float:
    client = app.test_client()
    began = time.process_time()
    answer = client.get(path, base_url="http://127.0.0.1:5000")
    spent = time.process_time() - began
    assert answer.status_code == 200, f"{path}: {answer.status}"
    return spent


if __name__ == "__main__":
    main()
