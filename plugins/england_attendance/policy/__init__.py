"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""
