-- Entries are looked up by their names, never the other way round: this index was written for every name and read by nobody.
DROP INDEX entry_key_entry;
