"""What came of it: happenings and promises of one matter in one thread, and how the matter stands as far as the pages tell."""
