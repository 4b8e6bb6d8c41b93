"""The office over HTTP: what officers ask for, signed in with an account."""
