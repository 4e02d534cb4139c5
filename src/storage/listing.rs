//! Lists in the order that was asked for, page by page: the one place where `sortby` becomes SQL.
//!
//! An order is up to four columns of a list and, last, its id, so that no two rows stand equal. A page begins after a
//! position, which is what the last row of the page before held in those columns: rows that are entered meanwhile
//! appear where they belong, and none of the others is met twice or passed over. Empty values come last whichever way
//! a column goes, as in a spreadsheet; texts go by their bytes; both on both databases.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::backend::Backend;
use diesel::dsl::sql;
use diesel::expression::expression_types::NotSelectable;
use diesel::expression::{TypedExpressionType, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, Date, HasSqlType, Nullable, Text as SqlText, Timestamp};

use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, StorageError};

/// Columns of one order beside the id.
pub const KEYS_MAX: usize = 4;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    Number,
    Day,
    Moment,
}

/// A column as SQL over the table of its list, in which every row is found by county and id.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    pub sql: &'static str,
    pub holds: Holds,
    pub may_be_empty: bool,
}

/// The columns by which a list can be put in order.
pub trait SortColumn: Copy + Eq + fmt::Debug + fmt::Display + FromStr<Err = Text> + Send + Sync + 'static {
    const ALL: &'static [Self];
    const TABLE: &'static str;
    /// The column of ids, which ends every order.
    const ID: Self;

    fn source(self) -> Source;
}

/// Names the columns of a list: a word, its Chinese term, what it holds (`| None` where it may be empty), and the SQL.
///
/// What lies in another table is a scalar subquery, so that a row of the list's own table tells everything.
macro_rules! sortable {
    (
        $(#[$meta:meta])*
        pub enum $name:ident of $table:literal by $id:ident {
            $( $variant:ident = $code:tt $zh:tt: $holds:ident $(| $none:ident)?, $sql:literal; )*
        }
    ) => {
        $crate::domain::input::vocabulary! {
            $(#[$meta])*
            pub enum $name { $( $variant = $code $zh ),* }
        }

        impl $crate::storage::listing::SortColumn for $name {
            const ALL: &'static [Self] = Self::ALL;
            const TABLE: &'static str = $table;
            const ID: Self = Self::$id;

            fn source(self) -> $crate::storage::listing::Source {
                use $crate::storage::listing::{Holds, Source};
                match self {
                    $( Self::$variant => Source {
                        sql: $sql,
                        holds: Holds::$holds,
                        may_be_empty: !concat!($( stringify!($none) )?).is_empty(),
                    }, )*
                }
            }
        }
    };
}
pub(crate) use sortable;

/// Which way a column goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    #[default]
    Up,
    Down,
}

/// What a row holds in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Number(i64),
    Day(NaiveDate),
    Moment(NaiveDateTime),
}

impl Value {
    fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => at.format("%FT%T%.f").to_string(),
        }
    }

    /// What [`Value::to_text`] wrote; none where it cannot have written that.
    fn read(text: &str, holds: Holds) -> Option<Self> {
        // What the databases refuse to compare with was never in them.
        let near = |day: &NaiveDate| (1..=9999).contains(&day.year());
        match holds {
            Holds::Text => (!text.contains('\0')).then(|| Self::Text(text.to_owned())),
            Holds::Number => text.parse().ok().map(Self::Number),
            Holds::Day => text.parse().ok().filter(near).map(Self::Day),
            Holds::Moment => text.parse().ok().filter(|at: &NaiveDateTime| near(&at.date())).map(Self::Moment),
        }
    }
}

/// An order of a list; by id where nothing else was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order<C> {
    /// The columns before the id, each once.
    keys: Vec<(C, Way)>,
    /// Which way rows go that are equal in all of them.
    ties: Way,
}

impl<C> Default for Order<C> {
    fn default() -> Self {
        Self { keys: Vec::new(), ties: Way::Up }
    }
}

impl<C: SortColumn> Order<C> {
    /// Reads `-area_m2,code`: columns in the order of their weight, those with a minus from the greatest on.
    pub fn read(sortby: &str) -> Result<Self, Text> {
        let mut order = Self::default();
        for (at, word) in sortby.split(',').enumerate() {
            // A plus in a query is read as a blank.
            let (way, name) = match word.strip_prefix('-') {
                Some(name) => (Way::Down, name),
                None => (Way::Up, word.strip_prefix(['+', ' ']).unwrap_or(word)),
            };
            let column: C = name.parse().map_err(|_| {
                let shown: String = name.chars().take(40).collect();
                let known = C::ALL.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                text!(
                    "不能按“{shown}”排序;可用的列:{known};列名前加 - 为降序,多列用逗号分隔",
                    "{shown:?} is no column to sort by; they are {known}, each with - before it for descending, several \
                     between commas"
                )
            })?;
            if order.keys.iter().any(|(known, _)| *known == column) {
                return Err(text!("列“{column}”出现两次,请只保留一个", "{column:?} stands there twice; keep one"));
            }
            if at == KEYS_MAX {
                return Err(text!("至多按 {KEYS_MAX} 列排序", "at most {KEYS_MAX} columns are sorted by"));
            }
            order.ties = way;
            if column == C::ID {
                // No two rows share an id: what follows it decides nothing.
                return Ok(order);
            }
            order.keys.push((column, way));
        }
        Ok(order)
    }

    /// The same order spelt in full, the same for all ways to ask for it.
    fn spelt(&self) -> String {
        let all = self.keys.iter().copied().chain([(C::ID, self.ties)]);
        let words = all.map(|(column, way)| format!("{}{column}", if way == Way::Down { "-" } else { "" }));
        words.collect::<Vec<_>>().join(",")
    }

    /// Whether nothing but the id decides, from the first on.
    pub fn is_by_id(&self) -> bool {
        self.keys.is_empty() && self.ties == Way::Up
    }

    /// A position as it travels to the caller and back: a plain id in the order of ids, otherwise an opaque word.
    pub fn cursor(&self, position: &Position) -> String {
        if self.is_by_id() {
            return position.id.to_string();
        }
        let mut parts = vec![Some(self.spelt())];
        parts.extend(position.values.iter().map(|value| value.as_ref().map(Value::to_text)));
        parts.push(Some(position.id.to_string()));
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&parts).expect("texts are JSON"))
    }

    /// Reads a cursor, which must come from the same order.
    pub fn position(&self, cursor: &str) -> Result<Position, Text> {
        let unknown = || {
            Text::fixed(
                "不是本列表给出的翻页标记;请用上一页 next 的值,或去掉 after 从第一页开始",
                "not a mark that this list gave; send the next of the page before, or leave out after and begin anew",
            )
        };
        let asked = self.spelt();
        let other = |of: &str| {
            let of: String = of.chars().take(200).collect();
            text!(
                "翻页标记属于排序“{of}”,本次排序为“{asked}”;请用同样的 sortby 翻页,或去掉 after 从第一页开始",
                "the mark belongs to sortby {of:?} and this request sorts by {asked:?}; go on with the same sortby, or leave \
                 out after and begin anew"
            )
        };
        // As it was given, without zeros before it: else one position would have many marks.
        if let Some(id) = cursor.parse::<i64>().ok().filter(|id| id.to_string() == cursor) {
            return match (id, self.is_by_id()) {
                (0.., true) => Ok(Position { values: Vec::new(), id }),
                (0.., false) => Err(other(&C::ID.to_string())),
                _ => Err(unknown()),
            };
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| unknown())?;
        let parts: Vec<Option<String>> = serde_json::from_slice(&bytes).map_err(|_| unknown())?;
        let [Some(of), values @ .., Some(id)] = &parts[..] else { return Err(unknown()) };
        if *of != asked {
            return Err(if Self::read(of).is_ok_and(|order| order.spelt() == *of) { other(of) } else { unknown() });
        }
        let id = id.parse().map_err(|_| unknown())?;
        if values.len() != self.keys.len() || self.is_by_id() {
            return Err(unknown());
        }
        let pairs = self.keys.iter().zip(values);
        let values = pairs.map(|((column, _), text)| match text {
            None if column.source().may_be_empty => Ok(None),
            None => Err(unknown()),
            Some(text) => Value::read(text, column.source().holds).map(Some).ok_or_else(unknown),
        });
        Ok(Position { values: values.collect::<Result<_, _>>()?, id })
    }
}

/// Where a page ends: what its last row holds in the columns of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    values: Vec<Option<Value>>,
    id: i64,
}

/// Which page of a list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<C> {
    pub order: Order<C>,
    /// The row after which the page begins; none: it is the first.
    pub after: Option<Position>,
    pub limit: i64,
}

impl<C> Default for Place<C> {
    fn default() -> Self {
        Self { order: Order::default(), after: None, limit: 0 }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    pub rows: Vec<T>,
    /// Where the next page begins; none: this was the last.
    pub next: Option<Position>,
}

impl<T> Listed<T> {
    /// The same page with something else made of its rows.
    pub fn map<U>(self, made: impl FnOnce(Vec<T>) -> Vec<U>) -> Listed<U> {
        Listed { rows: made(self.rows), next: self.next }
    }
}

impl<C: SortColumn> Place<C> {
    /// In the order of ids, after one of them.
    pub fn by_id(after: i64, limit: i64) -> Self {
        Self { order: Order::default(), after: Some(Position { values: Vec::new(), id: after }), limit }
    }

    /// The page that begins there.
    pub fn page_after(&self, position: Position) -> Self {
        Self { after: Some(position), ..self.clone() }
    }

    /// The first page of another size.
    pub fn first(&self, limit: i64) -> Self {
        Self { after: None, limit, order: self.order.clone() }
    }

    /// The condition that a row stands after the position.
    pub(super) fn beyond(&self) -> Snippet<Bool> {
        let mut to = self.snippet();
        let Some(position) = &self.after else {
            to.sql("1 = 1");
            return to;
        };
        if self.is_one_way() {
            self.beyond_in_one_way(&mut to, position);
            return to;
        }
        if let ([(column, way), ..], [Some(value), ..]) = (&self.order.keys[..], &position.values[..])
            && let Source { sql, may_be_empty: false, .. } = column.source()
        {
            // Follows from the rest; said by itself, it lets both planners begin at the position in an index.
            to.sql(&format!("{sql} {} ", if *way == Way::Up { ">=" } else { "<=" }));
            to.bind(value);
            to.sql(" AND ");
        }
        for ((column, way), value) in self.order.keys.iter().zip(&position.values) {
            let Source { sql, may_be_empty, .. } = column.source();
            match value {
                Some(value) => {
                    to.sql(&format!("({sql} {} ", if *way == Way::Up { ">" } else { "<" }));
                    to.bind(value);
                    if may_be_empty {
                        to.sql(&format!(" OR {sql} IS NULL"));
                    }
                    to.sql(&format!(" OR ({sql} = "));
                    to.bind(value);
                    to.sql(" AND ");
                }
                None => to.sql(&format!("(({sql} IS NULL AND ")),
            }
        }
        to.sql(&format!("{} {} ", C::ID.source().sql, if self.order.ties == Way::Up { ">" } else { "<" }));
        to.bind(&Value::Number(position.id));
        to.sql(&"))".repeat(self.order.keys.len()));
        to
    }

    /// Whether all columns are filled in every row and go the same way, so that rows of values can be compared.
    fn is_one_way(&self) -> bool {
        self.order.keys.iter().all(|(column, way)| *way == self.order.ties && !column.source().may_be_empty)
    }

    /// The same condition as one comparison: each column is worked out once a row, and an index leads to the position.
    fn beyond_in_one_way(&self, to: &mut Snippet<Bool>, position: &Position) {
        let columns = self.order.keys.iter().map(|(column, _)| *column).chain([C::ID]);
        let columns: Vec<&str> = columns.map(|column| column.source().sql).collect();
        to.sql(&format!("({}) {} (", columns.join(", "), if self.order.ties == Way::Up { ">" } else { "<" }));
        for value in position.values.iter().flatten() {
            to.bind(value);
            to.sql(", ");
        }
        to.bind(&Value::Number(position.id));
        to.sql(")");
    }

    /// What follows `ORDER BY`.
    pub(super) fn by(&self) -> Snippet<NotSelectable> {
        let mut to = self.snippet();
        let all = self.order.keys.iter().copied().chain([(C::ID, self.order.ties)]);
        for (at, (column, way)) in all.enumerate() {
            let Source { sql, may_be_empty, .. } = column.source();
            to.sql(&format!(
                "{}{sql}{}{}",
                if at == 0 { "" } else { ", " },
                if way == Way::Down { " DESC" } else { "" },
                // The databases differ in where they put them if nothing is said.
                if may_be_empty { " NULLS LAST" } else { "" },
            ));
        }
        to
    }

    fn snippet<ST>(&self) -> Snippet<ST> {
        // There are thousands of orders: a connection keeps only the statement of the usual one prepared.
        Snippet { pieces: Vec::new(), is_usual: self.order.is_by_id(), holds: PhantomData }
    }

    /// Adds to the rows of this page where the next one begins. Inside the transaction that read them.
    pub(crate) fn listed<T>(
        &self,
        db: &mut Db,
        county: County,
        rows: Vec<T>,
        id: impl Fn(&T) -> i64,
    ) -> Result<Listed<T>, StorageError> {
        let next = match rows.last() {
            Some(last) if rows.len() as i64 == self.limit => Some(self.position_of(db, county, id(last))?),
            _ => None,
        };
        Ok(Listed { rows, next })
    }

    /// Where a row stands in this order.
    pub(crate) fn position_of(&self, db: &mut Db, county: County, id: i64) -> Result<Position, StorageError> {
        let value = |db: &mut Db, column: C| -> Result<Option<Value>, StorageError> {
            let Source { sql: of, holds, .. } = column.source();
            let row = format!("FROM {0} WHERE {0}.county = {1}", C::TABLE, county.number());
            let row = format!("{row} AND {} = {id}", C::ID.source().sql);
            Ok(match holds {
                Holds::Text => sql::<Nullable<SqlText>>(&format!("SELECT {of} {row}"))
                    .get_result::<Option<String>>(db)?
                    .map(Value::Text),
                Holds::Number => sql::<Nullable<BigInt>>(&format!("SELECT CAST({of} AS BIGINT) {row}"))
                    .get_result::<Option<i64>>(db)?
                    .map(Value::Number),
                Holds::Day => sql::<Nullable<Date>>(&format!("SELECT {of} {row}"))
                    .get_result::<Option<NaiveDate>>(db)?
                    .map(Value::Day),
                Holds::Moment => sql::<Nullable<Timestamp>>(&format!("SELECT {of} {row}"))
                    .get_result::<Option<NaiveDateTime>>(db)?
                    .map(Value::Moment),
            })
        };
        let values = self.order.keys.iter().map(|(column, _)| value(db, *column)).collect::<Result<_, _>>()?;
        Ok(Position { values, id })
    }
}

/// A piece of SQL with values bound into it.
#[derive(Debug, Clone)]
pub struct Snippet<ST> {
    pieces: Vec<Piece>,
    is_usual: bool,
    holds: PhantomData<ST>,
}

#[derive(Debug, Clone)]
enum Piece {
    Sql(String),
    Bound(Value),
}

impl<ST> Snippet<ST> {
    fn sql(&mut self, sql: &str) {
        self.pieces.push(Piece::Sql(sql.to_owned()));
    }

    fn bind(&mut self, value: &Value) {
        self.pieces.push(Piece::Bound(value.clone()));
    }
}

impl<ST, DB> QueryFragment<DB> for Snippet<ST>
where
    DB: Backend + HasSqlType<SqlText> + HasSqlType<BigInt> + HasSqlType<Date> + HasSqlType<Timestamp>,
    String: ToSql<SqlText, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDate: ToSql<Date, DB>,
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.is_usual {
            pass.unsafe_to_cache_prepared();
        }
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => pass.push_sql(sql),
                Piece::Bound(Value::Text(text)) => pass.push_bind_param::<SqlText, String>(text)?,
                Piece::Bound(Value::Number(number)) => pass.push_bind_param::<BigInt, i64>(number)?,
                Piece::Bound(Value::Day(day)) => pass.push_bind_param::<Date, NaiveDate>(day)?,
                Piece::Bound(Value::Moment(at)) => pass.push_bind_param::<Timestamp, NaiveDateTime>(at)?,
            }
        }
        Ok(())
    }
}

impl<ST> QueryId for Snippet<ST> {
    type QueryId = ();
    // The statement is looked up by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST: TypedExpressionType> Expression for Snippet<ST> {
    type SqlType = ST;
}

impl<ST, QS> AppearsOnTable<QS> for Snippet<ST> where Self: Expression {}

impl<ST, QS> SelectableExpression<QS> for Snippet<ST> where Self: Expression {}

impl<ST, GB> ValidGrouping<GB> for Snippet<ST> {
    type IsAggregate = is_aggregate::Never;
}

#[cfg(test)]
mod tests {
    use super::*;

    sortable! {
        /// A list for tests.
        pub enum Thing of "thing" by Id {
            Id = "id" "编号": Number, "thing.id";
            Name = "name" "名称": Text | None, "thing.name";
            Day = "day" "日期": Day, "thing.day";
        }
    }

    #[test]
    fn an_order_is_read_whatever_its_spelling_and_ends_with_the_id() {
        for (asked, spelt) in [
            ("id", "id"),
            ("-id", "-id"),
            ("name", "name,id"),
            ("+name", "name,id"),
            (" name", "name,id"),
            ("-day,name", "-day,name,id"),
            ("name,-day", "name,-day,-id"),
            ("-day,id", "-day,id"),
            ("-day,id,name", "-day,id"),
        ] {
            assert_eq!(Order::<Thing>::read(asked).unwrap().spelt(), spelt, "{asked}");
        }
        for (asked, said) in [
            ("", "\"\" is no column to sort by; they are id, name, day"),
            ("colour", "\"colour\" is no column to sort by"),
            ("name,-name", "Name"),
            ("--name", "\"-name\" is no column"),
        ] {
            let refused = Order::<Thing>::read(asked).unwrap_err().en;
            assert!(refused.to_lowercase().contains(&said.to_lowercase()), "{asked}: {refused}");
        }
    }

    #[test]
    fn a_cursor_goes_out_and_comes_back_and_serves_its_own_order_alone() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1);
        for values in [vec![day.map(Value::Day), None], vec![day.map(Value::Day), Some(Value::Text("甲,\"é".into()))]]
        {
            let order = Order::<Thing>::read("-day,name").unwrap();
            let position = Position { values, id: 7 };
            let cursor = order.cursor(&position);
            assert_eq!(order.position(&cursor).unwrap(), position);
            let other = Order::<Thing>::read("day,name").unwrap().position(&cursor).unwrap_err();
            assert!(other.en.contains("\"-day,name,id\"") && other.en.contains("\"day,name,id\""), "{}", other.en);
            assert!(other.zh.contains("属于排序“-day,name,id”"), "{}", other.zh);
            assert!(Order::<Thing>::default().position(&cursor).unwrap_err().en.contains("belongs to sortby"));
        }
        assert_eq!(Order::<Thing>::default().position("12").unwrap(), Position { values: Vec::new(), id: 12 });
        let sorted = Order::<Thing>::read("-id").unwrap();
        assert!(sorted.position("12").unwrap_err().en.contains("belongs to sortby \"id\""));
        let made = |parts: &[Option<&str>]| URL_SAFE_NO_PAD.encode(serde_json::to_vec(parts).unwrap());
        let order = Order::<Thing>::read("day").unwrap();
        for wrong in [
            "-1".to_owned(),
            "x".to_owned(),
            made(&[]),
            made(&[Some("day,id")]),
            made(&[Some("day,id"), Some("7")]),
            made(&[Some("day,id"), None, Some("7")]),
            made(&[Some("day,id"), Some("+99999-01-01"), Some("7")]),
            made(&[Some("day,id"), Some("2026-01-01"), Some("seven")]),
            made(&[Some("colour,id"), Some("2026-01-01"), Some("7")]),
        ] {
            assert!(order.position(&wrong).unwrap_err().en.contains("not a mark"), "{wrong}");
        }
        let order = Order::<Thing>::read("name").unwrap();
        assert!(order.position(&made(&[Some("name,id"), Some("a\0"), Some("7")])).is_err());
    }
}
