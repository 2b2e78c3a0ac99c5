"""Pure: receives the intent to call and its history; answers Allowed or Refused(reason, until) to the dialer and to screens."""
