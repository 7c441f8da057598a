"""Letters, words, clitics, sentences, numbers: what every language room rests on."""
