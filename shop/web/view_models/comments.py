"""Comments under a story."""

from msgspec import Struct

from shop.web.view_models.parts import FieldError, Helpline, Link, Page


class ShownComment(Struct, frozen=True, kw_only=True):
    """`text` is plain: it is escaped, and nothing in it is a link."""

    name: str
    date: str
    text: str


class Comments(Struct, frozen=True, kw_only=True):
    """The block under a story. `count` is empty where the number is not shown."""

    comments: tuple[ShownComment, ...]
    write_url: str
    count: str = ""


class CommentPage(Page, frozen=True, kw_only=True):
    """The form. When it was sent, `own_url` is the writer's own page; `helplines` are there for who may need them."""

    story: Link
    form_url: str
    name: str = ""
    text: str = ""
    own_url: str = ""
    helplines: tuple[Helpline, ...] = ()
    errors: tuple[FieldError, ...] = ()


class OwnCommentPage(Page, frozen=True, kw_only=True):
    """One's own comment: waiting, shown, refused or gone."""

    state: str
    text: str
    take_back_url: str
