//! Balances over HTTP: any day, any voucher number, any grouping.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::app::approvals::ApprovalPage;
use crate::app::balances::{BalanceQuery, Known, Labels};
use crate::app::error::AppError;
use crate::app::listing::Place;
use crate::domain::area::AreaUnit;
use crate::domain::instant::Instant;
use crate::domain::ledger::balance::{Balances, Cause, Dimension, Key, Sums};
use crate::domain::ledger::chain::hex;
use crate::domain::ledger::rates::{Rates, rates};
use crate::domain::ledger::voucher::Digest;
use crate::domain::region::{ApprovalId, County, PlotId, ProjectId};
use crate::domain::text::{Text, text};
use crate::http::body::{Query, segment};
use crate::http::export::{
    Export, ExportFile, ListTotals, PAGE, TableFormat,
    tables::{self, BalanceGroup},
};
use crate::http::problem::Problem;
use crate::http::{Service, blocking};

/// 分组值
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupKey {
    /// 分组
    pub dimension: Dimension,
    /// 值 — an id, code, year or word; none: 未填
    pub value: Option<String>,
    /// 名称
    pub label: Text,
}

/// 一组余额
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceRow {
    /// 分组
    pub group: Vec<GroupKey>,
    /// 余额
    pub balances: Balances,
    /// 比率
    pub rates: Rates,
}

/// 余额表 — balances at the end of a day, as known at a voucher number
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceTable {
    /// 县代码
    pub county: County,
    /// 截至日 — the balance at the end of this day
    pub as_of: chrono::NaiveDate,
    /// 依据凭证号 — vouchers up to this number are counted
    #[schema(minimum = 0)]
    pub known_seq: i64,
    /// 当前最新凭证号
    #[schema(minimum = 0)]
    pub head_seq: i64,
    /// 当前链式摘要
    #[schema(value_type = Digest)]
    pub head_hash: String,
    /// 各组
    pub rows: Vec<BalanceRow>,
    /// 合计
    pub total: BalanceRow,
}

/// 余额 — balances of the area ledger
///
/// 恒等式 / identity on every day: 批准净额 = 未供 + 已供 + 闲置 + 收回待供 + 核销 + 无需供应. A plot counts under the
/// attributes (township, cause) it has on the day asked for. Land shared by several projects is counted once, under
/// all of them together, so that the rows always add up to the total.
#[utoipa::path(
    operation_id = "getBalances", tag = "ledger",
    params(
        ("county" = County, Path, description = "县代码", example = "410183"),
        ("as_of" = Option<chrono::NaiveDate>, Query, description = "截至日,默认今天 — the balance at the end of this day; today if left out"),
        ("known_seq" = Option<i64>, Query, description = "只计至此凭证号 — only vouchers up to this number", minimum = 0),
        ("known_at" = Option<String>, Query, description = "只计至此时刻(RFC 3339)已入账的凭证 — only vouchers recorded by this instant", format = DateTime),
        ("by" = Option<Vec<Dimension>>, Query, description = "分组,可用逗号合并多项 — groups, several separated by commas", style = Form, explode = false),
        ("approval" = Option<i64>, Query, description = "只计此批文的地块", minimum = 1),
        ("project" = Option<i64>, Query, description = "只计此项目的地块", minimum = 1),
        ("approved_project" = Option<String>, Query, description = "只计此报批项目的地块"),
        ("township" = Option<i64>, Query, description = "只计此乡镇(九位代码)的地块", minimum = 1),
        ("year" = Option<i64>, Query, description = "只计此年批准的地块", minimum = 1949, maximum = 2149),
        ("cause" = Option<Cause>, Query, description = "只计此未供原因的地块"),
        ("plot" = Option<i64>, Query, description = "只计此地块", minimum = 1),
        ("f" = Option<TableFormat>, Query, description = "格式,默认 json;csv、xlsx 为台账文件 — as a file: the office's ledger"),
        ("unit" = Option<AreaUnit>, Query, description = "文件中面积的单位,默认平方米 — unit of areas in a file"),
    ),
    responses((
        status = 200, description = "余额表",
        content((BalanceTable = "application/json"), (ExportFile = "text/csv"), (ListTotals = "application/vnd.dizhang.totals+json"), (ExportFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    )),
)]
#[get("/api/v1/counties/{county}/balances")]
pub async fn get_balances(service: Data<Service>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let county: County = segment(&request, "county")?;
    let mut query = Query::of(&request);
    let as_of = query.day("as_of");
    let seq = query.number("known_seq", 0, i64::MAX);
    let at: Option<Instant> = query.word("known_at");
    let by = query.take("by", dimensions).unwrap_or_default();
    let number = |query: &mut Query<'_>, name: &str| query.number(name, 1, i64::MAX);
    let only = [
        number(&mut query, "approval").map(|id| Key::Approval(ApprovalId(id))),
        number(&mut query, "project").map(|id| Key::Projects(vec![ProjectId(id)])),
        query.take("approved_project", |name| Ok(Key::ApprovedProject(name.to_owned()))),
        query
            .number("township", 1, i64::from(i32::MAX))
            .and_then(|code| Some(Key::Township(i32::try_from(code).ok()?))),
        query.number("year", 1949, 2149).and_then(|year| Some(Key::Year(i32::try_from(year).ok()?))),
        query.word("cause").map(Key::Cause),
    ];
    let plot = number(&mut query, "plot").map(PlotId);
    let export = Export::of(&mut query, &request);
    query.finish(&[
        "f",
        "unit",
        "as_of",
        "known_seq",
        "known_at",
        "by",
        "approval",
        "project",
        "approved_project",
        "township",
        "year",
        "cause",
        "plot",
    ])?;
    let known = match (seq, at) {
        (Some(_), Some(_)) => {
            let both = Text::fixed("known_seq 与 known_at 只能给一个", "give known_seq or known_at, not both");
            return Err(crate::app::error::AppError::field("?known_at", None, both).into());
        }
        (Some(seq), None) => Known::Seq(seq),
        (None, Some(at)) => Known::At(at.0),
        (None, None) => Known::Newest,
    };
    let asked = BalanceQuery { as_of, known, by: by.clone(), only: only.into_iter().flatten().collect(), plot };
    let app = service.app.clone();
    let books = service.app.clone();
    let (answer, labels) = blocking(move || app.labelled_balances(county, asked)).await?;
    if let Some(export) = export {
        let note = format!(
            "说明:截至 {},依据凭证号 {},最新凭证号 {},链式摘要 {}",
            answer.as_of,
            answer.known_seq,
            answer.head.seq,
            hex(&answer.head.hash)
        );
        let scope = format!("-{county}-{}", answer.as_of);
        let groups = if by.is_empty() { vec![(Vec::new(), answer.total)] } else { answer.groups };
        let rows = blocking(move || named_groups(&books, county, &by, groups, &labels)).await?;
        let by = rows.1;
        return export
            .answer_rows(("台账", "balances"), scope, move || Ok(tables::balances(&by)), rows.0, Some(note))
            .await;
    }
    let row = |keys: Vec<Key>, sums: &Sums| BalanceRow {
        group: by.iter().zip(keys).map(|(dimension, key)| group_key(*dimension, key, &labels)).collect(),
        balances: sums.balances(),
        rates: rates(sums),
    };
    let total = BalanceRow { group: Vec::new(), balances: answer.total.balances(), rates: rates(&answer.total) };
    let rows = if by.is_empty() {
        Vec::new()
    } else {
        answer.groups.into_iter().map(|(keys, sums)| row(keys, &sums)).collect()
    };
    Ok(HttpResponse::Ok().json(BalanceTable {
        county,
        as_of: answer.as_of,
        known_seq: answer.known_seq,
        head_seq: answer.head.seq,
        head_hash: hex(&answer.head.hash),
        rows,
        total,
    }))
}

/// The groups with the names of their keys, and with the approvals behind them where they are grouped by those.
fn named_groups(
    app: &App,
    county: County,
    by: &[Dimension],
    groups: Vec<(Vec<Key>, Sums)>,
    labels: &Labels,
) -> Result<(Vec<BalanceGroup>, Vec<Dimension>), AppError> {
    let mut approvals = HashMap::new();
    if by.contains(&Dimension::Approval) {
        let mut page = ApprovalPage { at: Place::by_id(0, PAGE), ..ApprovalPage::default() };
        loop {
            let found = app.approvals(county, &page)?.rows;
            let Some(last) = found.last() else { break };
            page.at = Place::by_id(last.id.0, PAGE);
            approvals.extend(found.into_iter().map(|approval| (approval.id, Arc::new(approval))));
        }
    }
    let row = |(keys, sums): (Vec<Key>, Sums)| {
        let approval = keys.iter().find_map(|key| match key {
            Key::Approval(id) => approvals.get(id).cloned(),
            _ => None,
        });
        let labels = by.iter().zip(keys).map(|(dimension, key)| group_key(*dimension, key, labels).label);
        BalanceGroup { labels: labels.collect(), approval, sums }
    };
    Ok((groups.into_iter().map(row).collect(), by.to_vec()))
}

/// The dimensions of `by`, each once.
pub fn dimensions(text: &str) -> Result<Vec<Dimension>, Text> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    for word in text.split(',').filter(|word| !word.is_empty()) {
        let dimension: Dimension = word.parse()?;
        if dimensions.contains(&dimension) {
            return Err(text!("“{dimension}”重复", "{dimension} is given twice"));
        }
        dimensions.push(dimension);
    }
    Ok(dimensions)
}

pub fn group_key(dimension: Dimension, key: Key, labels: &Labels) -> GroupKey {
    let (value, label) = match key {
        Key::None => (None, Text::fixed("未填", "not given")),
        Key::Approval(id) => (Some(id.to_string()), labels.approval(id)),
        Key::ApprovedProject(name) => (Some(name.clone()), Text::new(name.clone(), name)),
        Key::Projects(ids) => {
            let value = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
            (Some(value), labels.projects(&ids))
        }
        Key::Township(code) => (Some(code.to_string()), labels.township(code)),
        Key::Year(year) => (Some(year.to_string()), text!("{year} 年", "{year}")),
        Key::Cause(cause) => (Some(cause.as_str().to_owned()), text!("{cause:#}", "{cause}")),
        Key::Age(at) => (Some(at.to_string()), labels.age(at)),
        Key::Cohort(at) => (Some(at.to_string()), labels.cohort(at)),
    };
    GroupKey { dimension, value, label }
}
