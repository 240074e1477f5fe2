"""The comment on a pull request at the forge: GitHub, GitLab, Bitbucket, Azure DevOps.

It never changes the exit code of a command.
"""
