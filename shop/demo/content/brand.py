"""The operator of the demo store. Invented, and it says so."""

from shop.demo.content.shapes import Brand

BRAND = Brand(
    slug="lantern-and-thread",
    name="Lantern & Thread",
    tagline="Wear it. Say it. Stand with people finding their way out.",
    introduction=(
        "Lantern & Thread prints plain, well-made tees that start a conversation about human trafficking, "
        "and shows in open books what each one set aside for the people who do the work."
    ),
    demo_notice=(
        "This is a demonstration. Lantern & Thread is not a real charity or company: it has no registration "
        "number, sends no parcels and takes no money. The partners it names are real organisations; "
        "they have no agreement with this demonstration."
    ),
    currency="USD",
    contact_email="hello@lantern-and-thread.example.org",
    registration=None,
    fund_slug="open-door-fund",
    fund_name="Lantern & Thread Open Door Fund",
    fund_purpose=(
        "The operator's own fund, for its own stated purpose: small grants for the practical first steps after "
        "trafficking, such as a safe night, a bus fare, replacement papers, a work course or a phone. "
        "In this demonstration no money reaches it."
    ),
)
