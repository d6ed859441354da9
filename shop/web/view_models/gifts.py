"""Forms that ask for a gift, beside goods and by itself."""

from msgspec import Struct

from shop.web.view_models.parts import FieldError, Notice, Page


class GiftChoice(Struct, frozen=True, kw_only=True):
    """`value` is "none", minor units, "own" or "round_up-100"; `label` "$5" or "Round up to $40.00"."""

    value: str
    label: str
    selected: bool = False


class FundChoice(Struct, frozen=True, kw_only=True):
    """`value` is the fund's slug, or "split"; `purpose` may be empty."""

    value: str
    name: str
    purpose: str
    selected: bool = False


class SplitRow(Struct, frozen=True, kw_only=True):
    """One fund's weight; `value` is as typed."""

    field: str
    name: str
    value: str


class Tick(Struct, frozen=True, kw_only=True):
    """A box to tick, never ticked beforehand."""

    name: str
    label: str
    hint: str = ""
    checked: bool = False


class GiftForm(Struct, frozen=True, kw_only=True):
    """A gift. Nothing is selected until the visitor chose. `funds` is empty where there is only one to give to."""

    legend: str
    explanation: str
    choices: tuple[GiftChoice, ...]
    funds: tuple[FundChoice, ...]
    split: tuple[SplitRow, ...]
    ticks: tuple[Tick, ...]
    save_url: str
    currency: str
    own_amount: str = ""
    own_hint: str = ""
    saved: str = ""
    split_open: bool = False


class DonatePage(Page, frozen=True, kw_only=True):
    """`form` is None where no gift can be taken now; `key` belongs to this showing of the form; `often` is what was
    chosen of once and monthly, empty for nothing yet.
    """

    form: GiftForm | None
    often: str
    find_monthly_url: str
    key: str
    campaign: str
    campaign_title: str
    operator: str
    next_steps: tuple[str, ...]
    giving_url: str
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
