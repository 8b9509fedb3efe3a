"""Answers in which every quotation carries its citation, of bounded size, each of one moment of the ledger.

They are what is given to those who do not see the pages: assistants, and programs that cite.
"""
