"""Settings of the installation, and the log of who did what."""

from decroche.accounts.models import AuditEntry, Setting
from decroche.accounts.selectors import settings


def put(client, **changes):
    return client.put("/settings", {**client.get("/settings").json(), **changes})


def test_settings_have_defaults(as_admin):
    assert as_admin.get("/settings").json()["listening_announced"] is True


def test_a_callback_number_is_kept_as_e164(as_admin, floor_words):
    assert put(as_admin, callback_number="01 99 00 12 34").json()["callback_number"] == "+33199001234"
    assert floor_words == [{"kind": "settings_changed"}]


def test_a_number_that_is_none_is_refused_beside_its_field(as_admin):
    assert put(as_admin, callback_number="12").json()["error"]["fields"].keys() == {"callback_number"}


def test_retention_is_never_longer_than_the_law_allows(as_admin):
    answer = put(as_admin, recordings_kept_days=200)
    assert answer.json()["error"]["fields"] == {"recordings_kept_days": "Au plus 183."}


def test_a_stored_value_that_is_no_longer_valid_counts_as_the_default(db):
    Setting.objects.create(key="recordings_kept_days", value=9999)
    Setting.objects.create(key="company_name", value="Décroche SAS")
    assert (settings().recordings_kept_days, settings().company_name) == (183, "Décroche SAS")


def test_a_supervisor_reads_settings_and_does_not_write_them(as_supervisor):
    assert as_supervisor.get("/settings").status_code == 200
    assert put(as_supervisor).status_code == 403


def test_the_audit_log_says_what_changed_from_what_to_what(as_admin):
    put(as_admin, company_name="Décroche SAS")
    put(as_admin, company_name="Décroche SAS")
    entries = as_admin.get("/audit", query_params={"action": "settings.update"}).json()["items"]
    assert [entry["detail"] for entry in entries] == [{"changes": {"company_name": ["", "Décroche SAS"]}}]


def test_the_audit_log_is_paged_without_repeats(as_admin):
    from decroche.accounts.audit import record

    for number in range(5):
        record(as_admin.user, "test", number=number)
    seen, cursor = [], ""
    while cursor is not None:
        page = as_admin.get("/audit", query_params={"limit": 2, "cursor": cursor}).json()
        seen += [entry["detail"]["number"] for entry in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [4, 3, 2, 1, 0]


def test_a_made_up_cursor_is_refused(as_admin):
    for cursor in ("x", "W10", "WzEsMl0", "%00"):
        assert as_admin.get("/audit", query_params={"cursor": cursor}).status_code == 422


def test_only_administrators_read_the_audit_log(as_supervisor):
    assert as_supervisor.get("/audit").status_code == 403
    assert AuditEntry.objects.count() == 0
