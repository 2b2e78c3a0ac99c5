"""What an erasure does to every row that leads to a contact. A test holds this list against Django's models.

Each step is one statement on all the contacts at once (`ids`), so that a selection of thousands is erased as one is.
"""

from __future__ import annotations

from collections.abc import Mapping

GONE: Mapping[str, str] = {
    "contacts.ContactPhone.contact": "DELETE FROM contacts_contactphone WHERE contact_id = ANY(%(ids)s)",
    "contacts.ContactNote.contact": "DELETE FROM contacts_contactnote WHERE contact_id = ANY(%(ids)s)",
    "contacts.ScriptAnswer.contact": "DELETE FROM contacts_scriptanswer WHERE contact_id = ANY(%(ids)s)",
    # Its values go; that an import changed the contact stays, in the journal.
    "contacts.BatchChange.contact": """
        WITH gone AS (DELETE FROM contacts_batchchange WHERE contact_id = ANY(%(ids)s) RETURNING contact_id, batch_id)
        INSERT INTO contacts_contactchange (contact_id, at, actor_id, source, field, batch_id, erased)
        SELECT g.contact_id, coalesce(b.started_at, b.created_at), b.created_by_id, 'import', '*', b.id, TRUE
        FROM gone g JOIN contacts_importbatch b ON b.id = g.batch_id
    """,
    "contacts.ContactChange.contact": """
        UPDATE contacts_contactchange SET before = NULL, after = NULL, erased = TRUE WHERE contact_id = ANY(%(ids)s)
    """,
    "contacts.ContactDocument.contact": "DELETE FROM contacts_contactdocument WHERE contact_id = ANY(%(ids)s)",
    # The refusal of a number outlives the record: as a hash, or as it is where somebody else has that number too.
    "contacts.DoNotCall.contact": """
        UPDATE contacts_donotcall SET contact_id = NULL, note = '' WHERE contact_id = ANY(%(ids)s)
    """,
    "campaigns.QueueEntry.contact": """
        UPDATE campaigns_queueentry SET state = 'withdrawn', owner_id = NULL, owner_until = NULL
        WHERE contact_id = ANY(%(ids)s) AND state <> 'finished'
    """,
    "callbacks.Callback.contact": """
        UPDATE callbacks_callback SET note = '', updated_at = %(now)s,
            state = CASE state WHEN 'scheduled' THEN 'cancelled' ELSE state END
        WHERE contact_id = ANY(%(ids)s)
    """,
    "appointments.Appointment.contact": """
        UPDATE appointments_appointment SET note = '', place = '', updated_at = %(now)s,
            cancelled_at = CASE WHEN starts_at > %(now)s THEN coalesce(cancelled_at, %(now)s) ELSE cancelled_at END
        WHERE contact_id = ANY(%(ids)s)
    """,
    # That it was written stays; one that has not left yet never does.
    "messages.Mail.contact": """
        UPDATE messages_mail SET to_address = '', subject = '', text = '', answer = '', next_at = NULL,
            problem = CASE state WHEN 'queued' THEN 'erased' ELSE problem END,
            ended_at = CASE state WHEN 'queued' THEN %(now)s ELSE ended_at END,
            state = CASE state WHEN 'queued' THEN 'refused' ELSE state END
        WHERE contact_id = ANY(%(ids)s)
    """,
    # The attempt is a figure of the floor's; the number and the voice are the person's.
    "calls.Call.contact": "UPDATE calls_call SET e164 = '' WHERE contact_id = ANY(%(ids)s) AND state = 'ended'",
    "contacts.BulkItem.contact": "UPDATE contacts_bulkitem SET before = NULL WHERE contact_id = ANY(%(ids)s)",
    # What proves that the calls were lawful is kept three years, then goes by itself (R223-3).
    "ledger.Proof.contact": "SELECT 1",
    # Numbers of records stay, nothing of the person.
    "contacts.MergedContact.contact": """
        DELETE FROM contacts_mergeundo WHERE merged_id IN
            (SELECT former_id FROM contacts_mergedcontact WHERE contact_id = ANY(%(ids)s))
    """,
}
"""Relation ("app.Model.field") → what is done to its rows."""
