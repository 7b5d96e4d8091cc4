"""The prompts, as versioned files; see README.md beside this module.

Owns where they stand. Holds no logic: the service's prompting module renders them.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
"""The folder that holds the templates and their worked examples."""
