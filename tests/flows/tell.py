"""The type of the fixture that tells stories."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from tests.fakes.story import Story

Tell = Callable[[Callable[[Story], Coroutine[Any, Any, None]]], None]
