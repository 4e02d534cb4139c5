-- Of a new file; those that are there keep theirs. Rows of a kilobyte fill these pages, of 4096 bytes they leave a quarter empty.
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
-- A REPLACE deletes: the triggers of append-only tables must hear of it.
PRAGMA recursive_triggers = ON;
PRAGMA case_sensitive_like = ON;
PRAGMA busy_timeout = 10000;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
