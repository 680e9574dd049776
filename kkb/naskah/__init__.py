"""Sentences made from the numbers, in formal Indonesian or English, one module a page.

They say nothing that the tables do not hold.
"""
