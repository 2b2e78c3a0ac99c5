"""Where columns of a file may go, and what their titles and values suggest. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decroche.contacts import phones
from decroche.contacts.imports import consents
from decroche.contacts.values import email_problem, fold

PHONE_TARGETS = ("phone", "mobile", "office", "fax")
MAX_LENGTHS = {
    "civility": 20,
    "first_name": 120,
    "last_name": 120,
    "company": 200,
    "address": 250,
    "address2": 250,
    "postal_code": 12,
    "city": 120,
    "country": 60,
    "client_code": 60,
    "email": 254,
    "siret": 40,
}
STANDARD = (*MAX_LENGTHS, *PHONE_TARGETS, "full_name", *consents.TARGETS)

REPORT = {"fr": ("Ligne", "Motif du refus"), "en": ("Line", "Reason")}
"""The last two titles of a file of refused rows, by language: sent back corrected, they say nothing of a contact."""

_SYNONYMS = {
    "civility": "civilite civ titre genre sexe title salutation politesse m/mme m./mme",
    "first_name": "prenom,first name,firstname,given name,prenom contact,prenom du contact,prenom client",
    "last_name": "nom,last name,lastname,surname,family name,nom de famille,nom contact,nom du contact,nom client,"
    "patronyme,nom usuel,nom naissance",
    "full_name": "nom prenom,prenom nom,nom et prenom,prenom et nom,nom complet,full name,fullname,contact,"
    "interlocuteur,dirigeant,nom du dirigeant,gerant,name,personne,client",
    "company": "societe,raison sociale,entreprise,company,enseigne,etablissement,organisation,organization,"
    "nom societe,nom de la societe,nom entreprise,denomination,raison soc,business name,denomination sociale",
    "address": "adresse,address,adresse 1,adresse1,adr,adr1,rue,voie,street,adresse postale,address 1,address1,ligne 1,"
    "numero et voie,adresse ligne 1,street address",
    "address2": "adresse 2,adresse2,adr2,complement,complement adresse,complement d'adresse,address 2,address2,"
    "address second line,address line 2,complement adr,batiment,adresse ligne 2,adresse suite",
    "postal_code": "code postal,cp,codepostal,zip,zip code,zipcode,postal code,postcode,code post,c.p.,c p",
    "city": "ville,commune,city,town,localite,bureau distributeur",
    "country": "pays,country,code pays,country code",
    "client_code": "code client,codeclient,n client,no client,numero client,num client,reference,ref,id client,"
    "identifiant,client code,customer code,customer id,client id,code,id,matricule,reference client,ref client,"
    "numero de client,external id,n° client,siren",
    "siret": "siret,n° siret,numero siret,no siret,num siret,code siret,siret etablissement",
    "email": "email,e-mail,mail,courriel,adresse mail,adresse email,adresse e-mail,adresse electronique,mel,"
    "email address,e-mail address,email 1,mail 1",
    "phone": "telephone,tel,phone,telephone 1,tel 1,tel1,telephone1,fixe,tel fixe,telephone fixe,numero,"
    "numero de telephone,num tel,no tel,n tel,telephone domicile,tel domicile,domicile,phone number,landline,"
    "home phone,telephone principal,n° tel,n° telephone,n° de telephone,numero telephone,ligne,num,num telephone",
    "mobile": "mobile,portable,gsm,tel mobile,telephone mobile,tel portable,telephone portable,cell,cell phone,"
    "mobile phone,tel 2,tel2,telephone 2,telephone2,cellulaire,n° portable,numero portable,port",
    "office": "bureau,tel bureau,telephone bureau,tel travail,travail,tel pro,telephone pro,telephone professionnel,"
    "office,office phone,work phone,standard,tel 3,tel3,telephone 3,telephone3,ligne directe,direct,tel direct",
    "consent_at": "date consentement,date de consentement,date du consentement,date opt-in,date optin,date opt in,"
    "optin date,opt-in date,horodatage consentement,date de recueil,date recueil,date accord,consent date,consent at,"
    "consented at,accord le,consenti le,consentement le,accord donne le,recueilli le,"
    "date et heure du consentement,date heure consentement",
    "consent_given": "consentement,opt-in,optin,opt in,accord,consent,consentement rgpd,accord appel,"
    "consentement appel,consentement telephonique,opt-in telephone,optin tel",
    "consent_expires": "fin consentement,fin du consentement,expiration consentement,date fin consentement,"
    "date expiration consentement,consentement jusqu'au,consent expires,consent end",
    "consent_slot_start": "debut creneau,debut du creneau,creneau debut,debut creneau convenu,creneau convenu,"
    "rendez-vous telephonique,agreed time,slot start,start of slot,agreed time start",
    "consent_slot_end": "fin creneau,fin du creneau,creneau fin,fin creneau convenu,slot end,end of slot,"
    "agreed time end",
    "consent_number": "numero consenti,numero consentement,tel consentement,telephone consentement,consent number",
    "consent_channel": "canal consentement,source consentement,moyen de recueil,canal de recueil,origine consentement,"
    "canal opt-in,source opt-in,source optin,consent channel,consent source",
    "consent_object": "objet consentement,objet du consentement,finalite consentement,produit consenti,"
    "consent purpose,consent object",
    "consent_wording": "texte consentement,texte du consentement,mention consentement,"
    "libelle opt-in,libelle consentement,consent wording,consent text",
    "consent_version": "version consentement,version du consentement,version mention,consent version",
    "consent_act": "acte consentement,consent act",
    "consent_third_party": "collecteur,recueilli par,fournisseur du consentement,tiers collecteur,collected by",
    "consent_reference": "preuve consentement,preuve de consentement,url preuve,lien preuve,url consentement,"
    "reference preuve,url opt-in,url certificat,consent proof,proof url,evidence url",
    "fax": "fax,telecopie,telecopieur,fax number,n° fax,num fax",
}


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for target, words in _SYNONYMS.items():
        for word in words.split("," if "," in words else " "):
            table[_plain(word)] = target
    return table


def _plain(header: str) -> str:
    words = re.sub(r"[^a-z0-9°']+", " ", fold(header).replace("’", "'").replace("n°", " n° ")).split()
    return " ".join(words)


_BY_HEADER = _table()
_NOISE = re.compile(r"\b(?:du|de|des|la|le|les|l'|d'|the|of|client|prospect|contact|principal|obligatoire)\b")


def made_up_title(position: int) -> str:
    """Of a column without one, as it is kept; it says nothing of what the column holds."""
    return f"Colonne {position}"


def titles_in(titles: Sequence[str], language: str) -> list[str]:
    """The titles as somebody reads them, those that were made up in his language."""
    if language != "en":
        return list(titles)
    return [
        f"Column {position}" if title == made_up_title(position) else title
        for position, title in enumerate(titles, start=1)
    ]


def made_up_in(title: str, language: str) -> str:
    """A title that is kept without its file, as somebody reads it there."""
    made_up = re.fullmatch(r"Colonne (\d+)", title)
    return f"Column {made_up[1]}" if made_up and language == "en" else title


def title_kept(title: str, position: int) -> str:
    """Of a column: its own, or the one that is made up; what was made up in English comes back in refused rows."""
    return title if title and title != f"Column {position}" else made_up_title(position)


def without_report(titles: Sequence[str]) -> list[str]:
    """The titles, those of `REPORT` at their end apart."""
    return list(titles[:-2] if tuple(titles[-2:]) in REPORT.values() else titles)


def by_header(header: str) -> str | None:
    """The target that this title names, accents, case and punctuation aside."""
    plain = _plain(header)
    if not plain or len(plain) > 60:
        return None
    if plain in _BY_HEADER:
        return _BY_HEADER[plain]
    return _BY_HEADER.get(" ".join(_NOISE.sub(" ", plain).split()))


_TELLING = re.compile(r"@|^(?:\+|00?[ .(]?[1-9(])|^[a-z]{2,}\.?$|^m\.$", re.IGNORECASE)
"""What a single value must have: five digits alone may be any code, nine a SIREN, M a size."""


def by_values(values: Sequence[str]) -> str | None:
    """The target that most of these values look like; one alone must be telling by itself."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled or (len(filled) == 1 and not _TELLING.search(filled[0])):
        return None

    def mostly(count: int) -> bool:
        return count >= 0.8 * len(filled)

    if mostly(sum(1 for value in filled if "@" in value and email_problem(value) is None)):
        return "email"
    if mostly(sum(1 for value in filled if re.fullmatch(r"\d{5}|\d{2} ?\d{3}", value))):
        return "postal_code"
    numbers = [one for one in (phones.normalise(value) for value in filled) if isinstance(one, str)]
    if mostly(len(numbers)):
        return "mobile" if sum(1 for one in numbers if phones.is_mobile(one)) > len(numbers) / 2 else "phone"
    if mostly(sum(1 for value in filled if fold(value).strip(".") in ("m", "mr", "mme", "mlle", "monsieur", "madame"))):
        return "civility"
    return None


def suggest(headers: Sequence[str], samples: Sequence[Sequence[str]], custom: dict[str, str]) -> list[str | None]:
    """A target for each column, none given twice; `custom` is key → label of this floor's own fields."""
    told = without_report(headers)
    own = {_plain(name): f"custom:{key}" for key, label in custom.items() for name in (key, label)}
    named = [
        by_header(header) if header == made_up_title(index) else own.get(_plain(header)) or by_header(header)
        for index, header in enumerate(told, start=1)
    ]
    if "consent_at" not in named:  # a consent without its date proves nothing
        named = [None if target in consents.TARGETS else target for target in named]
    taken: set[str] = set()
    out: list[str | None] = []
    for target in named:
        out.append(target if target and target not in taken else None)
        taken.add(target or "")
    for index, target in enumerate(named):
        if out[index] is None:
            out[index] = _another(target or by_values(samples[index]), taken)
    if "full_name" in taken and "last_name" not in taken:
        out = ["last_name" if target == "full_name" and "first_name" in taken else target for target in out]
    return [*out, *[None] * (len(headers) - len(told))]


def _another(target: str | None, taken: set[str]) -> str | None:
    """`target`, or the next kind of number where it is a number and that kind is taken."""
    choices = [target, "phone", "mobile", "office"] if target in PHONE_TARGETS else [target]
    for choice in choices:
        if choice and choice not in taken:
            taken.add(choice)
            return choice
    return None
