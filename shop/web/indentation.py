"""Templates are indented for people; pages go out without it, which is a seventh of a long story's weight.

It is taken off the templates when they are read, once, so that no answer pays for it. What is put into them is left as
it is: words in a `<pre>` or a `<textarea>` come from values.
"""

from __future__ import annotations

import re

from flask import Flask
from jinja2.ext import Extension

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class WithoutIndentation(Extension):
    """Lines stay where they are, so that errors name the right one."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source without what stands before its lines; only pages, for in plain letters it may mean something."""
        return _INDENTATION.sub("", source) if name is not None and name.endswith(".html") else source


def register(app: Flask) -> None:
    app.jinja_env.add_extension(WithoutIndentation)
