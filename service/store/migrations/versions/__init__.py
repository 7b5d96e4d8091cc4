"""The migrations, each file named by its revision; a released one never changes."""
