"""The platform's policy: its file, its rules, and the judgement of a file or a plan by them."""
