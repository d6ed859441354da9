"""What every answer says to the browser, and which requests are refused before a view sees them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Request, abort, request
from werkzeug.wrappers import Response

from shop.core.config import Settings
from shop.core.logs import security

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SIGNED = frozenset({"/stripe/webhook"})  # carries a signature of its own and comes from no browser
LARGEST_BODY = 512 * 1024
STRIPE_PAGE = "https://checkout.stripe.com"
YEAR = 31_536_000
# Nothing in them can run, ask or lead anywhere, and a page has a dozen: half a kilobyte each of rules for documents.
# Drawings (SVG) can, when they are opened by themselves.
PIXELS = frozenset({"image/avif", "image/webp", "image/png", "image/jpeg"})
DOCUMENTS_ONLY = ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy")


def register(app: Flask) -> None:
    """Guards and headers for every door, the back office's too."""
    settings: Settings = app.extensions["settings"]
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        TRUSTED_HOSTS=_hosts(settings),
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    headers = _headers(settings)
    of_pixels = {name: value for name, value in headers.items() if name not in DOCUMENTS_ONLY}
    app.before_request(_refuse_strangers)

    @app.after_request
    def _say(response: Response) -> Response:
        for name, value in (of_pixels if response.mimetype in PIXELS else headers).items():
            response.headers.setdefault(name, value)
        return response


def let_frame(response: Response, origins: Sequence[str], settings: Settings) -> None:
    """Let this one page put frames of these origins into itself; without any it stays as strict as all others."""
    if origins:
        policy = f"{_policy(settings)}; frame-src {' '.join(origins)}"
        response.headers["Content-Security-Policy"] = policy


def own_request(asked: Request) -> bool:
    """Whether an unsafe request comes from our own pages.

    Browsers say so themselves in Sec-Fetch-Site; older ones only name the Origin, which must be ours. A request with
    neither comes from no browser, and so from nobody whose cookies could be abused
    (https://cheatsheetseries.owasp.org, Cross-Site Request Forgery Prevention, "Fetch Metadata").
    """
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = asked.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == asked.host


def _refuse_strangers() -> None:
    if request.method in UNSAFE and request.path not in SIGNED and not own_request(request):
        security("foreign_request_refused")
        abort(403)


def _headers(settings: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": _policy(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    }
    if settings.secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return headers


def _policy(settings: Settings) -> str:
    """No inline script or style anywhere. A form that ends at the payment page needs its origin in form-action."""
    pay_pages = " ".join(filter(None, (STRIPE_PAGE, settings.stripe_api_base)))
    statistics = _origin(settings.analytics_src)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{statistics}",
            "style-src 'self'",
            f"img-src 'self' data:{statistics}",
            "font-src 'self'",
            f"connect-src 'self'{statistics}",
            "media-src 'self'",
            "manifest-src 'self'",
            f"form-action 'self' {pay_pages}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _origin(url: str | None) -> str:
    """Where an operator's statistics come from, for the policy; nothing without any."""
    return f" https://{urlsplit(url).netloc}" if url else ""


def _hosts(settings: Settings) -> list[str]:
    """Names we answer to; on a development machine, its own loopback names as well."""
    own = [settings.hostname]
    return own if settings.production else [*own, "127.0.0.1", "localhost", "[::1]"]
