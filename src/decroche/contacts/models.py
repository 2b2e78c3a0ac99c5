"""Whom we may call: contacts, their numbers, the files that brought them, and whom never to call."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

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
    tidy = models.JSONField(default=list, db_default=[], help_text="what is put right: civility, names, towns")
    duplicates = models.CharField(max_length=8, default="ignore")
    match_by = models.JSONField(default=match_by_all)
    against = models.CharField(max_length=8, default="base", db_default="base", help_text="base, or campaign")
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL, related_name="batches")
    choices = models.JSONField(default=dict, db_default={}, help_text="of a draft: what was chosen so far")
    new_fields = models.JSONField(default=list, db_default=[], help_text="custom fields made for it, as they are made")
    rows_total = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    consent = models.JSONField(null=True, help_text="`ledger.imported.Terms` of the proofs that its rows bring")
    consent_counts = models.JSONField(null=True, help_text='reason → rows without a proof; "" → proofs written')
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


class ImportMapping(models.Model):
    """Where the columns of files that come again go, kept under a name for all supervisors."""

    name = models.CharField(max_length=120, unique=True)
    targets = models.JSONField(default=list, help_text="[title of a column, target] of each")
    tidy = models.JSONField(default=list, db_default=[], help_text="as `ImportBatch.tidy`")
    consent = models.JSONField(null=True, help_text="as `ImportBatch.consent`")
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)


class RefusedRow(models.Model):
    """A row of a file that was not imported, or not with all its numbers, kept whole with the reason."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="refused")
    row_number = models.IntegerField()
    reason = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ("row_number",)


class Contact(Timestamped):
    """A person or company to call. Standard fields are columns, this floor's own are in `custom` by key."""

    class Kind(models.TextChoices):
        """A consumer, protected as such whatever the campaign, or a company."""

        PERSON = "person"
        COMPANY = "company"

    kind = models.CharField(max_length=7, choices=Kind.choices, blank=True, db_default="")
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
    siret = models.CharField(
        max_length=14, blank=True, default="", db_default="", help_text="14 digits, checked, or none"
    )
    custom = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="contacts")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("client_code",), name="contact_client_code", condition=~models.Q(client_code="")),
            models.Index(fields=("postal_code",), name="contact_postal_code"),
            models.Index(
                fields=("siret",),
                name="contact_siret",
                opclasses=("varchar_pattern_ops",),
                condition=~models.Q(siret=""),
            ),
            models.Index(Lower("email"), name="contact_email", condition=~models.Q(email="")),
        )


class PhoneKind(models.TextChoices):
    """Which of the contact's numbers; their order here is the order of dialing."""

    PHONE = "phone"
    MOBILE = "mobile"
    OFFICE = "office"
    FAX = "fax"


class ContactPhone(models.Model):
    """One number of a contact, E.164. A fax is never dialed."""

    # Numbers come by the million: one index serves a contact's numbers and their kinds, one a number and its start.
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones", db_index=False)
    kind = models.CharField(max_length=6, choices=PhoneKind.choices)
    e164 = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contact", "kind"), name="one_number_per_kind"),)
        indexes = (models.Index(fields=("e164",), name="contact_phone_start", opclasses=("varchar_pattern_ops",)),)


class BatchChange(models.Model):
    """What an import changed on a contact that was there before, so that a roll-back restores it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
    before = models.JSONField()


class ContactChange(models.Model):
    """One value of one contact, before and after: append-only. Imports keep theirs in `BatchChange`.

    `field`: "city", "phones.mobile", "custom.effectif"; "*": several, of which nothing more is known. `former_id`: the
    record on which it was made, where that one was merged into this one. `erased`: the values went with an erasure.
    """

    class Source(models.TextChoices):
        """By what way the change came."""

        AGENT = "agent"
        MANAGER = "manager"
        IMPORT = "import"
        BULK = "bulk"
        API = "api"
        MERGE = "merge"
        ROLL_BACK = "roll_back"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    source = models.CharField(max_length=9, choices=Source.choices)
    field = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL)
    former_id = models.BigIntegerField(null=True)
    erased = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("contact", "-at", "-id"), name="change_by_contact"),)


class MergedContact(models.Model):
    """A record that was merged into another: its old address leads there."""

    former_id = models.BigIntegerField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merged")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)


class MergeUndo(models.Model):
    """Both records before their merge (merging/before.py), as long as it may be undone."""

    merged = models.OneToOneField(MergedContact, primary_key=True, on_delete=models.CASCADE, related_name="undo")
    before = models.JSONField()


class ContactDocument(models.Model):
    """A file kept with a contact: documents/<id> below var. `name` is what its owner called it, data only."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, help_text="a key of documents/kinds.py")
    size_bytes = models.BigIntegerField()
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("-added_at", "id")


class DoNotCall(models.Model):
    """A number never to dial: everywhere, or in one campaign."""

    e164 = models.CharField(max_length=16)
    is_prefix = models.BooleanField(db_default=False, help_text="all numbers that begin like this")
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.CASCADE, db_index=False)
    origin = models.CharField(max_length=20, default="manual")
    note = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("e164", "campaign"), name="do_not_call_once", nulls_distinct=False),
        )
        indexes = (
            models.Index(fields=("e164",), name="do_not_call_prefixes", condition=models.Q(is_prefix=True)),
            models.Index(fields=("created_at", "id"), name="do_not_call_by_day"),
            # Not of those for all campaigns, which are nearly all.
            models.Index(fields=("campaign",), name="do_not_call_of_one", condition=models.Q(campaign__isnull=False)),
        )


class ErasedRefusal(models.Model):
    """A refusal whose person was erased: only a keyed hash of the number is left (do_not_call/erased.py)."""

    digest = models.CharField(max_length=64)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.CASCADE)
    refused_at = models.DateTimeField()
    erased_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("digest", "campaign"), name="erased_refusal_once", nulls_distinct=False),
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


class SavedSearch(Timestamped):
    """A filter with a name; its owner's, the whole team's, or one group's."""

    class Shared(models.TextChoices):
        """Who finds it in his list besides its owner."""

        NOBODY = "nobody"
        TEAM = "team"
        GROUP = "group"

    name = models.CharField(max_length=80)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="saved_searches")
    filter = models.JSONField(help_text="see filters/schema.py")
    shared = models.CharField(max_length=6, choices=Shared.choices, default=Shared.NOBODY)
    group = models.ForeignKey("agents.AgentGroup", null=True, on_delete=models.CASCADE)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("owner", "name"), name="saved_search_once"),
            models.CheckConstraint(
                name="saved_search_group", condition=models.Q(group__isnull=False) | ~models.Q(shared="group")
            ),
        )


class BulkAction(models.Model):
    """One act on many contacts: what, on whom, how far it is, what became of them.

    `selection` is {"ids": […]} or {"filter": …, "except_ids": […]}; `what` the act's own facts.
    """

    class Kind(models.TextChoices):
        """What is done."""

        ASSIGN = "assign"
        WITHDRAW = "withdraw"
        CHANGE = "change"
        DO_NOT_CALL = "do_not_call"
        ERASE = "erase"

    class Status(models.TextChoices):
        """Where it stands; a cancelled one keeps what it did, which can be undone."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        UNDOING = "undoing"
        UNDONE = "undone"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.QUEUED)
    selection = models.JSONField()
    what = models.JSONField(default=dict)
    campaign = models.ForeignKey("campaigns.Campaign", null=True, on_delete=models.SET_NULL)
    expected = models.IntegerField(help_text="contacts that the person was told of")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=40, blank=True, help_text="code of a class in bulk/errors.py")
    cancel_requested = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class BulkItem(models.Model):
    """A contact of a bulk action. `before`: what is needed to undo it; null where nothing was done.

    It outlives its contact: a roll-back that removes the contact leaves the figures of the action as they were.
    """

    action = models.ForeignKey(BulkAction, on_delete=models.CASCADE, related_name="items")
    contact = models.ForeignKey(Contact, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    done = models.BooleanField(default=False)
    before = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("action", "contact"), name="bulk_to_do", condition=models.Q(done=False)),
            models.Index(fields=("action", "contact"), name="bulk_to_undo", condition=models.Q(before__isnull=False)),
        )
