//! 考核基数: a base is proposed by one and approved by another; reports and rates on it can be made again and compared.

mod rates;
mod reports;

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::records::{Stamp, based_on, entry, in_future, known_county, missing};
use crate::domain::input::{Line, Positive, input};
use crate::domain::ledger::chain::{GENESIS, Hash, hex};
use crate::domain::ledger::frozen::{FrozenKind, FrozenState, freeze};
use crate::domain::quantity::AreaM2;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::{Text, text};
use crate::storage::db::{Db, Lane, StorageError};
pub use crate::storage::frozen::{FrozenPlot, IssuedReport, StoredFrozen};
use crate::storage::{frozen as rows, journal, ledger};
pub use rates::{Disposal, DisposalGroup, DisposalQuery};
pub use reports::{Issued, Proof, ReportBody, YearBody};

input! {
    /// 考核基数 — what shall be frozen, and the task that is set for it
    #[schema(example = json!({
        "kind": "unsupplied", "name": "2026年度批而未供处置任务", "as_of": "2025-12-31", "task_m2": "20000",
        "task_number": "演示自然资发〔2026〕6号", "task_dated": "2026-01-20"
    }))]
    pub struct FrozenBaseBody {
        /// 基数种类
        pub kind: FrozenKind,
        /// 名称
        pub name: Line<100>,
        /// 截止日 — the balances at the end of this day; not in the future
        pub as_of: NaiveDate,
        /// 依据凭证号 — as known at this voucher; the newest if left out
        #[schema(minimum = 0)]
        pub known_seq: Option<i64>,
        /// 任务面积,平方米
        pub task_m2: Positive<AreaM2>,
        /// 任务文号
        pub task_number: Line<100>,
        /// 任务文件日期 — not in the future
        pub task_dated: NaiveDate,
    }
}

/// A base with its list.
#[derive(Debug, Clone)]
pub struct FrozenFile {
    pub base: StoredFrozen,
    pub plots: Vec<FrozenPlot>,
}

#[derive(Serialize)]
struct Journalled<'b> {
    name: &'b str,
    kind: FrozenKind,
    state: FrozenState,
    as_of: NaiveDate,
    known_seq: i64,
    area: AreaM2,
    sha256: String,
}

fn keep(
    db: &mut Db,
    county: County,
    stamp: Stamp,
    base: &StoredFrozen,
    operation: &'static str,
) -> Result<(), AppError> {
    let facts = Journalled {
        name: &base.name,
        kind: base.kind,
        state: base.state,
        as_of: base.as_of,
        known_seq: base.known_seq,
        area: base.area,
        sha256: hex(&base.sha256),
    };
    journal::append(db, county, vec![entry(stamp, operation, Collection::FrozenBase, base.id, None, &facts)])?;
    Ok(())
}

/// The voucher number asked for and the hash it has.
fn known(db: &mut Db, county: County, asked: Option<i64>) -> Result<(i64, Hash), AppError> {
    let head = ledger::head(db, county)?.ok_or_else(|| AppError::unknown_county(county))?;
    match asked {
        None => Ok((head.seq, head.hash)),
        Some(0) => Ok((0, GENESIS)),
        Some(seq) if (1..=head.seq).contains(&seq) => match ledger::by_seq(db, county, seq)? {
            Some((_, hash)) => Ok((seq, hash)),
            None => Err(StorageError::corrupt(format!("voucher {county}/{seq}"), "it is missing").into()),
        },
        Some(seq) => {
            let newest = head.seq;
            let message = text!("应在 0 到 {newest} 之间", "it must be from 0 to {newest}");
            Err(AppError::field("/known_seq", Some(seq.to_string()), message))
        }
    }
}

/// Digest of a list: one line a plot.
fn digest(plots: &[FrozenPlot]) -> Hash {
    let mut hasher = Sha256::new();
    for FrozenPlot { plot, area, township, approved_on } in plots {
        let township = township.map_or_else(String::new, |code| code.to_string());
        let approved = approved_on.map_or_else(String::new, |day| day.to_string());
        hasher.update(format!("{plot}\t{area}\t{township}\t{approved}\n"));
    }
    hasher.finalize().into()
}

fn found(db: &mut Db, county: County, id: i64) -> Result<StoredFrozen, AppError> {
    known_county(db, county)?;
    rows::by_id(db, county, id)?.ok_or_else(|| missing(Collection::FrozenBase, county, id))
}

impl App {
    /// Freezes the balances of a day and proposes them as a base.
    pub fn propose_frozen_base(
        &self,
        caller: &Caller,
        county: County,
        sent: FrozenBaseBody,
    ) -> Result<FrozenFile, AppError> {
        let stamp = self.stamp(caller);
        let faults: Vec<_> = [("/as_of", sent.as_of), ("/task_dated", sent.task_dated)]
            .into_iter()
            .filter_map(|(pointer, day)| in_future(pointer, Some(day), stamp.today))
            .collect();
        if !faults.is_empty() {
            return Err(AppError::Fields(faults));
        }
        self.writer.write(Lane(county.number()), move |db| {
            let (known_seq, head_hash) = known(db, county, sent.known_seq)?;
            let movements = rows::movements(db, county, sent.kind)?;
            let frozen = freeze(sent.kind, sent.as_of, known_seq, movements.into_iter());
            let plots = rows::grouped(db, county, &frozen)?;
            let base = StoredFrozen {
                id: rows::next_id(db, county)?,
                kind: sent.kind,
                name: sent.name.into_string(),
                as_of: sent.as_of,
                known_seq,
                head_hash,
                area: plots.iter().map(|of| of.area).sum(),
                task: sent.task_m2.get(),
                task_number: sent.task_number.into_string(),
                task_dated: sent.task_dated,
                sha256: digest(&plots),
                state: FrozenState::Proposed,
                proposer: stamp.user,
                approver: None,
                version: 1,
                created_at: stamp.now,
                changed_at: stamp.now,
            };
            rows::insert(db, county, &base, &plots)?;
            keep(db, county, stamp, &base, "proposeFrozenBase")?;
            Ok(FrozenFile { base, plots })
        })
    }

    /// Approves a base, or takes the proposal back.
    pub fn settle_frozen_base(
        &self,
        caller: &Caller,
        county: County,
        (id, version): (i64, i64),
        approves: bool,
    ) -> Result<FrozenFile, AppError> {
        let stamp = self.stamp(caller);
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            based_on(version, before.version)?;
            if before.state != FrozenState::Proposed {
                let state = before.state;
                return Err(AppError::Conflict(text!("基数现为“{state:#}”", "the base is {state}")));
            }
            if approves == (before.proposer == stamp.user) {
                return Err(AppError::Forbidden(if approves {
                    Text::fixed("提出人不能批准自己提出的基数", "who proposed a base does not approve it")
                } else {
                    Text::fixed("只有提出人可以撤回", "only who proposed it may take it back")
                }));
            }
            let (state, operation) = if approves {
                (FrozenState::Approved, "approveFrozenBase")
            } else {
                (FrozenState::Withdrawn, "withdrawFrozenBase")
            };
            let after = StoredFrozen {
                state,
                approver: approves.then_some(stamp.user),
                version: before.version + 1,
                changed_at: stamp.now,
                ..before
            };
            rows::update(db, county, &after)?;
            keep(db, county, stamp, &after, operation)?;
            Ok(FrozenFile { plots: rows::plots(db, county, id)?, base: after })
        })
    }

    pub fn frozen_bases(&self, county: County) -> Result<Vec<StoredFrozen>, AppError> {
        self.pool.get()?.read(|db| {
            known_county(db, county)?;
            Ok(rows::all(db, county)?)
        })
    }

    pub fn frozen_base(&self, county: County, id: i64) -> Result<FrozenFile, AppError> {
        self.pool.get()?.read(|db| Ok(FrozenFile { base: found(db, county, id)?, plots: rows::plots(db, county, id)? }))
    }
}
