"""Jobs: promises that wait, and those that gave up."""

from __future__ import annotations

from flask import flash, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.reads.jobs import jobs_that_are
from shop.admin.routes import Answer, does, see_other, shows
from shop.core import outbox
from shop.core.again import again
from shop.core.database import transaction
from shop.staff.operations import record
from shop.staff.rules.audit import differences
from shop.staff.rules.permissions import Permission


@shows("/jobs", needs=Permission.SEE_JOBS)
def job_list() -> Answer:
    """Those that gave up first, for they wait for a person."""
    waiting, dead = outbox.waiting_and_dead()
    return page(
        "admin/jobs.html",
        dead=jobs_that_are("dead"),
        waiting=jobs_that_are("waiting"),
        dead_count=dead,
        waiting_count=waiting,
    )


@does("/jobs/<row:job_id>/again", needs=Permission.REVIVE_JOBS)
@again
def try_again(job_id: int) -> Answer:
    """Another round of tries for a job that gave up."""
    if pressed():
        with transaction():
            revived = outbox.revive(job_id)
            if revived:
                changed = differences({"state": "dead"}, {"state": "waiting"})
                record(actor=current().name, action="job.revived", subject=f"job {job_id}", details=changed)
        told = (
            ("It will be tried again now.", "success") if revived else ("It does not wait for you any more.", "warning")
        )
        flash(*told)
    return see_other(url_for("admin.job_list"))
