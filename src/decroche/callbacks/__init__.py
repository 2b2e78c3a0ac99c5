"""Receives promises from dispositions; hands them back to the queue at their time, to their owner first."""
