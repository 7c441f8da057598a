"""The read door: questions to the record, answered with the words that prove each line."""
