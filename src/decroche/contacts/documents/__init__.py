"""Files kept with a contact: a signed form, a photograph, a quotation. Stored by identifier, never run."""
