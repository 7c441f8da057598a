"""The parts of the site in which people do something: they sign in, decide, add, join and part, write."""

from __future__ import annotations

from mithaq.web import grouping, marking, notes, privacy, review, signing_in, talking

DEEDS = (review.pages, marking.pages, grouping.pages, notes.pages, privacy.pages, signing_in.pages, talking.pages)
