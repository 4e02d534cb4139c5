//! The columns of what enterprises ask for: pre-checks and demands. No contact stands in any.

use std::collections::HashMap;

use crate::app::counties::Township;
use crate::app::demands::StoredDemand;
use crate::app::prechecks::PrecheckHead;
use crate::domain::demand::Department;
use crate::formats::sheet::write::{Show, Value};
use crate::http::export::{Column, area_column, column, text_column};

pub fn prechecks() -> Vec<Column<PrecheckHead>> {
    type Row = PrecheckHead;
    vec![
        text_column("序号", "id", |row: &Row| Value::text(row.id.to_string())),
        text_column("预审编号", "reference", |row: &Row| Value::text(row.reference.as_str())),
        column("适用日期", "on", Show::Day, |row: &Row| Value::Day(row.on)),
        text_column("企业名称", "company", |row: &Row| Value::text(row.company_name.as_str())),
        text_column("统一社会信用代码", "credit code", |row: &Row| Value::text(row.company_code.as_str())),
        text_column("项目名称", "project", |row: &Row| Value::maybe(row.project_name.as_ref())),
        text_column("行业代码", "industry", |row: &Row| Value::text(row.industry_code.as_str())),
        text_column("用地来源", "kind of land", |row: &Row| Value::text(row.land_kind.zh())),
        text_column("土地用途", "use", |row: &Row| Value::text(row.land_use.zh())),
        area_column("面积", "area", |row: &Row| Value::Area(row.area)),
        text_column("供应方式", "method", |row: &Row| Value::maybe(row.method.map(|method| method.zh()))),
        column("希望取得日期", "needed by", Show::Day, |row: &Row| Value::day(row.needed_by)),
        text_column("结论", "outcome", |row: &Row| Value::text(row.outcome.zh())),
    ]
}

pub fn demands(townships: Vec<Township>) -> Vec<Column<StoredDemand>> {
    type Row = StoredDemand;
    let names: HashMap<String, String> =
        townships.into_iter().map(|township| (township.code.to_string(), township.name)).collect();
    let mut columns = vec![
        text_column("编号", "id", |row: &Row| Value::text(row.id.to_string())),
        text_column("企业名称", "company", |row: &Row| Value::text(row.contents.company_name.as_str())),
        text_column("统一社会信用代码", "credit code", |row: &Row| {
            Value::text(row.contents.company_code.as_str())
        }),
        text_column("项目名称", "project", |row: &Row| Value::maybe(row.contents.project_name.as_ref())),
        text_column("行业代码", "industry", |row: &Row| Value::text(row.contents.industry_code.as_str())),
        text_column("用地来源", "kind of land", |row: &Row| Value::text(row.contents.land_kind.zh())),
        text_column("土地用途", "use", |row: &Row| Value::text(row.contents.land_use.zh())),
        area_column("需求面积", "area", |row: &Row| Value::Area(row.contents.area.get().m2())),
        text_column("乡镇街道", "township", move |row: &Row| {
            let code = row.contents.township.map(|code| code.to_string());
            Value::maybe(code.map(|code| names.get(&code).cloned().unwrap_or(code)))
        }),
        text_column("供应方式", "method", |row: &Row| Value::maybe(row.contents.method.map(|method| method.zh()))),
        column("希望取得日期", "needed by", Show::Day, |row: &Row| Value::day(row.contents.needed_by)),
        text_column("预审结论", "outcome", |row: &Row| Value::maybe(row.outcome.map(|outcome| outcome.zh()))),
        text_column("状态", "state", |row: &Row| Value::text(row.contents.state.zh())),
    ];
    for department in Department::ALL {
        let (of, zh) = (*department, department.zh());
        columns.push(text_column(zh, department.as_str(), move |row: &Row| {
            let said = row.opinions.iter().rev().find(|recorded| recorded.opinion.department == of);
            Value::maybe(said.map(|recorded| recorded.opinion.opinion.zh()))
        }));
    }
    columns.push(text_column("备注", "remark", |row: &Row| Value::maybe(row.contents.remark.as_ref())));
    columns
}
