DROP TABLE price_base_event;
DROP TABLE price_base;
