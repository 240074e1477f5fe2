"""The rules that several rooms share, by topic. A kind has its own rules in its folder; `kinds.rules` collects
all."""
