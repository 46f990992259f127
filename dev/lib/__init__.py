"""Set-up, databases, servers and test runs of the project; standard library only."""
