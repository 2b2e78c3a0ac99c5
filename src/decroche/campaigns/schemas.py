"""What crosses the API about campaigns; the script's own words are in `script_schema.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from decroche.agents.schemas import PauseReasonOut
from decroche.campaigns.codes import (
    AmdTiming,
    AnnouncementKind,
    Audience,
    Basis,
    MachineAction,
    ModeCode,
    RecordingPolicy,
    RecordingPurpose,
    ReturnTo,
    Sector,
    StatusCode,
    WrapUp,
)
from decroche.campaigns.models import PresentedNumber
from decroche.campaigns.script_schema import ScriptOut
from decroche.common.pagination import Page
from decroche.common.schemas import Body, Label120, Text80, Text120, left_out
from decroche.compliance.numbers import zone_called
from decroche.compliance.presented import may_serve, range_of
from decroche.contacts.filters.schema import Node
from decroche.dispositions.schemas import DispositionOut

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A telephone number in any French form; kept as E.164."""
Zone = Literal["", "1", "2", "3", "4", "5", "67"]
RangeCode = Literal["fiction", "mobile", "premium", "technical", "polyvalent", "territorial", "free", "foreign"]
DailyLimit = Annotated[int, Field(ge=1, le=100_000)]
ReturnWait = Annotated[int, Field(ge=5, le=300)]
RetryResult = Literal[
    "no_answer",
    "busy",
    "rejected",
    "congestion",
    "machine",
    "abandoned",
    "cancelled",
    "failed",
    "unallocated",
    "connected",
]
"""`connected`: talked, and no outcome was given."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Day = Annotated[int, Field(ge=0, le=6)]
RingTimeout = Annotated[int, Field(ge=15, le=120)]
"""At least 15 s: the industry's norm, see rules-fr.md."""
Seconds = Annotated[int, Field(ge=0, le=3600)]
CampaignPriority = Annotated[int, Field(ge=-100, le=100)]
MaxAttempts = Annotated[int, Field(ge=1, le=50)]


Hours = TypedDict(
    "Hours", {"days": Annotated[list[Day], Field(min_length=1, max_length=7)], "from": Clock, "to": Clock}
)
"""A stretch of some days of the week (0 = Monday), in the contact's own time zone; `to` is after `from`."""
Hours.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]

PowerRatio = Annotated[float, Field(ge=1, le=5)]
AbandonCap = Annotated[float, Field(ge=0, le=0.03)]
"""At most 3% (rules-fr.md): it can only be set lower."""
RecordingShare = Annotated[float, Field(gt=0, le=1)]
RecordingNotice = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
CheckShare = Annotated[float, Field(ge=0, le=0.5)]
LinesMax = Annotated[int, Field(ge=1, le=2000)]


class AmdSettings(Body):
    """Asterisk's AMD(), in milliseconds but for the two thresholds; what is left out is the usual (see `telephony`)."""

    initial_silence_ms: Annotated[int, Field(ge=500, le=10_000)] | None = None
    greeting_ms: Annotated[int, Field(ge=500, le=10_000)] | None = None
    after_greeting_silence_ms: Annotated[int, Field(ge=100, le=5000)] | None = None
    total_analysis_ms: Annotated[int, Field(ge=1000, le=15_000)] | None = None
    min_word_ms: Annotated[int, Field(ge=20, le=1000)] | None = None
    between_words_silence_ms: Annotated[int, Field(ge=20, le=1000)] | None = None
    maximum_words: Annotated[int, Field(ge=1, le=20)] | None = None
    silence_threshold: Annotated[int, Field(ge=10, le=5000)] | None = None
    maximum_word_ms: Annotated[int, Field(ge=500, le=10_000)] | None = None


class AnnouncementOut(Schema):
    """What a contact hears from us instead of an agent. `text` empty: recorded by a manager."""

    kind: AnnouncementKind
    is_recorded: bool
    text: str
    duration_s: float
    made_at: datetime
    url: str
    """Path of the sound below the page's origin."""


class SayIn(Body):
    """What the machine's voice says."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]


class AmdReport(Schema):
    """What the detection of machines did, over the last 30 days. Shares are fractions of 1; intervals at 95%."""

    screened: int
    machines: int
    checked: int
    """Calls taken for machines that an agent heard all the same, and gave an outcome."""
    false_machines: int
    """Of those, persons."""
    false_share: float | None
    false_share_low: float | None
    false_share_high: float | None
    missed_machines: int
    """Calls taken for persons that the agent heard a machine on (outcome that says not reached)."""


HoursList = Annotated[list[Hours], Field(max_length=28)]


class AssignmentOut(Schema):
    """Who works on the campaign: a user or a group (one of both)."""

    id: int
    user_id: int | None
    group_id: int | None
    name: str
    priority: int


class AssignmentIn(Body):
    """Either `user_id` or `group_id`. An agent with several campaigns takes the highest priority that has work."""

    user_id: int | None = None
    group_id: int | None = None
    priority: CampaignPriority = 0


class PresentedNumberOut(Schema):
    """A number that the principal holds and may show."""

    id: int
    e164: str
    label: str
    active: bool
    range: RangeCode
    """Which block of the numbering plan it comes from; decides what it may serve."""
    zone: Zone
    """Where it seems to call from: 1 to 5; "" where it says nothing."""
    serves_automatic: bool
    """May be shown for calls that a machine launches."""
    serves_by_hand: bool
    """May be shown for calls made by one click each."""
    principal_id: int | None
    """The company that holds it."""
    principal_name: str
    daily_limit: int | None
    """Calls a day that may show it; null: as many as there are."""
    return_to: ReturnTo
    """Who answers whoever calls it: the campaign that called him, one campaign, or a message."""
    return_campaign_id: int | None
    return_wait_s: int
    """How long he waits for an agent."""
    campaign_ids: list[int]

    @staticmethod
    def resolve_range(number: PresentedNumber) -> str:
        return range_of(number.e164)

    @staticmethod
    def resolve_zone(number: PresentedNumber) -> str:
        return zone_called(number.e164)

    @staticmethod
    def resolve_serves_automatic(number: PresentedNumber) -> bool:
        return may_serve(number.e164, automatic=True)

    @staticmethod
    def resolve_serves_by_hand(number: PresentedNumber) -> bool:
        return may_serve(number.e164, automatic=False)

    @staticmethod
    def resolve_principal_name(number: PresentedNumber) -> str:
        return number.principal.name if number.principal else ""

    @staticmethod
    def resolve_campaign_ids(number: PresentedNumber) -> list[int]:
        return sorted({shown.campaign_id for shown in number.campaignpresentednumber_set.all()})


class PresentedNumberIn(Body):
    """A new number, in any French form."""

    number: Number
    label: Text80 = ""
    active: bool = True
    principal_id: int | None = None
    daily_limit: DailyLimit | None = None
    return_to: ReturnTo = "caller"
    return_campaign_id: int | None = None
    return_wait_s: ReturnWait = 30


class PresentedNumberPatch(Body):
    """The number itself never changes: make another."""

    label: Text80 = left_out()
    active: bool = left_out()
    principal_id: int | None = left_out()
    daily_limit: DailyLimit | None = left_out()
    return_to: ReturnTo = left_out()
    return_campaign_id: int | None = left_out()
    return_wait_s: ReturnWait = left_out()


class CampaignNumberOut(Schema):
    """`zone` "1".."5": to numbers that begin by 01…05; "67": mobiles; `department`: to who lives there; else always."""

    number_id: int
    zone: Zone
    department: str
    e164: str
    label: str


class CampaignNumberIn(Body):
    """One number for one zone or one department; several for the same take turns."""

    number_id: int
    zone: Zone = ""
    department: Annotated[str, StringConstraints(max_length=3)] = ""


class RetryRuleOut(Schema):
    """After such a result: when to call again, how many times at most, and whether on the contact's next number."""

    result: RetryResult
    delay_s: int
    max_attempts: int
    next_phone: bool


class RetryRuleIn(Body):
    """A result without a rule is not called again."""

    result: RetryResult
    delay_s: Annotated[int, Field(ge=60, le=90 * 86_400)]
    max_attempts: MaxAttempts
    next_phone: bool = True


class Missing(Schema):
    """Why the campaign cannot be opened."""

    code: Literal[
        "no_assignment",
        "no_trunk",
        "no_presented_number",
        "no_disposition",
        "no_caller_name",
        "no_callback_number",
        "no_machine_message",
        "no_principal",
        "banned_sector",
        "no_campaign_hours",
        "fiction_presented",
        "mobile_presented",
        "premium_presented",
        "technical_presented",
        "foreign_presented",
        "presented_of_another",
        "territorial_presented",
        "archived",
    ]
    message: str


class CampaignItem(Schema):
    """A line of the list."""

    id: int
    name: str
    status: StatusCode
    mode: ModeCode
    audience: Audience
    priority: int
    trunk_id: int | None
    opened_at: datetime | None
    created_at: datetime
    territory: str
    """Where it calls, in a few words; empty: everywhere."""
    filter_label: str
    """Whom it calls, in a few words; empty: everybody."""
    entries: int
    callable_now: int
    """In its territory, due promises included: the live floor's figure."""
    entries_waiting: int
    """Callable now or later, or in a call."""
    entries_finished: int


class CampaignOut(Schema):
    """A campaign, whole but for its script, dispositions and queue."""

    id: int
    name: str
    status: StatusCode
    mode: ModeCode
    audience: Audience
    basis: Basis
    """Why it may call: what the judge asks a proof of."""
    sector: Sector
    principal_id: int | None
    on_days_off: bool
    regional_days_off: bool
    priority: int
    caller_name: str
    callback_number: str
    trunk_id: int | None
    sender_id: int | None
    """By whom its e-mails are sent; null: the default sender."""
    hours: list[Hours]
    ring_timeout_s: int
    wrap_up: WrapUp
    wrap_up_s: int
    wrap_up_extension_s: int
    recording: RecordingPolicy
    recording_purpose: RecordingPurpose
    recording_share: float
    """Fraction of the calls, where `recording` is `all`."""
    recording_notice: str
    """What the agent says at the beginning; may name fields as a script does."""
    power_ratio: float
    abandon_cap: float
    """Fraction: 0.03 is 3%."""
    lines_max: int | None
    amd_enabled: bool
    amd_timing: AmdTiming
    amd_settings: AmdSettings
    territory: str
    """Where it calls, in a few words; empty: everywhere."""
    filter_label: str
    """Whom it calls, in a few words; empty: everybody."""
    amd_usual: AmdSettings
    """What Asterisk uses where `amd_settings` says nothing."""
    amd_check_share: float
    machine_action: MachineAction
    announcements: list[AnnouncementOut]
    disposition_hangs_up: bool
    max_attempts: int
    opened_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int
    """Changes with anything that the desk data holds."""
    assignments: list[AssignmentOut]
    presented_numbers: list[CampaignNumberOut]
    retry_rules: list[RetryRuleOut]
    missing: list[Missing]
    """Empty: it can be opened."""


class CampaignIn(Body):
    """A new campaign, in draft, with the usual French outcomes, retry rules and an example of a script."""

    name: Label120
    mode: ModeCode = "progressive"
    audience: Audience = "b2c"


class CampaignPatch(Body):
    """Any subset. `trunk_id` None: the trunks in the order of their priority; `sender_id` None: the default sender."""

    name: Label120 = left_out()
    mode: ModeCode = left_out()
    audience: Audience = left_out()
    basis: Basis = left_out()
    sector: Sector = left_out()
    principal_id: int | None = left_out()
    on_days_off: bool = left_out()
    regional_days_off: bool = left_out()
    priority: CampaignPriority = left_out()
    caller_name: Text120 = left_out()
    callback_number: Number = left_out()
    trunk_id: int | None = left_out()
    sender_id: int | None = left_out()
    hours: HoursList = left_out()
    ring_timeout_s: RingTimeout = left_out()
    wrap_up: WrapUp = left_out()
    wrap_up_s: Annotated[int, Field(ge=5, le=3600)] = left_out()
    wrap_up_extension_s: Seconds = left_out()
    recording: RecordingPolicy = left_out()
    recording_purpose: RecordingPurpose = left_out()
    recording_share: RecordingShare = left_out()
    recording_notice: RecordingNotice = left_out()
    power_ratio: PowerRatio = left_out()
    abandon_cap: AbandonCap = left_out()
    lines_max: LinesMax | None = left_out()
    amd_enabled: bool = left_out()
    amd_timing: AmdTiming = left_out()
    amd_settings: AmdSettings = left_out()
    amd_check_share: CheckShare = left_out()
    machine_action: MachineAction = left_out()
    disposition_hangs_up: bool = left_out()
    max_attempts: MaxAttempts = left_out()


class DuplicateIn(Body):
    """Name of the copy; None: the old one followed by "(copie)"."""

    name: Label120 | None = None


class ContactFilter(Body):
    """Which contacts; all the conditions given must hold."""

    batch_ids: list[int] | None = None
    postal_code_prefixes: (
        Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=12)]], Field(max_length=200)] | None
    ) = None
    city: Text120 | None = None
    in_campaign_id: int | None = None
    custom: dict[str, str] | None = None


class FeedIn(Body):
    """One of contact_ids, batch_id (what it brought and what it changed), filter and search (a tree of conditions).

    `list_name`: the entries are a list of their own, with a priority and a share that may be set.
    """

    contact_ids: Annotated[list[int], Field(max_length=100_000)] | None = None
    batch_id: int | None = None
    filter: ContactFilter | None = None
    search: Node | None = None
    list_name: Text120 = ""
    priority: CampaignPriority = 0


class Fed(Schema):
    """`added` and `back` (taken out before) now wait; `already` had their place; `no_number` cannot be dialed."""

    added: int
    back: int
    already: int
    no_number: int


class DeskCustomField(Schema):
    """One of the floor's own fields of a contact."""

    id: int
    key: str
    label: str
    kind: Literal["text", "number", "date", "choice", "yes_no", "link"]
    choices: list[Any]
    position: int


class Desk(Schema):
    """All that an agent's page needs of a campaign besides the live state. Fetched again when `version` changes."""

    campaign_id: int
    name: str
    version: int
    mode: ModeCode
    audience: Audience
    caller_name: str
    callback_number: str
    ring_timeout_s: int
    wrap_up: WrapUp
    wrap_up_s: int
    wrap_up_extension_s: int
    recording: RecordingPolicy
    recording_notice: str
    disposition_hangs_up: bool
    script: ScriptOut
    dispositions: list[DispositionOut]
    custom_fields: list[DeskCustomField]
    pause_reasons: list[PauseReasonOut]
    company_name: str


class CampaignPage(Page[CampaignItem]):
    """Campaigns, the most urgent first."""


class PresentedNumberPage(Page[PresentedNumberOut]):
    """All the numbers."""


class DispositionPage(Page[DispositionOut]):
    """A campaign's outcomes in order."""
