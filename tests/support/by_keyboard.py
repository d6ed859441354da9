"""Through a page by Tab alone: what is reached, in which order, whether the focus is seen, and where it gets stuck."""

from __future__ import annotations

from playwright.sync_api import Page

SKIP = "skip-link"
STOPS = 8  # at most within one control: a date and a time have one for each of their parts
# Whatever somebody could use now. Of radio buttons with one name Tab reaches one, arrows the others; what arrows reach
# within a grid says tabindex -1.
PREPARE = """past => {
  const wanted = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, '
    + '[tabindex], audio[controls], video[controls], [contenteditable=true]';
  const named = new Set();
  const usable = [...document.querySelectorAll(wanted)].filter(one => {
    if (one.tabIndex < 0 || one.matches(':disabled') || one.closest('[inert]')) return false;
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.closest('dialog:not([open])') || past && !one.closest('main')) return false;
    if (one.type !== 'radio') return true;
    const group = [...document.getElementsByName(one.name)].filter(other => other.form === one.form);
    const chosen = group.find(other => other.checked);
    const key = `${one.name} ${[...document.forms].indexOf(one.form)}`;
    if (chosen ? chosen !== one : named.has(key)) return false;
    named.add(key);
    return true;
  });
  window.byKeyboard = usable;
  if (!past) document.activeElement.blur();
  window.scrollTo(0, 0);
  const positive = usable.filter(one => one.tabIndex > 0).map(one => one.outerHTML.slice(0, 120));
  return [usable.map(one => one.outerHTML.slice(0, 120)), positive];
}"""
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return [-1, true, true, ''];
  const rect = one.getBoundingClientRect(), said = one.outerHTML.slice(0, 120);
  const marked = other => {
    if (!other) return false;
    const style = getComputedStyle(other);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  const label = one.labels && one.labels[0];
  const seen = marked(one) || marked(one.nextElementSibling) || marked(label);
  const box = rect.width > 2 && rect.height > 2 || !label ? rect : label.getBoundingClientRect();
  const points = [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9], [.5, .05], [.5, .95]];
  const bare = points.some(([x, y]) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right <= left || bottom <= top) return false;
    const there = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
    const around = there && there.contains(one) && !there.matches('html, body');
    return there && (one.contains(there) || around || label && label.contains(there));
  });
  return [window.byKeyboard.indexOf(one), seen, bare, said];
}"""


def walked(page: Page, *, past_the_menu: bool = False) -> list[str]:
    """What was wrong on the way by Tab from the top of a page to its end, or from its content on."""
    problems, order = _begun(page) if past_the_menu else [], list[int]()
    controls, positive = page.evaluate(PREPARE, past_the_menu)
    problems += [f"a positive tabindex: {one}" for one in positive]
    for _ in range(len(controls) * STOPS):
        page.keyboard.press("Tab")
        place, seen, bare, said = page.evaluate(LOOK)
        if order and (not said or place == order[0] or SKIP in said):
            break  # round once
        if order[-STOPS:] == [place] * STOPS:
            problems.append(f"stuck at {said}")
            break
        order.append(place)
        problems += [] if place >= 0 else [f"reached, though it is not to be: {said}"]
        problems += [] if seen else [f"nothing shows the focus of {said}"]
        problems += [] if bare else [f"hidden while it has the focus: {said}"]
    known = [place for place in order if place >= 0]
    problems += [f"not reached: {controls[one]}" for one in range(len(controls)) if one not in known]
    problems += [] if known == sorted(known) else ["not in the order of the page"]
    return problems


def _begun(page: Page) -> list[str]:
    """The first control of the page is a link that skips to the content, and Enter follows it."""
    first = page.evaluate(f"document.querySelector('a, button, summary, input').className === '{SKIP}'")
    if page.evaluate("document.activeElement !== document.body"):  # a field that scanners type into has the focus
        page.evaluate(f"document.querySelector('.{SKIP}').focus()")
    else:
        page.keyboard.press("Tab")
    if not first or page.evaluate("document.activeElement.className") != SKIP:
        return ["no link to skip to the content comes first"]
    page.keyboard.press("Enter")
    there = page.evaluate("document.activeElement.id")
    return [] if there == "main" else ["the link to the content does not lead there"]
