//! 文号登记簿: numbers that were taken, and those of them that are void. None is ever given back.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::paper::number::{OfficialNumber, WordOfNumber};
use crate::domain::record::Collection;
use crate::domain::region::{County, UserId};
use crate::storage::db::{Db, StorageError};
use crate::storage::rows::At;
use crate::storage::schema::{paper_number, paper_number_void};

/// A number that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenNumber {
    pub n: i64,
    /// None if it was spoiled before a paper had it.
    pub paper: Option<i64>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: UserId,
    pub void: Option<Voided>,
}

/// Why and when a number became void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    pub reason: String,
    pub at: NaiveDateTime,
    pub by: UserId,
}

/// A register: one 代字 in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    pub word: WordOfNumber,
    pub year: i64,
    /// The largest number.
    pub last: i64,
    pub taken: i64,
    pub void: i64,
}

type Columns = (i64, Option<i64>, NaiveDateTime, i64, Option<(String, NaiveDateTime, i64)>);

fn taken((n, paper, recorded_at, by, void): Columns) -> TakenNumber {
    let void = void.map(|(reason, at, by)| Voided { reason, at, by: UserId(by) });
    TakenNumber { n, paper, recorded_at, recorded_by: UserId(by), void }
}

macro_rules! numbers {
    ($county:expr, $word:expr, $year:expr) => {
        paper_number::table
            .left_join(
                paper_number_void::table.on(paper_number_void::county
                    .eq(paper_number::county)
                    .and(paper_number_void::word.eq(paper_number::word))
                    .and(paper_number_void::year.eq(paper_number::year))
                    .and(paper_number_void::n.eq(paper_number::n))),
            )
            .filter(
                paper_number::county
                    .eq($county.number())
                    .and(paper_number::word.eq($word))
                    .and(paper_number::year.eq($year)),
            )
            .select((
                paper_number::n,
                paper_number::paper_id,
                paper_number::recorded_at,
                paper_number::recorded_by,
                (paper_number_void::reason, paper_number_void::recorded_at, paper_number_void::recorded_by).nullable(),
            ))
    };
}

/// A number, if it was taken.
pub fn find(db: &mut Db, county: County, number: &OfficialNumber) -> Result<Option<TakenNumber>, StorageError> {
    let row: Option<Columns> = numbers!(county, number.word.as_str(), number.year)
        .filter(paper_number::n.eq(number.n))
        .first(db)
        .optional()?;
    Ok(row.map(taken))
}

/// The numbers of a register after one, in order.
pub fn page(
    db: &mut Db,
    county: County,
    (word, year): (&WordOfNumber, i64),
    after: i64,
    limit: i64,
) -> Result<Vec<TakenNumber>, StorageError> {
    let rows: Vec<Columns> = numbers!(county, word.as_str(), year)
        .filter(paper_number::n.gt(after))
        .order(paper_number::n)
        .limit(limit)
        .load(db)?;
    Ok(rows.into_iter().map(taken).collect())
}

/// Takes a number. Whoever calls holds the county's lock and has looked that nobody had it.
pub fn insert(
    db: &mut Db,
    county: County,
    number: &OfficialNumber,
    paper: Option<i64>,
    (at, by): (NaiveDateTime, UserId),
) -> Result<(), StorageError> {
    diesel::insert_into(paper_number::table)
        .values((
            paper_number::county.eq(county.number()),
            paper_number::word.eq(number.word.as_str()),
            paper_number::year.eq(number.year),
            paper_number::n.eq(number.n),
            paper_number::paper_id.eq(paper),
            paper_number::recorded_at.eq(at),
            paper_number::recorded_by.eq(by.0),
        ))
        .execute(db)?;
    Ok(())
}

/// Makes a number void; it stays taken.
pub fn insert_void(db: &mut Db, county: County, number: &OfficialNumber, void: &Voided) -> Result<(), StorageError> {
    diesel::insert_into(paper_number_void::table)
        .values((
            paper_number_void::county.eq(county.number()),
            paper_number_void::word.eq(number.word.as_str()),
            paper_number_void::year.eq(number.year),
            paper_number_void::n.eq(number.n),
            paper_number_void::reason.eq(&void.reason),
            paper_number_void::recorded_at.eq(void.at),
            paper_number_void::recorded_by.eq(void.by.0),
        ))
        .execute(db)?;
    Ok(())
}

/// The county's registers: every 代字 and year with a number taken.
pub fn registers(db: &mut Db, county: County) -> Result<Vec<Register>, StorageError> {
    use diesel::dsl::{count_star, max};
    let rows: Vec<(String, i64, Option<i64>, i64)> = paper_number::table
        .filter(paper_number::county.eq(county.number()))
        .group_by((paper_number::word, paper_number::year))
        .order((paper_number::word, paper_number::year))
        .select((paper_number::word, paper_number::year, max(paper_number::n), count_star()))
        .load(db)?;
    let void: Vec<(String, i64, i64)> = paper_number_void::table
        .filter(paper_number_void::county.eq(county.number()))
        .group_by((paper_number_void::word, paper_number_void::year))
        .select((paper_number_void::word, paper_number_void::year, count_star()))
        .load(db)?;
    rows.into_iter()
        .map(|(word, year, last, taken)| {
            let void =
                void.iter().find(|(of, in_year, _)| *of == word && *in_year == year).map_or(0, |(.., count)| *count);
            let at = At(Collection::PaperNumber, last.unwrap_or(0));
            Ok(Register { word: at.word(&word)?, year, last: last.unwrap_or(0), taken, void })
        })
        .collect()
}
