//! Lists over HTTP: which page in which order, answered as JSON or as a file of the whole list in that order.

use std::borrow::Cow;
use std::marker::PhantomData;

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::app::error::AppError;
use crate::app::listing::{
    AnnouncementColumn, ApprovalColumn, BaseColumn, CaseColumn, ContractColumn, DemandColumn, EncumbranceColumn,
    JournalColumn, KEYS_MAX, Listed, Order, PaperColumn, ParcelColumn, Place, PlotColumn, ProjectColumn,
    ProposalColumn, SheetColumn, SortColumn, VoucherColumn,
};
use crate::domain::region::County;
use crate::http::blocking;
use crate::http::body::Query;
use crate::http::export::{Column, Export};
use crate::http::problem::Problem;

/// 排序 — columns between commas, those with a minus from the greatest on; the id decides last
pub struct Sortby<C>(PhantomData<C>);

// Names for `#[utoipa::path]`, which composes the schema of whatever it sees generics of.
pub type AnnouncementOrder = Sortby<AnnouncementColumn>;
pub type ApprovalOrder = Sortby<ApprovalColumn>;
pub type BaseOrder = Sortby<BaseColumn>;
pub type CaseOrder = Sortby<CaseColumn>;
pub type ContractOrder = Sortby<ContractColumn>;
pub type DemandOrder = Sortby<DemandColumn>;
pub type EncumbranceOrder = Sortby<EncumbranceColumn>;
pub type JournalOrder = Sortby<JournalColumn>;
pub type PaperOrder = Sortby<PaperColumn>;
pub type ParcelOrder = Sortby<ParcelColumn>;
pub type PlotOrder = Sortby<PlotColumn>;
pub type ProjectOrder = Sortby<ProjectColumn>;
pub type ProposalOrder = Sortby<ProposalColumn>;
pub type SheetOrder = Sortby<SheetColumn>;
pub type VoucherOrder = Sortby<VoucherColumn>;

impl<C: SortColumn> PartialSchema for Sortby<C> {
    fn schema() -> RefOr<Schema> {
        let words = C::ALL.iter().flat_map(|column| [column.to_string(), format!("-{column}")]);
        let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build();
        ArrayBuilder::new().items(word).min_items(Some(1)).max_items(Some(KEYS_MAX)).into()
    }
}

impl<C: SortColumn> ToSchema for Sortby<C> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Sortby")
    }
}

/// 翻页标记 — where a page begins: an id, or the `next` of the page before
pub struct PageMark;

/// Longest mark. Percent signs would triple an address; a mark has none, so that it fits whatever else is asked.
const MARK_MAX: usize = 4000;

impl PartialSchema for PageMark {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(MARK_MAX))
            .pattern(Some("^[A-Za-z0-9_-]+$"))
            .description(Some("翻页标记 — where a page begins: an id, or the `next` of the page before"))
            .into()
    }
}

impl ToSchema for PageMark {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PageMark")
    }
}

impl Query<'_> {
    /// Which page of a list: `sortby`, `after` and `limit`.
    pub fn place<C: SortColumn>(&mut self) -> Place<C> {
        let mut is_sound = true;
        let read = |text: &str| Order::read(text).inspect_err(|_| is_sound = false);
        let order: Order<C> = self.take("sortby", read).unwrap_or_default();
        let limit = self.limit();
        // Of an order that nobody knows nothing can be said about the mark.
        let after = self.take("after", |mark| if is_sound { order.position(mark).map(Some) } else { Ok(None) });
        Place { order, after: after.flatten(), limit }
    }
}

/// Reads one page; gives its rows and the `after` of the next.
pub async fn page<C: SortColumn, T: Send + 'static>(
    at: Place<C>,
    mut fetch: impl FnMut(Place<C>) -> Result<Listed<T>, AppError> + Send + 'static,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let order = at.order.clone();
    let Listed { rows, next } = blocking(move || fetch(at)).await?;
    Ok((rows, next.map(|position| order.cursor(&position))))
}

/// Answers a list: the file that was asked for, or a page of it.
pub async fn answer<C: SortColumn, T: Send + 'static, L: Serialize>(
    export: Option<Export>,
    name: (&'static str, &'static str),
    county: County,
    at: Place<C>,
    columns: impl FnOnce() -> Result<Vec<Column<T>>, AppError> + Send + 'static,
    fetch: impl FnMut(Place<C>) -> Result<Listed<T>, AppError> + Send + 'static,
    list: impl FnOnce(Vec<T>, Option<String>) -> Result<L, Problem>,
) -> Result<HttpResponse, Problem> {
    if let Some(export) = export {
        return export.answer_list(name, county, columns, &at, fetch).await;
    }
    let (rows, next) = page(at, fetch).await?;
    Ok(HttpResponse::Ok().json(list(rows, next)?))
}
