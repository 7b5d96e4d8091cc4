"""Whether quotes carry what is claimed of them; pure, and leaning to doubt."""
