"""Stories that lead to help: campaigns, the claims they cite, helplines, and pages of plain prose.

Words: a *claim* is a figure with its source, date and next review; stories insert it by key and footnotes number
themselves. A *helpline* has a last-checked date. A *body* is Markdown with *directives*, each alone on its line
(`rules/blocks.py` lists them), and is read into *blocks*.
Invariants: a claim has a source that can be opened; a body cites only claims that exist.
"""
