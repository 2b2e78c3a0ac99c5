"""The lists of a campaign, each replaced whole: assignments, numbers shown, retry rules; and its script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction

from decroche.accounts.models import User
from decroche.agents.models import AgentGroup
from decroche.campaigns import reconsider, selectors
from decroche.campaigns.departments import DEPARTMENTS
from decroche.campaigns.errors import ScriptChanged
from decroche.campaigns.models import CampaignAssignment, CampaignPresentedNumber, PresentedNumber, RetryRule, Script
from decroche.campaigns.schemas import AssignmentIn, CampaignNumberIn, RetryRuleIn
from decroche.campaigns.script_schema import ScriptIn, ScriptOut
from decroche.campaigns.services import changed, lock
from decroche.common.errors import InvalidFields

Both = tuple[str, str]
VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
TWICE: Both = ("Cette ligne est en double.", "This line is there twice.")
NO_DEPARTMENT: Both = ("Ce département n'existe pas.", "There is no such department.")
ONE_OF_BOTH: Both = ("Choisissez une zone ou un département.", "Choose a zone or a department.")
GONE: Both = ("Cet élément n'existe plus. Rechargez la page.", "This no longer exists. Reload the page.")


@transaction.atomic
def put_assignments(actor: User, campaign_id: int, body: list[AssignmentIn]) -> None:
    """Raises NotFound, CampaignArchived, InvalidFields."""
    row = lock(campaign_id)
    users = set(User.objects.filter(pk__in=_ids(one.user_id for one in body)).values_list("pk", flat=True))
    groups = set(AgentGroup.objects.filter(pk__in=_ids(one.group_id for one in body)).values_list("pk", flat=True))
    for index, one in enumerate(body):
        if (one.user_id is None) == (one.group_id is None):
            both = ("Choisissez un agent ou un groupe.", "Choose an agent or a group.")
            raise InvalidFields(**{f"{index}.user_id": both})
        if one.user_id is not None and one.user_id not in users:
            raise InvalidFields(**{f"{index}.user_id": GONE})
        if one.group_id is not None and one.group_id not in groups:
            raise InvalidFields(**{f"{index}.group_id": GONE})
    _refuse_repeats(((one.user_id, one.group_id) for one in body), "user_id")
    row.assignments.all().delete()
    CampaignAssignment.objects.bulk_create(CampaignAssignment(campaign=row, **one.model_dump()) for one in body)
    changed(actor, row, "campaign.assign", assignments=[one.model_dump() for one in body])


@transaction.atomic
def put_numbers(actor: User, campaign_id: int, body: list[CampaignNumberIn]) -> None:
    """Raises NotFound, CampaignArchived, InvalidFields."""
    row = lock(campaign_id)
    known = set(PresentedNumber.objects.values_list("pk", flat=True))
    for index, one in enumerate(body):
        if one.number_id not in known:
            raise InvalidFields(**{f"{index}.number_id": GONE})
        if one.department and one.department not in DEPARTMENTS:
            raise InvalidFields(**{f"{index}.department": NO_DEPARTMENT})
        if one.department and one.zone:
            raise InvalidFields(**{f"{index}.zone": ONE_OF_BOTH})
    _refuse_repeats(((one.number_id, one.zone, one.department) for one in body), "number_id")
    row.presented_numbers.all().delete()
    CampaignPresentedNumber.objects.bulk_create(
        CampaignPresentedNumber(campaign=row, **one.model_dump()) for one in body
    )
    changed(actor, row, "campaign.present_numbers", numbers=[one.model_dump() for one in body])
    reconsider.after_exhaustion([row.pk])


@transaction.atomic
def put_retry_rules(actor: User, campaign_id: int, body: list[RetryRuleIn]) -> None:
    """Raises NotFound, CampaignArchived, InvalidFields."""
    row = lock(campaign_id)
    _refuse_repeats((one.result for one in body), "result")
    row.retry_rules.all().delete()
    RetryRule.objects.bulk_create(RetryRule(campaign=row, **one.model_dump()) for one in body)
    changed(actor, row, "campaign.set_retries", rules=[one.model_dump() for one in body])


@transaction.atomic
def put_script(actor: User, campaign_id: int, body: ScriptIn) -> ScriptOut:
    """Raises NotFound, CampaignArchived, ScriptChanged, InvalidFields."""
    row = lock(campaign_id)
    script, _ = Script.objects.get_or_create(campaign=row)
    if body.version is not None and body.version != script.version:
        raise ScriptChanged
    _check_script(body)
    script.pages = [page.model_dump() for page in body.pages]
    script.objections = [objection.model_dump() for objection in body.objections]
    script.version += 1
    script.save()
    changed(actor, row, "campaign.write_script", version=script.version)
    return selectors.script_out(script)


def _check_script(body: ScriptIn) -> None:
    _refuse_repeats((page.id for page in body.pages), "id", "pages.")
    _refuse_repeats((objection.id for objection in body.objections), "id", "objections.")
    keys: Counter[str] = Counter(question.key for page in body.pages for question in page.questions)
    for page_index, page in enumerate(body.pages):
        for index, question in enumerate(page.questions):
            path = f"pages.{page_index}.questions.{index}"
            if keys[question.key] > 1:
                raise InvalidFields(
                    **{f"{path}.key": ("Deux questions ont cette clé.", "Two questions have this key.")}
                )
            if (question.kind == "choice") != bool(question.choices):
                both = (
                    "Donnez les choix, pour une question à choix seulement.",
                    "Give the choices, for a choice only.",
                )
                raise InvalidFields(**{f"{path}.choices": both})
    known = set(selectors.variables())
    for path, text in _texts(body):
        for name in VARIABLE.findall(text):
            if name not in known:
                both = (f"Variable inconnue : {name[:60]}.", f"Unknown variable: {name[:60]}.")
                raise InvalidFields(**{path: both})


def _texts(body: ScriptIn) -> Iterator[tuple[str, str]]:
    for index, page in enumerate(body.pages):
        yield f"pages.{index}.text", page.text
        yield f"pages.{index}.return_text", page.return_text
    for index, objection in enumerate(body.objections):
        yield f"objections.{index}.answer", objection.answer


def _ids(values: Iterable[int | None]) -> list[int]:
    return [value for value in values if value is not None]


def _refuse_repeats(keys: Iterable[object], field: str, prefix: str = "") -> None:
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            raise InvalidFields(**{f"{prefix}{index}.{field}": TWICE})
        seen.add(key)
