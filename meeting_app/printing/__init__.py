"""Papers: what is printed of a meeting, laid out as Decree 30/2020 prescribes."""
