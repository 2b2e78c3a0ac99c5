"""Whom we may call: contacts, their numbers, the files that brought them, and whom never to call."""

from __future__ import annotations

from django.db import models

from decroche.common.models import Timestamped


class CustomField(models.Model):
    """A field that this floor added to its contacts; values are in `Contact.custom[key]`."""

    class Kind(models.TextChoices):
        """How a value is typed and shown."""

        TEXT = "text"
        NUMBER = "number"
        DATE = "date"
        CHOICE = "choice"
        YES_NO = "yes_no"
        LINK = "link"

    key = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TEXT)
    choices = models.JSONField(default=list)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ("position", "id")


def match_by_all() -> list[str]:
    """By what a row is recognised as a contact that is there already."""
    return ["phone", "client_code"]


class ImportBatch(models.Model):
    """The contacts brought by one file, counted, and rolled back as one."""

    class Status(models.TextChoices):
        """Where the batch stands; `draft` is uploaded and not started."""

        DRAFT = "draft"
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        ROLLING_BACK = "rolling_back"
        ROLLED_BACK = "rolled_back"

    name = models.CharField(max_length=200)
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    format = models.CharField(max_length=8, default="csv")
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=3, blank=True)
    quoted = models.BooleanField(default=True, help_text="whether cells may be in quotes")
    sheet = models.CharField(max_length=120, blank=True)
    sheets = models.JSONField(default=list)
    header_row = models.IntegerField(default=1, help_text="from 1; 0: no header")
    columns = models.JSONField(default=list, help_text="names of the file's columns")
    mapping = models.JSONField(default=dict, help_text="number of the column, from 0 (text) → target")
    duplicates = models.CharField(max_length=8, default="ignore")
    match_by = models.JSONField(default=match_by_all)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL, related_name="batches")
    rows_total = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    roll_back = models.JSONField(null=True, help_text="what the roll-back removed, restored and kept")
    error = models.CharField(max_length=40, blank=True, help_text="code of a class in imports/errors.py")
    error_facts = models.JSONField(default=dict)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0, help_text="times that a worker took it")
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class RefusedRow(models.Model):
    """A row of a file that was not imported, kept whole with the reason."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refused")
    row_number = models.IntegerField()
    reason = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ("row_number",)


class Contact(Timestamped):
    """A person or company to call. Standard fields are columns, this floor's own are in `custom` by key."""

    civility = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=250, blank=True)
    address2 = models.CharField(max_length=250, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, default="FR")
    client_code = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    custom = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="contacts")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("last_name", "first_name"), name="contact_name"),
            models.Index(fields=("client_code",), name="contact_client_code", condition=~models.Q(client_code="")),
            models.Index(fields=("postal_code",), name="contact_postal_code"),
        )


class PhoneKind(models.TextChoices):
    """Which of the contact's numbers; their order here is the order of dialing."""

    PHONE = "phone"
    MOBILE = "mobile"
    OFFICE = "office"
    FAX = "fax"


class ContactPhone(models.Model):
    """One number of a contact, E.164. A fax is never dialed."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(max_length=6, choices=PhoneKind.choices)
    e164 = models.CharField(max_length=16, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contact", "kind"), name="one_number_per_kind"),)


class BatchChange(models.Model):
    """What an import changed on a contact that was there before, so that a roll-back restores it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
    before = models.JSONField()


class DoNotCall(models.Model):
    """A number never to dial: everywhere, or in one campaign."""

    e164 = models.CharField(max_length=16)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.CASCADE)
    origin = models.CharField(max_length=20, default="manual")
    note = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("e164", "campaign"), name="do_not_call_once", nulls_distinct=False),
        )


class ContactNote(Timestamped):
    """What an agent wrote about a contact: one note per call, or per opening of the record without a call."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL, related_name="notes")
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL)
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    text = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("call", "author"), name="one_note_per_call", condition=models.Q(call__isnull=False)
            ),
        )


class ScriptAnswer(models.Model):
    """The answer that a contact gave to one question of a campaign's script; the latest counts."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="answers")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    question_key = models.CharField(max_length=60)
    value = models.JSONField()
    call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL)
    agent = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contact", "campaign", "question_key"), name="one_answer_per_question"),
        )
