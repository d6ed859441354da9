"""The operator's further funds in the demo: each for a stated purpose of its own, as Stripe asks."""

from shop.demo.content.shapes import Fund

SAFE_NIGHT = Fund(
    slug="safe-night-fund",
    name="Safe Night Fund",
    purpose=(
        "The operator's own fund for the first nights: a safe room, a meal, a taxi to it. "
        "In this demonstration no money reaches it."
    ),
)
WORK_AND_LEARNING = Fund(
    slug="work-and-learning-fund",
    name="Work & Learning Fund",
    purpose=(
        "The operator's own fund for what comes after: a course, tools of a trade, the fare to work. "
        "In this demonstration no money reaches it."
    ),
)
FUNDS = (SAFE_NIGHT, WORK_AND_LEARNING)
