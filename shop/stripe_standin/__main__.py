"""Run the stand-in: `python -m shop.stripe_standin --port 5001 --webhook-url http://127.0.0.1:5000/stripe/webhook`.

Every option can be given in the environment too: `--webhook-url` is STANDIN_WEBHOOK_URL, and so on.
"""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shop.stripe_standin.server import Server
from shop.stripe_standin.settings import Settings, StandInRefusedError
from shop.stripe_standin.wsgi import create_wsgi

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
TRUE_WORDS = ("1", "true", "yes", "on")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status, 2 when it refuses to run."""
    _hold_back_signals()
    logging.basicConfig(level=logging.INFO, format="stand-in: %(message)s")
    try:
        settings = _settings(arguments, os.environ)
        server = Server((settings.host, settings.port), log_requests=not settings.quiet)
        try:
            application = create_wsgi(replace(settings, port=server.port))
        except BaseException:
            server.server_close()
            raise
    except (StandInRefusedError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    server.app = application
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="standin-server")
    thread.start()
    logging.getLogger(__name__).info("Stripe stand-in on http://%s:%d (no money moves)", settings.host, server.port)
    signal.sigwait(STOP_SIGNALS)
    application.world.stopping.set()
    server.stop()
    thread.join()
    application.stop()
    return 0


def _hold_back_signals() -> None:
    """Let the stop signals wait for `sigwait`: a handler could meet the main thread inside a lock."""
    for number in STOP_SIGNALS:
        # A shell starts background programs with SIGINT ignored, and an ignored signal is never waited for.
        signal.signal(number, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)


def _settings(arguments: Sequence[str] | None, environ: Mapping[str, str]) -> Settings:
    given = vars(_parser(environ).parse_args(arguments))
    given["webhook_url"] = given["webhook_url"] or None
    return Settings(**given)


def _parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shop.stripe_standin", description=sys.modules[__name__].__doc__)
    usual = Settings()

    def option(name: str, help_text: str, kind: type = str) -> None:
        default: Any = environ.get(f"STANDIN_{name.upper()}", getattr(usual, name))
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default, help=help_text)

    def flag(name: str, help_text: str) -> None:
        default = environ.get(f"STANDIN_{name.upper()}", "").lower() in TRUE_WORDS
        parser.add_argument(
            f"--{name.replace('_', '-')}", action=argparse.BooleanOptionalAction, default=default, help=help_text
        )

    option("host", "address to listen on")
    option("port", "port to listen on; 0 takes any free one", int)
    option("database", "the SQLite file that keeps its state")
    option("webhook_url", "where events are sent; empty sends none")
    option("webhook_secret", "what webhooks are signed with (whsec_...)")
    option("public_url", "where browsers reach the payment page, when not at host and port")
    option("api_key", "the one test key to accept, when not any")
    option("delayed_after", "seconds until a delayed payment settles", float)
    option("redirect_wait", "seconds to wait for the webhook before the buyer is sent back", float)
    flag("test_hooks", "offer /_test/ hooks: faults, time, payments without a page")
    flag("quiet", "do not log requests")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
