"""The prospects: 2,000 fictional contacts, with numbers whose endings say how the simulator's callee behaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from decroche.contacts.values import fold
from decroche.demo import names
from decroche.telephony.simulator_behaviours import endings_of, number_ending_in

COUNT = 2_000
MOBILE_BLOCK = 5
PERSONS = [ending for ending in endings_of("person") if ending < 45]
NATURAL = list(range(90))
"""As the simulator's endings are dealt out: half persons, a quarter that ring out, some of all the rest."""


@dataclass
class Person:
    """A contact to make. `ending` are the last two digits of the number called first."""

    index: int
    civility: str
    first_name: str
    last_name: str
    company: str
    address: str
    postal_code: str
    city: str
    client_code: str
    email: str
    ending: int
    phones: dict[str, str]
    custom: dict[str, object] = field(default_factory=dict)

    @property
    def first_number(self) -> tuple[str, str]:
        """(kind, E.164) of the number that is dialed first."""
        kind = next(kind for kind in ("phone", "mobile", "office") if kind in self.phones)
        return kind, self.phones[kind]


class Numbers:
    """Deals each fictional number out once. Ranks 98 and 99 are left for presented numbers and tests."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, int], int] = {}

    def deal(self, block: int, ending: int) -> str:
        rank = self._next.get((block, ending), 0)
        self._next[block, ending] = rank + 1
        return number_ending_in(ending, block=(block + rank // 98) % 6, rank=rank % 98)


def make_people(random: Random, endings: list[int], numbers: Numbers, first: int = 0) -> list[Person]:
    """One person for each ending, with numbers that nobody was dealt; `first`: the index of the first."""
    return [_person(random, index, ending, numbers) for index, ending in enumerate(endings, first)]


def _person(random: Random, index: int, ending: int, numbers: Numbers) -> Person:
    woman = random.random() < 0.5
    first = random.choice(names.WOMEN if woman else names.MEN)
    last = random.choice(names.LAST).replace("_", " ")
    zone = random.choice(list(names.TOWNS))
    postal_code, city = random.choice(names.TOWNS[zone])
    company = _company(random, last)
    phones = _phones(random, zone - 1, ending, numbers)
    return Person(
        index=index,
        civility="Mme" if woman else "M.",
        first_name=first,
        last_name=last,
        company=company,
        address=f"{random.randint(1, 140)} {random.choice(names.STREETS)}",
        postal_code=postal_code,
        city=city,
        client_code=f"MA{10_000 + index * 7}",
        email=f"{_slug(first)}.{_slug(last)}{index}@exemple.fr" if random.random() < 0.7 else "",
        ending=ending,
        phones=phones,
        custom=_custom(random),
    )


def _phones(random: Random, block: int, ending: int, numbers: Numbers) -> dict[str, str]:
    """A landline or only a mobile, sometimes both or an office; with endings alike, for the same behaviour."""
    chance = random.random()
    phones = {}
    if chance < 0.8:
        phones["phone"] = numbers.deal(block, ending)
    if chance >= 0.8 or random.random() < 0.25:
        phones["mobile"] = numbers.deal(MOBILE_BLOCK, ending)
    if random.random() < 0.08:
        phones["office"] = numbers.deal(block, random.choice(PERSONS))
    return phones


def _company(random: Random, last: str) -> str:
    trade = random.choice(names.TRADES)
    name = random.choice(names.TRADE_NAMES) if random.random() < 0.55 else last
    return f"{random.choice(names.FORMS)} {trade} {name}".strip()


def _custom(random: Random) -> dict[str, object]:
    return {
        "effectif": random.choice((1, 1, 2, 2, 3, 4, 5, 6, 8, 9, 12, 15, 20, 35)),
        "assureur_actuel": random.choice(
            ("Aucun", "Aucun", "Une mutuelle", "Un assureur", "Une banque", "Ne sait pas")
        ),
        "echeance": f"2027-{random.randint(1, 12):02d}-01",
    }


def _slug(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
