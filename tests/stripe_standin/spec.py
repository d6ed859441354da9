"""Hold requests and answers against Stripe's published description, where its subset is at hand.

The file is data beside the project, not part of it; whoever lacks it skips these checks.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "stripe" / "spec-subset.json"
GONE = {("POST", "/v1/checkout/sessions"): {"payment_method_types"}}
"""Parameters that the file still has from an older base, and that version 2026-10-28.endive removed."""

Schema = dict[str, Any]


@cache
def _file() -> Any:
    return json.loads(FILE.read_text())


class Spec:
    """Stripe's description: which problems a request or an answer has, in words; none when it conforms."""

    def answer_problems(self, method: str, path: str, body: Any) -> list[str]:
        """What an answer of 200 to this request breaks."""
        return self._problems(self.operation(method, path)["x-returns"], body, "answer")

    def object_problems(self, body: dict[str, Any]) -> list[str]:
        """What one object breaks, its kind being in `object`."""
        return self._problems(_file()["components"]["schemas"][body["object"]], body, body["object"])

    def request_problems(self, method: str, path: str, params: dict[str, Any]) -> list[str]:
        """What a request's form, unfolded and still all text, breaks."""
        gone = sorted(params.keys() & GONE.get((method, path), set()))
        schema = self.operation(method, path)["x-params"]
        return [f"{name}: removed in this version" for name in gone] + self._asked(schema, params, "")

    def event_types(self) -> set[str]:
        """Every type of event that Stripe sends."""
        return set(_file()["x-event-types"])

    def operation(self, method: str, path: str) -> Any:
        """What the description says of one operation; raises LookupError when it says nothing."""
        for known, operations in _file()["paths"].items():
            pattern = re.sub(r"\{[^}]+\}", "[^/]+", known)
            if re.fullmatch(pattern, path) and method.lower() in operations:
                return operations[method.lower()]
        raise LookupError(f"{method} {path} is not in the description")

    def _problems(self, schema: Schema, value: Any, at: str) -> list[str]:
        if "$ref" in schema:
            schema = _file()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        if value is None:
            return [] if schema.get("nullable") else [f"{at}: must not be null"]
        if "anyOf" in schema:
            tries = [self._problems(option, value, at) for option in schema["anyOf"]]
            return min(tries, key=len)
        return self._of_type(schema, value, at)

    def _of_type(self, schema: Schema, value: Any, at: str) -> list[str]:
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            return self._object(schema, value, at) if isinstance(value, dict) else [f"{at}: not an object"]
        if kind == "array":
            if not isinstance(value, list):
                return [f"{at}: not a list"]
            return [p for n, below in enumerate(value) for p in self._problems(schema["items"], below, f"{at}[{n}]")]
        python: Any = {"string": str, "integer": int, "boolean": bool, "number": (int, float)}.get(kind or "")
        if python and (not isinstance(value, python) or (isinstance(value, bool) and kind != "boolean")):
            return [f"{at}: {value!r} is not {kind}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{at}: {value!r} is none of {schema['enum']}"]
        if "maxLength" in schema and len(value) > schema["maxLength"]:
            return [f"{at}: too long"]
        if "pattern" in schema and not re.search(schema["pattern"], value):
            return [f"{at}: {value!r} does not match {schema['pattern']}"]
        return []

    def _object(self, schema: Schema, value: dict[str, Any], at: str) -> list[str]:
        found = [f"{at}.{name}: missing" for name in schema.get("required", []) if name not in value]
        known, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for name, below in value.items():
            if name in known:
                found += self._problems(known[name], below, f"{at}.{name}")
            elif isinstance(rest, dict):
                found += self._problems(rest, below, f"{at}.{name}")
            elif known and not rest:
                found.append(f"{at}.{name}: unknown")
        return found

    def _asked(self, schema: Schema, value: Any, at: str) -> list[str]:
        if "anyOf" in schema:
            return min((self._asked(option, value, at) for option in schema["anyOf"]), key=len)
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            return self._asked_object(schema, value, at)
        if kind == "array":
            if not isinstance(value, list):
                return [f"{at}: not a list"]
            return [p for n, below in enumerate(value) for p in self._asked(schema["items"], below, f"{at}[{n}]")]
        return self._asked_text(schema, value, at)

    def _asked_object(self, schema: Schema, value: Any, at: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{at}: not a group"]
        known, rest = schema.get("properties", {}), schema.get("additionalProperties")
        found = [f"{at}[{name}]: missing" for name in schema.get("required", []) if name not in value]
        for name, below in value.items():
            inner = known.get(name, rest)
            found += self._asked(inner, below, f"{at}[{name}]") if inner else [f"{at}[{name}]: unknown"]
        return found

    def _asked_text(self, schema: Schema, value: Any, at: str) -> list[str]:
        if not isinstance(value, str):
            return [f"{at}: not a single value"]
        patterns = {"integer": r"-?\d+", "boolean": "true|false", "number": r"-?\d+(\.\d+)?"}
        if not re.fullmatch(patterns.get(schema.get("type", ""), r"[\s\S]*"), value):
            return [f"{at}: {value!r} is not {schema['type']}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{at}: {value!r} is not among the known words"]
        return [f"{at}: too long"] if len(value) > schema.get("maxLength", len(value)) else []
