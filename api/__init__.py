"""Everybody uses it: command line, HTTP service, web page, tables."""
