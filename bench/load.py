"""Several visitors at once for some seconds; rates, medians and tails."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.wire import Visitor

Step = Callable[[Visitor], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests (or orders) a second, and milliseconds for half and for 95 of 100 of them."""

    rate: float
    p50: float
    p95: float


def median_of(rounds: int, measure: Callable[[], Measured]) -> Measured:
    """The round with the middle rate."""
    return sorted((measure() for _ in range(rounds)), key=lambda one: one.rate)[rounds // 2]


def load(base: str, step: Step, *, visitors: int, seconds: float) -> Measured:
    """Every visitor repeats `step` until the time is over; a step that raises ends the run with its error."""
    times: list[float] = []
    faults: list[BaseException] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_repeat, args=(base, step, until, times, faults), daemon=True) for _ in range(visitors)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return measured(times, seconds=time.perf_counter() - began)


def measured(times: list[float], *, seconds: float) -> Measured:
    """What so many answers within `seconds` amount to."""
    cuts = statistics.quantiles(times, n=100)
    return Measured(len(times) / seconds, cuts[49] * 1_000, cuts[94] * 1_000)


def all_at_once(base: str, step: Step, *, visitors: int) -> list[float]:
    """Everybody does `step` once, at the same moment; how long each took, in seconds."""
    times: list[float] = []
    line = threading.Barrier(visitors)

    def one() -> None:
        with Visitor(base) as visitor:
            line.wait()
            began = time.perf_counter()
            step(visitor)
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=one) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) < visitors:
        raise AssertionError(f"only {len(times)} of {visitors} were answered as they should be")
    return times


def _repeat(base: str, step: Step, until: float, times: list[float], faults: list[BaseException]) -> None:
    try:
        with Visitor(base) as visitor:
            while (began := time.perf_counter()) < until and not faults:
                step(visitor)
                times.append(time.perf_counter() - began)
    except BaseException as error:  # noqa: BLE001  # handed to the thread that waits
        faults.append(error)
