"""The embedded reader: rules that read an article where no LLM is asked."""
