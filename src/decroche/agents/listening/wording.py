"""The notice of listening and recording, filled from the settings, or the administrator's own words. Pure.

Its version is a hash of the French words: where they change, for whatever reason, everybody is asked again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from decroche.accounts.settings_schema import KEPT_AT_MOST, Settings
from decroche.common.errors import Language
from decroche.common.spans import span

_FR = """\
Vos appels peuvent être écoutés en direct, et certains enregistrés, par {company}.

Pourquoi : former et évaluer les agents, améliorer la qualité des appels et, quand une campagne le prévoit, garder la \
preuve d'un contrat. Base légale : l'intérêt légitime de l'employeur (RGPD, article 6.1.f).

Qui écoute : les superviseurs et administrateurs habilités. Toute écoute d'un enregistrement est inscrite dans un \
journal. {announced}

Combien de temps : un enregistrement est supprimé au plus tard après {recordings}, une note d'appel après \
{notes}. Rien n'est enregistré en dehors des appels.

Vos droits : accès, rectification, effacement, limitation et opposition, auprès de {contact} ; réclamation à la CNIL \
(www.cnil.fr)."""
_EN = """\
Your calls may be listened to live, and some of them recorded, by {company}.

Why: to train and assess agents, to improve the quality of calls and, where a campaign says so, to keep the proof of a \
contract. Legal basis: the employer's legitimate interest (GDPR, article 6.1.f).

Who listens: supervisors and administrators who are entitled to. Each playback of a recording is written in a log. \
{announced}

How long: a recording is deleted after {recordings} at the latest, a note of a call after {notes}. Nothing \
is recorded outside calls.

Your rights: access, rectification, erasure, restriction and objection, with {contact}; complaint to the CNIL \
(www.cnil.fr)."""
_ANNOUNCED = (
    "Pendant une écoute en direct, votre écran vous le dit.",
    "During live monitoring, your screen says so.",
)
_NOT_ANNOUNCED = (
    "Une écoute en direct peut avoir lieu sans être signalée à l'écran.",
    "Live monitoring may take place without any sign on the screen.",
)
_COMPANY, _CONTACT = ("votre employeur", "your employer"), ("la direction", "the management")


@dataclass(frozen=True, slots=True)
class Wording:
    """`version`: twelve hexadecimal digits."""

    version: str
    fr: str
    en: str

    def text(self, language: Language) -> str:
        return self.en if language == "en" else self.fr


def wording(settings: Settings) -> Wording:
    """In force with these settings."""
    fr, en = (_filled(template, settings, n) for n, template in enumerate((_FR, _EN)))
    if settings.listening_notice:
        fr = en = settings.listening_notice
    return Wording(hashlib.sha256(fr.encode()).hexdigest()[:12], fr, en)


def _filled(template: str, settings: Settings, n: int) -> str:
    return template.format(
        company=settings.company_name or _COMPANY[n],
        contact=settings.privacy_contact or _CONTACT[n],
        announced=(_ANNOUNCED if settings.listening_announced else _NOT_ANNOUNCED)[n],
        recordings=_kept(settings, "recordings_kept_days", 6, n),
        notes=_kept(settings, "notes_kept_days", 12, n),
    )


def _kept(settings: Settings, name: str, months: int, n: int) -> str:
    days = int(getattr(settings, name))
    return span(months, None if days >= KEPT_AT_MOST[name] else days, "en" if n else "fr")
