"""Settings: read from the environment once, every problem told together. Nothing else reads the environment."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from msgspec import Struct

# What a development machine uses when nothing is set: the project's own Stripe stand-in beside the store.
STANDIN_KEY = "sk_test_standin"
STANDIN_SECRET = "whsec_standin"  # noqa: S105  # opens only the stand-in
MOST_PROXIES = 5
WEAK_KEYS = frozenset({"dev", "secret", "changeme", "change-me", "development"})


class BadSettings(Exception):
    """One or more settings are missing or wrong; the message lists all of them, a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The store cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class Settings(Struct, frozen=True):
    """Everything the store is told from outside.

    `production` comes from SHOP_ENV=production: then nothing has a default and weak values are refused.
    `var` is the folder for what the store makes itself (database, pictures, mails, assets). `trusted_proxies` is how
    many proxies of our own stand in front, each of which adds to X-Forwarded-For; what stands before is not believed.
    `paper_fonts` are further faces for papers, None for those that the machine usually has.
    """

    secret_key: str
    database_url: str
    base_url: str
    stripe_secret_key: str
    stripe_webhook_secrets: tuple[str, ...]
    stripe_api_base: str | None
    smtp_url: str | None
    redis_url: str | None
    analytics_src: str | None
    mail_from: str
    port: int
    production: bool
    var: Path
    trusted_proxies: int = 0
    paper_fonts: tuple[Path, ...] | None = None
    count_visits: bool = True

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read and check every setting; raises BadSettings with all problems at once."""
        env = {name: value.strip() for name, value in (environ or os.environ).items()}
        production = env.get("SHOP_ENV") == "production"
        var = Path(env.get("VAR_DIR") or "var").absolute()
        port = env.get("PORT") or "5000"
        closed = _closed(var)
        answer = cls(
            secret_key=env.get("SECRET_KEY") or ("" if production or closed else _kept_secret(var)),
            database_url=_driver(env.get("DATABASE_URL") or ("" if production else f"sqlite:///{var}/shop.sqlite3")),
            base_url=(env.get("BASE_URL") or ("" if production else f"http://127.0.0.1:{port}")).rstrip("/"),
            stripe_secret_key=env.get("STRIPE_SECRET_KEY") or ("" if production else STANDIN_KEY),
            stripe_webhook_secrets=_listed(env.get("STRIPE_WEBHOOK_SECRET") or _default_hook(env, production)),
            stripe_api_base=_api_base(env, port),
            smtp_url=env.get("SMTP_URL") or None,
            redis_url=env.get("REDIS_URL") or None,
            analytics_src=env.get("ANALYTICS_SRC") or None,
            mail_from=env.get("MAIL_FROM") or "hello@example.org",
            port=int(port) if port.isdecimal() else 0,
            production=production,
            var=var,
            trusted_proxies=_count(env.get("TRUSTED_PROXIES")),
            paper_fonts=_files(env.get("PAPER_FONTS")),
            count_visits=env.get("COUNT_VISITS") != "off",
        )
        if problems := [*closed, *answer.problems()]:
            raise BadSettings(problems)
        return answer

    def problems(self) -> list[str]:
        """What is wrong, in sentences; empty when the store may start."""
        checks = {
            "PORT must be a number from 1 to 65535.": 0 < self.port < 65536,
            "DATABASE_URL must start with sqlite:/// or postgresql://.": _known_engine(self.database_url),
            "BASE_URL must be an http(s) address without a path, such as https://shop.example.org.": _origin(
                self.base_url
            ),
            "STRIPE_SECRET_KEY must start with sk_ or rk_.": self.stripe_secret_key[:3] in ("sk_", "rk_"),
            "STRIPE_WEBHOOK_SECRET must be one or more secrets that start with whsec_, with commas between.": bool(
                self.stripe_webhook_secrets
            )
            and all(one.startswith("whsec_") for one in self.stripe_webhook_secrets),
            "STRIPE_API_BASE must be an http(s) address.": self.stripe_api_base is None
            or _origin(self.stripe_api_base),
            "SMTP_URL must look like smtp://user:password@host:587.": self.smtp_url is None
            or urlsplit(self.smtp_url).scheme in ("smtp", "smtps"),
            "ANALYTICS_SRC must be the https:// address of a script.": self.analytics_src is None
            or self.analytics_src.startswith("https://"),
            "TRUSTED_PROXIES must be a number from 0 to 5: how many proxies of yours stand in front.": (
                0 <= self.trusted_proxies <= MOST_PROXIES
            ),
            "PAPER_FONTS must name TrueType files (.ttf) that are there, with colons between.": all(
                path.suffix == ".ttf" and path.is_file() for path in self.paper_fonts or ()
            ),
            "REDIS_URL must look like redis://host:6379/0.": self.redis_url is None
            or urlsplit(self.redis_url).scheme in ("redis", "rediss", "valkey"),
        }
        found = [sentence for sentence, holds in checks.items() if not holds]
        return found + (self._production_problems() if self.production else [])

    def _production_problems(self) -> list[str]:
        weak = len(self.secret_key) < 32 or self.secret_key.lower() in WEAK_KEYS
        checks = {
            "SECRET_KEY must have 32 characters or more in production.": not weak,
            "BASE_URL must start with https:// in production.": self.base_url.startswith("https://"),
            "STRIPE_SECRET_KEY is the stand-in's: production needs one of Stripe's.": self.stripe_secret_key
            != STANDIN_KEY,
            "STRIPE_API_BASE is for a stand-in or a proxy and cannot be used with a live key.": not (
                "_live_" in self.stripe_secret_key and self.stripe_api_base
            ),
        }
        return [sentence for sentence, holds in checks.items() if not holds]

    @property
    def hostname(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Served over https: then cookies are Secure and browsers are told to stay with https."""
        return self.base_url.startswith("https://")

    def cookie(self, bare: str, *, path: str = "/") -> str:
        """What a cookie is called: its prefix makes browsers insist on https, and on this very host where they can.

        Neither can be set by a neighbouring host (RFC 6265bis, section 4.1.3); both need https to be accepted at all.
        """
        prefix = "__Host-" if path == "/" else "__Secure-"
        return f"{prefix}{bare}" if self.secure else bare


def _files(text: str | None) -> tuple[Path, ...] | None:
    return tuple(Path(one) for one in text.split(os.pathsep)) if text else None


def _count(text: str | None) -> int:
    """-1 for what is no small number, which is then told."""
    return int(text) if text and text.isdecimal() and len(text) < 3 else (-1 if text else 0)


def _closed(var: Path) -> list[str]:
    """What is wrong with the folder for what the store makes, in sentences; none when it can be written to."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            return []
    except OSError as problem:
        return [f"VAR_DIR must be a folder that the store can write to; {var} is not ({problem.strerror})."]


def _kept_secret(var: Path) -> str:
    """Made once and kept, so that carts survive a restart; placed whole, for two processes may begin at once."""
    path = var / "secret-key"
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=var, prefix=".secret-key-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    return path.read_text(encoding="ascii").strip()


def _driver(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _known_engine(url: str) -> bool:
    return url.startswith(("sqlite:///", "postgresql+psycopg://"))


def _origin(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one for part in text.split(",") if (one := part.strip()))


def _default_hook(env: Mapping[str, str], production: bool) -> str:
    return "" if production or env.get("STRIPE_SECRET_KEY") else STANDIN_SECRET


def _api_base(env: Mapping[str, str], port: str) -> str | None:
    if base := env.get("STRIPE_API_BASE"):
        return base.rstrip("/")
    if env.get("STRIPE_SECRET_KEY") or not port.isdecimal():
        return None
    return f"http://127.0.0.1:{int(port) + 1}"
