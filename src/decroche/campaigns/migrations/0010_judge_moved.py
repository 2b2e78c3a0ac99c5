"""An entry that is brought forward, given to another list or taken up again is judged anew by what steers its campaign."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION campaigns_judge_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.admitted := 0;
  RETURN NEW;
END $$;
CREATE TRIGGER campaigns_judge_moved BEFORE UPDATE OF priority, batch_id, list_id, state ON campaigns_queueentry
  FOR EACH ROW WHEN (
    OLD.priority IS DISTINCT FROM NEW.priority OR OLD.batch_id IS DISTINCT FROM NEW.batch_id
    OR OLD.list_id IS DISTINCT FROM NEW.list_id
    OR (NEW.state = 'waiting' AND OLD.state IN ('finished', 'withdrawn')))
  EXECUTE FUNCTION campaigns_judge_moved();
"""
NO_TRIGGER = """
DROP TRIGGER campaigns_judge_moved ON campaigns_queueentry;
DROP FUNCTION campaigns_judge_moved();
"""


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0009_principal')]

    operations = [migrations.RunSQL(TRIGGER, NO_TRIGGER)]
