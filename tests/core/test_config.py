"""Settings: every problem at once, and nothing weak in production."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shop.core.config import STANDIN_KEY, STANDIN_SECRET, BadSettings, Settings

LIVE = {
    "SHOP_ENV": "production",
    "SECRET_KEY": "x" * 40,
    "DATABASE_URL": "postgres://shop@db/shop",
    "BASE_URL": "https://shop.example.org/",
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_1, whsec_2",
}


def _problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        Settings.from_environ(environ)
    assert all(f"  - {problem}" in str(caught.value) for problem in caught.value.problems)
    return caught.value.problems


def test_a_development_machine_needs_nothing(tmp_path: Path) -> None:
    found = Settings.from_environ({"VAR_DIR": str(tmp_path / "new")})
    assert found.stripe_secret_key == STANDIN_KEY
    assert found.stripe_webhook_secrets == (STANDIN_SECRET,)
    assert found.stripe_api_base == "http://127.0.0.1:5001"
    assert found.database_url == f"sqlite:///{tmp_path}/new/shop.sqlite3"
    assert (found.base_url, found.production, found.secure) == ("http://127.0.0.1:5000", False, False)


def test_a_development_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first, second = (Settings.from_environ({"VAR_DIR": str(tmp_path)}).secret_key for _ in range(2))
    assert first == second
    assert len(first) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_whole_production_starts() -> None:
    found = Settings.from_environ(LIVE)
    assert found.production
    assert found.secure
    assert found.hostname == "shop.example.org"
    assert found.base_url == "https://shop.example.org"
    assert found.database_url == "postgresql+psycopg://shop@db/shop"
    assert found.stripe_webhook_secrets == ("whsec_1", "whsec_2")
    assert found.stripe_api_base is None


def test_an_empty_production_is_told_everything_at_once() -> None:
    told = " ".join(_problems({"SHOP_ENV": "production"}))
    for name in ("SECRET_KEY", "DATABASE_URL", "BASE_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        assert name in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have 32"),
        ({"BASE_URL": "http://shop.example.org"}, "BASE_URL must start with https"),
        ({"STRIPE_SECRET_KEY": STANDIN_KEY}, "the stand-in's"),
        ({"STRIPE_API_BASE": "http://127.0.0.1:5001"}, "STRIPE_API_BASE is for a stand-in"),
        ({"STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    ],
)
def test_production_refuses(change: dict[str, str], told: str) -> None:
    problems = _problems(LIVE | change)
    assert len(problems) == 1
    assert told in problems[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("PORT", value) for value in ("0", "65536", "http", "-1", "5000.0")),
        *(("BASE_URL", value) for value in ("shop.example.org", "ftp://x", "http://x/path", "javascript:alert(1)")),
        *(("DATABASE_URL", value) for value in ("shop.db", "mysql://x", "http://x")),
        *(("STRIPE_SECRET_KEY", value) for value in ("pk_test_1", "whsec_1", "x")),
        *(("STRIPE_WEBHOOK_SECRET", value) for value in ("sk_1", ",", "whsec_1,nonsense")),
        ("STRIPE_API_BASE", "api.stripe.com"),
        ("SMTP_URL", "mail.example.org"),
        ("REDIS_URL", "localhost:6379"),
    ],
)
def test_a_bad_value_is_named(name: str, value: str, tmp_path: Path) -> None:
    problems = _problems({"VAR_DIR": str(tmp_path), name: value})
    assert any(name in problem for problem in problems)


def test_a_folder_that_cannot_be_made_is_a_problem_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (told,) = _problems({"VAR_DIR": str(tmp_path / "file" / "var")})
    assert told.startswith(f"VAR_DIR must be a folder that the store can write to; {tmp_path}/file/var is not (")


def test_a_closed_folder_is_told_with_all_the_rest(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    problems = _problems({"SHOP_ENV": "production", "VAR_DIR": str(tmp_path / "file")})
    assert problems[0].startswith("VAR_DIR")
    assert any(problem.startswith("SECRET_KEY") for problem in problems)


def test_production_keeps_no_key_of_its_own(tmp_path: Path) -> None:
    Settings.from_environ(LIVE | {"VAR_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_eight_that_begin_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        begun = [pool.submit(Settings.from_environ, {"VAR_DIR": str(tmp_path)}) for _ in range(8)]
    keys = {one.result().secret_key for one in begun}
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_settings_never_change() -> None:
    found = Settings.from_environ(LIVE)
    for name in found.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(found, name, None)
