"""The few types that every module of the stand-in shares."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object as the API answers it; amounts in minor units, times in Unix seconds."""

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
"""A form-encoded value after its brackets are unfolded: every leaf is still text."""

API_VERSION = "2026-10-28.endive"
"""The one API version whose shapes the stand-in knows."""
