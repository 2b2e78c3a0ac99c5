"""Licences of what we install, held against those that may be combined with AGPL-3.0-or-later."""

import re
from importlib.metadata import Distribution, distributions

COMPATIBLE = (
    "mit",
    "mit-0",
    "mit-cmu",
    "bsd",
    "0bsd",
    "apache",
    "isc",
    "python-2.0",
    "psf",
    "python software foundation",
    "mpl-2.0",
    "mozilla public license 2.0",
    "lgpl",
    "lesser general public",
    "library or lesser",
    "gpl-3.0",
    "gplv3",
    "gpl-2.0-or-later",
    "general public license v2 or later",
    "general public license v3",
    "agpl-3.0",
    "affero general public license v3",
    "unlicense",
    "public domain",
    "cc0",
    "cc-by-4.0",
    "zlib",
    "blueoak",
    "postgresql",
    "hpnd",
    "ofl-1.1",
    "w3c",
    "unicode-3.0",
    "zpl",
)

REVIEWED: dict[str, str] = {
    "espeakng-loader": "GPL-3.0-or-later",  # eSpeak NG and its data; the loader itself is MIT
    "uv": "MIT OR Apache-2.0",
    "pip": "MIT",
}
"""Distribution → licence, read by a person where the metadata is silent or unclear."""


def refused_licences() -> str:
    """One line for each installed distribution whose licence is unknown or cannot be combined with ours."""
    found = {name_of(one): licence_of(one) for one in distributions()}
    bad = [f"{name}: {licence or '?'}" for name, licence in sorted(found.items()) if not is_compatible(licence)]
    return "\n".join(bad)


def name_of(distribution: Distribution) -> str:
    """Its name, in lower case."""
    return str(distribution.metadata["Name"] or "?").lower()


def licence_of(distribution: Distribution) -> str:
    """What it says of itself: the SPDX expression, else the classifiers, else the free text's first line."""
    meta = distribution.metadata
    if reviewed := REVIEWED.get(name_of(distribution)):
        return reviewed
    expression, free_text = (list(map(str, meta.get_all(key) or [""])) for key in ("License-Expression", "License"))
    if expression[0]:
        return expression[0]
    classifiers = [str(c).rsplit("::", 1)[-1].strip() for c in meta.get_all("Classifier") or [] if "License" in str(c)]
    stated = [one for one in classifiers if one != "OSI Approved"]
    return " OR ".join(stated) or free_text[0].strip().split("\n", 1)[0]


def is_compatible(licence: str) -> bool:
    """Whether one of the alternatives holds only licences that may be combined with AGPL-3.0-or-later."""
    alternatives = re.split(r"\s+OR\s+|;", licence)
    return any(_all_known(alternative) for alternative in alternatives)


def _all_known(alternative: str) -> bool:
    parts = [part.strip(" ()").lower() for part in re.split(r"\s+(?:AND|WITH)\s+|,", alternative)]
    return bool(parts[0]) and all(
        any(re.search(rf"(?<![a-z]){re.escape(known)}", part) for known in COMPATIBLE) or part.endswith("-exception")
        for part in parts
    )
