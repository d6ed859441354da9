"""News by mail: asking for it, the page behind the mailed link, and the end of it by one press."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request

from shop.core.errors import ShopError
from shop.core.languages import _
from shop.frame.queries import locales
from shop.journeys.keep_news import WORDING, ask_for_news, choose_news_language, confirm_news, end_news
from shop.news.queries import subscription_with_token
from shop.web.forms import NewsForm
from shop.web.languages import addressed
from shop.web.present import addresses
from shop.web.public import meta, unshared
from shop.web.view_models.parts import FieldError, Meta
from shop.web.view_models.taking import NewsPage, OwnNewsPage

blueprint = Blueprint("news", __name__)


@blueprint.get(addresses.NEWS)
def ask() -> Response:
    """The form."""
    return _form()


@blueprint.post(addresses.NEWS)
def subscribe() -> Response:
    """The same answer whether or not the address has asked before."""
    form = NewsForm()
    email = form.email.data or ""
    if form.caught:
        return _form(sent=True)
    errors = () if form.validate() else form.first_errors()
    if errors:
        return _form(email=email, errors=errors, status=422)
    try:
        ask_for_news(email=email, address=request.remote_addr)
    except ShopError as error:
        return _form(email=email, errors=(FieldError(field="email", message=error.message),), status=error.kind.value)
    return _form(sent=True)


@blueprint.get("/news/<token>")
def own(token: str) -> Response:
    """One's own subscription."""
    return _own(token)


@blueprint.post("/news/<token>")
def confirm(token: str) -> Response:
    """Pressed by a person."""
    confirm_news(token)
    return _own(token)


@blueprint.post("/news/<token>/language")
def language(token: str) -> Response:
    """News in another language."""
    subscription_with_token(token)
    choose_news_language(token, request.form.get("language", ""))
    return _own(token, saved=True)


@blueprint.get("/news/<token>/end")
def ending(token: str) -> Response:
    """Where the header of a mail leads whoever opens it in a browser."""
    return unshared_redirect(addressed(f"/news/{token}"))


@blueprint.post("/news/<token>/end")
def end(token: str) -> Response:
    """By the button on the page, or by a mail program's own (RFC 8058): at once, without a question."""
    one_click = request.form.get("List-Unsubscribe") == "One-Click"
    end_news(token, origin="one click" if one_click else "own page")
    page = OwnNewsPage(meta=_meta(token), state="ended", email="", languages=())
    return unshared(render_template("news/own.html", page=page))


def unshared_redirect(url: str) -> Response:
    """To one's own page; kept nowhere."""
    answer = Response(redirect(url, 303).data, 303, {"Location": url})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(*, email: str = "", sent: bool = False, errors: tuple[FieldError, ...] = (), status: int = 200) -> Response:
    page = NewsPage(
        meta=meta(_("News by mail"), addresses.NEWS),
        form_url=addresses.NEWS,
        wording=str(WORDING),
        email=email,
        sent=sent,
        errors=errors,
    )
    return unshared(render_template("news/ask.html", page=page), status)


def _own(token: str, *, saved: bool = False) -> Response:
    found = subscription_with_token(token)
    page = OwnNewsPage(
        meta=_meta(token),
        state=found.state,
        email=found.email,
        confirm_url=f"/news/{token}" if found.state == "pending" else "",
        language_url=f"/news/{token}/language",
        end_url=f"/news/{token}/end",
        languages=tuple((one.code, one.name, one.code == found.language) for one in locales().offered),
        saved=saved,
    )
    return unshared(render_template("news/own.html", page=page))


def _meta(token: str) -> Meta:
    return meta(_("Your news by mail"), f"/news/{token}", indexed=False)
