"""The readers: from a finished request to a draft, with the record of what it cost."""
