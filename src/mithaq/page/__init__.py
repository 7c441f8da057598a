"""From captured bytes to a Document: decoding, main text, furniture, metadata."""

from mithaq.page.article import read_capture

__all__ = ["read_capture"]
