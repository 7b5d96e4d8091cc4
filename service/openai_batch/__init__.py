"""OpenAI's Batch files: articles out, answers in, by the same pipeline as everything else."""
