"""Everything one running stand-in knows, handed to whoever needs it."""

import threading
from dataclasses import dataclass, field

from shop.stripe_standin.clock import Clock
from shop.stripe_standin.faults import Faults
from shop.stripe_standin.idempotency import KeysInUse
from shop.stripe_standin.request_log import RequestLog
from shop.stripe_standin.settings import Settings
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store


@dataclass
class World:
    """One stand-in's parts; `stopping` is set when it shuts down, so that nothing sleeps past it."""

    settings: Settings
    store: Store
    clock: Clock
    faults: Faults = field(default_factory=Faults)
    requests: RequestLog = field(default_factory=RequestLog)
    keys: KeysInUse = field(default_factory=KeysInUse)
    stopping: threading.Event = field(default_factory=threading.Event)
    news: threading.Condition = field(default_factory=threading.Condition)

    def tell(self) -> None:
        """Wake whoever waits for deliveries: there may be something to send, or something was sent."""
        with self.news:
            self.news.notify_all()


@dataclass(frozen=True)
class Call:
    """One API request that passed its checks: its typed parameters and the ids in its path."""

    world: World
    params: Json
    ids: dict[str, str]
    path: str
    request_id: str
    idempotency_key: str | None

    @property
    def origin(self) -> Json:
        """What events say about the request that caused them."""
        return {"id": self.request_id, "idempotency_key": self.idempotency_key}


def open_world(settings: Settings) -> World:
    """Open the database and take up its clock where it was left."""
    store = Store(settings.database)
    return World(settings=settings, store=store, clock=Clock(offset=float(store.setting("clock_offset", "0"))))
