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

/// The layers of the R*Tree that lead to a layer's features, and how far their ordinals lie from those.
///
/// What is left of a plot is found by the plot's box, which it lies in; only what reaches beyond it has a box of its own.
fn trees(layer: Layer) -> Vec<(Layer, i64)> {
    match layer {
        Layer::Residuals => vec![(layer, 0), (Layer::Plots, layer.ordinal(0) - Layer::Plots.ordinal(0))],
        _ => vec![(layer, 0)],
    }
}

/// The entries of a layer of the R*Tree that touch a box.
fn touching(tree: Layer, DegreeBox { west, south, east, north }: &DegreeBox) -> String {
    let depth = tree.depth();
    format!(
        "feature_box WHERE west_e7 <= {east} AND east_e7 >= {west} AND south_e7 <= {north} AND north_e7 >= {south} \
         AND layer_low >= {depth} AND layer_high <= {depth} + 1"
    )
}

/// Asks the R*Tree, if it is one that can be asked for itself and names not too many. Some of what it names may lie beside
/// the boxes.
pub fn near(db: &mut Db, layer: Layer, boxes: &[DegreeBox]) -> Result<Near, StorageError> {
    let Db::Sqlite(connection) = db else { return Ok(Near::InQuery) };
    let mut found = Vec::new();
    for window in boxes {
        for (tree, shift) in trees(layer) {
            let touching = touching(tree, window);
            let query = format!("SELECT ordinal + {shift} AS ordinal FROM {touching} LIMIT {NEAR_MAX} + 1");
            let rows: Vec<Ordinal> = diesel::sql_query(query).load(connection)?;
            found.extend(rows.into_iter().map(|row| row.ordinal));
            if found.len() > NEAR_MAX {
                return Ok(Near::InQuery);
            }
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
            let each = trees(layer).into_iter().map(|(tree, shift)| {
                let touching = touching(tree, &window);
                match shift {
                    0 => format!("SELECT ordinal, west_e7, south_e7, east_e7, north_e7 FROM {touching}"),
                    // The R*Tree before the features, which are looked up one by one.
                    _ => format!(
                        "SELECT f.ordinal, f.west_e7, f.south_e7, f.east_e7, f.north_e7 \
                         FROM (SELECT ordinal + {shift} AS wanted FROM {touching}) CROSS JOIN feature f ON f.ordinal = wanted \
                         WHERE NOT EXISTS (SELECT 1 FROM feature_box own WHERE own.ordinal = wanted)"
                    ),
                }
            });
            format!("({}) AS of_layer WHERE", each.collect::<Vec<_>>().join(" UNION ALL "))
        }
        Db::Postgres(_) => format!("feature WHERE collection = '{layer}' AND county = {} AND", county.number()),
    };
    let query = format!(
        "SELECT ({x} - {west}) / {step} AS across, ({y} - {south}) / {step} AS up, COUNT(*) AS total FROM {of_layer} \
         ordinal > {low} AND ordinal < {high} \
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

/// Whether the R*Tree has the boxes of the features, and none of those residuals that lie in the boxes of their plots; PostgreSQL
/// makes its column itself.
pub fn is_whole(db: &mut Db) -> Result<bool, StorageError> {
    let Db::Sqlite(connection) = db else { return Ok(true) };
    let (residuals, plots) = (Layer::Residuals.ordinal(0), Layer::Plots.ordinal(0));
    let odd: Vec<Ordinal> = diesel::sql_query(format!(
        "SELECT f.ordinal FROM feature f LEFT JOIN feature_box b ON b.ordinal = f.ordinal \
         LEFT JOIN feature p ON f.collection = '{residual}' AND p.ordinal = f.ordinal - {residuals} + {plots} \
            AND p.west_e7 <= f.west_e7 AND p.south_e7 <= f.south_e7 AND p.east_e7 >= f.east_e7 AND p.north_e7 >= f.north_e7 \
         WHERE CASE WHEN p.ordinal IS NULL THEN f.west_e7 IS NOT b.west_e7 OR f.south_e7 IS NOT b.south_e7 \
            OR f.east_e7 IS NOT b.east_e7 OR f.north_e7 IS NOT b.north_e7 ELSE b.ordinal IS NOT NULL END \
         UNION ALL \
         SELECT b.ordinal FROM feature_box b WHERE NOT EXISTS (SELECT 1 FROM feature f WHERE f.ordinal = b.ordinal) \
         LIMIT 1",
        residual = Layer::Residuals,
    ))
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
