"""What every form of staff is: Flask-WTF's, with a token that says it was pressed on one of our pages."""

from __future__ import annotations

from flask_wtf import FlaskForm


class StaffForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Checked with `validate_on_submit`; `refused` in `answers` says what comes of one that was not taken."""
