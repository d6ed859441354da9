"""Many people doing the same thing at the same moment, each in a thread and a database session of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context
from typing import TypeVar

from flask import Flask

Answer = TypeVar("Answer")


def at_once(app: Flask, people: int, act: Callable[[int], Answer]) -> list[Answer | Exception]:
    """What `act(0)`, `act(1)`, … answered or raised, in that order."""
    gate = threading.Barrier(people)
    answers: list[Answer | Exception] = [TimeoutError("nothing came back")] * people

    def one(number: int) -> None:
        with app.app_context():
            gate.wait(timeout=30)
            try:
                answers[number] = act(number)
            except Exception as error:  # noqa: BLE001  # handed to the test, whatever it is
                answers[number] = error

    threads = [threading.Thread(target=Context().run, args=(one, number)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
