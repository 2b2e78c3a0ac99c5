"""Reads every stage, is read by none: figures of agents and campaigns, each with its formula."""
