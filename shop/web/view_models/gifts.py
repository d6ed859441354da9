"""Forms that ask for a gift, beside goods and by itself."""

from dataclasses import dataclass

from shop.web.view_models.parts import FieldError, Notice, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftChoice:
    """`value` is "none", minor units, "own" or "round_up-100"; `label` "$5" or "Round up to $40.00"."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FundChoice:
    """`value` is the fund's slug, or "split"; `purpose` may be empty."""

    value: str
    name: str
    purpose: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRow:
    """One fund's weight; `value` is as typed."""

    field: str
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A box to tick, never ticked beforehand."""

    name: str
    label: str
    hint: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftForm:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DonatePage(Page):
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
