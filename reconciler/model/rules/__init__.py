"""The rules that several rooms share, by topic. A kind has its own in its folder; `kinds.rules` puts all together."""
