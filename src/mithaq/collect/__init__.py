"""Where pages come from: files, folders, files of records, addresses of the web; and later feeds and archives."""

from mithaq.collect.files import PageFile, find_pages
from mithaq.collect.sources import Page, Source, Unread, find_sources

__all__ = ["Page", "PageFile", "Source", "Unread", "find_pages", "find_sources"]
