"""Campaigns: whom to call, how, with which script and presented numbers, and each contact's place in the queue."""

from __future__ import annotations

from django.db import models

from decroche.campaigns.recording import usual_notice
from decroche.common.models import Timestamped


def legal_hours() -> list[dict[str, object]]:
    """Monday to Friday, 10:00-13:00 and 14:00-20:00 (Code de la consommation D223-9), as `Campaign.hours` holds.

    Them.
    """
    return [
        {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"},
        {"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"},
    ]


class Mode(models.TextChoices):
    """How calls are launched: by a click, one for each ready agent, or more than there are agents (`pacing`)."""

    MANUAL = "manual"
    PREVIEW = "preview"
    PROGRESSIVE = "progressive"
    POWER = "power"
    PREDICTIVE = "predictive"


class Campaign(Timestamped):
    """A campaign. Times in seconds; `hours` is a list of {days: [0=Monday…], from: "HH:MM", to.

    "HH:MM"} in the contact's zone.
    """

    class Status(models.TextChoices):
        """Only an open campaign dials."""

        DRAFT = "draft"
        OPEN = "open"
        STOPPED = "stopped"
        ARCHIVED = "archived"

    class Audience(models.TextChoices):
        """Consumers are protected by more rules than companies."""

        B2C = "b2c"
        B2B = "b2b"

    class Basis(models.TextChoices):
        """Why it may call (`compliance.intent.Basis`)."""

        CONSENT = "consent"
        CONTRACT = "contract"
        CALLBACK_REQUEST = "callback_request"
        BUSINESS = "business"
        NOT_CANVASSING = "not_canvassing"

    class Sector(models.TextChoices):
        """What is sold, where the law forbids to canvass for it."""

        OTHER = ""
        ENERGY = "energy"
        HOME_ADAPTATION = "home_adaptation"
        TRAINING_ACCOUNT = "training_account"

    class WrapUp(models.TextChoices):
        """How long an agent has after a talk."""

        UNLIMITED = "unlimited"
        TIMED = "timed"
        NONE = "none"

    class Recording(models.TextChoices):
        """Which calls are recorded."""

        NEVER = "never"
        ON_DEMAND = "on_demand"
        ALL = "all"

    class RecordingPurpose(models.TextChoices):
        """What every call of a share of them is recorded for; a recording without a purpose is not lawful."""

        QUALITY = "quality"
        TRAINING = "training"
        PROOF = "proof"

    class AmdTiming(models.TextChoices):
        """When the agent hears the contact: once he is known to be a person, or at once, to be freed by detection."""

        BEFORE = "before"
        DURING = "during"

    class MachineAction(models.TextChoices):
        """What an answering machine gets."""

        HANG_UP = "hang_up"
        MESSAGE = "message"

    name = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.PROGRESSIVE)
    audience = models.CharField(max_length=3, choices=Audience.choices, default=Audience.B2C)
    basis = models.CharField(max_length=16, choices=Basis.choices, default=Basis.CONSENT)
    sector = models.CharField(max_length=16, choices=Sector.choices, blank=True, default=Sector.OTHER)
    principal = models.ForeignKey("ledger.Principal", null=True, on_delete=models.PROTECT, related_name="campaigns")
    on_days_off = models.BooleanField(default=False, help_text="companies only: also called on public holidays")
    regional_days_off = models.BooleanField(default=True, help_text="days off of Alsace-Moselle and overseas count")
    priority = models.IntegerField(default=0)
    caller_name = models.CharField(max_length=120, blank=True)
    callback_number = models.CharField(max_length=16, blank=True)
    trunk = models.ForeignKey("telephony.Trunk", null=True, blank=True, on_delete=models.SET_NULL)
    sender = models.ForeignKey("messages.Sender", null=True, on_delete=models.SET_NULL, related_name="campaigns")
    hours = models.JSONField(default=legal_hours)
    ring_timeout_s = models.IntegerField(default=25)
    wrap_up = models.CharField(max_length=9, choices=WrapUp.choices, default=WrapUp.UNLIMITED)
    wrap_up_s = models.IntegerField(default=30)
    wrap_up_extension_s = models.IntegerField(default=30)
    recording = models.CharField(max_length=9, choices=Recording.choices, default=Recording.NEVER)
    recording_purpose = models.CharField(
        max_length=8, choices=RecordingPurpose.choices, default=RecordingPurpose.QUALITY
    )
    recording_share = models.FloatField(
        default=0.2, help_text="of the calls, where all may be recorded; the whole only for the proof of contracts"
    )
    recording_notice = models.TextField(
        blank=True, default=usual_notice, help_text="said by the agent at the beginning of the call"
    )
    power_ratio = models.FloatField(default=1.5, help_text="lines per ready agent in power mode")
    abandon_cap = models.FloatField(
        default=0.03, help_text="abandoned share of calls answered by a person, rolling 24 h"
    )
    lines_max = models.IntegerField(null=True, help_text="most lines at once; none: as many as the trunks have")
    amd_enabled = models.BooleanField(default=False)
    amd_timing = models.CharField(max_length=6, choices=AmdTiming.choices, default=AmdTiming.BEFORE)
    amd_settings = models.JSONField(default=dict, help_text="Asterisk's AMD(), where it differs from the usual")
    amd_check_share = models.FloatField(
        default=0.05, help_text="share of the calls taken for machines that a free agent checks"
    )
    machine_action = models.CharField(max_length=7, choices=MachineAction.choices, default=MachineAction.HANG_UP)
    disposition_hangs_up = models.BooleanField(default=False)
    max_attempts = models.IntegerField(default=4)
    territory = models.JSONField(default=list, help_text="[[kind, code], …], see `territory`; none: everywhere")
    territory_ranges = models.JSONField(default=list, help_text="what it resolves to: [[first, last postal code], …]")
    order = models.JSONField(default=dict, help_text="see `steering.order`; empty: by priority, then as they are due")
    filter = models.JSONField(null=True, help_text="a tree of conditions, see `contacts.filters`; none: everybody")
    filter_label = models.CharField(max_length=120, blank=True)
    steering = models.IntegerField(
        default=0, help_text="of the entries that this order, filter and lists admit; 0: none of them is in force"
    )
    steering_progress = models.JSONField(null=True, help_text="{done, total} while its entries are being admitted")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-priority", "name")


class Announcement(models.Model):
    """What a contact hears from us instead of an agent. The file is announcements/<id>.wav16 below var.

    `text` is what was spoken by the machine; empty where the manager recorded it himself.
    """

    class Kind(models.TextChoices):
        """To a person for whom nobody was free; to an answering machine; to a contact who calls back.

        The latter hears `waiting` while an agent is looked for; then `missed` where he is called back, else `goodbye`.
        """

        ABANDONED = "abandoned"
        MACHINE = "machine"
        WAITING = "waiting"
        MISSED = "missed"
        GOODBYE = "goodbye"

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="announcements")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    text = models.TextField(blank=True)
    duration_s = models.FloatField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("campaign", "kind"), name="one_announcement_per_kind"),)


class CampaignAssignment(models.Model):
    """Who works on a campaign: a user or a whole group.

    An agent with several takes the highest priority that has work.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE)
    group = models.ForeignKey("agents.AgentGroup", null=True, on_delete=models.CASCADE)
    priority = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="user_or_group", condition=models.Q(user__isnull=True) ^ models.Q(group__isnull=True)
            ),
            models.UniqueConstraint(fields=("campaign", "user", "group"), name="assigned_once", nulls_distinct=False),
        )


class PresentedNumber(models.Model):
    """A number that the principal holds and may show as caller ID; and who answers whoever calls it back."""

    class ReturnTo(models.TextChoices):
        """Where its calls go (`calls.returning`): to the campaign that called, to one campaign, to a message."""

        CALLER = "caller"
        CAMPAIGN = "campaign"
        MESSAGE = "message"

    e164 = models.CharField(max_length=16, unique=True)
    label = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=True)
    principal = models.ForeignKey(
        "ledger.Principal", null=True, on_delete=models.PROTECT, related_name="numbers", help_text="who holds it"
    )
    daily_limit = models.IntegerField(null=True, help_text="calls a day that may show it; null: as many as there are")
    return_to = models.CharField(max_length=8, choices=ReturnTo.choices, default=ReturnTo.CALLER, db_default="caller")
    return_campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="return_numbers")
    return_wait_s = models.IntegerField(default=30, db_default=30, help_text="how long a caller waits for an agent")


class CampaignPresentedNumber(models.Model):
    """Which numbers a campaign shows: `zone` "1".."5" = to numbers that begin by 01…05; "67" = to mobiles.

    `department` = to those who live there, which comes first; both empty = always. Several of one kind take turns.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="presented_numbers")
    number = models.ForeignKey(PresentedNumber, on_delete=models.PROTECT)
    zone = models.CharField(max_length=2, blank=True)
    department = models.CharField(max_length=3, blank=True, db_default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number", "zone", "department"), name="shown_once_per_zone"),
            models.CheckConstraint(
                condition=models.Q(zone="") | models.Q(department=""), name="shown_by_zone_or_department"
            ),
        )


class RetryRule(models.Model):
    """After such a result: how long to wait, how many times at most, and whether to go to the contact's next number."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="retry_rules")
    result = models.CharField(max_length=12)
    delay_s = models.IntegerField()
    max_attempts = models.IntegerField()
    next_phone = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("campaign", "result"), name="one_rule_per_result"),)


class Script(models.Model):
    """What the agent reads and asks.

    `pages`: [{id, title, text, questions: [{key, label, kind: choice|text|number|date|yes_no, choices, required}]}],
    `objections`: [{id, title, answer}]. Texts may hold {{ contact.last_name }}, {{ agent.first_name }},
    {{ campaign.caller_name }}.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="script")
    pages = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    version = models.IntegerField(default=1)


class CampaignList(models.Model):
    """A part of a campaign's queue with a priority and a share of its calls: what one batch brought, or one feeding.

    `rest` is what belongs to no other. A share of 0 is not called.
    """

    class Kind(models.TextChoices):
        """Where its entries come from."""

        BATCH = "batch"
        FED = "fed"
        REST = "rest"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lists")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    batch = models.ForeignKey("contacts.ImportBatch", null=True, on_delete=models.CASCADE)
    name = models.CharField(max_length=120, blank=True)
    priority = models.IntegerField(default=0)
    share = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "batch"), name="one_list_per_batch", condition=models.Q(kind="batch")
            ),
            models.UniqueConstraint(fields=("campaign",), name="one_rest", condition=models.Q(kind="rest")),
        )


class QueueEntry(models.Model):
    """One contact's place in one campaign.

    `waiting` may be claimed from `not_before` on; `claimed` belongs to one call until `lease_until`; `finished` is over
    (`finished_reason`); `withdrawn` was taken out by a roll-back or a manager. A promise has
    `owner_until`: it is kept for `owner` until then (no owner: for the team at once). `phone_position` is the index,
    among the contact's dialable numbers, of the next one to call. `place` is the contact's postal code as a number
    (-1000: none of France's), kept by the database itself (migration 0005): a territory is one look at one index.
    `admitted` is the steering that admitted it, at its `rank` in its `stream`; 0: to be judged when it is due.
    """

    class State(models.TextChoices):
        """Where the entry stands."""

        WAITING = "waiting"
        CLAIMED = "claimed"
        FINISHED = "finished"
        WITHDRAWN = "withdrawn"

    # Entries come by the million: what an index below covers, or what is mostly empty, has no index of its own.
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="queue", db_index=False)
    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="queue_entries")
    batch = models.ForeignKey("contacts.ImportBatch", null=True, on_delete=models.SET_NULL)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    priority = models.IntegerField(default=0)
    not_before = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    attempts_by_result = models.JSONField(default=dict)
    phone_position = models.IntegerField(default=0)
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, db_index=False)
    owner_until = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_result = models.CharField(max_length=12, blank=True)
    last_call_at = models.DateTimeField(null=True)
    disposition = models.ForeignKey("dispositions.Disposition", null=True, on_delete=models.SET_NULL, db_index=False)
    finished_reason = models.CharField(max_length=40, blank=True)
    refused_reason = models.CharField(max_length=40, blank=True)
    place = models.IntegerField(null=True)
    list = models.ForeignKey(CampaignList, null=True, on_delete=models.SET_NULL, db_index=False)
    admitted = models.IntegerField(null=True)
    stream = models.IntegerField(null=True)
    rank = models.TextField(null=True, db_collation="C")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("campaign", "contact"), name="one_place_per_campaign"),)
        indexes = (
            models.Index(
                fields=("campaign", "-priority", "not_before", "id"),
                name="queue_next",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=("owner",), name="queue_owner", condition=models.Q(owner__isnull=False)),
            models.Index(
                fields=("disposition",), name="queue_disposition", condition=models.Q(disposition__isnull=False)
            ),
            models.Index(fields=("lease_until",), name="queue_leases", condition=models.Q(state="claimed")),
            # Promises, of one agent or of the team: few, and looked at before all others.
            models.Index(
                fields=("not_before",),
                name="queue_promises",
                condition=models.Q(state="waiting", owner_until__isnull=False),
            ),
            # Each zone of two digits in the queue's order: a claim within a territory merges the heads of a few.
            models.Index(
                models.F("campaign"),
                models.F("place") / 1000,
                models.F("priority").desc(),
                "not_before",
                "id",
                "place",
                name="queue_places",
                condition=models.Q(state="waiting", owner_until__isnull=True),
            ),
            # The streams of each steering, in its order.
            models.Index(
                fields=("admitted", "stream", "-priority", "rank", "not_before", "id"),
                name="queue_admitted",
                condition=models.Q(state="waiting", owner_until__isnull=True, admitted__gt=0),
            ),
            models.Index(
                fields=("campaign", "-priority", "not_before", "id"),
                name="queue_unjudged",
                condition=models.Q(state="waiting", owner_until__isnull=True, admitted=0),
            ),
        )
