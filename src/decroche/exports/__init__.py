"""Receives what the stages hold; hands it out as files: .csv and .xlsx for people, every table for who leaves us."""
