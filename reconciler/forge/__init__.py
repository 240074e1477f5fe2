"""The comment on a pull request at the forge (GitHub, GitLab). It never changes the exit code of a command."""
