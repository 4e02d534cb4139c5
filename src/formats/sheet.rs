//! Office spreadsheets: XLSX, ODS and CSV, read into the JSON that the API takes and written from lists.
//!
//! Offices lay the same table out in many ways. [`book`] brings a file to cells, whatever its format; [`header`]
//! finds the header, of one to three rows with merged cells; [`value`] reads what stands in a cell; [`read`] makes
//! of each row the JSON body that the API takes for the same thing, and knows for every member of it in which cell
//! it stands. So a body is checked in one place, and a fault of it names `Sheet1!F12`.
//!
//! **To import a further kind of thing**, write a [`column::Table`] for it (see [`nouns`]): for each member its JSON
//! pointer, its kind and the headers offices give it, and read the rows with the `Input` of the body. Nothing else
//! here needs to know of it.
//!
//! **To export a further list**, give [`write`] its columns and its rows.

pub mod book;
pub mod column;
pub mod header;
pub mod nouns;
mod ods;
pub mod paper;
pub mod read;
mod totals;
pub mod value;
pub mod write;

pub use book::{BookKind, CannotRead, Limits};
pub use column::{Column, Context, Kind, Table};
pub use read::{Note, Read, Row, read};
