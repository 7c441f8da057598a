"""mithaq: an evidence-linked record of international digital cooperation from public news, Arabic first."""

__version__ = "0.1.0"
