//! Many ids in few questions: neighbours are asked for by the first and the last of them.
//!
//! What is entered together bears neighbouring ids. A range of them is one short text that stays prepared, where a list
//! of five hundred is a long one that SQLite parses anew each time.

use crate::storage::rows::CHUNK;

/// Neighbours from which on a range pays.
const RUN_MIN: usize = 20;
/// Neighbours in one question, so that not everything lies in memory at once.
const RUN_MAX: usize = 5000;

/// The ids of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// All whole numbers from the first to the last.
    Run {
        first: i64,
        last: i64,
    },
    Apart(Vec<i64>),
}

/// Cuts ids into questions, the lower ids first; each id is asked for once.
pub fn pieces(ids: &[i64]) -> Vec<Piece> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut pieces: Vec<Piece> = Vec::new();
    for run in ids.chunk_by(|left, right| left.checked_add(1) == Some(*right)) {
        for run in run.chunks(RUN_MAX) {
            match (run, pieces.last_mut()) {
                ([first, .., last], _) if run.len() >= RUN_MIN => {
                    pieces.push(Piece::Run { first: *first, last: *last });
                }
                (_, Some(Piece::Apart(before))) if before.len() + run.len() <= CHUNK => before.extend(run),
                _ => pieces.push(Piece::Apart(run.to_vec())),
            }
        }
    }
    pieces
}

/// Runs a query for each piece: `in_pieces!(ids, table::id, |are_these| found.extend(all().filter(are_these).load(db)?))`.
macro_rules! in_pieces {
    ($ids:expr, $column:expr, |$are_these:ident| $query:expr) => {
        for piece in $crate::storage::pieces::pieces($ids) {
            match piece {
                $crate::storage::pieces::Piece::Run { first, last } => {
                    let $are_these = $column.between(first, last);
                    $query;
                }
                $crate::storage::pieces::Piece::Apart(ids) => {
                    let $are_these = $column.eq_any(ids);
                    $query;
                }
            }
        }
    };
}
pub(crate) use in_pieces;

#[cfg(test)]
mod tests {
    use super::{CHUNK, Piece, RUN_MAX, RUN_MIN, pieces};

    #[test]
    fn every_id_is_asked_for_once_and_in_order() {
        let step = |n: i64| n * 2;
        let near: Vec<i64> = (1000..1000 + 2 * RUN_MAX as i64 + 7).collect();
        let apart: Vec<i64> = (20_000..20_000 + CHUNK as i64 + 3).map(step).collect();
        let few: Vec<i64> = (90_000..90_000 + RUN_MIN as i64 - 1).collect();
        let mut given: Vec<i64> = [&near[..], &apart, &few, &[3, 1, 3, i64::MAX]].concat();
        given.reverse();
        let mut asked: Vec<i64> = Vec::new();
        for piece in pieces(&given) {
            match piece {
                Piece::Run { first, last } => {
                    assert!(last - first < RUN_MAX as i64);
                    asked.extend(first..=last);
                }
                Piece::Apart(ids) => {
                    assert!(ids.len() <= CHUNK);
                    asked.extend(ids);
                }
            }
        }
        given.sort_unstable();
        given.dedup();
        assert_eq!(asked, given);
        assert_eq!(pieces(&near).len(), 3, "neighbours are ranges, and the last seven a list");
        assert_eq!(pieces(&[]), []);
    }
}
