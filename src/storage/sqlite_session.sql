PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
-- Else REPLACE removes a row without asking the triggers that refuse it.
PRAGMA recursive_triggers = ON;
PRAGMA case_sensitive_like = ON;
PRAGMA busy_timeout = 10000;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
