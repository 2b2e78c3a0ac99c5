"""Stories of the floor, in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import virtual_time
from tests.fakes.story import Story, telling
from tests.flows.tell import Tell


@pytest.fixture
def tell(transactional_db: None, database_url: str, tmp_path: Path) -> Tell:
    """Tells a story to its end: `tell(story)` where `story` is an async function of a running floor."""

    def run(story: Callable[[Story], Coroutine[Any, Any, None]]) -> None:
        async def whole(loop: virtual_time.VirtualLoop) -> None:
            async with telling(loop, database_url, tmp_path) as floor:
                await story(floor)

        virtual_time.run(whole)

    return run
