"""The stages: each takes a Document and returns one layer of annotations; none knows another."""
