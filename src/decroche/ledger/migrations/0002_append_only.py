"""Proofs, withdrawals and decisions are written once. Only the retention job, which says so, may delete what is past."""

from django.db import migrations

GUARD = """
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('decroche.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  -- A record that is erased, a batch or a user that is deleted leave the proof: only the link goes.
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV[0]::text[] = to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER proof_append_only BEFORE UPDATE OR DELETE ON ledger_proof FOR EACH ROW
  EXECUTE FUNCTION ledger_append_only('{contact_id,batch_id,call_id,recorded_by_id}');
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON ledger_evidence FOR EACH ROW
  EXECUTE FUNCTION ledger_append_only('{added_by_id}');
CREATE TRIGGER withdrawal_append_only BEFORE UPDATE OR DELETE ON ledger_withdrawal FOR EACH ROW
  EXECUTE FUNCTION ledger_append_only('{recorded_by_id}');
CREATE TRIGGER decision_append_only BEFORE UPDATE ON ledger_decision FOR EACH ROW
  EXECUTE FUNCTION ledger_append_only('{}');
"""
GONE = """
DROP TRIGGER decision_append_only ON ledger_decision;
DROP TRIGGER withdrawal_append_only ON ledger_withdrawal;
DROP TRIGGER evidence_append_only ON ledger_evidence;
DROP TRIGGER proof_append_only ON ledger_proof;
DROP FUNCTION ledger_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, GONE)]
