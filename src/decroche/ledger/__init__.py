"""Receives proofs, withdrawals and decisions; hands the judge what a person agreed to. Nothing here is ever changed."""
