"""What every stage may use and that knows no domain word: clock, errors, notifications, encryption, base models."""
