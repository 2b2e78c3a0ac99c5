"""What the floor writes to its contacts: e-mails, one by one, through senders of its own."""
