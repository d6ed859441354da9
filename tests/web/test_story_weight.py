"""What a long story weighs."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.campaigns import operations
from shop.core.database import transaction
from tests.support.client import SeparateClient
from tests.support.snapshots import demo_movement
from tests.web.test_story_shelf import STORY

MOST = 60 * 1024
PASSAGE = "Words that lead on to other words, said in a quiet voice and with care for who reads them. " * 6


@pytest.mark.usefixtures("shelf")
def test_a_story_of_thirty_blocks_stays_within_sixty_kilobytes(app: Flask, client: SeparateClient) -> None:
    kinds = (
        f"## A heading\n\n{PASSAGE}",
        "[[tees tee]]",
        "[[call Look closer -> /shop]]",
        "> Words.",
        "[[partner polaris]]",
    )
    told = replace(STORY, body="\n\n".join(kinds * 6))
    with transaction():
        operations.publish(operations.add_campaign(told))
    assert len(client.get("/campaigns/look-closer").data) <= MOST


def test_the_long_story_of_the_demo_does_too(app: Flask, client: SeparateClient) -> None:
    demo_movement()
    assert len(client.get("/campaigns/look-closer").data) <= MOST
