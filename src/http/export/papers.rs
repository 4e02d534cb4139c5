//! 月报、年报 as an office hands them up: title, period, units, tables, what was rounded, and what the figures rest on.

use actix_web::HttpResponse;
use actix_web::http::header;
use rust_decimal::Decimal;

use crate::app::balances::Labels;
use crate::app::error::AppError;
use crate::app::frozen_bases::{Issued, StoredFrozen};
use crate::domain::input::vocabulary;
use crate::domain::ledger::frozen::FrozenKind;
use crate::domain::ledger::report::{Report, ReportArea, ReportRate, YearReport, rate};
use crate::domain::quantity::{AreaM2, decimal};
use crate::formats::sheet::book::XLSX_TYPE;
use crate::formats::sheet::paper::{Paper, PaperBlock, PaperCell, PaperHead, PaperRow};
use crate::http::problem::Problem;

vocabulary! {
    /// 格式 — in which form a report is answered.
    pub enum ReportFormat {
        Json = "json" "JSON",
        Xlsx = "xlsx" "Excel 文件",
    }
}

/// A sheet as a workbook, under its name in both languages.
pub fn file(zh: &str, en: &str, paper: &Paper) -> Result<HttpResponse, Problem> {
    let bytes = paper.write().map_err(Problem::internal)?;
    let encoded: String = form_urlencoded::byte_serialize(format!("{zh}.xlsx").as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{en}.xlsx\"; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    Ok(HttpResponse::Ok().content_type(XLSX_TYPE).insert_header((header::CONTENT_DISPOSITION, disposition)).body(bytes))
}

/// What a report is called and which names stand in it.
pub struct Around {
    pub county: String,
    pub base: StoredFrozen,
    pub labels: Labels,
}

const UNITS: &[&str] = &["公顷", "亩"];

fn text(text: impl Into<String>) -> PaperCell {
    PaperCell::Text(text.into())
}

fn digits(digits: &str) -> PaperCell {
    PaperCell::Digits(digits.to_owned())
}

fn area(area: &ReportArea) -> [PaperCell; 2] {
    [digits(&area.ha), digits(&area.mu)]
}

fn percent(rate: &ReportRate) -> PaperCell {
    rate.percent.as_deref().map_or(PaperCell::Empty, digits)
}

fn row(label: impl Into<String>, areas: &[&ReportArea], rate: Option<&ReportRate>) -> PaperRow {
    let mut cells = vec![text(label)];
    cells.extend(areas.iter().flat_map(|of| area(of)));
    cells.extend(rate.map(percent));
    PaperRow { cells, is_total: false }
}

/// The total, and by how much the rounded rows above miss it.
fn totals(rows: &mut Vec<PaperRow>, label: &str, areas: &[&ReportArea], rate: Option<&ReportRate>) {
    let mut off = vec![text("取整差额(各行之和减合计)")];
    let whole: Vec<PaperCell> = areas.iter().flat_map(|of| area(of)).collect();
    for (column, total) in whole.iter().enumerate() {
        let value = |cell: Option<&PaperCell>| match cell {
            Some(PaperCell::Digits(digits)) => decimal(digits).unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        let sum: Decimal = rows.iter().map(|row| value(row.cells.get(column + 1))).sum();
        off.push(digits(&(sum - value(Some(total))).to_string()));
    }
    off.extend(rate.map(|_| PaperCell::Empty));
    let mut total = row(label, areas, rate);
    total.is_total = true;
    rows.extend([total, PaperRow { cells: off, is_total: false }]);
}

fn block(caption: &str, first: &str, areas: &[&str], with_rate: bool, rows: Vec<PaperRow>) -> PaperBlock {
    let mut heads = vec![PaperHead::plain(first)];
    heads.extend(areas.iter().map(|head| PaperHead::over(*head, UNITS)));
    if with_rate {
        heads.push(PaperHead::plain("处置率(%)"));
    }
    PaperBlock { caption: caption.to_owned(), heads, rows }
}

/// 总体: base, task, what was disposed of, and how far the task is done.
fn summary(areas: &[(&str, &ReportArea)], of_base: &ReportRate, of_task: &ReportRate) -> PaperBlock {
    let mut rows: Vec<PaperRow> = areas.iter().map(|(label, area)| row(*label, &[area], None)).collect();
    for row in &mut rows {
        row.cells.push(PaperCell::Empty);
    }
    for (label, rate) in [("处置率(累计处置 ÷ 基数)", of_base), ("任务完成率(累计处置 ÷ 任务)", of_task)]
    {
        let cells = vec![text(label), PaperCell::Empty, PaperCell::Empty, percent(rate)];
        rows.push(PaperRow { cells, is_total: true });
    }
    let heads = vec![PaperHead::plain("指标"), PaperHead::over("面积", UNITS), PaperHead::plain("比率(%)")];
    PaperBlock { caption: "一、总体情况".to_owned(), heads, rows }
}

impl Around {
    fn lines(&self, period: &str) -> Vec<String> {
        let StoredFrozen { name, as_of, task_number, .. } = &self.base;
        vec![
            format!("报告期:{period}        单位:公顷(4 位小数)、亩(2 位小数),四舍五入"),
            format!("考核基数:{name}(截至 {as_of})        任务文号:{task_number}"),
        ]
    }

    fn title(&self, kind: FrozenKind, report: &str) -> String {
        let what = match kind {
            FrozenKind::Unsupplied => "批而未供土地处置情况",
            FrozenKind::Idle => "闲置土地处置情况",
        };
        format!("{}{what}{report}", self.county)
    }

    fn cohort(&self, first: Option<i32>) -> String {
        match (first, self.labels.cohort_from(first)) {
            (None, label) => format!("{}或未填", label.zh),
            (Some(_), label) => label.zh.into_owned(),
        }
    }

    fn township(&self, code: Option<i32>) -> String {
        code.map_or_else(|| "未填".to_owned(), |code| self.labels.township(code).zh.into_owned())
    }

    fn age(&self, months: Option<i32>) -> String {
        months.map_or_else(|| "未填".to_owned(), |months| self.labels.age_from(months).zh.into_owned())
    }

    fn notes(
        &self,
        (known_seq, head_hash): (i64, &str),
        (off_ha, off_mu): (&str, &str),
        late: Option<AreaM2>,
    ) -> Vec<String> {
        let StoredFrozen { known_seq: base_seq, .. } = &self.base;
        let mut notes = vec![
            format!(
                "取整说明:各项由平方米精确值分别四舍五入,按处置方式各项累计之和与累计合计相差 {off_ha} 公顷、{off_mu} 亩。"
            ),
            format!(
                "数据依据:本表依据第 {known_seq} 号凭证及以前的凭证,该凭证链式摘要 {head_hash};基数依据第 {base_seq} 号凭证。"
            ),
        ];
        if let Some(late) = late {
            notes.push(format!("结账后调整:结账之后入账的凭证使累计处置变动 {late} 平方米。"));
        }
        notes.push(
            "填报人:                审核人:                签发人:                填报日期:      年    月    日"
                .to_owned(),
        );
        notes
    }

    fn month(&self, report: &Report) -> Paper {
        let mut measures: Vec<PaperRow> =
            report.measures.iter().map(|of| row(of.label.clone(), &[&of.this_month, &of.total], None)).collect();
        totals(&mut measures, "合计", &[&report.this_month, &report.total], None);
        let areas: &[&str] = &["基数", "本月处置", "累计处置"];
        let whole = [&report.frozen, &report.this_month, &report.total];
        let groups = |of: &[crate::domain::ledger::report::ReportGroup], name: &dyn Fn(Option<i32>) -> String| {
            let mut rows: Vec<PaperRow> = of
                .iter()
                .map(|of| {
                    let rate = rate(of.total.m2, of.base.m2);
                    row(name(of.key), &[&of.base, &of.this_month, &of.total], Some(&rate))
                })
                .collect();
            totals(&mut rows, "合计", &whole, Some(&report.rate));
            rows
        };
        let cohorts = groups(&report.cohorts, &|key| self.cohort(key));
        let townships = groups(&report.townships, &|key| self.township(key));
        let period = report.month_end.format("%Y年%-m月").to_string();
        Paper {
            name: "月报".to_owned(),
            title: self.title(report.kind, "月报"),
            lines: self.lines(&period),
            blocks: vec![
                summary(
                    &[
                        ("考核基数", &report.frozen),
                        ("任务", &report.task),
                        ("本月处置", &report.this_month),
                        ("累计处置", &report.total),
                    ],
                    &report.rate,
                    &report.completion,
                ),
                block("二、按处置方式", "处置方式", &["本月处置", "累计处置"], false, measures),
                block("三、按考核时段", "考核时段", areas, true, cohorts),
                block("四、按乡镇街道", "乡镇街道", areas, true, townships),
            ],
            notes: self.notes(
                (report.known_seq, &report.head_hash),
                (&report.rounding_difference_ha, &report.rounding_difference_mu),
                report.late_adjustment_m2,
            ),
        }
    }

    fn year(&self, report: &YearReport) -> Paper {
        let mut months: Vec<PaperRow> = report
            .months
            .iter()
            .map(|of| row(of.month_end.format("%-m月").to_string(), &[&of.this_month, &of.total], None))
            .collect();
        let mut year = row("本年合计", &[&report.this_year, &report.total], None);
        year.is_total = true;
        let mut before = vec![text("上年末累计"), PaperCell::Empty, PaperCell::Empty];
        before.extend(area(&report.before));
        months.insert(0, PaperRow { cells: before, is_total: false });
        months.push(year);
        let mut measures: Vec<PaperRow> =
            report.measures.iter().map(|of| row(of.label.clone(), &[&of.this_year, &of.total], None)).collect();
        totals(&mut measures, "合计", &[&report.this_year, &report.total], None);
        let areas: &[&str] = &["基数", "本年处置", "累计处置"];
        let whole = [&report.frozen, &report.this_year, &report.total];
        let groups = |of: &[crate::domain::ledger::report::YearGroup], name: &dyn Fn(Option<i32>) -> String| {
            let mut rows: Vec<PaperRow> =
                of.iter().map(|of| row(name(of.key), &[&of.base, &of.this_year, &of.total], Some(&of.rate))).collect();
            totals(&mut rows, "合计", &whole, Some(&report.rate));
            rows
        };
        let cohorts = groups(&report.cohorts, &|key| self.cohort(key));
        let ages = groups(&report.ages, &|key| self.age(key));
        let townships = groups(&report.townships, &|key| self.township(key));
        let period = format!("{}年", report.year);
        Paper {
            name: "年报".to_owned(),
            title: self.title(report.kind, "年报"),
            lines: self.lines(&period),
            blocks: vec![
                summary(
                    &[
                        ("考核基数", &report.frozen),
                        ("任务", &report.task),
                        ("本年处置", &report.this_year),
                        ("累计处置", &report.total),
                    ],
                    &report.rate,
                    &report.completion,
                ),
                block("二、按月", "月份", &["本月处置", "累计处置"], false, months),
                block("三、按处置方式", "处置方式", &["本年处置", "累计处置"], false, measures),
                block("四、按考核时段(批准年份)", "考核时段", areas, true, cohorts),
                block("五、按批准时长(至年末)", "批准时长", areas, true, ages),
                block("六、按乡镇街道", "乡镇街道", areas, true, townships),
            ],
            notes: self.notes(
                (report.known_seq, &report.head_hash),
                (&report.rounding_difference_ha, &report.rounding_difference_mu),
                report.late_adjustment_m2,
            ),
        }
    }

    /// The report as a workbook, under a name that says what it is.
    pub fn answer(&self, report: &Issued) -> Result<HttpResponse, Problem> {
        let (paper, zh, en) = match report {
            Issued::Month(report) => {
                let month = report.month_end.format("%Y-%m");
                (self.month(report), format!("月报-{month}"), format!("report-{month}"))
            }
            Issued::Year(report) => {
                let year = report.year;
                (self.year(report), format!("年报-{year}"), format!("year-report-{year}"))
            }
        };
        file(&zh, &en, &paper)
    }

    /// What stands around the reports on a base.
    pub fn of(app: &crate::app::App, county: crate::domain::region::County, id: i64) -> Result<Self, AppError> {
        let (base, labels) = app.report_labels(county, id)?;
        Ok(Self { county: app.county(county)?.name, base, labels })
    }
}
