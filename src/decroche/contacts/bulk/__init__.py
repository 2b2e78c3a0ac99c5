"""One act on many contacts: chosen by hand or by a filter, counted, done in portions by the worker, undone."""
