"""Refusals about custom fields."""

from decroche.common.errors import DomainError


class FieldInUse(DomainError):
    """Contacts hold values of the field that was to be removed; fact `contacts`, how many."""

    code = "field_in_use"
    fr = "{contacts} fiches ont une valeur dans ce champ. Confirmez pour supprimer le champ et ses valeurs."
    en = "{contacts} contacts have a value in this field. Confirm to delete the field and its values."
