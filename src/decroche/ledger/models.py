"""For whom we call, what proves that we may, and what was decided for each call. Append-only (migration 0002)."""

from __future__ import annotations

from django.db import models


class Principal(models.Model):
    """The company for which campaigns call ("mandant"): proofs and attempts are counted by it."""

    name = models.CharField(max_length=160)
    siren = models.CharField(max_length=9, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "id")


class Evidence(models.Model):
    """A file that shows a consent: a scan, a form's answer, a sound. It is evidence/<id> below var, as it came."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    added_at = models.DateTimeField()


class Proof(models.Model):
    """That one person may be called for one principal: a consent, a contract in progress, a request for a call-back.

    Fields are those of Code de la consommation R223-1 to R223-3. `slots`: [[ISO start, ISO end], …], precise times
    agreed to. `contact` may go (erasure); `who` and `e164` stay until `archive_until`, three years later.
    """

    class Kind(models.TextChoices):
        """Which legal basis it proves."""

        CONSENT = "consent"
        CONTRACT = "contract"
        CALLBACK_REQUEST = "callback_request"

    class Channel(models.TextChoices):
        """How it reached us."""

        WEB_FORM = "web_form"
        PHONE = "phone"
        PAPER = "paper"
        EMAIL = "email"
        IN_PERSON = "in_person"
        THIRD_PARTY = "third_party"

    # Without an index: nearly all proofs may be of one principal, and a planner that knew too little took it.
    principal = models.ForeignKey(Principal, on_delete=models.PROTECT, related_name="proofs", db_index=False)
    contact = models.ForeignKey("contacts.Contact", null=True, on_delete=models.SET_NULL, related_name="proofs")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.CONSENT)
    who = models.CharField(max_length=250)
    e164 = models.CharField(max_length=16, blank=True, help_text="empty: all of the person's numbers")
    third_party = models.CharField(max_length=200, blank=True, help_text="who collected it, where not the principal")
    object = models.CharField(max_length=300, help_text="goods or services, or the contract's")
    wording = models.TextField(help_text="the exact words agreed to")
    wording_version = models.CharField(max_length=60)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    act = models.CharField(max_length=200, help_text="what the person did: box ticked, said yes")
    given_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Europe/Paris", help_text="of the person, when it was given")
    expires_at = models.DateTimeField(null=True)
    slots = models.JSONField(default=list)
    evidence = models.ForeignKey("ledger.Evidence", null=True, on_delete=models.PROTECT, related_name="proofs")
    reference = models.CharField(
        max_length=500,
        blank=True,
        db_default="",
        help_text="where whoever collected it keeps its evidence: a link, a number",
    )
    batch = models.ForeignKey("contacts.ImportBatch", null=True, on_delete=models.SET_NULL, related_name="proofs")
    call = models.ForeignKey("calls.Call", null=True, on_delete=models.SET_NULL, related_name="proofs")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    recorded_at = models.DateTimeField()
    archive_until = models.DateTimeField()

    class Meta:
        ordering = ("-given_at", "-id")
        indexes = (
            models.Index(fields=("contact", "principal"), name="proof_of_contact"),
            models.Index(fields=("e164", "principal"), name="proof_of_number", condition=~models.Q(e164="")),
        )


class Withdrawal(models.Model):
    """The person took it back: as easily as it was given, by word of mouth too. Or its import was rolled back."""

    class Channel(models.TextChoices):
        """How we know: a proof's channels, and the roll-back of the batch that brought the proof."""

        WEB_FORM = "web_form"
        PHONE = "phone"
        PAPER = "paper"
        EMAIL = "email"
        IN_PERSON = "in_person"
        THIRD_PARTY = "third_party"
        ROLL_BACK = "roll_back"

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="withdrawals")
    at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel.choices)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")


class ConsentWording(models.Model):
    """What a campaign's agents read aloud to ask for a consent. Each change is a new version; `text` empty: nothing."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="consent_wordings")
    version = models.PositiveIntegerField()
    object = models.CharField(max_length=300, blank=True, help_text="goods or services that it names")
    text = models.TextField(blank=True)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("campaign", "version"), name="wording_version"),)


class Decision(models.Model):
    """What was decided for one placed call, with all that was known: `case` is a line that `manage judge` reads.

    Of an erased person, its numbers end in zeros, and `number_digest` stands for the one that was called.
    """

    call = models.OneToOneField("calls.Call", primary_key=True, on_delete=models.CASCADE, related_name="decision")
    at = models.DateTimeField()
    rulebook = models.CharField(max_length=20)
    rows = models.JSONField(help_text="ids of the rulebook's rows in force")
    until = models.DateTimeField(null=True)
    case = models.JSONField()
    override = models.JSONField(null=True, help_text="who set a refusal aside, his reason, which codes")
    number_digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="keyed hash of the number called, once its person was erased",
    )

    class Meta:
        indexes = (
            models.Index(
                fields=("number_digest",), name="decision_erased_number", condition=~models.Q(number_digest="")
            ),
        )
