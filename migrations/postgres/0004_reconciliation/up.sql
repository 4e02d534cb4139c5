-- 对账差异的指派与处理: what was said of a difference between map and books, with the digest of the figures it was
-- said of. The differences themselves are found anew at every look and rest nowhere.
CREATE TABLE reconciliation_note (
    county INTEGER NOT NULL REFERENCES county_state (county),
    difference TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    owner_id BIGINT,
    resolution TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    figures_sha256 BYTEA NOT NULL,
    user_id BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (county, difference, n)
);
CREATE TRIGGER reconciliation_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is not on the map, and what lacks its number: short lists beside long tables.
CREATE INDEX plot_unmapped ON plot (county, id) WHERE geometry_version = 0;
CREATE INDEX parcel_unmapped ON parcel (county, id) WHERE geometry_version = 0;
CREATE INDEX parcel_without_number ON parcel (county, id) WHERE regulatory_number IS NULL;
