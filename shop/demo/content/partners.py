"""The three organisations the movement points to, described fairly and from what a reader can check."""

from datetime import date

from shop.demo.content.shapes import Partner, Registration

POLARIS = Partner(
    slug="polaris",
    name="Polaris",
    legal_name="Polaris Project",
    former_names=("Polaris Project",),
    registrations=(
        Registration(register="US IRS (EIN)", number="03-0391561", source_url="https://apps.irs.gov/app/eos/"),
    ),
    place="Washington, D.C., United States",
    what_they_do=(
        "Polaris, named after the North Star, works on sex and labor trafficking in North America: support for "
        "survivors, prevention, and research on how trafficking operates. It started the US National Human "
        "Trafficking Hotline in 2007 and ran it until 2025, when the federal government chose another operator."
    ),
    website="https://polarisproject.org",
    works_on=("Support for survivors", "Prevention", "Research on how trafficking operates"),
    works_in=("North America",),
    links=(
        (
            "How it ran the hotline, in its own words",
            "https://polarisproject.org/blog/2022/11/answering-the-call-15-years-and-counting",
        ),
        (
            "How the hotline passed on in 2025",
            "https://www.hawaiipublicradio.org/local-news/2025-09-30/"
            "anti-human-trafficking-resource-group-prepares-for-national-hotline-changes",
        ),
    ),
    status="active",
    verified_on=date(2026, 11, 22),
    staff_notes=(
        "Checked for the demo against public pages only, not against the register itself: confirm the legal name "
        "and EIN in the IRS search before any real pledge. The hotline passed to Compass Connections in September "
        "2025 (https://www.hawaiipublicradio.org/local-news/2025-09-30/"
        "anti-human-trafficking-resource-group-prepares-for-national-hotline-changes), so never write that "
        "Polaris runs it today."
    ),
)

RESCUE_FREEDOM = Partner(
    slug="rescue-freedom-international",
    name="Rescue: Freedom International",
    legal_name=None,
    former_names=(),
    registrations=(),
    place="Seattle, Washington, United States (as given in 2017)",
    what_they_do=(
        "As described in 2017, Rescue: Freedom supports local partners who care for survivors, with funds, "
        "scholarships, training and buildings. We have not yet confirmed what it does today."
    ),
    website=None,
    works_on=("Funds for local partners", "Scholarships", "Training", "Buildings"),
    works_in=("Eight countries, as given in 2017",),
    links=(),
    status="unverified",
    verified_on=None,
    staff_notes=(
        "To be verified by staff: legal name, registration, website and whether it still operates under this name. "
        "Until then it carries no pledge and no link. The count of eight countries is from 2017."
    ),
)

OUR_RESCUE = Partner(
    slug="our-rescue",
    name="OUR Rescue",
    legal_name="Operation Underground Railroad, Inc.",
    former_names=("Operation Underground Railroad",),
    registrations=(
        Registration(register="US IRS (EIN)", number="46-3614979", source_url="https://apps.irs.gov/app/eos/"),
    ),
    place="Minneapolis, Minnesota, United States",
    what_they_do=(
        "Founded in 2013 in Salt Lake City as Operation Underground Railroad, OUR Rescue works alongside law "
        "enforcement, supports survivors and teaches prevention. It took its present name in 2024 and announced "
        "that October that its headquarters would move to Minneapolis."
    ),
    website="https://ourrescue.org",
    works_on=("Work alongside law enforcement", "Support for survivors", "Prevention"),
    works_in=(),
    links=(),
    status="active",
    verified_on=date(2026, 11, 22),
    staff_notes=(
        "Checked for the demo against public pages only. The EIN is from a copy of its 2015 IRS letter "
        "(https://americancrimejournal.com/acj-investigates/operation-underground-railroad-o-u-r/"
        "o-u-r-financial-archive/o-u-r-irs-determination-letter-2015/); confirm it and the legal name since the "
        "renaming in the IRS search. Its past leadership has been publicly criticised and the board has changed "
        "since (https://southwestvoices.news/posts/our-rescue-loses-potential-contract-with-city-of-minneapolis): "
        "two people should agree before a real pledge is published, and the status is due again within a year."
    ),
)

PARTNERS = (POLARIS, RESCUE_FREEDOM, OUR_RESCUE)
