//! 供应方式比较 as a sheet: the methods side by side, every payment, and the workings of each rule.

use actix_web::HttpResponse;

use crate::domain::finding::Finding;
use crate::domain::quantity::decimal;
use crate::domain::rules::calculation::price_comparison::{ComparedAnswer, PriceComparisonAnswer, PriceComparisonBody};
use crate::formats::sheet::paper::{Paper, PaperBlock, PaperCell, PaperHead, PaperRow};
use crate::http::export::papers;
use crate::http::problem::Problem;

fn text(text: impl Into<String>) -> PaperCell {
    PaperCell::Text(text.into())
}

/// A figure as digits; what is none, such as the two sides of a comparison, as it stands.
fn figure(shown: &str) -> PaperCell {
    if decimal(shown).is_ok() { PaperCell::Digits(shown.to_owned()) } else { text(shown) }
}

fn row(cells: Vec<PaperCell>) -> PaperRow {
    PaperRow { cells, is_total: false }
}

fn heads(names: impl IntoIterator<Item = String>) -> Vec<PaperHead> {
    names.into_iter().map(PaperHead::plain).collect()
}

fn named(first: &str, answer: &PriceComparisonAnswer) -> Vec<PaperHead> {
    heads(std::iter::once(first.to_owned()).chain(answer.methods.iter().map(|of| format!("{:#}", of.method))))
}

/// What a method comes to, one row a question.
fn side_by_side(answer: &PriceComparisonAnswer) -> PaperBlock {
    type Cell = fn(&ComparedAnswer) -> PaperCell;
    let questions: [(&str, Cell); 10] = [
        ("是否可采用", |of| text(if of.is_admissible { "可采用" } else { "不可采用" })),
        ("合计年期(年)", |of| figure(&of.total_term.to_string())),
        ("价款下限合计(元)", |of| figure(&of.floor_total.to_string())),
        ("付款笔数", |of| figure(&of.payments.len().to_string())),
        ("现值(元/平方米)", |of| figure(&of.present_value_per_m2)),
        ("按年期比例换算到最高年期(元/平方米)", |of| figure(&of.linear_unit_price.to_string())),
        ("按 K 还原到最高年期(元/平方米)", |of| figure(&of.restored_unit_price.to_string())),
        ("K 还原价占最高年期价格", |of| figure(&of.restored_share)),
        ("全国最低价标准", |of| {
            text(match of.reaches_national_minimum {
                Some(true) => "达到",
                Some(false) => "未达到",
                None => "未核对",
            })
        }),
        ("须说明的原因", |of| {
            text(of.reasons.iter().map(|reason| reason.zh.as_ref()).collect::<Vec<_>>().join(";"))
        }),
    ];
    let rows = questions
        .iter()
        .map(|(name, cell)| row(std::iter::once(text(*name)).chain(answer.methods.iter().map(cell)).collect()));
    PaperBlock { caption: "一、各方式比较".to_owned(), heads: named("项目", answer), rows: rows.collect() }
}

/// Every payment, by the months after signing.
fn payments(answer: &PriceComparisonAnswer) -> PaperBlock {
    let mut months: Vec<u32> =
        answer.methods.iter().flat_map(|of| of.payments.iter().map(|payment| payment.months)).collect();
    months.sort_unstable();
    months.dedup();
    let due = |of: &ComparedAnswer, month: u32| {
        let due: Vec<String> =
            of.payments.iter().filter(|of| of.months == month).map(|of| of.amount.to_string()).collect();
        match due.as_slice() {
            [] => PaperCell::Empty,
            [one] => figure(one),
            several => text(several.join(" + ")),
        }
    };
    let rows = months.into_iter().map(|month| {
        let cells = answer.methods.iter().map(|of| due(of, month));
        row(std::iter::once(figure(&month.to_string())).chain(cells).collect())
    });
    PaperBlock {
        caption: "二、各期付款(元)".to_owned(), heads: named("签约后月数", answer), rows: rows.collect()
    }
}

/// What each rule found of a method, step by step.
fn workings(number: usize, title: String, findings: &[Finding]) -> PaperBlock {
    let mut rows = Vec::new();
    for finding in findings {
        let verified = if finding.verified { "" } else { "(依据待核)" };
        rows.push(PaperRow {
            cells: vec![
                text(format!("{} {}{verified}", finding.rule, finding.title.zh)),
                text(format!("{:#}", finding.outcome)),
                text(finding.message.zh.as_ref()),
                PaperCell::Empty,
            ],
            is_total: true,
        });
        rows.extend(finding.workings.iter().map(|step| {
            row(vec![
                text(step.label.zh.as_ref()),
                text(step.formula.as_ref()),
                text(step.filled.as_ref()),
                figure(&step.result),
            ])
        }));
    }
    let heads = heads(["规则、步骤", "结论、公式", "说明、代入", "结果"].map(str::to_owned));
    PaperBlock { caption: format!("附{number}、{title}判定过程"), heads, rows }
}

/// The answer as a workbook.
pub fn answer(body: &PriceComparisonBody, answer: &PriceComparisonAnswer) -> Result<HttpResponse, Problem> {
    let mut blocks = vec![side_by_side(answer), payments(answer)];
    blocks.push(workings(1, "供地用途".to_owned(), &answer.findings));
    for (at, of) in answer.methods.iter().enumerate() {
        blocks.push(workings(at + 2, format!("{:#}", of.method), &of.findings));
    }
    let (price, rate) = (body.max_term_unit_price.get(), body.rate.get());
    let digest = answer.findings.first().map_or("", |finding| &*finding.policy_digest);
    let lines = vec![
        format!("适用日期:{}        面积:{} 平方米        最高年期:{} 年", answer.on, answer.area_m2, answer.max_term),
        format!("最高年期单价:{price} 元/平方米(由填写人提供)        还原利率:{rate}"),
    ];
    let notes =
        vec!["金额为按年期比例计算的下限,不是标底;逐笔向上取整到分。".to_owned(), format!("政策参数摘要:{digest}")];
    let title = "供应方式比较".to_owned();
    let paper = Paper { name: title.clone(), title, lines, blocks, notes };
    papers::file(&format!("供应方式比较-{}", answer.on), &format!("methods-of-supply-{}", answer.on), &paper)
}
