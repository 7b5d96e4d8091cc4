"""Golden fixtures and the readings held against them: files, their faults, their pairing."""
