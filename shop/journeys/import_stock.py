"""Numbers of stock out of a file: read by the worker, compared, and applied in one transaction or not at all.

Whoever kills the worker at any moment leaves either all of it or none: the numbers, the movements and the import's own
state are committed together, and the promise is kept again by the next worker, which finds what is left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shop.catalogue.finding import variants_by_code
from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, ShopError
from shop.core.outbox import promise
from shop.imports import operations as imports
from shop.imports.queries import ImportFacts, RowFacts, content_of, one_import, rows_of, tally
from shop.imports.rules import LARGEST_FILE, MOST_ROWS, FileRow, number_of, read_file
from shop.journeys.change_stock import make_change
from shop.journeys.services import Services
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences
from shop.stock.cells import CellsShort, Edit
from shop.stock.changes import Cause
from shop.stock.logbook import one_change
from shop.stock.queries import levels_by_id
from shop.stock.rules import MOST_AT_ONCE, Level

STEP = 2_000  # rows between two reports of how far it is
ALL = MOST_ROWS * 4


@again
def upload_stock(
    content: bytes, *, file_name: str, mode: str, reason: str, expected_rows: int | None, actor: str
) -> int:
    """Keep a file and promise to read it; the import's id. Raises Invalid."""
    if not content or len(content) > LARGEST_FILE:
        raise Invalid("Choose a CSV or XLSX file of 4 MB at most, or paste rows.", field="file")
    said = " ".join(reason.split())[:160]
    if not said:
        raise Invalid("Say why in a few words; whoever asks later will thank you.", field="reason")
    with transaction():
        import_id = imports.upload(
            file_name=file_name, content=content, mode=mode, reason=said, expected_rows=expected_rows, actor=actor
        )
        promise("stock_import_read", key=f"{import_id}", payload={"import": import_id})
        told = {"file": file_name[:200], "mode": mode, "rows expected": expected_rows, "reason": said}
        audit(actor=actor, action="import.uploaded", subject=f"import {import_id}", details=begun(told))
    return import_id


@again
def read_stock_file(payload: Json, _services: Services) -> None:
    """Keep the promise of a dry run. Safe to repeat."""
    import_id = int(payload["import"])
    facts = one_import(import_id)
    content = content_of(import_id)
    end_read()
    if facts.state != "uploaded" or content is None:
        return
    try:
        rows = read_file(content)
    except Invalid as problem:
        with transaction():
            ended: dict[str, Any] = {"message": problem.message, "content": None, "ended_at": clock.now()}
            imports.turn(import_id, "uploaded", "refused", **ended)
        return
    _compare(facts, rows)


@again
def ask_to_apply(import_id: int, *, leave_out: bool, actor: str) -> None:
    """Somebody looked at the dry run and wants it. Raises Conflict, Invalid while rows have problems."""
    facts, found = one_import(import_id), tally(import_id)
    end_read()
    if facts.expected_rows is not None and facts.expected_rows != facts.rows:
        raise Invalid(f"The file has {facts.rows:,} rows, not {facts.expected_rows:,}. Send the whole file again.")
    if found.problems and not leave_out:
        raise Invalid("Some rows have problems. Mend the file, or say that they are to be left out.")
    if not found.differ:
        raise Invalid("Nothing in it differs from what is here.")
    with transaction():
        imports.turn_or_tell(import_id, "ready", "applying", message="")
        promise("stock_import_apply", key=f"{import_id}:{facts.round}", payload={"import": import_id, "actor": actor})
        told = differences({"state": "ready"}, {"state": "applying"}) | {"rows left out": leave_out}
        audit(actor=actor, action="import.applied", subject=f"import {import_id}", details=told)


def apply_stock_import(payload: Json, _services: Services) -> None:
    """Keep that promise: everything in one transaction. Where numbers moved since the dry run, it is made again."""
    import_id, actor = int(payload["import"]), str(payload["actor"])
    facts = one_import(import_id)
    rows, _ = rows_of(import_id, which="differ", size=ALL)
    end_read()
    try:
        _apply(facts, [_edit(row, mode=facts.mode) for row in rows], actor=actor)
    except CellsShort as problem:
        _again(facts, f"{len(problem.cells):,} numbers would leave too few for what is promised. Nothing was applied.")
    except Conflict:
        _again(facts, "Numbers changed after the comparison, so nothing was applied. This is the comparison made anew.")


@again
def drop_import(import_id: int, *, actor: str) -> None:
    """Forget it; nothing of stock changes. Raises Conflict."""
    with transaction():
        imports.turn_or_tell(import_id, "ready", "dropped", ended_at=clock.now(), content=None)
        imports.forget_rows(import_id)
        told = differences({"state": "ready"}, {"state": "dropped"})
        audit(actor=actor, action="import.dropped", subject=f"import {import_id}", details=told)


@again
def _apply(facts: ImportFacts, edits: Sequence[Edit], *, actor: str) -> None:
    with transaction():
        if not imports.turn(facts.id, "applying", "applied", ended_at=clock.now()):
            return
        cause = Cause("imported", f"{facts.reason} ({facts.file_name})"[:200], actor, f"import {facts.id}")
        change_id = make_change(edits, cause)
        if change_id is None or one_change(change_id).cells != len(edits):
            raise Conflict("What was applied is not what was announced.")  # the count check; nothing stays
        imports.turn(facts.id, "applied", "applied", change_id=change_id)


def _edit(row: RowFacts, *, mode: str) -> Edit:
    """What replaces carries what the dry run saw; what adds is added to whatever is there."""
    after, before = row.after or 0, row.before or 0
    if mode == "add":
        return Edit(row.variant_id or 0, row.part, after - before)
    return Edit(row.variant_id or 0, row.part, after, before)


def _again(facts: ImportFacts, told: str) -> None:
    """Another dry run, from the rows as they were read."""
    kept, _ = rows_of(facts.id, which="all", size=ALL)
    end_read()
    by_number: dict[int, FileRow] = {}
    for row in kept:
        before = by_number.get(row.number)
        by_number[row.number] = FileRow(row.number, row.code, {**(before.cells if before else {}), row.part: row.typed})
    _compare(facts, list(by_number.values()), told=told)


def _compare(facts: ImportFacts, rows: Sequence[FileRow], *, told: str = "") -> None:
    """The dry run: a report every `STEP` rows, then all of it at once."""
    compared: list[dict[str, Any]] = []
    seen: set[tuple[int, str]] = set()
    for start in range(0, len(rows), STEP):
        some = rows[start : start + STEP]
        found = variants_by_code(row.code for row in some)
        levels = levels_by_id({variant_id for variant_id, _ in found.values()}, lock=False)
        end_read()
        for row in some:
            compared += _numbers(row, found, levels, seen, mode=facts.mode)
        _note_progress(facts.id, done=start + len(some), rows=len(rows))
    _ready(facts, compared, told)


@again
def _note_progress(import_id: int, *, done: int, rows: int) -> None:
    with transaction():
        imports.note_progress(import_id, done=done, rows=rows)


@again
def _ready(facts: ImportFacts, compared: Sequence[dict[str, Any]], told: str) -> None:
    with transaction():
        before = "uploaded" if facts.state == "uploaded" else "applying"
        if imports.turn(facts.id, before, "ready", content=None, message=told[:400], round=facts.round + 1):
            imports.forget_rows(facts.id)
            imports.keep_rows(facts.id, compared)


def _numbers(
    row: FileRow,
    found: dict[str, tuple[int, int]],
    levels: dict[int, Level],
    seen: set[tuple[int, str]],
    *,
    mode: str,
) -> list[dict[str, Any]]:
    base = {"number": row.number, "code": row.code[:200]}
    variant_id, _ = found.get(row.code.upper(), (0, 0))
    if not variant_id or not row.cells:
        problem = "There is no such SKU or barcode." if not variant_id else "There is no number in this row."
        return [
            base | _number(part or "on_hand", row.cells.get(part, ""), None, None, None, problem)
            for part in row.cells or [""]
        ]
    return [
        base | _judged(row, part, typed, variant_id, levels[variant_id], seen, mode=mode)
        for part, typed in row.cells.items()
    ]


def _judged(
    row: FileRow, part: str, typed: str, variant_id: int, level: Level, seen: set[tuple[int, str]], *, mode: str
) -> dict[str, Any]:
    before = int(getattr(level, part))
    if (variant_id, part) in seen:
        return _number(part, typed, variant_id, before, None, "The file has this SKU more than once.")
    seen.add((variant_id, part))
    try:
        after = number_of(typed, mode=mode, before=before)
    except ShopError as problem:
        return _number(part, typed, variant_id, before, None, problem.message)
    if not 0 <= after <= MOST_AT_ONCE:
        return _number(part, typed, variant_id, before, None, f"It would become {after:,}.")
    return _number(part, typed, variant_id, before, after, "")


def _number(
    part: str, typed: str, variant_id: int | None, before: int | None, after: int | None, problem: str
) -> dict[str, Any]:
    told = {"part": part, "typed": typed[:200], "variant_id": variant_id, "before": before, "after": after}
    return told | {"problem": problem[:200]}
