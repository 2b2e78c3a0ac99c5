"""One contact's places in queues, by a manager's hand: taken out, or put back."""
