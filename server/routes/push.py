"""Where a signed-in device is reached by push."""

from typing import Annotated, Final

from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from server.attempts import Patience
from server.clock import epoch_seconds
from server.middleware.signed_in import visitor_of
from server.push.endpoints import PushServices
from server.push.outbox import make_rehearsal
from server.push.subscriptions import Reach, check_reach, find_subscription, forget_subscription, keep_subscription
from server.routes.phones import Asked, attempts_of, host_secrets_of, key_ring_of, read_body, say_nothing

METHODS: Final = ("PUT", "DELETE")
# A few in a row while she tries out what comes, then ever fewer.
_REHEARSALS: Final = Patience(free=4, longest_seconds=3600)
_RESUBSCRIPTIONS: Final = Patience(free=100, longest_seconds=15 * 60)

Short = Annotated[str, StringConstraints(max_length=1024)]


class _Reach(Asked):
    endpoint: Short
    p256dh: Short
    auth: Short
    key: Short


class _Nothing(Asked):
    pass


async def reach(request: Request) -> Response:
    """Reach this device there from now on, or no more."""
    visitor = visitor_of(request)
    if request.method == "DELETE":
        await forget_subscription(visitor.account, visitor.device)
        return say_nothing()
    body = await read_body(request, _Reach)
    services: PushServices = request.app.state.push_services
    found = Reach(body.endpoint, body.p256dh, body.auth, body.key)
    check_reach(found, services, key_ring_of(request))
    await attempts_of(request).count("reach", visitor.account, _RESUBSCRIPTIONS)
    await keep_subscription(host_secrets_of(request), visitor.account, visitor.device, found)
    return say_nothing()


async def rehearse(request: Request) -> Response:
    """Send this device a push now, to show what one looks like."""
    await read_body(request, _Nothing)
    visitor = visitor_of(request)
    subscription = await find_subscription(visitor.device)
    await attempts_of(request).count("try", visitor.account, _REHEARSALS)
    await make_rehearsal(subscription, epoch_seconds())
    return say_nothing()
