"""Comments under a story."""

from dataclasses import dataclass

from shop.web.view_models.parts import FieldError, Helpline, Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """`text` is plain: it is escaped, and nothing in it is a link."""

    name: str
    date: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The block under a story. `count` is empty where the number is not shown."""

    comments: tuple[ShownComment, ...]
    write_url: str
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage(Page):
    """The form. When it was sent, `own_url` is the writer's own page; `helplines` are there for who may need them."""

    story: Link
    form_url: str
    name: str = ""
    text: str = ""
    own_url: str = ""
    helplines: tuple[Helpline, ...] = ()
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCommentPage(Page):
    """One's own comment: waiting, shown, refused or gone."""

    state: str
    text: str
    take_back_url: str
