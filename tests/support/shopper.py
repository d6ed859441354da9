"""A visitor who shops as people do: over real HTTP or through Flask's test client, with cookies of their own.

`Shopper(over_wire(store.url)).puts("tee", colour="ink", size="M").gives(500).checks_out().pays(store.standin)`: each
step sends the form that the page would send and keeps the answer in `page`, whatever it was.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self
from urllib.parse import urlencode, urlsplit

from shop.stripe_standin.testing import RunningStandIn
from tests.support.client import SeparateClient

FORM = "application/x-www-form-urlencoded"
PATIENCE = 120.0  # seconds; a loaded machine is slow, and slow is not wrong
_SESSION = re.compile(r"cs_[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as a visitor gets it; header names in lower case."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    def value_of(self, name: str) -> str:
        """What a hidden field holds; empty when the page has no such field."""
        found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', self.text)
        return found[1] if found else ""


class Browser(Protocol):
    """Asks for pages by path and keeps cookies."""

    def get(self, path: str) -> Page: ...

    def post(self, path: str, form: Mapping[str, str]) -> Page: ...


@dataclass
class WireBrowser:
    """One kept-alive connection to `url`. Raises OSError when the server is away: nothing is asked twice."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = PATIENCE
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: Mapping[str, str]) -> Page:
        return self._ask("POST", path, urlencode(form), {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Page:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection = self._connected()
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except http.client.HTTPException as error:
            self.close()
            raise ConnectionError(repr(error)) from error
        except OSError:
            self.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        return Page(answer.status, text, {name.lower(): value for name, value in answer.getheaders()})

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            where = urlsplit(self.url)
            self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=self.patience)
        return self._connection


@dataclass
class FlaskBrowser:
    """The same through the test client, for what needs no server."""

    client: SeparateClient

    def get(self, path: str) -> Page:
        return self._page("GET", path, None)

    def post(self, path: str, form: Mapping[str, str]) -> Page:
        return self._page("POST", path, form)

    def _page(self, method: str, path: str, form: Mapping[str, str] | None) -> Page:
        answer = self.client.open(path, method=method, data=dict(form) if form is not None else None)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Page(answer.status_code, answer.get_data(as_text=True), headers)


@dataclass
class Shopper:
    """Somebody in front of a browser. `page` is the last answer."""

    browser: Browser
    page: Page = field(default_factory=lambda: Page(0, "", {}))

    def puts(self, slug: str, *, colour: str = "ink", size: str = "M", quantity: int | str = 1) -> Self:
        """Add to cart, from the product's page."""
        choice = {"product": slug, "colour": colour, "size": size, "quantity": str(quantity)}
        return self._sends("/cart/lines", choice)

    def changes(self, variant_id: int, quantity: int | str) -> Self:
        return self._sends(f"/cart/lines/{variant_id}", {"quantity": str(quantity)})

    def removes(self, variant_id: int) -> Self:
        return self._sends(f"/cart/lines/{variant_id}/remove", {})

    def gives(self, minor: int, *, fund: str = "") -> Self:
        """An amount of one's own, in minor units; to which fund, where there are several."""
        return self.chooses_gift("own", f"{minor // 100}.{minor % 100:02}", fund=fund)

    def chooses_gift(self, choice: str, own_amount: str = "", *, fund: str = "") -> Self:
        return self._sends("/cart/gift", {"gift": choice, "own_amount": own_amount, **({"fund": fund} if fund else {})})

    def looks_at(self, path: str) -> Self:
        self.page = self.browser.get(path)
        return self

    def checks_out(self, *, country: str = "US", note: str = "", version: str | None = None) -> Self:
        """Look at the checkout, then continue to payment; with a `version` told, without looking."""
        if version is None:
            version = self.looks_at("/checkout").page.value_of("cart_version")
        return self._sends("/checkout", {"country": country, "note": note, "cart_version": version})

    def pays(self, standin: RunningStandIn, **how: object) -> Self:
        """Pay on the stand-in; see its hook `sessions/{id}/pay` for `how`."""
        standin.pay(self.session_id, **how)
        return self

    def comes_back(self, session_id: str | None = None) -> Self:
        """The return page."""
        return self.looks_at(f"/checkout/return?session={session_id or self.session_id}")

    @property
    def session_id(self) -> str:
        """Of the payment page that the last answer leads to."""
        found = _SESSION.search(self.page.location)
        assert found, f"no payment page: {self.page.status} {self.page.location} {self.page.text[:2_000]}"
        return found[0]

    @property
    def at_payment(self) -> bool:
        return self.page.status == 303 and bool(_SESSION.search(self.page.location))

    def _sends(self, path: str, form: Mapping[str, str]) -> Self:
        self.page = self.browser.post(path, form)
        return self


@dataclass
class Crowd:
    """People at a running store; their connections are closed when the block ends."""

    url: str
    browsers: list[WireBrowser] = field(default_factory=list)

    def comes(self, cookies: Mapping[str, str] | None = None) -> Shopper:
        """One more of them, with cookies of their own or with those of another's browser."""
        browser = WireBrowser(self.url, dict(cookies or {}))
        self.browsers.append(browser)
        return Shopper(browser)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        for browser in self.browsers:
            browser.close()
