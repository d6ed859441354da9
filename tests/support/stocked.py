"""A store in the middle of its life: something of everything that a page can show, by journeys and operations alone.

`Stocked(app)` begins with the demo; `lives()` adds one of each sale, gift, return, delivery, count, file, story and
colleague, and may be called again for as many more.
"""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from msgspec.structs import replace
from PIL import Image
from sqlalchemy import select, update

from shop.campaigns.rules.views import VideoView
from shop.cart.rules import GiftChoice
from shop.catalogue.models import Variant
from shop.catalogue.queries import all_variants
from shop.core import clock, codes
from shop.core.database import end_read, session, transaction
from shop.core.money import Money
from shop.discounts.operations.offers import add_batch
from shop.journeys.ask_difference import ask_difference
from shop.journeys.ask_return import Statement, ask_return, withdraw
from shop.journeys.change_stock import change_stock_cells
from shop.journeys.cite_sources import enter_video
from shop.journeys.count_shelf import begin_count, post_count, scan
from shop.journeys.decide_return import answer_return, tell_of_delay
from shop.journeys.fulfil_order import fulfil_order, pack_order, send_parcel
from shop.journeys.import_stock import ask_to_apply, upload_stock
from shop.journeys.keep_artworks import add_artwork
from shop.journeys.keep_news import ask_for_news
from shop.journeys.keep_orders import add_note, hold_order
from shop.journeys.keep_photographs import bring_photograph
from shop.journeys.keep_restock import ask_for_restock
from shop.journeys.keep_stock import receive_stock
from shop.journeys.moderate_comments import decide_comment, set_board, write_comment
from shop.journeys.pay_partner import pay_partner
from shop.journeys.receive_delivery import order_delivery, receive_delivery
from shop.journeys.refund_order import give_part_back, refund_order
from shop.journeys.refund_plan import Wish
from shop.journeys.settle_charge import take_warning
from shop.journeys.settle_payment import settle_payment
from shop.journeys.share_story import send_to_friend
from shop.journeys.start_gift import NewGift, start_gift
from shop.journeys.start_monthly import start_monthly
from shop.journeys.stripe_account import keep_account
from shop.journeys.take_part import sign_appeal
from shop.journeys.watch_stock import set_stock_thresholds, watch_stock
from shop.journeys.write_story import preview_story
from shop.media.photos.rules import About
from shop.media.photos.shelf import PhotoShelf
from shop.news.operations import draft_issue
from shop.orders.differences import differences_of
from shop.orders.queries import lines_of, order
from shop.payments.queries import payment_of
from shop.payouts.operations import keep_document
from shop.purchasing.operations import Arrival, Wanted
from shop.staff.operations import invitations
from shop.stock.cells import Edit
from shop.stock.watching import Threshold
from tests.support.factories import Shopper, add_offer
from tests.support.partners import a_payout
from tests.support.pictures import photograph
from tests.support.snapshots import demo_movement
from tests.support.till import Till

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
STORY = "look-closer"
PREORDERED = "LT-CTT-CLY-XL"  # which the demo has none of, and sells before it comes
FILM = VideoView(
    key="",
    title="An interview",
    provider="youtube",
    source="abcdefghijk",
    publisher="A broadcaster",
    length="4 min",
    transcript="Ada asks what one can do. Bo says: **look closer**, and call.",
    artwork=STORY,
)


class Stocked:
    """What there is, by the names that addresses give it; filled by each of `lives`."""

    def __init__(self, app: Flask) -> None:
        self.app, self.till, self.number = app, Till(), 0
        demo_movement()
        self.made: dict[str, Any] = {}
        variants = [one for one in all_variants() if one.buyable]
        self.tees, self.product_id = variants[:3], variants[0].product_id
        end_read()
        for one in variants[:3]:
            receive_stock(variant_id=one.id, quantity=400, reason="First delivery", actor="Ada")

    def lives(self) -> None:
        """A day in which everything happens once."""
        self.number += 1
        for part in (self._sells, self._difficult, self._gives, self._moves_stock):
            part()
        for part in (self._writes, self._shows, self._hires):
            part()
        self.till.sweeps()
        self.till.catches_up()
        watch_stock()

    def _buys(self, units: int = 1, gift: int = 300, note: str = "") -> Shopper:
        shopper = Shopper(self.till).puts(self.tees[0].sku, units).puts(self.tees[1].sku).gives(gift)
        shopper.checks_out(note=note).pays(email=f"buyer{self.number}@example.org").comes_back()
        self.made["order_id"], self.made["order_token"] = shopper.order_id, shopper.order.token
        return shopper

    def _sells(self) -> None:
        """Waiting, pre-ordered, paid, half packed, packed, half sent, sent, on hold, asked about, with a note, late."""
        Shopper(self.till).puts(self.tees[2].sku).checks_out()
        Shopper(self.till).buys(PREORDERED)
        half, packed, sent, held = self._buys(2), self._buys(), self._buys(), self._buys()
        first = lines_of(half.order_id)[0].id
        end_read()
        parcel = pack_order(order_id=half.order_id, actor="Kim", units={first: 1})
        send_parcel(parcel_id=parcel, actor="Kim", carrier="usps", tracking="9400 1000 0000 0000 0000 00")
        pack_order(order_id=packed.order_id, actor="Kim")
        fulfil_order(order_id=sent.order_id, actor="Kim", carrier="usps", tracking="9400")
        hold_order(order_id=held.order_id, kind="address", reason="The street is missing.", actor="Kim")
        add_note(order_id=held.order_id, text="Wrote to them.", actor="Kim")
        late = self._buys(note="A question: does it shrink?")
        leaves = clock.now().date() + timedelta(days=9)
        tell_of_delay(order_id=late.order_id, leaves_by=leaves, reason="The cloth is late.", actor="Kim")
        self.sent, self.paid = sent, late

    def _difficult(self) -> None:
        """Given back in part and whole, disputed, warned of, asked to come back, withdrawn, another size asked for."""
        part, whole, disputed, warned = (self._buys() for _ in range(4))
        line = lines_of(part.order_id)[0].id
        end_read()
        wish = Wish(units={line: 1})
        give_part_back(order_id=part.order_id, wish=wish, key=codes.new_id(), reason="Asked", actor="Kim")
        refund_order(order_id=whole.order_id, reason="Asked", actor="Kim")
        self.till.processor.is_disputed(disputed.session_id, 1_000)
        charge = payment_of(warned.order_id)
        end_read()
        assert charge is not None
        assert charge.charge_id
        take_warning(
            warning_id=f"issfr_{self.number}",
            charge_id=charge.charge_id,
            kind="misc",
            warned_at=clock.now(),
            services=self.till.services,
        )
        for units in (1, 0):
            back = self._buys()
            fulfil_order(order_id=back.order_id, actor="Kim")
            line = lines_of(back.order_id)[0].id
            end_read()
            told = ask_return(back.order.token, units={line: 1}, reasons={line: "too_small"}, words="Too small.")
            if units:
                answer_return(return_id=told, approve=True, answer="Send it to us.", actor="Kim")
        number = self._buys().order.number
        stated = Statement(name="Robin", number=number, email="robin@example.org", everything=True, words="")
        withdraw(stated, address=f"203.0.{self.number}.7")
        self._asks_for_more(self._buys())

    def _asks_for_more(self, sale: Shopper) -> None:
        line = lines_of(sale.order_id)[0]
        others = [one for one in all_variants() if one.product_id == self.product_id and one.buyable]
        dearer = next(one for one in reversed(others) if one.id != line.variant_id and one.sku != line.sku)
        end_read()
        with transaction():
            dear = update(Variant).where(Variant.id == dearer.id).values(price_minor=dearer.price.minor + 700)
            session().execute(dear)
        ask_difference(
            order_id=sale.order_id,
            line_id=line.id,
            variant_id=dearer.id,
            seen=line.variant_id,
            may_ask=True,
            actor="Kim",
            services=self.till.services,
        )
        self.made["line_id"], self.made["swapped"] = line.id, sale.order_id
        (asked,) = differences_of(sale.order_id)
        end_read()
        self.made["difference"] = order(asked.order_id or "").number
        end_read()

    def _gives(self) -> None:
        """Once and every month, paid on to the partner with a proof, the account at Stripe with a move unexplained."""
        once = start_gift(NewGift(codes.new_token(), GiftChoice("own", 1_500)), services=self.till.services)
        page = self.till.processor.page_of(once.order_id).id
        self.till.processor.pays(page)
        settle_payment(page, self.till.services)
        for _each in range(2):
            form = NewGift(codes.new_token(), GiftChoice("own", 1_000))
            session_id = start_monthly(form, services=self.till.services).rpartition("/")[2]
            monthly = self.till.processor.begins(session_id)
            self.till.catches_up()
        self.till.processor.month_passes(monthly.id)
        self.till.catches_up()
        with transaction():
            document = keep_document(PDF + str(self.number).encode(), actor="Olu")
        self.made["sha256"] = document
        pay_partner(a_payout(100 * self.number, document=document, contact="desk@example.org"))
        self.till.processor.account.move("adjustment", Money(-250, "USD"), source="")
        self.till.processor.account.pays_out()
        keep_account(self.till.services)

    def _moves_stock(self) -> None:
        """Deliveries short and expected, counts begun and posted, a file read and one applied, a damage, an alert."""
        tees, product = self.tees, self.product_id
        wanted = [Wanted(one.id, one.product_id, 12) for one in tees]
        for close in (False, True):
            bought = order_delivery(
                supplier="Cotton Mill",
                reference=f"PO {self.number}",
                expected_on=date(2026, 12, 3),
                wanted=wanted,
                actor="Ada",
            )
            receive_delivery(
                bought, [Arrival(tees[0].id, tees[0].product_id, 9, 1, 0)], note="Short", close=close, actor="Kim"
            )
        self.made["purchase_id"] = bought
        for name in ("Shelf 3", "Shelf 4"):
            take = begin_count(name=name, actor="Ada")
            for one in tees:
                scan(take, code=one.sku, units=30)
            if name == "Shelf 3":
                post_count(take, none_of=[], actor="Ada")
        self.made["take_id"] = take
        change_stock_cells([Edit(tees[1].id, "damaged", 1)], reason="Water", actor="Kim")
        set_stock_thresholds(product, {tees[0].id: Threshold(500)}, actor="Ada")
        for apply in (True, False):
            file = "".join(["SKU,On hand\n", *(f"{one.sku},{40 + self.number}\n" for one in tees), "NONE,4\n"])
            kept = upload_stock(
                file.encode(), file_name="count.csv", mode="set", reason="Yearly", expected_rows=None, actor="Ada"
            )
            self.till.works()
            if apply:
                ask_to_apply(kept, leave_out=True, actor="Ada")
                self.till.works()
        self.made["import_id"] = kept

    def _writes(self) -> None:
        """Comments, signatures, news, a preview, discounts; and letters to people who asked for them."""
        who, home = f"reader{self.number}@example.org", f"203.{self.number}.113.7"
        campaign = self._id("campaigns")
        set_board(campaign_id=campaign, open=True, counted=False, actor="Ada")
        for shown in (True, False):
            token, _heavy = write_comment(
                STORY, name="Robin", text="I look closer now.", address=home, services=self.till.services
            )
            self.made["comment_token"] = token
            if shown:
                decide_comment(self._newest("comments"), state="shown", actor="Ada")
        sign_appeal(STORY, email=who, address=home)
        send_to_friend(STORY, email=f"friend{self.number}@example.org", note="", address=home)
        ask_for_news(email=who, address=home)
        with transaction():
            self.made["issue_id"] = draft_issue(subject="Spring", text="Hello.", language="en")
        self.made["preview_token"] = preview_story(campaign, actor="Ada")
        self.made["discount_id"] = add_offer(code=f"SPRING{self.number}")
        with transaction():
            add_batch(self.made["discount_id"], batch=f"Fair {self.number}", number=5, prefix=f"F{self.number}")
        gone = self.tees[2]
        ask_for_restock(variant_id=gone.id, email=who, address=home)

    def _hires(self) -> None:
        with transaction():
            who = f"new{self.number}@example.org"
            self.made["invited_token"] = invitations.invite(email=who, role="manager", by="Ada")

    def _shows(self) -> None:
        """A photograph, a print of one's own, a film that is elsewhere."""
        var = self.app.extensions["settings"].var
        bring_photograph(
            PhotoShelf(var),
            photograph(480 + self.number, 400),
            About("Two people fold tees"),
            others={},
            product_id=self.product_id,
            actor="Ada",
        )
        out = BytesIO()
        Image.new("RGB", (600, 500 + self.number), "#c83719").save(out, "PNG")
        said = {"title": "A square", "description": "a square", "credit": "Robin Vale"}
        add_artwork(var / "uploads", out.getvalue(), **said, actor="Ada")
        enter_video(replace(FILM, key=f"film-{self.number}"), actor="Ada")

    def _id(self, table: str) -> int:
        return int(self._newest(table, oldest=True))

    def _newest(self, table: str, *, oldest: bool = False) -> Any:
        from shop.core.database import db

        column = db.metadata.tables[table].c.id
        found = session().execute(select(column).order_by(column if oldest else column.desc()).limit(1)).scalar_one()
        end_read()
        return found
