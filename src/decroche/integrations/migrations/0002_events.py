"""The database itself notes what webhooks tell, in the transaction of the fact, and only where somebody listens.

Nothing is asked of those who write the facts: the floor's statements stay as they are. A trigger's WHEN is looked at
before anything else, so a change that tells nothing costs next to nothing.
"""

from django.db import migrations

NOTE = """
CREATE FUNCTION integrations_note(kind text, happened timestamptz, about jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM integrations_webhook w WHERE w.enabled AND w.events @> to_jsonb(kind)) THEN
        INSERT INTO integrations_event (type, at, ids) VALUES (kind, coalesce(happened, now()), about);
    END IF;
END $$;

CREATE FUNCTION integrations_call_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM integrations_note('call.ended', NEW.ended_at, jsonb_build_object('call', NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER integrations_call_ended AFTER UPDATE OF state ON calls_call FOR EACH ROW
WHEN (NEW.state = 'ended' AND OLD.state <> 'ended') EXECUTE FUNCTION integrations_call_ended();

CREATE FUNCTION integrations_call_qualified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM integrations_note('call.qualified', NEW.disposed_at,
        jsonb_build_object('call', NEW.id, 'disposition', NEW.disposition_id));
    RETURN NULL;
END $$;
CREATE TRIGGER integrations_call_qualified AFTER UPDATE OF disposition_id, disposed_at ON calls_call FOR EACH ROW
WHEN (NEW.disposition_id IS NOT NULL
    AND (NEW.disposition_id, NEW.disposed_at) IS DISTINCT FROM (OLD.disposition_id, OLD.disposed_at))
EXECUTE FUNCTION integrations_call_qualified();

CREATE FUNCTION integrations_do_not_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM integrations_note('contact.do_not_call', NEW.created_at, jsonb_build_object('row', NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER integrations_do_not_call AFTER INSERT ON contacts_donotcall FOR EACH ROW
WHEN (NEW.origin <> 'import') EXECUTE FUNCTION integrations_do_not_call();

CREATE FUNCTION integrations_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM integrations_note('appointment.created', NEW.created_at, jsonb_build_object('appointment', NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER integrations_appointment AFTER INSERT ON appointments_appointment FOR EACH ROW
EXECUTE FUNCTION integrations_appointment();

CREATE FUNCTION integrations_import_finished() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM integrations_note('import.finished', NEW.finished_at, jsonb_build_object('batch', NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER integrations_import_finished AFTER UPDATE OF status ON contacts_importbatch FOR EACH ROW
WHEN (NEW.status <> OLD.status AND NEW.status IN ('done', 'failed', 'cancelled', 'rolled_back'))
EXECUTE FUNCTION integrations_import_finished();
"""
NOTE_BACK = """
DROP TRIGGER integrations_call_ended ON calls_call;
DROP TRIGGER integrations_call_qualified ON calls_call;
DROP TRIGGER integrations_do_not_call ON contacts_donotcall;
DROP TRIGGER integrations_appointment ON appointments_appointment;
DROP TRIGGER integrations_import_finished ON contacts_importbatch;
DROP FUNCTION integrations_call_ended(), integrations_call_qualified(), integrations_do_not_call(),
    integrations_appointment(), integrations_import_finished(), integrations_note(text, timestamptz, jsonb);
"""

# What other programs read in order: contacts by their last change, calls by their outcome's date.
READ = """
CREATE INDEX integrations_contact_changes ON contacts_contact (updated_at, id);
CREATE INDEX integrations_outcomes ON calls_call (disposed_at, id) WHERE disposed_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0001_initial"),
        ("contacts", "0003_search"),
        ("calls", "0004_who_hung_up"),
        ("appointments", "0003_initial"),
    ]

    operations = [
        migrations.RunSQL(NOTE, NOTE_BACK),
        migrations.RunSQL(READ, "DROP INDEX integrations_contact_changes, integrations_outcomes"),
    ]
