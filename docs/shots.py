"""`make shots`: photographs of the running store, made from a seeded one on a free port.

All of them go into `shots/`, which git ignores: each page at 390 and 1280 pixels, light and dark; full, empty and
sold-out states from top to bottom, in Spanish too, and everything that staff can set. With `--docs` the chosen few
also go into `docs/screenshots/` for the README, as WebP of at most 150 KB.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402  # found by the path above, as what follows
from playwright.sync_api import Browser  # noqa: E402
from playwright.sync_api import Page as Window  # noqa: E402

from docs import shot_states as states  # noqa: E402
from shop.admin.settings_index import ABOUT  # noqa: E402
from shop.core import codes  # noqa: E402
from shop.core.database import transaction  # noqa: E402
from shop.staff.operations import add_member, sign_ins  # noqa: E402
from tests.support import backstage  # noqa: E402
from tests.support.chromium import chromium  # noqa: E402
from tests.support.engines import SqliteSupply  # noqa: E402
from tests.support.servers import RunningStore, running_store  # noqa: E402
from tests.support.shopper import Crowd  # noqa: E402

SHOTS, CHOSEN = ROOT / "shots", ROOT / "docs" / "screenshots"
LARGEST = 150 * 1024
HEIGHTS = {390: 844, 1280: 900}
TEE = "/shop/north-star-tee"
WHOLE = ("state-", "setting-")  # names of pages that are photographed from top to bottom
Pages = dict[str, Callable[[Window], object]]
FEW = (
    ("home", 1280),
    ("product", 390),
    ("cart", 390),
    ("campaign", 1280),
    ("giving", 1280),
    ("donate", 390),
    ("admin-today", 1280),
    ("admin-orders", 1280),
    ("admin-stock", 1280),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", action="store_true", help="also put the chosen few into docs/screenshots/")
    asked = parser.parse_args()
    supply = SqliteSupply("shots")
    with tempfile.TemporaryDirectory() as folder:
        try:
            with running_store(supply.migrated(), Path(folder)) as store, chromium() as browser:
                order_page, token, cart = _prepare(store), _signed_in(store), _changed_cart(store)
                pages = _pages(order_page) | _settings() | _states(store, cart)
                taken = [one for width in HEIGHTS for one in _photograph(browser, store, width, pages, token)]
        finally:
            supply.close()
    print(f"{len(taken)} photographs in {SHOTS.relative_to(ROOT)}/")
    if asked.docs:
        _publish()
    return 0


def _prepare(store: RunningStore) -> str:
    """The demo movement and some sales; answers the page of the last order."""
    done = store.flask("demo")
    if done.returncode:
        raise SystemExit(done.stderr)
    with Crowd(store.url) as crowd:
        for size, gift in (("S", 500), ("M", 0), ("L", 1500), ("M", 700)):
            visitor = crowd.comes().puts("north-star-tee", colour=_first_colour(store), size=size)
            if gift:
                visitor.gives(gift, fund="open-door-fund")
            visitor.checks_out().pays(store.standin).comes_back()
        backstage.works(store)
        return visitor.page.location


def _changed_cart(store: RunningStore) -> Mapping[str, str]:
    """Cookies of a full cart to which something happened; tees are sold out from here on."""
    with backstage.inside(store):
        states.sell_out()
        states.offer_code()
        cart = states.full_cart(store.url)
        states.change_meanwhile()
    return cart


def _first_colour(store: RunningStore) -> str:
    with Crowd(store.url) as crowd:
        return crowd.comes().looks_at(TEE).page.value_of("colour")


def _signed_in(store: RunningStore) -> str:
    """Somebody on the staff, and the token of their sign-in: a second factor takes no part in photographs."""
    with backstage.inside(store), transaction():
        member = add_member(email="robin@example.org", name="Robin Vale", role="owner", password=codes.new_token())
        return sign_ins.begin(member_id=member.id, second_factor=True, user_agent="Chromium on Linux")


def _photograph(browser: Browser, store: RunningStore, width: int, pages: Pages, token: str) -> list[Path]:
    taken = []
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            base_url=store.url,
            device_scale_factor=2 if width < 500 else 1,
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "staff", "value": token, "url": store.url}])
        window = context.new_page()
        for name, go in pages.items():
            go(window)
            window.wait_for_load_state("networkidle")
            path = SHOTS / f"{name}-{width}-{scheme}.png"
            path.parent.mkdir(exist_ok=True)
            window.screenshot(path=path, full_page=name.startswith(WHOLE))
            taken.append(path)
        context.close()
    return taken


def _pages(order_page: str) -> Pages:
    """How to come to each page, in the order of a visit."""
    return {
        "home": lambda window: window.goto("/"),
        "shop": lambda window: window.goto("/shop"),
        "product": lambda window: window.goto(TEE),
        "cart": _fill_a_cart,
        "checkout": lambda window: window.goto("/checkout?country=US"),
        "payment": lambda window: window.get_by_role("button", name="Continue to payment").click(),
        "order": lambda window: window.goto(order_page),
        "campaign": lambda window: window.goto("/campaigns/look-closer"),
        "donate": lambda window: window.goto("/donate"),
        "partner": lambda window: window.goto("/partners/polaris"),
        "giving": lambda window: window.goto("/giving"),
        "admin-today": lambda window: window.goto("/admin/"),
        "admin-orders": lambda window: window.goto("/admin/orders"),
        "admin-stock": lambda window: window.goto("/admin/stock"),
    }


def _settings() -> Pages:
    """Each page with settings, by its link on the page that lists them."""

    def follow(number: int) -> Callable[[Window], object]:
        return lambda window: (window.goto("/admin/settings/all"), window.locator("main a").nth(number).click())

    listed: Pages = {"setting-all": lambda window: window.goto("/admin/settings/all")}
    return listed | {f"setting-{name.replace('_', '-')}": follow(number) for number, name in enumerate(ABOUT)}


def _states(store: RunningStore, cart: Mapping[str, str]) -> Pages:
    """What a shop looks like when it is not at its best, in both languages."""
    full = [{"name": name, "value": value, "url": store.url} for name, value in cart.items()]

    def put_back(window: Window) -> None:
        window.context.clear_cookies(name="cart")
        window.context.add_cookies(full)  # type: ignore[arg-type]  # a TypedDict of just these

    def with_cart(path: str) -> Callable[[Window], object]:
        return lambda window: (put_back(window), window.goto(path))

    def at(path: str) -> Callable[[Window], object]:
        return lambda window: (window.context.clear_cookies(name="cart"), window.goto(path))

    found: Pages = {}
    for prefix, end in (("", ""), ("/es", "-es")):
        found |= {
            f"state-sold-out{end}": at(f"{prefix}/shop/{states.SOLD_OUT}"),
            f"state-size-gone{end}": at(f"{prefix}/shop/{states.SIZE_GONE[0]}"),
            f"state-full-cart{end}": with_cart(f"{prefix}/cart"),
            f"state-full-checkout{end}": with_cart(f"{prefix}/checkout?country=US"),
            f"state-empty-cart{end}": at(f"{prefix}/cart"),
            f"state-nothing-found{end}": at(f"{prefix}/shop?q=xylophone"),
            f"state-not-found{end}": at(f"{prefix}/no-such-page"),
        }
    return found


def _fill_a_cart(window: Window) -> None:
    window.goto(TEE)
    window.locator("label", has=window.locator('input[name="size"][value="M"]')).click()
    window.get_by_role("button", name="Add to cart").click()
    window.get_by_role("link", name="See the cart").click()
    window.locator("label", has=window.locator('input[name="gift"]')).first.click()
    window.locator("label", has=window.locator('input[name="fund"]')).first.click()
    window.get_by_role("button", name="Add this gift").click()
    window.goto("/cart")


def _publish() -> None:
    CHOSEN.mkdir(parents=True, exist_ok=True)
    for name, width in FEW:
        path = CHOSEN / f"{name}-{width}.webp"
        path.write_bytes(_pressed(SHOTS / f"{name}-{width}-light.png"))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


def _pressed(path: Path) -> bytes:
    """The best quality that fits."""
    picture = Image.open(path).convert("RGB")
    for quality in (90, 80, 70, 60, 45, 30):
        written = io.BytesIO()
        picture.save(written, "webp", quality=quality, method=6)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
