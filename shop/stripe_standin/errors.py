"""Refusals in Stripe's shape: HTTP status, type, code, param and a sentence."""

from shop.stripe_standin.shapes import Json


class ApiError(Exception):
    """One refusal. Match on `status`, `code` and `param`; `message` is prose for people."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param

    def body(self) -> Json:
        """The answer's JSON: `{"error": {...}}`, leaving out what is not known, as Stripe does."""
        error: Json = {"message": self.message, "type": self.kind}
        if self.code is not None:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param is not None:
            error["param"] = self.param
        return {"error": error}


def unknown_parameter(at: str) -> ApiError:
    """A parameter that the endpoint does not have in this API version."""
    return ApiError(f"Received unknown parameter: {at}", code="parameter_unknown", param=at)


def missing_parameter(at: str) -> ApiError:
    """A parameter that the endpoint cannot do without."""
    return ApiError(f"Missing required param: {at}.", code="parameter_missing", param=at)


def empty_parameter(at: str) -> ApiError:
    """An empty text, which Stripe reads as an attempt to unset."""
    return ApiError(
        f"You passed an empty string for '{at}'. We assume empty values are an attempt to unset a parameter; "
        f"however '{at}' cannot be unset. You should remove '{at}' from your request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param=at,
    )


def resource_missing(*, noun: str, object_id: str, param: str, status: int = 400) -> ApiError:
    """An id that names nothing: 404 when it stood in the path, 400 when it was a parameter."""
    return ApiError(f"No such {noun}: '{object_id}'", status=status, code="resource_missing", param=param)


def not_yet(at: str) -> ApiError:
    """Something that Stripe offers and the stand-in does not; said apart from a true mistake."""
    return ApiError(f"Stripe offers '{at}', but this stand-in does not implement it yet.", param=at)
