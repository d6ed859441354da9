"""Taking part: what a campaign asks for, and the pages of somebody's own part in it."""

from msgspec import Struct

from shop.web.view_models.parts import FieldError, Helpline, Link, Page, Picture


class WithUs(Struct, frozen=True, kw_only=True):
    """The block of an appeal. `count` and `pending` are sentences; `share` is confirmed of `goal`, both numbers.

    `form_url` is empty where an appeal is closed.
    """

    ask: str
    count: str
    pending: str
    form_url: str
    confirmed: int = 0
    goal: int = 0
    goal_words: str = ""


class WithUsPage(Page, frozen=True, kw_only=True):
    """The form by itself, with what went wrong; `sent` says that a mail is on its way."""

    block: WithUs
    title: str
    story: Link
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


class OwnPartPage(Page, frozen=True, kw_only=True):
    """The page behind a mailed link. `state` is pending, confirmed, late, invalidated or gone."""

    state: str
    ask: str
    title: str
    story: Link
    confirm_url: str = ""
    withdraw_url: str = ""


class FriendPage(Page, frozen=True, kw_only=True):
    """*Send this to a friend*."""

    story: Link
    form_url: str
    email: str = ""
    note: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


class NeutralPage(Page, frozen=True, kw_only=True):
    """The page behind a link that tells nothing; `title` stands only on the page itself."""

    story_url: str
    title: str
    sensitive: bool


class StopPage(Page, frozen=True, kw_only=True):
    """*Never mail me again*, and that it is `done`."""

    form_url: str
    done: bool


class NewsPage(Page, frozen=True, kw_only=True):
    """The form for news; `wording` is what people consent to."""

    form_url: str
    wording: str
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


class OwnNewsPage(Page, frozen=True, kw_only=True):
    """One's own subscription. `state` is pending, confirmed or ended; `languages` are (code, name, chosen)."""

    state: str
    email: str
    languages: tuple[tuple[str, str, bool], ...]
    confirm_url: str = ""
    language_url: str = ""
    end_url: str = ""
    saved: bool = False


class RestockPage(Page, frozen=True, kw_only=True):
    """Asking to be told when it is back. `choices` are (value, name, chosen) of what is sold out, maybe nothing."""

    name: str
    product: Link
    picture: Picture | None
    form_url: str
    choices: tuple[tuple[str, str, bool], ...]
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


class OwnRestockPage(Page, frozen=True, kw_only=True):
    """The page behind a mailed link. `state` is that of the request, or late; `tee` names it, `until` a moment."""

    state: str
    tee: str
    product: Link
    picture: Picture | None
    until: str = ""
    confirm_url: str = ""
    cart_url: str = ""
    end_url: str = ""


class ContactPage(Page, frozen=True, kw_only=True):
    """The form to write to staff; `address` is where mail reaches them too."""

    form_url: str
    address: str
    longest: int
    email: str = ""
    message: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()
    helplines: tuple[Helpline, ...] = ()
