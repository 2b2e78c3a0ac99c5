"""What a file says of consents: staged beside its rows, judged and written down by the ledger (`ledger/imported.py`).

A row without a valid consent is imported all the same; the batch counts why. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from decroche.contacts import phones, values
from decroche.contacts.imports.consent_dates import read_moment
from decroche.contacts.values import fold

LENGTHS = {
    "consent_channel": 60, "consent_object": 300, "consent_wording": 10_000, "consent_version": 60, "consent_act": 200,
    "consent_third_party": 200, "consent_reference": 500,
}  # fmt: skip
"""Targets that are text, and what the ledger can hold of each."""
TARGETS = (
    "consent_at", "consent_given", "consent_expires", "consent_number", "consent_slot_start", "consent_slot_end",
    *LENGTHS,
)  # fmt: skip
STAGED = (
    "row_number", "problem", "given", "given_utc", "expires", "expires_utc", "slot_start", "slot_start_utc", "slot_end",
    "slot_end_utc", "e164", "channel", "object", "wording",
    "wording_version", "act", "third_party", "reference",
)  # fmt: skip
CREATE_STAGING = """
CREATE TEMP TABLE import_consent (
    row_number integer NOT NULL, problem text NOT NULL, given timestamp, given_utc boolean NOT NULL,
    expires timestamp, expires_utc boolean NOT NULL, slot_start timestamp, slot_start_utc boolean NOT NULL,
    slot_end timestamp, slot_end_utc boolean NOT NULL, e164 text NOT NULL, channel text NOT NULL, object text NOT NULL,
    wording text NOT NULL, wording_version text NOT NULL, act text NOT NULL, third_party text NOT NULL,
    reference text NOT NULL
) ON COMMIT DROP
"""
OF_CONTACTS = f"""
SELECT {", ".join(f"k.{name}" for name in STAGED if name != "e164")}, x.contact_id, x.phone,
  COALESCE(NULLIF(k.e164, ''), CASE WHEN x.numbers = 1 THEN x.phone END, '') AS e164
FROM import_consent k LEFT JOIN (
  SELECT r.row_number, COALESCE(o.contact_id, m.contact_id) AS contact_id,
    COALESCE(NULLIF(r.phone, ''), NULLIF(r.mobile, ''), r.office) AS phone,
    (r.phone <> '')::int + (r.mobile <> '')::int + (r.office <> '')::int AS numbers
  FROM import_row r LEFT JOIN import_odd o ON o.rank = r.rank
  LEFT JOIN import_made m ON m.rank = COALESCE(o.master, r.rank)) x ON x.row_number = k.row_number
"""  # noqa: S608 - names of our own columns
"""After the merge: each row's consent with the contact that the row made or met. Where the file names no number, it is
for the row's only one, or for all of the person's."""
_TEXTS = {"object": "consent_object", "wording": "consent_wording", "wording_version": "consent_version",
          "act": "consent_act", "third_party": "consent_third_party", "reference": "consent_reference"}  # fmt: skip

CHANNELS: dict[str, str] = {
    **dict.fromkeys(
        ("web_form", "web", "site", "site web", "site internet", "internet", "formulaire", "formulaire web", "en ligne",
         "online", "landing page", "web form", "form", "website"), "web_form",
    ),
    **dict.fromkeys(("phone", "telephone", "tel", "appel", "appel telephonique", "oral", "vocal", "call"), "phone"),
    **dict.fromkeys(("paper", "papier", "courrier", "coupon", "bulletin", "formulaire papier", "post"), "paper"),
    **dict.fromkeys(("email", "e-mail", "mail", "courriel"), "email"),
    **dict.fromkeys(
        ("in_person", "en personne", "in person", "face a face", "magasin", "agence", "boutique", "salon", "physique",
         "shop"), "in_person",
    ),
    **dict.fromkeys(("third_party", "tiers", "partenaire", "third party", "partner", "courtier"), "third_party"),
}  # fmt: skip
"""Words of files, folded, to the ledger's channels."""

REASONS: dict[str, tuple[str, str]] = {
    "consent_missing": ("sans consentement daté dans le fichier", "without a dated consent in the file"),
    "consent_no": ("consentement non donné", "consent not given"),
    "consent_answer": ("réponse ni oui ni non", "answer that is neither yes nor no"),
    "consent_date": ("date de consentement illisible", "unreadable date of consent"),
    "consent_future": ("date de consentement dans le futur", "date of consent in the future"),
    "consent_over": ("consentement déjà expiré", "consent expired already"),
    "consent_ends_before": ("fin avant le consentement", "end before the consent"),
    "consent_slot": ("créneau convenu illisible ou incomplet", "agreed time unreadable or incomplete"),
    "consent_slot_ends_before": ("fin du créneau convenu avant son début", "end of the agreed time before its start"),
    "consent_slot_long": ("créneau convenu sur plus d'un jour", "agreed time of more than one day"),
    "consent_channel": ("moyen de recueil inconnu", "unknown channel"),
    "consent_number": ("numéro consenti illisible", "unreadable number consented to"),
    "consent_too_long": ("texte trop long pour une preuve", "text too long for a proof"),
    "consent_incomplete": ("preuve incomplète", "incomplete proof"),
    "consent_known": ("déjà au registre", "in the ledger already"),
    "consent_no_contact": ("ligne sans fiche", "row without a contact"),
}
"""Why no proof was written for a row, in a few words."""

_YES = values.YES | {
    "ok",
    "accepte",
    "j'accepte",
    "accord",
    "d'accord",
    "optin",
    "opt-in",
    "opt in",
    "consent",
    "valide",
}
_NO = {"refuse", "refus", "optout", "opt-out", "opt out", "aucun", "-"}
_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_REMEMBERED = 50_000
_Moment = tuple[str, bool] | None


class _Memo(dict[str, Any]):
    def __init__(self, work: Callable[[str], Any]) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, cell: str) -> Any:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[cell] = made = self.work(values.clean(cell))
        return made


class ConsentReader:
    """Reads the columns of consents of a chunk of rows, as lines for COPY with the columns STAGED."""

    def __init__(self, mapping: Mapping[int, str]) -> None:
        self.column = {target: column for column, target in mapping.items() if target in TARGETS}
        self.moments = _Memo(read_moment)
        self.numbers = _Memo(_number)
        self.channels = _Memo(lambda cell: CHANNELS.get(fold(cell).strip(". ")))
        self.answers = _Memo(_answer)

    def __bool__(self) -> bool:
        return bool(self.column)

    def read(self, chunk: Sequence[tuple[int, list[str]]]) -> str:
        """Lines, one for each row."""
        return "".join(self._line(position, cells) for position, cells in chunk)

    def _line(self, position: int, cells: list[str]) -> str:
        problem = self._answered(cells)
        at, dated = self._moment(cells, "consent_at")
        until, ended = self._moment(cells, "consent_expires")
        start, starts = self._moment(cells, "consent_slot_start")
        end, ends = self._moment(cells, "consent_slot_end")
        if not problem:
            problem = "consent_date" if not (dated and ended) else "consent_missing" if at is None else ""
        number, channel = self._cell(cells, "consent_number"), self._cell(cells, "consent_channel")
        e164 = self.numbers[number] if number else ""
        spoken = self.channels[channel] if channel else ""
        texts = {name: self._cell(cells, target) for name, target in _TEXTS.items()}
        if not problem:
            problem = (
                "consent_slot" if not (starts and ends) or (start is None) != (end is None)
                else "consent_number" if e164 is None
                else "consent_channel" if spoken is None
                else "consent_too_long" if any(len(text) > LENGTHS[_TEXTS[name]] for name, text in texts.items())
                else ""
            )  # fmt: skip
        fields = (
            str(position), problem,
            *(field for moment in (at, until, start, end) for field in _moment_fields(moment)),
            e164 or "", spoken or "",
            *((text if not problem else "").translate(_COPY) for text in texts.values()),
        )  # fmt: skip
        return "\t".join(fields) + "\n"

    def _cell(self, cells: list[str], target: str) -> str:
        column = self.column.get(target)
        return "" if column is None or column >= len(cells) else values.clean(cells[column])

    def _answered(self, cells: list[str]) -> str:
        """Where a column says yes or no: only a yes is one."""
        if "consent_given" not in self.column:
            return ""
        cell = self._cell(cells, "consent_given")
        return str(self.answers[cell]) if cell else "consent_missing"

    def _moment(self, cells: list[str], target: str) -> tuple[_Moment, bool]:
        """The moment, and whether the cell could be read."""
        cell = self._cell(cells, target)
        found: _Moment = self.moments[cell] if cell else None
        return found, found is not None or not cell


def _moment_fields(moment: _Moment) -> tuple[str, str]:
    return ("\\N", "f") if moment is None else (moment[0], "t" if moment[1] else "f")


def _number(cell: str) -> str | None:
    found = phones.normalise(cell)
    return found if isinstance(found, str) else None


def _answer(cell: str) -> str:
    """The problem, "" where it is a yes."""
    word = fold(cell).strip(". !")
    return "" if word in _YES else "consent_no" if word in values.NO or word in _NO else "consent_answer"
