//! 文号登记簿: what is taken, what is void, what is not there.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::papers::{Register, StoredPaper, TakenNumber, found, journalled};
use crate::app::records::{Written, entry, known_county};
use crate::domain::input::{Line, input};
use crate::domain::paper::PaperState;
use crate::domain::paper::number::{OfficialNumber, RegisterLine, WordOfNumber, lines};
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::storage::db::Lane;
use crate::storage::paper_number::Voided;
use crate::storage::{journal, paper, paper_number as rows};

input! {
    /// 作废文号 — a number that was spoiled, or that of a registered paper
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"number": {"word": "演示自然资闲", "year": 2026, "n": 3}, "reason": "当事人名称有误,另行制发"}))]
    pub struct VoidNumberBody {
        /// 文号
        pub number: OfficialNumber,
        /// 理由
        pub reason: Line<500>,
    }
}

/// A line of the register: a number with the paper that has it.
pub type NumberLine = RegisterLine<(TakenNumber, Option<StoredPaper>)>;

impl App {
    /// Makes a number void. It stays taken, and so does the paper that had it. The same again changes nothing.
    pub fn void_paper_number(
        &self,
        caller: &Caller,
        county: County,
        sent: VoidNumberBody,
    ) -> Result<Written<TakenNumber>, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            known_county(db, county)?;
            let (number, reason) = (&sent.number, sent.reason.as_str());
            let known = rows::find(db, county, number)?;
            if let Some(record @ TakenNumber { void: Some(void), .. }) = &known {
                if void.reason == reason {
                    return Ok(Written { record: record.clone(), is_new: false, warnings: Vec::new() });
                }
                let (why, shown) = (&void.reason, number.to_string());
                return Err(AppError::Conflict(text!(
                    "{number}已作废(理由:{why})",
                    "{shown:?} is void already (reason: {why:?})"
                )));
            }
            match &known {
                None => rows::insert(db, county, number, None, (stamp.now, stamp.user))?,
                Some(TakenNumber { paper: Some(id), .. }) => {
                    let before = found(db, county, *id)?;
                    let after = StoredPaper {
                        state: PaperState::Void,
                        version: before.version + 1,
                        changed_at: stamp.now,
                        ..before.clone()
                    };
                    paper::update(db, county, &after)?;
                    let (was, is) = (journalled(&before, None), journalled(&after, Some(number.to_string())));
                    let entry = entry(stamp, "voidPaperNumber", Collection::Paper, *id, Some(&was), &is);
                    journal::append(db, county, vec![entry])?;
                }
                Some(_) => {}
            }
            let void = Voided { reason: reason.to_owned(), at: stamp.now, by: stamp.user };
            rows::insert_void(db, county, number, &void)?;
            let entry = entry(stamp, "voidPaperNumber", Collection::PaperNumber, number.n, None, &sent);
            journal::append(db, county, vec![entry])?;
            let paper = known.as_ref().and_then(|known| known.paper);
            let record = known.unwrap_or(TakenNumber {
                n: number.n,
                paper,
                recorded_at: stamp.now,
                recorded_by: stamp.user,
                void: None,
            });
            Ok(Written { record: TakenNumber { void: Some(void), ..record }, is_new: true, warnings: Vec::new() })
        })
    }

    /// Lines of a register after a number: what is taken, and between it what is not there.
    pub fn paper_numbers(
        &self,
        county: County,
        (word, year): (WordOfNumber, i64),
        after: i64,
        limit: i64,
    ) -> Result<Vec<NumberLine>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            let taken = rows::page(db, county, (&word, year), after, limit)?;
            let mut entries = Vec::with_capacity(taken.len());
            for number in taken {
                let paper = number.paper.map(|id| paper::by_id(db, county, id)).transpose()?.flatten();
                entries.push((number.n, (number, paper)));
            }
            Ok(lines(after, entries))
        })
    }

    pub fn paper_registers(&self, county: County) -> Result<Vec<Register>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            Ok(rows::registers(db, county)?)
        })
    }
}
