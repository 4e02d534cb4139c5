//! 处置率 over HTTP: what was disposed of a base, by any grouping.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::frozen_bases::{DisposalGroup, DisposalQuery};
use crate::domain::area::AreaUnit;
use crate::domain::ledger::balance::{Dimension, Key};
use crate::domain::ledger::frozen::{DisposedBy, FrozenKind};
use crate::domain::ledger::report::{ReportRate, rate};
use crate::domain::ledger::voucher::Digest;
use crate::domain::quantity::AreaM2;
use crate::domain::region::County;
use crate::http::balances::{GroupKey, dimensions, group_key};
use crate::http::body::{Query, number, segment};
use crate::http::export::{Export, ExportFile, ListTotals, TableFormat, office};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 一种处置方式的面积
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalMeasure {
    /// 处置方式
    pub by: DisposedBy,
    /// 面积,平方米
    pub area_m2: AreaM2,
}

/// 一组的处置情况
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalRow {
    /// 分组
    pub group: Vec<GroupKey>,
    /// 基数面积,平方米
    pub base_m2: AreaM2,
    /// 已处置面积,平方米 — of each plot no more than was frozen
    pub disposed_m2: AreaM2,
    /// 各处置方式
    pub measures: Vec<DisposalMeasure>,
    /// 处置率 = 已处置 ÷ 基数 — by turnover
    pub rate: ReportRate,
}

/// 处置率表
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalTable {
    /// 基数种类
    pub kind: FrozenKind,
    /// 截至日
    pub as_of: chrono::NaiveDate,
    /// 依据凭证号
    #[schema(minimum = 0)]
    pub known_seq: i64,
    /// 依据凭证的链式摘要
    #[schema(value_type = Digest)]
    pub head_hash: String,
    /// 各组
    pub rows: Vec<DisposalRow>,
    /// 合计
    pub total: DisposalRow,
}

impl DisposalRow {
    fn of(group: Vec<GroupKey>, of: &DisposalGroup) -> Self {
        let disposed = of.disposed();
        Self {
            group,
            base_m2: of.base,
            disposed_m2: disposed,
            measures: of.by_measure.iter().map(|(by, area)| DisposalMeasure { by: *by, area_m2: *area }).collect(),
            rate: rate(disposed, of.base),
        }
    }
}

/// 处置率 — what was disposed of a base by the end of a day, by approval, township, year, age or cohort
///
/// Township and day of approval are those that were frozen, the approval is the plot's own. Ages are counted to the day asked for.
#[utoipa::path(
    operation_id = "getDisposalRates", tag = "statistics",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("id" = i64, Path, description = "编号", minimum = 1, example = 1),
        ("by" = Option<Vec<Dimension>>, Query, description = "分组,可用逗号合并多项:approval、township、year、age、cohort", style = Form, explode = false),
        ("as_of" = Option<chrono::NaiveDate>, Query, description = "截至日,默认今天 — today if left out"),
        ("known_seq" = Option<i64>, Query, description = "依据凭证号 — the newest if left out", minimum = 0),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为文件 — as a file"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "处置率",
        content((DisposalTable = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/frozen-bases/{id}/rates")]
pub async fn get_disposal_rates(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let id: i64 = number(&request, "id")?;
    let mut query = Query::of(&request);
    let by: Vec<Dimension> = query.take("by", dimensions).unwrap_or_default();
    let asked =
        DisposalQuery { as_of: query.day("as_of"), known_seq: query.number("known_seq", 0, i64::MAX), by: by.clone() };
    let export = Export::of(&mut query, &request);
    query.finish(&["by", "as_of", "known_seq", "f", "unit"])?;
    let app = service.app.clone();
    let answer = blocking(move || app.disposal(county, id, asked)).await?;
    let named = |keys: Vec<Key>| -> Vec<GroupKey> {
        by.iter().zip(keys).map(|(dimension, key)| group_key(*dimension, key, &answer.labels)).collect()
    };
    let total = DisposalRow::of(Vec::new(), &answer.total);
    if let Some(export) = export {
        let groups = if by.is_empty() { vec![(Vec::new(), answer.total.clone())] } else { answer.groups.clone() };
        let rows: Vec<DisposalRow> = groups.into_iter().map(|(keys, of)| DisposalRow::of(named(keys), &of)).collect();
        let note = format!(
            "说明:截至 {},依据凭证号 {},链式摘要 {};全部处置率 {}%",
            answer.as_of,
            answer.known_seq,
            answer.head_hash,
            total.rate.percent.as_deref().unwrap_or("—")
        );
        let scope = format!("-{county}-{id}-{}", answer.as_of);
        let columns = move || Ok(office::disposal(&by));
        return export.answer_rows(("处置率", "disposal-rates"), scope, columns, rows, Some(note)).await;
    }
    let rows = if by.is_empty() {
        Vec::new()
    } else {
        answer.groups.iter().map(|(keys, of)| DisposalRow::of(named(keys.clone()), of)).collect()
    };
    Ok(HttpResponse::Ok().json(DisposalTable {
        kind: answer.kind,
        as_of: answer.as_of,
        known_seq: answer.known_seq,
        head_hash: answer.head_hash,
        rows,
        total,
    }))
}
