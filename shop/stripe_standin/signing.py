"""Sign webhooks as Stripe does: https://docs.stripe.com/webhooks#verify-manually"""

import hashlib
import hmac


def signature_header(payload: str, *, secret: str, timestamp: int) -> str:
    """The `Stripe-Signature` header: `t=` Unix seconds, `v1=` HMAC-SHA256 of time, dot and body."""
    signed = f"{timestamp}.{payload}".encode()
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
