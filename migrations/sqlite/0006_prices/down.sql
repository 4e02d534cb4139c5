DROP TABLE price_base_event;
DROP TABLE price_base;
DELETE FROM sqlite_stat1 WHERE tbl IN ('price_base', 'price_base_event');
