"""Taking part: what a campaign asks for, and the pages of somebody's own part in it."""

from dataclasses import dataclass

from shop.web.view_models.parts import FieldError, Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class WithUs:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WithUsPage(Page):
    """The form by itself, with what went wrong; `sent` says that a mail is on its way."""

    block: WithUs
    title: str
    story: Link
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPartPage(Page):
    """The page behind a mailed link. `state` is pending, confirmed, late, invalidated or gone."""

    state: str
    ask: str
    title: str
    story: Link
    confirm_url: str = ""
    withdraw_url: str = ""
