//! What lies near a box: the R*Tree of SQLite or the PostGIS index narrows, the exact test is geometry's own.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::domain::geometry::lonlat::DegreeBox;
use crate::domain::layer::Layer;
use crate::domain::region::County;
use crate::storage::db::{Db, StorageError};
use crate::storage::feature::Boxed;
use crate::storage::schema::feature;

/// Features near a box up to which they are looked up one by one; beyond, a scan in order finds a page sooner.
const NEAR_MAX: usize = 20_000;

/// How features near some boxes are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// These, ascending: the spatial index named them.
    Among(Vec<i64>),
    /// Those that the query finds itself.
    InQuery,
}

#[derive(QueryableByName)]
struct Ordinal {
    #[diesel(sql_type = BigInt)]
    ordinal: i64,
}

/// Asks the R*Tree, if it is one that can be asked for itself and names not too many.
pub fn near(db: &mut Db, layer: Layer, boxes: &[DegreeBox]) -> Result<Near, StorageError> {
    let Db::Sqlite(connection) = db else { return Ok(Near::InQuery) };
    let depth = layer.depth();
    let mut found = Vec::new();
    for DegreeBox { west, south, east, north } in boxes {
        let query = format!(
            "SELECT ordinal FROM feature_box \
             WHERE west_e7 <= {east} AND east_e7 >= {west} AND south_e7 <= {north} AND north_e7 >= {south} \
             AND layer_low >= {depth} AND layer_high <= {depth} + 1 LIMIT {NEAR_MAX} + 1"
        );
        let rows: Vec<Ordinal> = diesel::sql_query(query).load(connection)?;
        found.extend(rows.into_iter().map(|row| row.ordinal));
        if found.len() > NEAR_MAX {
            return Ok(Near::InQuery);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Near::Among(found))
}

/// One cell of a raster that holds features: its place, counted from the south-west corner, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Cell {
    #[diesel(sql_type = BigInt)]
    pub across: i64,
    #[diesel(sql_type = BigInt)]
    pub up: i64,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Counts the features of a layer by the cell that the middle of their box lies in. `step` is the side of a cell in
/// degrees × 10⁷; what lies in the middle of nowhere but on the border of the window belongs to it.
pub fn cells(
    db: &mut Db,
    county: County,
    layer: Layer,
    window: DegreeBox,
    step: i32,
) -> Result<Vec<Cell>, StorageError> {
    let (low, high) = layer.bounds(county);
    let DegreeBox { west, south, east, north } = window;
    // A sum of two longitudes does not fit the four bytes of PostgreSQL's column.
    let (x, y) = ("(west_e7 + CAST(east_e7 AS BIGINT)) / 2", "(south_e7 + CAST(north_e7 AS BIGINT)) / 2");
    let of_layer = match db {
        Db::Sqlite(_) => {
            let depth = layer.depth();
            format!(
                "feature_box WHERE west_e7 <= {east} AND east_e7 >= {west} AND south_e7 <= {north} AND north_e7 >= {south} \
                 AND layer_low >= {depth} AND layer_high <= {depth} + 1"
            )
        }
        Db::Postgres(_) => format!("feature WHERE collection = '{layer}' AND county = {}", county.number()),
    };
    let query = format!(
        "SELECT ({x} - {west}) / {step} AS across, ({y} - {south}) / {step} AS up, COUNT(*) AS total FROM {of_layer} \
         AND ordinal > {low} AND ordinal < {high} \
         AND {x} BETWEEN {west} AND {east} AND {y} BETWEEN {south} AND {north} \
         GROUP BY 1, 2 ORDER BY 1, 2"
    );
    Ok(match db {
        Db::Sqlite(connection) => diesel::sql_query(query).load(connection)?,
        Db::Postgres(connection) => diesel::sql_query(query).load(connection)?,
    })
}

/// Cuts a query down to what lies near the boxes.
pub fn narrowed<'q>(db: &Db, query: Boxed<'q>, layer: Layer, boxes: &[DegreeBox]) -> Boxed<'q> {
    let postgres = matches!(db, Db::Postgres(_));
    let each: Vec<String> = boxes
        .iter()
        .map(|DegreeBox { west, south, east, north }| {
            if postgres {
                format!(
                    "geom && ST_MakeEnvelope({west} / 1e7::float8, {south} / 1e7::float8, \
                     {east} / 1e7::float8, {north} / 1e7::float8, 4326)"
                )
            } else {
                format!("(west_e7 <= {east} AND east_e7 >= {west} AND south_e7 <= {north} AND north_e7 >= {south})")
            }
        })
        .collect();
    // The layer in the statement's own text lets PostgreSQL use the layer's index.
    query.filter(sql::<Bool>(&format!("(collection = '{layer}' AND ({}))", each.join(" OR "))))
}

/// Whether the R*Tree and the features have the same boxes; PostgreSQL makes its column itself.
pub fn is_whole(db: &mut Db) -> Result<bool, StorageError> {
    let Db::Sqlite(connection) = db else { return Ok(true) };
    let odd: Vec<Ordinal> = diesel::sql_query(
        "SELECT f.ordinal FROM feature f LEFT JOIN feature_box b ON b.ordinal = f.ordinal \
         WHERE f.west_e7 IS NOT b.west_e7 OR f.south_e7 IS NOT b.south_e7 \
            OR f.east_e7 IS NOT b.east_e7 OR f.north_e7 IS NOT b.north_e7 \
         UNION ALL \
         SELECT b.ordinal FROM feature_box b WHERE NOT EXISTS (SELECT 1 FROM feature f WHERE f.ordinal = b.ordinal) \
         LIMIT 1",
    )
    .load(connection)?;
    Ok(odd.is_empty())
}

/// All features of a layer in a county, after one of them, in order.
pub(super) fn in_order<'q>(layer: Layer, county: County, after: i64) -> Boxed<'q> {
    let (low, high) = layer.bounds(county);
    feature::table
        .into_boxed()
        .filter(feature::county.eq(county.number()))
        .filter(feature::ordinal.gt(after.max(low)).and(feature::ordinal.lt(high)))
        .order(feature::ordinal)
}
