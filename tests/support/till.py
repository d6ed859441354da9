"""A store's outside in memory: the processor, the post, and the worker that keeps promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage

from shop.core import outbox
from shop.core.database import assert_no_transaction
from shop.journeys.handlers import handlers
from shop.journeys.receive_event import take_in
from shop.journeys.reconcile import Report, reconcile
from shop.journeys.services import Services
from shop.payments.reports import EventReport
from tests.support.processor import Processor


@dataclass
class Postbox:
    """A post that keeps what it was given; `loses` makes the next sends fail, before or after the mail has left."""

    letters: list[EmailMessage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        assert_no_transaction()
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "before":
            raise ConnectionRefusedError("the post is closed")
        self.letters.append(message)
        if fault == "after":
            raise ConnectionResetError("the post took it and did not say so")

    @property
    def subjects(self) -> list[str]:
        """Of everything that was sent, oldest first."""
        return [str(letter["Subject"]) for letter in self.letters]


@dataclass
class Till:
    """A store's outside in memory, and the worker that keeps its promises."""

    processor: Processor = field(default_factory=Processor)
    post: Postbox = field(default_factory=Postbox)

    @property
    def services(self) -> Services:
        return Services(self.processor, self.post, "http://shop.test", "hello@shop.test")

    def hears(self, *events: EventReport) -> int:
        """Webhooks: these events, or all the news there is; returns how many were new."""
        return sum(take_in(event) for event in events or self.processor.told())

    def works(self) -> int:
        """Keep every promise that is due."""
        return outbox.drain(handlers(self.services))

    def catches_up(self) -> None:
        """Hear all the news and keep all promises, those that follow from them too."""
        self.hears()
        self.works()

    def sweeps(self) -> Report:
        """Ask about everything unfinished, then keep what was promised."""
        report = reconcile(self.services)
        self.works()
        return report
