"""Papers of parcels and the way to postage tools: slips, labels, addresses out, tracking numbers in."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from msgspec.structs import asdict
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from shop.admin import papers, words
from shop.admin.access import current
from shop.admin.answers import page, pressed, refused
from shop.admin.base_form import StaffForm
from shop.admin.batches import chosen
from shop.admin.papers import Label, Slip, SlipLine
from shop.admin.reads import packing as read
from shop.admin.reads.board import Row
from shop.admin.routes import Answer, asks, see_other, shows
from shop.admin.sheets import csv_answer
from shop.brand.queries import brand
from shop.catalogue.queries import variants_in_cart
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import NotFound, ShopError
from shop.core.sheets import LONGEST_FILE
from shop.journeys.order_words import slip_in_words
from shop.journeys.take_tracking import Told, plan_tracking, take_tracking
from shop.orders.queries import wishes_of
from shop.parcels.operations import set_sender
from shop.parcels.rules import Sender
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.staff.rules.permissions import Permission

SEND = Permission.SEND_ORDERS
COLUMNS = (
    "order_number",
    "name",
    "address1",
    "address2",
    "city",
    "state",
    "postal_code",
    "country",
    "phone",
    "weight_grams",
    "items",
)


class SenderForm(StaffForm):
    """What stands on labels."""

    name = StringField("Name", [InputRequired("Enter who sends it."), Length(max=80)])
    plain_name = StringField(
        "Name on plain parcels", [InputRequired("Enter a name that does not tell what is inside."), Length(max=80)]
    )
    address = TextAreaField("Address", [InputRequired("Enter where parcels come back to."), Length(max=400)])


@shows("/orders/slips.pdf", needs=SEND)
def slips_pdf() -> Answer:
    """Slips of the chosen orders; no prices on any of them."""
    found = _found()
    return _pdf(papers.slips_pdf([_slip(row) for row in found], papers.faces_here()), "packing-slips.pdf")


@shows("/orders/labels.pdf", needs=SEND)
def address_labels() -> Answer:
    """Labels of the chosen orders; plain parcels bear the plain name."""
    found = _found()
    from_us = read.sender()
    return _pdf(papers.labels_pdf([_label(row, from_us) for row in found], papers.faces_here()), "labels.pdf")


@shows("/orders/postage.csv", needs=SEND)
def postage_csv() -> Answer:
    """Addresses and weights of the chosen orders; no mail addresses, no money."""
    found = _found()
    known = variants_in_cart(line.variant_id for row in found for line in row.lines)
    weighs = {variant_id: variant.grams for variant_id, variant in known.items()}
    return csv_answer("postage.csv", COLUMNS, [_postage(row, weighs) for row in found])


@asks("/orders/tracking", needs=SEND)
def tracking_in() -> Answer:
    """Tracking numbers from a postage tool: first what they would do, then do it."""
    if request.method == "GET":
        return page("admin/tracking.html", plan=None, text="", problem="")
    upload = request.files.get("file")
    content = upload.read(LONGEST_FILE + 1) if upload else b""
    text = content or request.form.get("text", "").encode()
    if not pressed():
        return page("admin/tracking.html", plan=None, text=text.decode(errors="replace"), problem="", status=400)
    try:
        plan = plan_tracking(text)
        end_read()
        if request.form.get("confirm"):
            return _taken(take_tracking(plan, actor=current().name))
    except ShopError as problem:
        given = {"plan": None, "text": text.decode(errors="replace"), "problem": problem.message}
        return page("admin/tracking.html", status=problem.kind.value, **given)
    return page("admin/tracking.html", plan=plan, text=text.decode("utf-8-sig"), problem="")


@asks("/orders/sender", needs=Permission.CHANGE_RATES)
@again
def label_sender() -> Answer:
    """What stands on labels, and in its place on plain parcels."""
    now = read.sender()
    form = SenderForm(data={"name": now.name, "plain_name": now.plain_name, "address": now.address})
    if request.method == "GET" or not form.validate_on_submit():
        return page("admin/sender.html", form=form, status=200 if request.method == "GET" else refused(form))
    lines = "\n".join(line.strip() for line in form.address.data.splitlines() if line.strip())
    end_read()
    with transaction():
        chosen = Sender(form.name.data.strip(), form.plain_name.data.strip(), lines)
        set_sender(chosen)
        told = differences(asdict(now), asdict(chosen))
        audit(actor=current().name, action="sender.set", subject="labels", details=told)
    flash("Kept.", "success")
    return see_other(url_for("admin.label_sender"))


def _found() -> list[Row]:
    """The chosen orders; raises NotFound where none of them is still to be sent."""
    found, _ = read.batch(chosen())
    if not found:
        raise NotFound("None of the chosen orders is still to be sent. Choose some on the board first.")
    return found


def _taken(done: list[Told]) -> Answer:
    sent = sum(not one.problem for one in done)
    for one in done:
        if one.problem:
            flash(f"{one.number}: {one.problem}", "danger")
    flash(f"{words.counted(sent, 'parcel')} sent.", "success")
    return see_other(url_for("admin.order_list", list="packed"))


def _slip(row: Row) -> Slip:
    wishes, about = wishes_of(row.order.id), brand()
    message = "\n".join(filter(None, (wishes.recipient, wishes.message))) if wishes.present else ""
    lines = [
        SlipLine(units, line.title, f"{line.colour}, {line.size}", line.sku)
        for line in row.lines
        if (units := row.leaves(line))
    ]
    to = words.address_lines(row.order.ship_to)
    title, closing = slip_in_words(row.order, about.contact_email)
    return Slip(row.order.number, title, closing, about.name, to, lines, message)


def _label(row: Row, from_us: Sender) -> Label:
    name = from_us.plain_name if row.discreet else from_us.name
    return Label(row.order.number, [name, *from_us.address.splitlines()], words.address_lines(row.order.ship_to))


def _postage(row: Row, weighs: dict[int, int]) -> list[object]:
    told = row.order.ship_to or {}
    address = told.get("address") or {}
    parts = (address.get(name) or "" for name in ("line1", "line2", "city", "state", "postal_code"))
    grams = sum(weighs.get(line.variant_id, 0) * row.leaves(line) for line in row.lines)
    items = sum(row.leaves(line) for line in row.lines)
    country = address.get("country") or row.order.country
    return [row.order.number, told.get("name") or "", *parts, country, told.get("phone") or "", grams, items]


def _pdf(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
