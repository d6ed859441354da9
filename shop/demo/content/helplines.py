"""Helplines by country. None of them is an emergency service: in danger, call the local emergency number.

Staff must ring or open each one before its `last_checked` date is renewed.
"""

from datetime import date

from shop.demo.content.shapes import Helpline

_CHECKED = date(2026, 11, 22)

EMERGENCY_SENTENCE = (
    "These lines are not emergency services. If someone is in danger now, call your local emergency number: "
    "911 in the United States and Canada, 999 or 112 in the United Kingdom."
)

US_TRAFFICKING = Helpline(
    key="us-trafficking-hotline",
    country="US",
    country_name="United States",
    name="National Human Trafficking Hotline",
    serves="Anyone who needs help with trafficking, or wants to pass on a concern.",
    phone="1-888-373-7888",
    text="233733",
    tty="711",
    chat_url="https://humantraffickinghotline.org/chat",
    report_url="https://humantraffickinghotline.org",
    hours="24 hours a day, every day",
    languages="By phone: English, Spanish and more than 200 languages through interpreters",
    source_url="https://humantraffickinghotline.org/about-us/what-we-do",
    last_checked=_CHECKED,
)

US_CYBERTIPLINE = Helpline(
    key="us-cybertipline",
    country="US",
    country_name="United States",
    name="NCMEC CyberTipline",
    serves="Concerns about the sexual exploitation of anyone under 18, online or offline.",
    phone="1-800-843-5678",
    text=None,
    tty=None,
    chat_url=None,
    report_url="https://report.cybertip.org",
    hours="See the website for hours; reports can be made online at any time",
    languages=None,
    source_url="https://report.cybertip.org/faqs",
    last_checked=_CHECKED,
)

US_988 = Helpline(
    key="us-988-lifeline",
    country="US",
    country_name="United States",
    name="988 Suicide & Crisis Lifeline",
    serves="Anyone in emotional distress, or worried about someone who is.",
    phone="988",
    text="988",
    tty=None,
    chat_url="https://988lifeline.org",
    report_url=None,
    hours="24 hours a day, every day",
    languages=None,
    source_url="https://988lifeline.org",
    last_checked=_CHECKED,
)

CANADA = Helpline(
    key="ca-trafficking-hotline",
    country="CA",
    country_name="Canada",
    name="Canadian Human Trafficking Hotline",
    serves="People experiencing trafficking, survivors, and anyone with a concern.",
    phone="1-833-900-1010",
    text=None,
    tty=None,
    chat_url=None,
    report_url=None,
    hours="24 hours a day, every day",
    languages="More than 200 languages through interpreters",
    source_url="https://www.canadianhumantraffickinghotline.ca/what-we-do/",
    last_checked=_CHECKED,
)

UNITED_KINGDOM = Helpline(
    key="uk-modern-slavery-helpline",
    country="GB",
    country_name="United Kingdom",
    name="Modern Slavery & Exploitation Helpline",
    serves="People who may be exploited, and anyone with a concern. Run by the charity Unseen.",
    phone="08000 121 700",
    text=None,
    tty=None,
    chat_url=None,
    report_url="https://www.modernslaveryhelpline.org",
    hours="Every day of the year; see the website for hours",
    languages=None,
    source_url="https://www.unseenuk.org/faqs-potential-victims/",
    last_checked=_CHECKED,
)

HELPLINES = (US_TRAFFICKING, US_CYBERTIPLINE, US_988, CANADA, UNITED_KINGDOM)
