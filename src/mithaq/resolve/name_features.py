"""What the comparison of two names says, as plain numbers that a table of weights can use."""

from __future__ import annotations

import msgspec

SHARED = "~"  # begins keys of what many names have in common

class NameFeatures(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What two names have in common; every number lies between -1 and 1 except where said, and swapping the names changes none.

    ``same``           1 when the names are the same words once marks, hamza seats, accents, case, articles and particles are set aside
    ``likeness``       how well the words fit that found a partner, 0 to 1, longer words counting for more; 0 when none did
    ``shared``         how much of the shorter name found a partner, 0 to 1
    ``covered``        how much of the longer name found a partner, 0 to 1
    ``first``          people: the given names agree (up to 1), contradict (-1) or one is not told (0); bodies: the same for the heads
                       ("ministry", "agency")
    ``last``           people: the same for the last words (surnames); bodies: for what the name is about ("digital economy")
    ``contradiction``  how much of either name stands against words of the other without being like them, 0 to 1; words that one name
                       merely leaves out contradict nothing
    ``swapped``        1 when the words stand in another order
    ``initials``       share of the words that found a partner of which one is a mere initial
    ``number``         1 for the same ordinal («السادس», "VI"), -1 for different ones, 0 when one has none
    ``acronym``        1 when one name is the acronym of the other, -1 when both have acronyms and they differ, else 0
    ``country``        bodies: 1 when both name the same country or nationality, -1 for different ones, else 0
    ``known``          bodies: 1 when both are names of one body in the gazetteers, -1 of different ones, else 0
    ``across``         1 when the names are written in different scripts
    ``words``          number of words of the shorter name that count (no particles), at most 9
    ``evidence``       how many letters of the shorter name found a partner, words that many people share counting half
    """

    same: float = 0.0
    likeness: float = 0.0
    shared: float = 0.0
    covered: float = 0.0
    first: float = 0.0
    last: float = 0.0
    contradiction: float = 0.0
    swapped: float = 0.0
    initials: float = 0.0
    number: float = 0.0
    acronym: float = 0.0
    country: float = 0.0
    known: float = 0.0
    across: float = 0.0
    words: float = 0.0
    evidence: float = 0.0
