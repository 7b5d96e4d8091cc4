"""Long documents: where a text is split, and how what was found in its parts becomes one."""
