"""The job ``deliver_notices``."""

from oakum.apps.server.deliveries import tell
from oakum.apps.server.job import Work, job


@job(every=0.3, version=1)
async def deliver_notices(work: Work) -> None:
    """Tell receivers what waits in the outbox."""
    await tell(work.ledger, work.telling, work.clock)
