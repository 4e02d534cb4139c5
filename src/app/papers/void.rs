//! 作废文书: a registered paper that has no number is made void itself; one that has a number is void with its number.

use crate::app::App;
use crate::app::caller::Caller;
use crate::app::error::AppError;
use crate::app::papers::{WrittenPaper, file, found, journalled};
use crate::app::records::{Written, based_on, entry};
use crate::domain::input::{Line, input};
use crate::domain::paper::PaperState;
use crate::domain::record::Collection;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::storage::db::{Db, Lane, StorageError};
use crate::storage::paper::StoredPaper;
pub use crate::storage::paper_number::Voided;
use crate::storage::{journal, paper as rows, paper_number};

input! {
    /// 作废文书 — a registered paper without a number
    #[derive(PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"version": 2, "reason": "送达日期填写有误,另行制作"}))]
    pub struct VoidPaperBody {
        /// 版本 — of the paper that was read
        #[schema(minimum = 1)]
        pub version: i64,
        /// 理由
        pub reason: Line<500>,
    }
}

impl App {
    /// Makes a registered paper void that has no number. It is kept as it is. The same again changes nothing.
    pub fn void_paper(
        &self,
        caller: &Caller,
        county: County,
        id: i64,
        sent: VoidPaperBody,
    ) -> Result<WrittenPaper, AppError> {
        let (stamp, desk) = (self.stamp(caller), self.paper_desk(county)?);
        self.writer.write(Lane(county.number()), move |db| {
            let before = found(db, county, id)?;
            let facts = desk.facts(db, before.case)?;
            if let Some(known) = rows::void(db, county, id)?
                && (known.reason.as_str(), known.by) == (sent.reason.as_str(), stamp.user)
            {
                let record = file(db, county, before, &facts)?;
                return Ok(Written { record, is_new: false, warnings: Vec::new() });
            }
            based_on(sent.version, before.version)?;
            if before.state != PaperState::Issued {
                let state = before.state;
                return Err(AppError::Conflict(text!(
                    "文书现为“{state:#}”;只有已登记的文书可以作废,草稿请撤回",
                    "the paper is {state}; only a registered one is made void, a draft is withdrawn"
                )));
            }
            if let Some(number) = rows::issue(db, county, id)?.and_then(|issue| issue.number) {
                let shown = number.to_string();
                return Err(AppError::Conflict(text!(
                    "文书有文号{number};请在文号登记簿作废该文号,文书随之作废",
                    "the paper has the number {shown:?}; make that void in the register, and the paper is void with it"
                )));
            }
            let void = Voided { reason: sent.reason.as_str().to_owned(), at: stamp.now, by: stamp.user };
            let was = journalled(&before, None);
            let after =
                StoredPaper { state: PaperState::Void, version: before.version + 1, changed_at: stamp.now, ..before };
            rows::update(db, county, &after)?;
            rows::insert_void(db, county, id, &void)?;
            let entry = entry(stamp, "voidPaper", Collection::Paper, id, Some(&was), &journalled(&after, None));
            journal::append(db, county, vec![entry])?;
            Ok(Written { record: file(db, county, after, &facts)?, is_new: true, warnings: Vec::new() })
        })
    }
}

/// Why, when and by whom a paper was made void, with its number or without one.
pub(super) fn void_of(db: &mut Db, county: County, paper: &StoredPaper) -> Result<Option<Voided>, StorageError> {
    if paper.state != PaperState::Void {
        return Ok(None);
    }
    if let Some(void) = rows::void(db, county, paper.id)? {
        return Ok(Some(void));
    }
    let number = rows::issue(db, county, paper.id)?.and_then(|issue| issue.number);
    let taken = number.map(|number| paper_number::find(db, county, &number)).transpose()?.flatten();
    Ok(taken.and_then(|taken| taken.void))
}
