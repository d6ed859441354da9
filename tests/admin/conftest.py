"""Whatever is pressed in these tests leaves an entry in the audit log, with what was and what is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.pressed import presses_watched


@pytest.fixture(autouse=True)
def every_press_is_told(request: pytest.FixtureRequest) -> Iterator[None]:
    if "app" not in request.fixturenames:
        yield
        return
    with presses_watched(request.getfixturevalue("app")) as found:
        yield
    assert not found.untold, "a change left no entry in the audit log"
    assert not found.without_fields, "an entry of the audit log does not say what changed"
