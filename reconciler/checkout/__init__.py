"""The checkout that a command runs in: the branch that a pull request targets, and files of that branch."""
