"""Refusals about campaigns."""

from __future__ import annotations

from decroche.common.errors import DomainError, Language


class CampaignNameTaken(DomainError):
    """Names of campaigns are unique, archived ones included."""

    code = "campaign_name_taken"
    field = "name"
    fr = "Une campagne s'appelle déjà « {name} », peut-être archivée. Choisissez un autre nom."
    en = 'There is already a campaign called "{name}", perhaps an archived one. Choose another name.'


MISSING: dict[str, tuple[str, str]] = {
    "archived": ("la campagne est archivée", "the campaign is archived"),
    "no_assignment": (
        "aucun agent actif n'y est affecté : affectez des agents ou un groupe",
        "no active agent is assigned: assign agents or a group",
    ),
    "no_trunk": (
        "aucune ligne opérateur active : demandez à un administrateur d'en activer une",
        "no enabled trunk: ask an administrator to enable one",
    ),
    "no_presented_number": (
        "aucun numéro présenté : choisissez au moins un numéro actif",
        "no presented number: choose at least one active number",
    ),
    "no_disposition": (
        "aucune qualification active : ajoutez-en au moins une",
        "no active outcomes: add at least one",
    ),
    "no_caller_name": (
        "aucun nom d'appelant : le message des appels muets doit dire qui a appelé",
        "no caller name: the message for abandoned calls must say who called",
    ),
    "no_callback_number": (
        "aucun numéro de rappel : le message des appels muets doit dire où rappeler",
        "no callback number: the message for abandoned calls must say which number to call",
    ),
    "no_principal": (
        "aucun mandant : dites pour quelle entreprise (SIREN) elle appelle, pour que les preuves s'y rattachent",
        "no principal: say for which company (SIREN) it calls, so that proofs belong to it",
    ),
    "banned_sector": (
        "secteur interdit au démarchage : seuls un contrat en cours ou une demande de rappel permettent d'appeler",
        "canvassing is banned in this sector: only a current contract or a callback request allows calls",
    ),
    "no_campaign_hours": ("aucun horaire d'appel : choisissez-en", "no calling hours: choose some"),
    "fiction_presented": (
        "numéro présenté réservé à la fiction : choisissez un numéro du mandant",
        "the presented number is fictional: choose a number of the principal",
    ),
    "mobile_presented": (
        "numéro présenté en 06 ou 07 : interdit",
        "the presented number is an 06 or 07 number, which is not allowed",
    ),
    "premium_presented": (
        "numéro présenté surtaxé : interdit",
        "the presented number is premium rate, which is not allowed",
    ),
    "technical_presented": (
        "numéro présenté en 0937 à 0939 : réservé aux échanges techniques",
        "the presented number is between 0937 and 0939, reserved for technical exchanges",
    ),
    "foreign_presented": (
        "numéro présenté étranger : choisissez un numéro français du mandant",
        "the presented number is foreign: choose a French number of the principal",
    ),
    "presented_of_another": (
        "numéro présenté d'un autre mandant : choisissez un numéro du mandant de la campagne",
        "the presented number belongs to another principal: choose a number of the campaign's principal",
    ),
    "territorial_presented": (
        "numéro présenté territorial : un mode automatique ne montre que des polyvalents vérifiés (0162, 0163, 0270…)",
        "the presented number is territorial: automatic modes only present verified polyvalent numbers (0162, 0163…)",
    ),
    "no_machine_message": (
        "aucun message pour les répondeurs : enregistrez-en un, ou faites raccrocher",
        "no message for answering machines: record one, or hang up instead",
    ),
}
"""Reasons why a campaign is not opened, as (French, English)."""


class CampaignNotReady(DomainError):
    """Opening was refused; the fact `reasons` lists the codes of MISSING, separated by commas."""

    code = "campaign_not_ready"
    fr = "Cette campagne ne peut pas encore être ouverte"
    en = "This campaign cannot be opened yet"

    def sentence(self, language: Language = "fr") -> str:
        """With each reason, and what to do."""
        index = 1 if language == "en" else 0
        reasons = [MISSING[code][index] for code in str(self.facts["reasons"]).split(",")]
        return f"{self.en} — {'; '.join(reasons)}." if index else f"{self.fr} : {' ; '.join(reasons)}."


class BadSound(DomainError):
    """The file is no WAV that Asterisk plays as it is."""

    code = "bad_sound"
    field = "file"
    fr = "Ce son ne peut pas être joué au téléphone : il faut un fichier WAV mono, 16 bits, 8 ou 16 kHz, de 1 à 60 s."
    en = "This recording cannot be played on the phone: it must be a mono WAV file, 16 bits, 8 or 16 kHz, of 1 to 60 s."


class NotForConsumers(DomainError):
    """An automatic message to a consumer needs his prior consent (CPCE L34-5), which is not recorded here yet."""

    code = "not_for_consumers"
    fr = (
        "Un message enregistré ne peut pas être laissé à un particulier sans son accord préalable"
        " (CPCE, article L34-5). Choisissez « raccrocher », ou une campagne vers des entreprises."
    )
    en = (
        "A recorded message may not be left to a consumer without prior consent (CPCE, article L34-5)."
        ' Choose "hang up", or a campaign to companies.'
    )


class CampaignArchived(DomainError):
    """An archived campaign is read only."""

    code = "campaign_archived"
    fr = "Cette campagne est archivée : elle ne se modifie plus. Dupliquez-la pour repartir de ses réglages."
    en = "This campaign is archived and can no longer be changed. Duplicate it to start from its settings."


class CampaignIsOpen(DomainError):
    """It must be stopped first."""

    code = "campaign_is_open"
    fr = "Cette campagne est ouverte. Arrêtez-la d'abord."
    en = "This campaign is open. Stop it first."


class CampaignNotOpen(DomainError):
    """Only an open campaign is stopped."""

    code = "campaign_not_open"
    fr = "Cette campagne n'est pas ouverte."
    en = "This campaign is not open."


class ScriptChanged(DomainError):
    """Somebody else saved the script since it was read."""

    code = "script_changed"
    fr = "Quelqu'un d'autre a modifié le script pendant que vous l'écriviez. Rechargez-le et refaites vos changements."
    en = "Somebody else changed the script while you were writing. Reload it, then make your changes again."


class NumberTaken(DomainError):
    """The number is in the table already."""

    code = "number_taken"
    field = "number"
    fr = "Ce numéro est déjà dans la liste."
    en = "This number is already in the list."


class NumberInUse(DomainError):
    """A campaign shows the number."""

    code = "number_in_use"
    fr = "Ce numéro est présenté par {count} campagne(s). Retirez-le de ces campagnes d'abord."
    en = "{count} campaign(s) present this number. Remove it from them first."
