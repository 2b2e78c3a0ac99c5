"""The document of the API knows a shape by its class's name alone: two classes of one name would hide each other."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from pathlib import Path

from ninja import Schema

SOURCE = Path(__file__).parents[3] / "src"


def _schemas() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in SOURCE.rglob("*schema*.py"):
        if "integrations" in path.parts:  # the public API is another document
            continue
        module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, Schema) and value.__module__ == module.__name__:
                found[name].add(module.__name__)
    return found


def test_no_two_shapes_of_the_api_have_one_name() -> None:
    assert {name: sorted(modules) for name, modules in _schemas().items() if len(modules) > 1} == {}
