"""Who may be nudged for somebody at a moment."""

from server.sealing import HostSecrets


async def somebody_is_free(host_secrets: HostSecrets, account: str, now: int) -> bool:  # noqa: ARG001 - comes with the ladder
    """Whether anybody could be nudged for this account now."""
    return True
