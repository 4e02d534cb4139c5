//! The columns of each list. What is sealed or may name a natural person to those who may not see it stands in none.

use std::sync::Arc;

use crate::app::approvals::StoredApproval;
use crate::app::balances::Labels;
use crate::app::counties::Township;
use crate::app::idle_cases::views::CaseSummary;
use crate::app::papers::{Issue, StoredPaper};
use crate::app::parcels::ParcelWithPolygon;
use crate::app::plots::PlotWithPolygon;
use crate::app::projects::StoredProject;
use crate::app::records::Journalled;
use crate::app::vouchers::Waiting;
use crate::domain::codes::IndustryCode;
use crate::domain::composition::{Class, Composition};
use crate::domain::idle_case::Grounds;
use crate::domain::instant::Instant;
use crate::domain::ledger::balance::{Dimension, Sums};
use crate::domain::ledger::chain::{Hash, hex};
use crate::domain::ledger::rates::{Rate, rates};
use crate::domain::ledger::voucher::{Line, Recorded};
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::Text;
use crate::formats::sheet::write::{Show, Value};
use crate::http::contracts::suspicions::SuspicionView;
use crate::http::contracts::view::ContractRow;
use crate::http::export::{Column, area_column, column, text_column};
use crate::http::measures::view::SheetRowView;
use crate::http::papers::view::PaperNumberLine;

fn instant(at: chrono::NaiveDateTime) -> Value {
    let text = serde_json::to_value(Instant(at)).ok().and_then(|value| value.as_str().map(str::to_owned));
    Value::maybe(text)
}

fn class_heading(class: Class) -> (&'static str, &'static str) {
    (class.zh(), class.as_str())
}

/// The figures of a composition besides its total.
fn composition<T: 'static>(of: impl Fn(&T) -> Option<Composition> + Copy + 'static) -> Vec<Column<T>> {
    let figure = |class: Class| {
        let (zh, en) = class_heading(class);
        area_column(zh, en, move |row: &T| {
            of(row).and_then(|composition| composition.of(class)).map_or(Value::None, Value::Stated)
        })
    };
    Class::ALL.iter().map(|class| figure(*class)).collect()
}

/// Cases of idle land; the land user's name for those who work on the books.
pub fn idle_cases(names: bool) -> Vec<Column<CaseSummary>> {
    let mut columns = vec![
        text_column("案号", "number", |row: &CaseSummary| Value::text(row.row.case.number.to_string())),
        text_column("状态", "state", |row: &CaseSummary| Value::text(row.row.state.state.zh())),
        text_column("是否中止", "suspended", |row: &CaseSummary| {
            Value::text(if row.row.state.is_suspended { "是" } else { "否" })
        }),
        text_column("疑似情形", "grounds", |row: &CaseSummary| Value::text(row.row.case.opening.grounds.zh())),
        text_column("闲置原因", "cause", |row: &CaseSummary| {
            Value::maybe(row.row.state.cause.map(|cause| cause.zh().to_owned()))
        }),
        text_column("处置方式", "way", |row: &CaseSummary| {
            Value::maybe(row.row.state.way.map(|way| way.zh().to_owned()))
        }),
        text_column("宗地编号", "parcel", |row: &CaseSummary| Value::maybe(row.parcel_code.as_ref())),
        text_column("合同编号", "contract", |row: &CaseSummary| Value::maybe(row.contract_number.as_ref())),
        text_column("分期", "phase", |row: &CaseSummary| Value::maybe(row.row.case.phase.as_ref())),
    ];
    if names {
        columns
            .push(text_column("用地单位", "land user", |row: &CaseSummary| Value::maybe(row.user_name.as_ref())));
    }
    columns.extend([
        area_column("案件面积", "area", |row: &CaseSummary| Value::Area(row.row.case.opening.area)),
        column("立案日期", "opened on", Show::Day, |row: &CaseSummary| Value::Day(row.row.case.opening.opened_on)),
        column("认定日期", "found on", Show::Day, |row: &CaseSummary| {
            row.row.state.found_on.map_or(Value::None, Value::Day)
        }),
        column("结案日期", "ended on", Show::Day, |row: &CaseSummary| {
            row.row.state.ended_on.map_or(Value::None, Value::Day)
        }),
        text_column("最近期限", "next deadline", |row: &CaseSummary| {
            Value::maybe(row.next().map(|deadline| deadline.kind.zh().to_owned()))
        }),
        column("届满日", "due on", Show::Day, |row: &CaseSummary| {
            row.next().map_or(Value::None, |deadline| Value::Day(deadline.due))
        }),
    ]);
    columns
}

pub fn approvals() -> Vec<Column<StoredApproval>> {
    let mut columns = vec![
        text_column("批准文号", "number", |row: &StoredApproval| Value::text(row.contents.number.as_str())),
        text_column("批次类型", "kind", |row: &StoredApproval| Value::text(row.contents.kind.zh())),
        text_column("批准机关", "authority", |row: &StoredApproval| Value::text(row.contents.authority.as_str())),
        column("批准日期", "approved on", Show::Day, |row: &StoredApproval| Value::Day(row.contents.approved_on)),
        text_column("报批项目", "approved project", |row: &StoredApproval| {
            Value::maybe(row.contents.approved_project.as_ref())
        }),
        area_column("批准面积", "area", |row: &StoredApproval| Value::Stated(row.contents.composition.total())),
    ];
    columns.extend(composition(|row: &StoredApproval| Some(row.contents.composition)));
    columns.push(text_column("备注", "remark", |row: &StoredApproval| Value::maybe(row.contents.remark.as_ref())));
    columns
}

pub fn plots(labels: Labels) -> Vec<Column<PlotWithPolygon>> {
    let labels = Arc::new(labels);
    let townships = Arc::clone(&labels);
    let mut columns = vec![
        text_column("地块编号", "code", |row: &PlotWithPolygon| {
            Value::text(row.plot.record.contents.code.as_str())
        }),
        text_column("地块名称", "name", |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.name.as_ref())
        }),
        text_column("位置", "location", |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.location.as_ref())
        }),
        text_column("来源", "origin", |row: &PlotWithPolygon| Value::text(row.plot.record.contents.origin.zh())),
        text_column("批准文号", "approval", move |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.approval.map(|id| labels.approval(id).zh))
        }),
        text_column("报批项目", "approved project", |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.approved_project.as_ref())
        }),
        area_column("登记面积", "recorded area", |row: &PlotWithPolygon| {
            Value::Stated(row.plot.record.contents.area)
        }),
        area_column("图形面积", "polygon area", |row: &PlotWithPolygon| {
            row.plot.mapped.map_or(Value::None, |mapped| Value::Area(mapped.area))
        }),
    ];
    columns.extend(composition(|row: &PlotWithPolygon| row.plot.record.contents.composition));
    columns.extend([
        text_column("规划用途", "planned use", |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.planned_use.as_ref())
        }),
        column("储备入库日期", "reserved on", Show::Day, |row: &PlotWithPolygon| {
            Value::day(row.plot.record.contents.reserved_on)
        }),
        text_column("乡镇街道", "township", move |row: &PlotWithPolygon| {
            let code = row.plot.record.contents.township;
            Value::maybe(code.and_then(|code| code.to_string().parse().ok()).map(|code| townships.township(code).zh))
        }),
        text_column("未供原因", "cause", |row: &PlotWithPolygon| {
            Value::maybe(row.plot.record.contents.cause.map(|cause| cause.zh()))
        }),
        text_column("备注", "remark", |row: &PlotWithPolygon| Value::maybe(row.plot.record.contents.remark.as_ref())),
    ]);
    columns
}

/// Papers, each with what was registered of it.
pub fn papers() -> Vec<Column<(StoredPaper, Option<Issue>)>> {
    type Row = (StoredPaper, Option<Issue>);
    vec![
        column("编号", "id", Show::Number, |(paper, _): &Row| Value::Integer(paper.id)),
        text_column("文书名称", "title", |(paper, _): &Row| Value::text(paper.kind.layout().title)),
        text_column("状态", "state", |(paper, _): &Row| Value::text(paper.state.zh())),
        text_column("文号", "number", |(_, issue): &Row| {
            Value::maybe(issue.as_ref().and_then(|issue| issue.number.as_ref()))
        }),
        column("成文日期", "issued on", Show::Day, |(_, issue): &Row| {
            Value::day(issue.as_ref().and_then(|issue| issue.issued_on))
        }),
        column("案件编号", "case", Show::Number, |(paper, _): &Row| Value::Integer(paper.case)),
    ]
}

/// Lines of the register of numbers.
pub fn paper_numbers() -> Vec<Column<PaperNumberLine>> {
    type Row = PaperNumberLine;
    vec![
        column("起号", "from", Show::Number, |line: &Row| Value::Integer(line.from)),
        column("止号", "to", Show::Number, |line: &Row| Value::Integer(line.to)),
        text_column("文号", "number", |line: &Row| Value::maybe(line.number.as_ref())),
        text_column("状态", "state", |line: &Row| Value::text(line.state.zh())),
        text_column("文书名称", "title", |line: &Row| Value::maybe(line.kind.map(|kind| kind.layout().title))),
        column("文书编号", "paper", Show::Number, |line: &Row| line.paper.map_or(Value::None, Value::Integer)),
        column("案件编号", "case", Show::Number, |line: &Row| line.case.map_or(Value::None, Value::Integer)),
        text_column("登记时刻", "registered at", |line: &Row| {
            line.recorded_at.map_or(Value::None, |at| instant(at.0))
        }),
        text_column("作废理由", "reason", |line: &Row| Value::maybe(line.reason.as_ref())),
        text_column("作废时刻", "made void at", |line: &Row| {
            line.voided_at.map_or(Value::None, |at| instant(at.0))
        }),
    ]
}

pub fn parcels(labels: Labels, with_holder: bool) -> Vec<Column<ParcelWithPolygon>> {
    type Row = ParcelWithPolygon;
    let mut columns = vec![
        text_column("宗地编号", "code", |row: &Row| Value::text(row.parcel.record.contents.code.as_str())),
        text_column("宗地代码", "cadastral code", |row: &Row| {
            Value::maybe(row.parcel.record.contents.cadastral_code.as_ref())
        }),
        text_column("不动产单元代码", "unit code", |row: &Row| {
            Value::maybe(row.parcel.record.contents.unit_code.as_ref())
        }),
        text_column("电子监管号", "supervision number", |row: &Row| {
            Value::maybe(row.parcel.record.contents.regulatory_number.as_ref())
        }),
        text_column("宗地名称", "name", |row: &Row| Value::maybe(row.parcel.record.contents.name.as_ref())),
    ];
    if with_holder {
        columns.push(text_column("土地使用权人", "holder", |row: &Row| {
            Value::maybe(row.parcel.record.contents.holder.as_ref())
        }));
    }
    columns.extend([
        text_column("统一社会信用代码", "holder code", |row: &Row| {
            Value::maybe(row.parcel.record.contents.holder_code.as_ref())
        }),
        text_column("用地项目", "project", move |row: &Row| {
            Value::maybe(row.parcel.record.contents.project.map(|id| labels.projects(&[id]).zh))
        }),
        text_column("土地用途", "land use", |row: &Row| Value::maybe(row.parcel.record.contents.land_use.as_ref())),
        area_column("登记面积", "recorded area", |row: &Row| Value::Stated(row.parcel.record.contents.area)),
        area_column("图形面积", "polygon area", |row: &Row| {
            row.parcel.mapped.map_or(Value::None, |mapped| Value::Area(mapped.area))
        }),
        text_column("备注", "remark", |row: &Row| Value::maybe(row.parcel.record.contents.remark.as_ref())),
    ]);
    columns
}

fn money(amount: Option<Money>) -> Value {
    amount.map_or(Value::None, Value::Money)
}

fn measured(area: Option<AreaM2>) -> Value {
    area.map_or(Value::None, Value::Area)
}

pub fn contracts(with_user: bool) -> Vec<Column<ContractRow>> {
    type Row = ContractRow;
    let day = |zh, en, of: fn(&Row) -> Option<chrono::NaiveDate>| {
        column(zh, en, Show::Day, move |row: &Row| Value::day(of(row)))
    };
    let yuan = |zh, en, of: fn(&Row) -> Option<Money>| column(zh, en, Show::Money, move |row: &Row| money(of(row)));
    let mut columns = vec![
        text_column("合同编号", "number", |row: &Row| Value::text(row.number.as_str())),
        text_column("电子监管号", "supervision number", |row: &Row| Value::maybe(row.regulatory_number.as_ref())),
        text_column("合同种类", "kind", |row: &Row| Value::text(row.kind.zh())),
        day("签订日期", "signed on", |row| Some(row.signed_on)),
    ];
    if with_user {
        columns.push(text_column("土地使用者", "land user", |row: &Row| Value::maybe(row.user.as_ref())));
    }
    columns.extend([
        text_column("统一社会信用代码", "credit code", |row: &Row| Value::maybe(row.user_code.as_ref())),
        text_column("项目名称", "project", |row: &Row| Value::maybe(row.project_name.as_ref())),
        text_column("土地用途", "land use", |row: &Row| Value::text(row.land_use.as_str())),
        text_column("供应方式", "method", |row: &Row| Value::maybe(row.method.map(|method| method.zh()))),
        text_column("使用年期", "term, years", |row: &Row| Value::maybe(row.term)),
        area_column("合同面积", "area", |row: &Row| Value::Area(row.area_m2)),
        yuan("价款", "price", |row| row.price_yuan),
        yuan("已缴价款", "paid", |row| Some(row.standing.paid_yuan)),
        day("约定交地日", "delivery agreed", |row| row.delivery_on),
        day("实际交地日", "delivered", |row| row.standing.delivered_on),
        day("约定动工日", "start agreed", |row| row.start_on),
        day("实际动工日", "started", |row| row.standing.started_on),
        column("未开工天数", "days not started", Show::Number, |row: &Row| {
            row.standing.days_not_started.map_or(Value::None, Value::Integer)
        }),
        day("约定竣工日", "completion agreed", |row| row.completion_on),
        day("实际竣工日", "completed", |row| row.standing.completed_on),
        yuan("总投资额", "investment", |row| row.investment_yuan),
        yuan("已投资额", "invested", |row| row.standing.invested_yuan),
        area_column("应动工面积", "to be developed", |row: &Row| measured(row.developable_m2)),
        area_column("已动工面积", "developed", |row: &Row| measured(row.standing.developed_m2)),
        text_column("供后状态", "standing", |row: &Row| {
            Value::maybe(row.standing.follow_up.map(|state| state.zh()))
        }),
    ]);
    columns
}

pub fn suspicions(with_user: bool) -> Vec<Column<SuspicionView>> {
    type Row = SuspicionView;
    let day = |zh, en, of: fn(&Row) -> Option<chrono::NaiveDate>| {
        column(zh, en, Show::Day, move |row: &Row| Value::day(of(row)))
    };
    let mut columns = vec![
        text_column("合同编号", "number", |row: &Row| Value::text(row.number.as_str())),
        text_column("电子监管号", "supervision number", |row: &Row| Value::maybe(row.regulatory_number.as_ref())),
        text_column("分期", "phase", |row: &Row| Value::maybe(row.phase.as_ref())),
    ];
    if with_user {
        columns.push(text_column("土地使用者", "land user", |row: &Row| Value::maybe(row.user.as_ref())));
    }
    columns.extend([
        text_column("统一社会信用代码", "credit code", |row: &Row| Value::maybe(row.user_code.as_ref())),
        area_column("面积", "area", |row: &Row| Value::Area(row.area_m2)),
        text_column("疑似情形", "grounds", |row: &Row| Value::text(row.grounds.zh())),
        text_column("判定", "outcome", |row: &Row| Value::text(row.outcome.zh())),
        day("约定(推定)动工日", "start due", |row| row.start_due_on),
        day("闲置起始日", "idle from", |row| row.idle_from),
        day("可征缴闲置费首日", "fee from", |row| row.fee_from),
        day("可无偿收回首日", "recovery from", |row| row.recovery_from),
        text_column("迟延交地", "delivered late", |row: &Row| {
            Value::text(if row.is_delivered_late { "是" } else { "否" })
        }),
        text_column("说明", "reason", |row: &Row| {
            let rule = match row.grounds {
                Grounds::NotStarted => "idle.not_started",
                Grounds::Stopped => "idle.stopped",
            };
            let of_rule = row.findings.iter().find(|finding| finding.rule == rule);
            Value::maybe(of_rule.map(|finding| finding.message.zh.as_ref()))
        }),
    ]);
    columns
}

pub fn projects() -> Vec<Column<StoredProject>> {
    type Row = StoredProject;
    vec![
        text_column("项目代码", "code", |row: &Row| Value::text(row.contents.code.as_str())),
        text_column("项目名称", "name", |row: &Row| Value::text(row.contents.name.as_str())),
        text_column("统一社会信用代码", "investor code", |row: &Row| {
            Value::maybe(row.contents.investor_code.as_ref())
        }),
        text_column("行业代码", "industry code", |row: &Row| Value::maybe(row.contents.industry_code.as_ref())),
        text_column("行业大类", "industry", |row: &Row| {
            Value::maybe(row.contents.industry_code.as_ref().map(IndustryCode::division_name))
        }),
        text_column("备注", "remark", |row: &Row| Value::maybe(row.contents.remark.as_ref())),
    ]
}

/// One line of a voucher; a voucher without lines has one row without areas.
pub struct VoucherRow {
    pub of: Arc<(Recorded, Hash)>,
    line: Option<Line>,
}

impl VoucherRow {
    pub fn all(vouchers: Vec<(Recorded, Hash)>) -> Vec<Self> {
        let rows = |voucher: (Recorded, Hash)| {
            let mut lines: Vec<Option<Line>> = voucher.0.voucher.lines.iter().copied().map(Some).collect();
            if lines.is_empty() {
                lines.push(None);
            }
            let of = Arc::new(voucher);
            lines.into_iter().map(move |line| Self { of: Arc::clone(&of), line })
        };
        vouchers.into_iter().flat_map(rows).collect()
    }
}

pub fn vouchers() -> Vec<Column<VoucherRow>> {
    type Row = VoucherRow;
    vec![
        column("凭证号", "number", Show::Number, |row: &Row| Value::Integer(row.of.0.seq)),
        text_column("凭证种类", "kind", |row: &Row| Value::text(row.of.0.voucher.kind.zh())),
        column("生效日", "effective on", Show::Day, |row: &Row| Value::Day(row.of.0.voucher.effective_on)),
        text_column("供应方式", "method", |row: &Row| {
            Value::maybe(row.of.0.voucher.method.map(|method| method.zh()))
        }),
        text_column("文号", "document", |row: &Row| Value::maybe(row.of.0.voucher.document.number.as_ref())),
        text_column("发文机关", "authority", |row: &Row| {
            Value::maybe(row.of.0.voucher.document.authority.as_ref())
        }),
        column("文件日期", "dated", Show::Day, |row: &Row| Value::day(row.of.0.voucher.document.dated)),
        text_column("转出科目", "from account", |row: &Row| {
            Value::maybe(row.line.map(|line| line.from.account.zh()))
        }),
        text_column("转出地块", "from plot", |row: &Row| Value::maybe(row.line.map(|line| line.from.plot))),
        text_column("转入科目", "to account", |row: &Row| Value::maybe(row.line.map(|line| line.to.account.zh()))),
        text_column("转入地块", "to plot", |row: &Row| Value::maybe(row.line.map(|line| line.to.plot))),
        text_column("宗地", "parcel", |row: &Row| {
            Value::maybe(row.line.and_then(|line| line.to.parcel.or(line.from.parcel)))
        }),
        area_column("面积", "area", |row: &Row| row.line.map_or(Value::None, |line| Value::Area(line.area))),
        text_column("结账后调整", "late", |row: &Row| Value::text(if row.of.0.late { "是" } else { "" })),
        text_column("被更正的凭证号", "corrects", |row: &Row| Value::maybe(row.of.0.voucher.corrects)),
        text_column("经办人", "proposer", |row: &Row| Value::text(row.of.0.signatures.proposer.to_string())),
        text_column("审核人", "reviewer", |row: &Row| Value::maybe(row.of.0.signatures.reviewer)),
        text_column("审批人", "approver", |row: &Row| Value::maybe(row.of.0.signatures.approver)),
        text_column("入账时刻", "recorded at", |row: &Row| instant(row.of.0.recorded_at)),
        text_column("链式摘要", "hash", |row: &Row| Value::text(hex(&row.of.1))),
    ]
}

pub fn proposals() -> Vec<Column<Waiting>> {
    type Row = Waiting;
    vec![
        column("编号", "id", Show::Number, |row: &Row| Value::Integer(row.proposal.id)),
        text_column("客户端编号", "client id", |row: &Row| Value::text(row.proposal.client_id.as_str())),
        text_column("凭证种类", "kind", |row: &Row| Value::text(row.proposal.kind.zh())),
        column("生效日", "effective on", Show::Day, |row: &Row| Value::Day(row.proposal.effective_on)),
        text_column("状态", "state", |row: &Row| Value::text(row.proposal.state.zh())),
        text_column("下一步所需角色", "waits for", |row: &Row| {
            Value::maybe(row.waits_for.map(|role| role.zh()))
        }),
        text_column("提交人", "proposer", |row: &Row| Value::text(row.proposal.proposer.to_string())),
        text_column("审核人", "reviewer", |row: &Row| Value::maybe(row.proposal.reviewer)),
        text_column("入账凭证号", "posted as", |row: &Row| Value::maybe(row.proposal.posted_seq)),
        text_column("提交时刻", "created at", |row: &Row| instant(row.proposal.created_at)),
        text_column("最近变动时刻", "changed at", |row: &Row| instant(row.proposal.changed_at)),
    ]
}

pub fn journal() -> Vec<Column<Journalled>> {
    type Row = Journalled;
    vec![
        column("序号", "number", Show::Number, |row: &Row| Value::Integer(row.n)),
        text_column("何人", "user", |row: &Row| Value::text(row.user.to_string())),
        text_column("操作", "operation", |row: &Row| Value::text(row.operation.as_str())),
        text_column("记录种类", "collection", |row: &Row| Value::text(row.collection.zh())),
        text_column("记录编号", "object", |row: &Row| Value::text(row.object.to_string())),
        text_column("变更前", "before", |row: &Row| Value::maybe(row.before.as_ref())),
        text_column("变更后", "after", |row: &Row| Value::maybe(row.after.as_ref())),
        text_column("何时", "at", |row: &Row| instant(row.at)),
    ]
}

pub fn townships() -> Vec<Column<Township>> {
    type Row = Township;
    vec![
        text_column("乡镇街道代码", "code", |row: &Row| Value::text(row.code.to_string())),
        text_column("乡镇街道", "name", |row: &Row| Value::text(row.name.as_str())),
        text_column("是否官方代码", "official", |row: &Row| {
            Value::text(if row.is_official { "是" } else { "否" })
        }),
    ]
}

/// A group of balances: the label of each of its keys, and for a group by approval what is known of that.
pub struct BalanceGroup {
    pub labels: Vec<Text>,
    pub approval: Option<Arc<StoredApproval>>,
    pub sums: Sums,
}

fn percent(rate: &Rate) -> Value {
    rate.percent.clone().map_or(Value::None, Value::Digits)
}

/// 台账: the columns of an office's ledger of approved and supplied land.
pub fn balances(by: &[Dimension]) -> Vec<Column<BalanceGroup>> {
    type Row = BalanceGroup;
    let mut columns: Vec<Column<Row>> = Vec::new();
    for (at, dimension) in by.iter().enumerate() {
        let zh = if *dimension == Dimension::Approval { "批准文号" } else { dimension.zh() };
        let label = move |row: &Row| Value::maybe(row.labels.get(at).map(|label| label.zh.clone()));
        columns.push(text_column(zh, dimension.as_str(), label));
        if *dimension == Dimension::Approval {
            columns.extend([
                text_column("批次名称", "approved project", |row: &Row| {
                    Value::maybe(row.approval.as_ref().and_then(|found| found.contents.approved_project.clone()))
                }),
                text_column("批准机关", "authority", |row: &Row| {
                    Value::maybe(row.approval.as_ref().map(|found| found.contents.authority.clone()))
                }),
                column("批准日期", "approved on", Show::Day, |row: &Row| {
                    Value::day(row.approval.as_ref().map(|found| found.contents.approved_on))
                }),
            ]);
        }
    }
    columns.extend([
        area_column("批准面积", "approved net", |row: &Row| Value::Area(row.sums.balances().approved_net_m2)),
        area_column("未供面积", "unsupplied", |row: &Row| Value::Area(row.sums.balances().unsupplied_m2)),
        area_column("已供面积", "supplied", |row: &Row| Value::Area(row.sums.balances().supplied_m2)),
        area_column("闲置面积", "idle", |row: &Row| Value::Area(row.sums.balances().idle_m2)),
        area_column("收回待供面积", "recovered", |row: &Row| Value::Area(row.sums.balances().recovered_m2)),
        area_column("核销面积", "written off", |row: &Row| Value::Area(row.sums.balances().written_off_m2)),
        area_column("无需供应面积", "no supply needed", |row: &Row| {
            Value::Area(row.sums.balances().no_supply_needed_m2)
        }),
        area_column("累计首次供应面积", "first supply", |row: &Row| {
            Value::Area(row.sums.balances().first_supply_cumulative_m2)
        }),
        column("供地率", "supply rate", Show::Percent, |row: &Row| percent(&rates(&row.sums).supply)),
        column("批而未供率", "unsupplied rate", Show::Percent, |row: &Row| percent(&rates(&row.sums).unsupplied)),
        column("土地闲置率", "idle rate", Show::Percent, |row: &Row| percent(&rates(&row.sums).idle)),
    ]);
    columns
}

/// 一地一策台账: the columns of the office's sheet; it can be filled in and sent back.
pub fn plot_measures() -> Vec<Column<SheetRowView>> {
    let text = |zh, en, of: fn(&SheetRowView) -> Option<String>| {
        text_column(zh, en, move |row: &SheetRowView| Value::maybe(of(row)))
    };
    let day = |zh, en, of: fn(&SheetRowView) -> Option<chrono::NaiveDate>| {
        column(zh, en, Show::Day, move |row: &SheetRowView| of(row).map_or(Value::None, Value::Day))
    };
    let area = |zh, en, of: fn(&SheetRowView) -> Option<AreaM2>| {
        area_column(zh, en, move |row: &SheetRowView| of(row).map_or(Value::None, Value::Area))
    };
    vec![
        text("地块编号", "plot", |row| Some(row.code.clone())),
        text("乡镇街道", "township", |row| row.township_name.clone()),
        text("批次名称", "approved project", |row| row.approved_project.clone()),
        text("批准文号", "approval", |row| row.approval_number.clone()),
        text("批准机关", "authority", |row| row.approval_authority.clone()),
        day("批准日期", "approved on", |row| row.approved_on),
        area("批准面积", "approved area", |row| Some(row.approved_m2)),
        area("已征面积", "expropriated area", |row| row.expropriated_m2),
        area("已供面积", "supplied area", |row| Some(row.supplied_m2)),
        area("未供面积", "unsupplied area", |row| Some(row.unsupplied_m2)),
        text("未供原因", "cause", |row| row.cause.map(|cause| cause.zh().to_owned())),
        text("土地现状", "present state", |row| row.present_state.clone()),
        text("规划用途", "planned use", |row| row.planned_use.clone()),
        text("拟处置措施", "measure", |row| row.measure.map(|measure| measure.zh().to_owned())),
        text("措施说明", "note", |row| row.measure_note.clone()),
        day("计划完成时限", "due on", |row| row.due_on),
        text("是否逾期", "overdue", |row| row.is_overdue.then(|| "逾期".to_owned())),
        text("责任单位", "unit", |row| row.unit.clone()),
        text("责任人", "person", |row| row.person_name.clone()),
        text("进展月份", "month of progress", |row| row.progress_month.map(|month| month.to_string())),
        text("工作进展", "progress", |row| row.progress_done.clone()),
        text("备注", "remark", |row| row.remark.clone()),
    ]
}
