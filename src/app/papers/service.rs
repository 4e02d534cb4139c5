//! Before a paper is served, the scan of what was signed is here.

use crate::app::error::AppError;
use crate::app::papers::PaperPage;
use crate::domain::idle_case::step::Paper;
use crate::domain::paper::PaperState;
use crate::domain::region::County;
use crate::domain::text::text;
use crate::storage::db::Db;
use crate::storage::listing::Place;
use crate::storage::paper as rows;

/// Papers of one case that are looked at.
const PAPERS_MAX: i64 = 10_000;

/// Refuses the service of a paper that was registered here and has no signed scan yet: no clock starts on it. A paper that
/// was not made here is served with the scan that the step itself names.
pub fn may_be_served(db: &mut Db, county: County, case: i64, paper: Paper) -> Result<(), AppError> {
    let page = PaperPage {
        at: Place::by_id(0, PAPERS_MAX),
        case: Some(case),
        state: Some(PaperState::Issued),
        ..PaperPage::default()
    };
    let issued: Vec<_> = rows::page(db, county, &page)?
        .into_iter()
        .filter(|known| known.kind.layout().served_as == Some(paper))
        .collect();
    for known in &issued {
        if !rows::scans(db, county, known.id)?.is_empty() {
            return Ok(());
        }
    }
    let Some(first) = issued.first() else { return Ok(()) };
    let id = first.id;
    Err(AppError::Conflict(text!(
        "第 {id} 号文书《{paper:#}》已登记,尚未关联签章扫描件;请先上传并关联,再登记送达",
        "paper {id} ({paper}) is registered and has no signed scan yet; upload and link it, then record the service"
    )))
}
