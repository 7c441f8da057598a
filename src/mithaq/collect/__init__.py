"""Where pages come from: files and folders on this machine, and later feeds and archives."""

from mithaq.collect.files import PageFile, find_pages

__all__ = ["PageFile", "find_pages"]
