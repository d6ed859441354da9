"""The web manifest: what a phone needs to keep the store on its home screen."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from shop.brand.queries import brand
from shop.web.present import addresses
from shop.web.public import asset, revalidated

PAPER = "#f9f5ed"
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable"))
blueprint = Blueprint("home_screen", __name__)
blueprint.after_request(revalidated)


@blueprint.get("/site.webmanifest")
def manifest() -> Response:
    """https://www.w3.org/TR/appmanifest/."""
    about = brand()
    told = {
        "name": about.name,
        "short_name": about.name[:24],
        "description": about.introduction,
        "id": addresses.HOME,
        "start_url": addresses.HOME,
        "scope": addresses.HOME,
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": asset(f"brand/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
    }
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
