PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
-- A REPLACE deletes: the triggers of append-only tables must hear of it.
PRAGMA recursive_triggers = ON;
PRAGMA case_sensitive_like = ON;
PRAGMA busy_timeout = 10000;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
