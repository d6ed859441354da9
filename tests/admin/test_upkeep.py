"""Letters, jobs and checks: what keeps running, seen by those who look after it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import insert, update

from shop.core import clock, outbox
from shop.core.database import transaction
from shop.core.outbox import Job
from shop.mail.models import Letter
from shop.stock.models import StockLevel
from tests.admin.desk import Desk, text_of
from tests.support.audit_log import recent_audit
from tests.support.snapshots import demo_movement


def _letter(number: int, recipient: str) -> None:
    moment = clock.now()
    texts = {"subject": f"Your order {number}", "text": "Thank you.\n<b>not bold</b>", "html": "<p>Thank you.</p>"}
    with transaction() as current:
        current.execute(
            insert(Letter).values(
                kind="order_paid",
                key=str(number),
                recipient=recipient,
                message_id=f"<{number}@shop.test>",
                state="sent",
                written_at=moment,
                sent_at=moment,
                **texts,
            )
        )


def _dead_job() -> int:
    with transaction() as current:
        outbox.promise("letter", key="order_paid:1")
        current.execute(update(Job).values(state="dead", attempts=10, last_error="ConnectionRefusedError()"))
        return int(current.execute(update(Job).values(finished_at=clock.now()).returning(Job.id)).scalar_one())


def test_letters_are_listed_found_and_read(app: Flask) -> None:
    _letter(1, "Robin@example.org")
    _letter(2, "kim@example.org")
    desk = Desk(app)
    page = desk.reads("/admin/letters")
    assert page.find("Your order 2") < page.find("Your order 1")
    found = desk.reads("/admin/letters?q=robin%40example.org")
    assert "Your order 1" in found
    assert "Your order 2" not in found
    letter = desk.get("/admin/letters/1").get_data(as_text=True)
    assert "&lt;b&gt;not bold&lt;/b&gt;" in letter
    assert desk.get("/admin/letters/99").status_code == 404
    as_mail = desk.get("/admin/letters/1/as-mail")
    assert as_mail.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert as_mail.mimetype == "text/html"


def test_a_job_that_gave_up_is_tried_again_once_asked(app: Flask) -> None:
    job_id = _dead_job()
    desk = Desk(app)
    assert "ConnectionRefusedError()" in desk.reads("/admin/jobs")
    assert "1 jobs gave up" in desk.reads("/admin/")
    assert desk.press("/admin/jobs", f"/admin/jobs/{job_id}/again").status_code == 303
    assert outbox.waiting_and_dead() == (1, 0)
    assert "It will be tried again now." in desk.reads("/admin/jobs")
    assert recent_audit(limit=1)[0].action == "job.revived"
    with transaction() as current:
        current.execute(update(Job).values(state="done"))


def test_a_job_is_not_revived_without_the_token_of_the_form(app: Flask) -> None:
    job_id = _dead_job()
    desk = Desk(app)
    desk.client.post(f"/admin/jobs/{job_id}/again")
    assert outbox.waiting_and_dead() == (0, 1)
    assert "press the button again" in desk.reads("/admin/jobs")


def test_checks_say_that_everything_adds_up(app: Flask) -> None:
    page = Desk(app).reads("/admin/checks")
    assert "Everything adds up" in page
    assert "I14 the audit log's hash chain is unbroken" in page


@pytest.mark.breaks_invariants("a stock level, to see that the page tells")
def test_checks_name_what_is_broken(app: Flask) -> None:

    demo_movement()
    with transaction() as current:
        current.execute(update(StockLevel).where(StockLevel.variant_id == 1).values(on_hand=StockLevel.on_hand + 1))
    page = Desk(app).reads("/admin/checks")
    assert "1 broken rule" in page
    assert "variant 1: level" in page


def test_problems_are_told_in_the_frame_of_this_door(app: Flask) -> None:
    answer = Desk(app, "read_only").get("/admin/jobs")
    assert answer.status_code == 403
    assert "Ask an owner if you need it." in text_of(answer)
    assert answer.headers["Cache-Control"] == "no-store"
