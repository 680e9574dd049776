"""Arithmetic only: tables in, tables out, no reading and no writing."""
