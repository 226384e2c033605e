"""Posts notices with httpx2: no redirect is followed, certificates are verified, an endless answer is cut."""

import asyncio
from typing import Final

import httpx2

from oakum import __version__
from oakum.kit.errors import TryLaterError
from oakum.kit.limits import NOTICE_ANSWER_BYTES

_SECONDS: Final = 10.0
_TOGETHER: Final = 20


class NoticeSender:
    """Implements ``ports.telling.Telling``."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """Nothing is connected yet."""
        self._seconds = seconds
        limits = httpx2.Limits(max_connections=_TOGETHER)
        agent = {"User-Agent": f"oakum/{__version__}"}
        self._client = httpx2.AsyncClient(timeout=seconds, limits=limits, follow_redirects=False, headers=agent)

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer; what it says is not of interest."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._posted(url, headers, body)
        except TimeoutError:
            raise TryLaterError(f"no answer within {self._seconds:.0f} seconds") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            raise TryLaterError(f"it cannot be reached: {type(error).__name__}: {error}"[:300]) from None

    async def _posted(self, url: str, headers: dict[str, str], body: bytes) -> int:
        async with self._client.stream("POST", url, headers=headers, content=body) as answer:
            size = 0
            async for piece in answer.aiter_raw():
                size += len(piece)
                if size > NOTICE_ANSWER_BYTES:
                    break
            return answer.status_code

    async def close(self) -> None:
        """Let every connection go."""
        await self._client.aclose()
