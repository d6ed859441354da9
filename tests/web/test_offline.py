"""Without a network: one page in each language, and nothing else is kept."""

from __future__ import annotations

import json
import re

from flask import Flask

from tests.support.client import SeparateClient
from tests.support.factories import open_shop


def test_what_is_kept_is_one_page_and_what_it_is_made_of(app: Flask, client: SeparateClient) -> None:
    open_shop()
    told = client.get("/offline.js")
    assert (told.mimetype, told.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    pages = json.loads(re.findall(r"const PAGES = (.*);", told.text)[0])
    files = json.loads(re.findall(r"const FILES = (.*);", told.text)[0])
    assert pages == {"": "/offline", "/es": "/es/offline"}
    assert all(one.startswith("/static/") for one in files)
    assert "No connection" in client.get("/offline").text
    assert "Sin conexión" in client.get("/es/offline").text
    assert 'name="robots" content="noindex"' in client.get("/offline").text
