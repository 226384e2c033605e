"""The worker: ``python -m oakum.apps.server.worker PARENT``, started by the supervisor; it runs all jobs at once."""

import asyncio
import signal
import sys
import traceback
from typing import Final

from oakum.apps import store_wiring, wiring
from oakum.apps.server.job import JOBS, Job, Work
from oakum.apps.server.settings import given
from oakum.flows.look_over import TROUBLES
from oakum.kit.errors import OakumError
from oakum.kit.parent import adopt_orphans, end_with_parent

_LONGEST_WAIT: Final = 60.0


def main() -> None:
    """Work until a signal ends it."""
    end_with_parent(int(sys.argv[1]))
    adopt_orphans()
    asyncio.run(_work())


async def _work() -> None:
    settings = given()
    state = settings.state
    work = Work(
        store_wiring.open_ledger(state),
        store_wiring.open_fleet(state),
        store_wiring.open_events(state),
        wiring.clock(),
        store_wiring.telling(),
        settings,
    )
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    tasks = [asyncio.create_task(_repeat(JOBS.load(id_), work)) for id_ in JOBS.ids()]
    await ended.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await work.telling.close()


async def _repeat(job: Job, work: Work) -> None:
    """Run one job for ever; one that fails waits longer each time, and says why where people look."""
    failed, said = 0, ""
    while True:
        try:
            await job.run(work)
            trouble, failed = "", 0
        except OakumError as error:
            trouble, failed = str(error), failed + 1
        except Exception as error:  # noqa: BLE001 - a bug in one job must not end the others
            trouble, failed = f"a bug of Oakum's ({type(error).__name__}: {error})", failed + 1
            sys.stderr.write(f"oakum: the job {job.id} failed\n{traceback.format_exc()}")
        if trouble != said:
            await asyncio.to_thread(_say, work, job.id, trouble)
            said = trouble
        await asyncio.sleep(min(_LONGEST_WAIT, job.every * 2**failed) if failed else job.every)


def _say(work: Work, job: str, trouble: str) -> None:
    at = work.clock.now().isoformat()
    work.ledger.set_setting(f"{TROUBLES}:{job}", f"{at} {trouble}"[:1000] if trouble else "")


if __name__ == "__main__":
    main()
