"""Cited figures. Each says whose figure it is, where it can be read, and when to look again.

A story inserts one by key; nobody types a figure into a story. What a source claims is said as a claim.
"""

from datetime import date

from shop.demo.content.shapes import Claim

_CHECKED = date(2026, 11, 22)
_SOON = date(2026, 12, 31)
_IN_A_YEAR = date(2027, 11, 22)

_INTERVIEW_TITLE = (
    "Ashton Kutcher: My Organization Found 6,000 Trafficking Victims Last Year & That's Just The Start (VIDEO), "
    "Fight the New Drug"
)
_INTERVIEW_URL = (
    "https://fightthenewdrug.org/ashton-kutcher-my-organization-has-found-6000-sex-trafficking-victims-this-year/"
)
_INTERVIEW_DATE = date(2017, 5, 9)
_INTERVIEW_NOTE = (
    "Article updated 9 November 2017. Older and self-reported. The article does not date the broadcast; other "
    "pages place it in October 2016, hence 'as reported in 2017'."
)

THORN_PEOPLE = Claim(
    key="thorn-people-identified-2016",
    value="6,000+",
    unit="people who had been trafficked",
    says="Thorn's co-founder said that its tool helped law enforcement identify more than 6,000 trafficked people.",
    place="Not stated",
    period="2016, by the article's account",
    source_title=_INTERVIEW_TITLE,
    source_url=_INTERVIEW_URL,
    source_date=_INTERVIEW_DATE,
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=_SOON,
    claimant="Said by a co-founder of Thorn on The Today Show, as reported in May 2017",
    self_reported=True,
    needs_review=True,
    staff_notes=_INTERVIEW_NOTE,
)

THORN_TRAFFICKERS = Claim(
    key="thorn-traffickers-identified-2016",
    value="2,000",
    unit="people identified as traffickers",
    says="In the same interview he said that the tool helped identify 2,000 traffickers.",
    place="Not stated",
    period="2016, by the article's account",
    source_title=_INTERVIEW_TITLE,
    source_url=_INTERVIEW_URL,
    source_date=_INTERVIEW_DATE,
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=_SOON,
    claimant="Said by a co-founder of Thorn on The Today Show, as reported in May 2017",
    self_reported=True,
    needs_review=True,
    staff_notes=_INTERVIEW_NOTE,
)

THORN_TASK_FORCE = Claim(
    key="thorn-task-force-2017",
    value="20",
    unit="technology companies",
    says=(
        "Thorn's website then listed 20 companies in its technology task force, Facebook, Google, Microsoft, "
        "Yahoo and Adobe among them."
    ),
    place="Not stated",
    period="2017",
    source_title=_INTERVIEW_TITLE,
    source_url=_INTERVIEW_URL,
    source_date=_INTERVIEW_DATE,
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=_SOON,
    claimant="Listed by Thorn, as reported in May 2017",
    self_reported=True,
    needs_review=True,
    staff_notes="A count of its time; say 'then'.",
)

ILO_FORCED_LABOUR = Claim(
    key="ilo-forced-labour-2021",
    value="28 million",
    unit="people in forced labor",
    says="An estimated 28 million people were in forced labor in 2021, in every region of the world.",
    place="World",
    period="2021",
    source_title="Global Estimates of Modern Slavery: Forced Labour and Forced Marriage, ILO, Walk Free and IOM",
    source_url="https://www.ilo.org/global/topics/forced-labour/publications/WCMS_854733/lang--en/index.htm",
    source_date=date(2022, 9, 12),
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=_IN_A_YEAR,
    claimant="Estimated by the ILO, Walk Free and the International Organization for Migration",
    self_reported=False,
    needs_review=False,
    staff_notes="Rounded by the source from 27.6 million. Forced labor and trafficking overlap but are not the same.",
)

HOTLINE_FIRST_YEAR = Claim(
    key="hotline-calls-2008",
    value="479",
    unit="calls a month",
    says="In its first full year the US hotline answered 479 calls a month on average.",
    place="United States",
    period="2008",
    source_title="Answering the Call: 15 Years and Counting, Polaris",
    source_url="https://polarisproject.org/blog/2022/11/answering-the-call-15-years-and-counting",
    source_date=date(2022, 11, 1),
    source_date_precision="month",
    checked_on=_CHECKED,
    next_review=_IN_A_YEAR,
    claimant="Reported by Polaris, which ran the hotline then",
    self_reported=True,
    needs_review=False,
)

HOTLINE_YEARS = Claim(
    key="hotline-years-polaris",
    value="18",
    unit="years",
    says="Polaris ran the US National Human Trafficking Hotline for 18 years before a new operator took over.",
    place="United States",
    period="2007 to 2025",
    source_title="Anti-human trafficking resource group prepares for national hotline changes, Hawaiʻi Public Radio",
    source_url=(
        "https://www.hawaiipublicradio.org/local-news/2025-09-30/"
        "anti-human-trafficking-resource-group-prepares-for-national-hotline-changes"
    ),
    source_date=date(2025, 9, 30),
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=_IN_A_YEAR,
    claimant="Reported by Hawaiʻi Public Radio",
    self_reported=False,
    needs_review=False,
)

TRAFFICKCAM_PHOTOS = Claim(
    key="traffickcam-photos-2022",
    value="About 400,000",
    unit="hotel room pictures sent in by travellers",
    says="By May 2022 travellers had sent in about 400,000 pictures of hotel rooms.",
    place="World",
    period="To May 2022",
    source_title="SLU scientist develops app to combat sex trafficking, FOX 2 St. Louis",
    source_url="https://fox2now.com/news/slu-scientist-develops-app-to-combat-sex-trafficking/",
    source_date=date(2022, 5, 12),
    source_date_precision="day",
    checked_on=_CHECKED,
    next_review=date(2027, 5, 12),
    claimant="Reported by FOX 2 St. Louis from the app's developers",
    self_reported=True,
    needs_review=False,
    staff_notes="Older articles name larger totals that also count pictures taken from travel websites.",
)

CLAIMS = (
    THORN_PEOPLE,
    THORN_TRAFFICKERS,
    THORN_TASK_FORCE,
    ILO_FORCED_LABOUR,
    HOTLINE_FIRST_YEAR,
    HOTLINE_YEARS,
    TRAFFICKCAM_PHOTOS,
)
