"""Web archives read by many processes or machines: each reads stretches of records and writes nothing, one puts in order and writes.

A stretch that is read twice, because the process that read it died or the run did, gives the same bytes again, and is kept once.
"""
