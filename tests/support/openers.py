"""What opens by a press, by keyboard alone: it opens, the focus gets inside, Escape closes it and brings it back."""

from __future__ import annotations

from playwright.sync_api import Page

# One of each kind on a page: disclosures that look and say the same are made by the same piece.
FIND = """() => {
  const kinds = new Set();
  document.querySelectorAll('details[open]').forEach(one => { one.open = false });
  window.openers = [...document.querySelectorAll('main details > summary')].filter(one => {
    const kind = `${one.parentElement.className} ${one.firstChild.textContent.trim()}`;
    if (kinds.has(kind) || !one.checkVisibility({ visibilityProperty: true })) return false;
    kinds.add(kind);
    return true;
  });
  return window.openers.map(one => one.innerText.trim().slice(0, 60));
}"""
STATE = """number => {
  const opener = window.openers[number], about = opener.parentElement, active = document.activeElement;
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const usable = [...about.querySelectorAll(wanted)].filter(one => one !== opener && one.checkVisibility());
  return [about.open, active === opener, about.contains(active), usable.length > 0];
}"""
SEARCH = """() => {
  const dialog = document.querySelector('[data-search]');
  return [dialog.open, dialog.contains(document.activeElement), document.activeElement.className];
}"""


def opened(page: Page) -> list[str]:
    """What was wrong with the disclosures of a page."""
    problems: list[str] = []
    for number, said in enumerate(page.evaluate(FIND)):
        page.evaluate("number => window.openers[number].focus()", number)
        page.keyboard.press("Enter")
        is_open, _back, _inside, usable = page.evaluate(STATE, number)
        problems += [] if is_open else [f"Enter does not open: {said}"]
        if usable:
            page.keyboard.press("Tab")
            problems += [] if page.evaluate(STATE, number)[2] else [f"Tab does not lead into: {said}"]
        page.keyboard.press("Escape")
        is_open, back, _inside, _usable = page.evaluate(STATE, number)
        problems += [f"Escape does not close: {said}"] if is_open else []
        problems += [] if back else [f"the focus does not come back to: {said}"]
    return problems


def searched(page: Page) -> list[str]:
    """What was wrong with the search over every page, which is left open with something found."""
    page.locator(".desk__search").focus()
    page.keyboard.press("Control+k")
    is_open, inside, _where = page.evaluate(SEARCH)
    problems = [] if is_open and inside else ["Ctrl K does not open the search, or leaves the focus outside"]
    page.keyboard.type("tee")
    page.keyboard.press("Escape")
    is_open, _inside, where = page.evaluate(SEARCH)
    problems += ["Escape does not close the search"] if is_open else []
    problems += [] if where == "desk__search" else [f"the focus does not come back from the search, but to {where}"]
    page.keyboard.press("Control+k")
    page.keyboard.type("tee")
    page.locator("[data-results] a").first.wait_for()
    return problems
