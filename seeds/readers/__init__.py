"""Readers: the bytes of a format to the text of its reports."""
