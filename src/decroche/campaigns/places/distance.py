"""Between two points of the globe. Pure."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""
EARTH_KM = 6371.0088


def distance_km(one: Point, other: Point) -> float:
    """Along the great circle (haversine)."""
    (lat, long), (lat2, long2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((long2 - long) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
