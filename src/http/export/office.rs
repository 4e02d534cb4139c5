//! The columns of what an office keeps beside its records: differences, what waits, what burdens, bases, reports, papers.

use crate::domain::instant::Instant;
use crate::domain::ledger::balance::Dimension;
use crate::domain::ledger::frozen::DisposedBy;
use crate::domain::monitoring::ComparedField;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::reconciliation::ComparedWith;
use crate::formats::sheet::write::{Show, Value};
use crate::http::attachments::AttachmentSubjectView;
use crate::http::encumbrances::EncumbranceView;
use crate::http::export::{Column, area_column, column, text_column};
use crate::http::frozen_bases::rates::DisposalRow;
use crate::http::frozen_bases::reports::IssuedReportView;
use crate::http::frozen_bases::{FrozenBaseView, FrozenPlotView};
use crate::http::measures::view::{OverdueGroupView, ProgressView};
use crate::http::monitoring::{MonitoringSnapshotView, MonitoringSupplyView};
use crate::http::months::ClosedMonthView;
use crate::http::plots::overlaps::PlotOverlapView;
use crate::http::policy::PolicyOverlayView;
use crate::http::price_bases::PriceBaseSummary;
use crate::http::reconciliation::view::{DifferenceView, MappingView};
use crate::http::worklist::{TaskEventView, TaskView};

fn at(instant: Instant) -> Value {
    let text = serde_json::to_value(instant).ok().and_then(|value| value.as_str().map(str::to_owned));
    Value::maybe(text)
}

fn area(area: Option<AreaM2>) -> Value {
    area.map_or(Value::None, Value::Area)
}

fn money(money: Option<Money>) -> Value {
    money.map_or(Value::None, Value::Money)
}

fn yes(is: bool, word: &str) -> Value {
    Value::text(if is { word } else { "" })
}

fn number<T: 'static>(zh: &'static str, en: &'static str, of: fn(&T) -> i64) -> Column<T> {
    column(zh, en, Show::Number, move |row: &T| Value::Integer(of(row)))
}

fn day<T: 'static>(zh: &'static str, en: &'static str, of: fn(&T) -> Option<chrono::NaiveDate>) -> Column<T> {
    column(zh, en, Show::Day, move |row: &T| Value::day(of(row)))
}

/// 对账差异; the columns of what was not asked for are left out.
pub fn differences(with: Option<ComparedWith>) -> Vec<Column<DifferenceView>> {
    type Row = DifferenceView;
    let mut columns = vec![
        text_column("差异编号", "difference", |row: &Row| Value::text(row.difference.to_string())),
        text_column("种类", "kind", |row: &Row| Value::text(row.kind_label)),
        text_column("状态", "status", |row: &Row| Value::text(row.status.zh())),
        text_column("地块编号", "plot", |row: &Row| Value::maybe(row.plot_code.as_ref())),
        text_column("宗地编号", "parcel", |row: &Row| Value::maybe(row.parcel_code.as_ref())),
        text_column("乡镇街道代码", "township", |row: &Row| Value::maybe(row.township)),
    ];
    if with != Some(ComparedWith::Monitoring) {
        columns.extend([
            text_column("另一地块", "other plot", |row: &Row| Value::maybe(row.other_plot)),
            text_column("科目", "account", |row: &Row| Value::maybe(row.account.map(|account| account.zh()))),
        ]);
    }
    columns.push(area_column("账面面积", "recorded area", |row: &Row| area(row.recorded_area_m2)));
    if with != Some(ComparedWith::Monitoring) {
        columns.push(area_column("图形面积", "polygon area", |row: &Row| area(row.polygon_area_m2)));
    }
    if with != Some(ComparedWith::Map) {
        columns.push(area_column("系统面积", "monitored area", |row: &Row| area(row.monitored_area_m2)));
    }
    columns.push(area_column("相差", "difference", |row: &Row| area(row.difference_m2)));
    if with != Some(ComparedWith::Map) {
        columns.extend(monitored());
    }
    columns.extend([
        number("处理次数", "version", |row: &Row| row.version),
        text_column("责任人", "owner", |row: &Row| Value::maybe(row.owner)),
        text_column("处理结果", "resolution", |row: &Row| {
            Value::maybe(row.last_note.as_ref().map(|note| note.resolution.zh()))
        }),
        text_column("说明", "reason", |row: &Row| {
            Value::maybe(row.last_note.as_ref().and_then(|note| note.reason.as_ref()))
        }),
        text_column("处理办法", "remedy", |row: &Row| Value::text(row.remedy.zh.clone())),
    ]);
    columns
}

/// Both sides of a supply.
fn monitored() -> Vec<Column<DifferenceView>> {
    type Row = DifferenceView;
    let side = |zh, en, field, is_ours: bool| {
        text_column(zh, en, move |row: &Row| {
            let row = row.monitoring.as_ref().and_then(|view| view.field(field));
            Value::maybe(row.and_then(|row| if is_ours { row.ours_label.as_ref() } else { row.theirs_label.as_ref() }))
        })
    };
    vec![
        text_column("电子监管号", "supervision number", |row: &Row| {
            Value::maybe(row.monitoring.as_ref().map(|view| view.number.as_str()))
        }),
        text_column("项目名称", "project", |row: &Row| {
            Value::maybe(row.monitoring.as_ref().and_then(|view| view.project_name.as_ref()))
        }),
        text_column("不一致项", "differing", |row: &Row| {
            let compared = row.monitoring.as_ref().map_or(&[][..], |view| &view.compared);
            let labels: Vec<&str> =
                compared.iter().filter(|row| row.differs == Some(true)).map(|row| row.label).collect();
            Value::text(labels.join("、"))
        }),
        side("合同签订日期-我方", "signed on, ours", ComparedField::SignedOn, true),
        side("合同签订日期-系统", "signed on, theirs", ComparedField::SignedOn, false),
        side("供应状态-我方", "state, ours", ComparedField::State, true),
        side("供应状态-系统", "state, theirs", ComparedField::State, false),
        side("供应方式-我方", "method, ours", ComparedField::Method, true),
        side("供应方式-系统", "method, theirs", ComparedField::Method, false),
        side("土地用途-我方", "use, ours", ComparedField::LandUse, true),
        side("土地用途-系统", "use, theirs", ComparedField::LandUse, false),
        side("成交价-系统", "price, theirs", ComparedField::Price, false),
        day("导出截止日", "export as of", |row: &Row| row.monitoring.as_ref().and_then(|view| view.as_of)),
    ]
}

pub fn mapping() -> Vec<Column<MappingView>> {
    type Row = MappingView;
    vec![
        text_column("乡镇街道", "township", |row: &Row| {
            Value::text(row.name.clone().or(row.township.map(|code| code.to_string())).unwrap_or("未填".to_owned()))
        }),
        counted("地块宗数", "plots", |row: &Row| row.plots),
        counted("已落图宗数", "mapped plots", |row: &Row| row.mapped_plots),
        area_column("登记面积", "area", |row: &Row| Value::Area(row.area_m2)),
        area_column("已落图登记面积", "mapped area", |row: &Row| Value::Area(row.mapped_area_m2)),
        column("落图率(宗数)", "rate by plots", Show::Percent, |row: &Row| {
            row.by_plots.percent.clone().map_or(Value::None, Value::Digits)
        }),
        column("落图率(面积)", "rate by area", Show::Percent, |row: &Row| {
            row.by_area.percent.clone().map_or(Value::None, Value::Digits)
        }),
    ]
}

/// A number that the row of totals adds up.
fn counted<T: 'static>(zh: &'static str, en: &'static str, of: fn(&T) -> i64) -> Column<T> {
    number(zh, en, of).added_up()
}

pub fn overlaps() -> Vec<Column<PlotOverlapView>> {
    type Row = PlotOverlapView;
    vec![
        text_column("后绘入的地块", "plot", |row: &Row| Value::text(row.plot.to_string())),
        text_column("先有的地块", "other", |row: &Row| Value::text(row.other.to_string())),
        area_column("重叠面积", "shared area", |row: &Row| Value::Area(row.area_m2)),
        text_column("是否在容差内", "within tolerance", |row: &Row| {
            Value::text(if row.is_within_tolerance { "是" } else { "否" })
        }),
        text_column("重叠原因", "reason", |row: &Row| Value::maybe(row.reason.as_ref())),
        text_column("记录时刻", "recorded at", |row: &Row| at(row.recorded_at)),
        text_column("记录人", "recorded by", |row: &Row| Value::text(row.recorded_by.to_string())),
    ]
}

pub fn encumbrances(with_party: bool) -> Vec<Column<EncumbranceView>> {
    type Row = EncumbranceView;
    let mut columns = vec![
        number("编号", "id", |row: &Row| row.id),
        text_column("种类", "kind", |row: &Row| Value::text(row.kind.zh())),
        text_column("宗地", "parcel", |row: &Row| Value::text(row.parcel.to_string())),
        text_column("登记证明号或文号", "number", |row: &Row| Value::text(row.number.as_str())),
    ];
    if with_party {
        columns.push(text_column("抵押权人或查封机关", "party", |row: &Row| Value::maybe(row.party.as_ref())));
    }
    columns.extend([
        day("登记或查封日期", "from", |row: &Row| Some(row.from)),
        day("期限届满日", "until", |row: &Row| row.until),
        day("解除日期", "released on", |row: &Row| row.released_on),
        area_column("抵押或查封面积", "area", |row: &Row| area(row.area_m2)),
        column("评估额", "appraised", Show::Money, |row: &Row| money(row.appraised_yuan)).added_up(),
        column("贷款额", "loan", Show::Money, |row: &Row| money(row.loan_yuan)).added_up(),
        text_column("备注", "remark", |row: &Row| Value::maybe(row.remark.as_ref())),
        text_column("记录时刻", "recorded at", |row: &Row| at(row.recorded_at)),
        text_column("记录人", "recorded by", |row: &Row| Value::text(row.recorded_by.to_string())),
    ]);
    columns
}

pub fn worklist() -> Vec<Column<TaskView>> {
    type Row = TaskView;
    vec![
        text_column("来源", "source", |row: &Row| Value::text(row.source.zh())),
        text_column("事项标识", "key", |row: &Row| Value::text(row.key.as_str())),
        text_column("事项", "title", |row: &Row| Value::text(row.title.zh.clone())),
        day("时限", "due on", |row: &Row| row.due_on),
        text_column("是否逾期", "overdue", |row: &Row| yes(row.is_overdue, "逾期")),
        text_column("状态", "state", |row: &Row| Value::text(row.state.zh())),
        text_column("乡镇街道代码", "township", |row: &Row| Value::maybe(row.township)),
        text_column("责任人", "person", |row: &Row| Value::maybe(row.person)),
        text_column("待办角色", "role", |row: &Row| Value::maybe(row.role.map(|role| role.zh()))),
        text_column("最近处理", "last", |row: &Row| Value::maybe(row.last.as_ref().map(|last| last.action.zh()))),
        day("延后至", "until", |row: &Row| row.last.as_ref().and_then(|last| last.until)),
        text_column("理由", "reason", |row: &Row| Value::maybe(row.last.as_ref().map(|last| last.reason.as_str()))),
    ]
}

pub fn task_events() -> Vec<Column<TaskEventView>> {
    type Row = TaskEventView;
    vec![
        number("序号", "number", |row: &Row| row.n),
        text_column("来源", "source", |row: &Row| Value::text(row.source.zh())),
        text_column("事项标识", "key", |row: &Row| Value::text(row.key.as_str())),
        text_column("操作", "action", |row: &Row| Value::text(row.action.zh())),
        day("延后至", "until", |row: &Row| row.until),
        text_column("理由", "reason", |row: &Row| Value::text(row.reason.as_str())),
        text_column("操作人", "user", |row: &Row| Value::text(row.user.to_string())),
        text_column("时刻", "at", |row: &Row| at(row.at)),
    ]
}

pub fn overdue() -> Vec<Column<OverdueGroupView>> {
    type Row = OverdueGroupView;
    vec![
        text_column("乡镇街道", "township", |row: &Row| {
            Value::maybe(row.township_name.clone().or(row.township.map(|code| code.to_string())))
        }),
        text_column("责任单位", "unit", |row: &Row| Value::maybe(row.unit.as_ref())),
        text_column("责任人", "person", |row: &Row| Value::maybe(row.person)),
        counted("地块数", "plots", |row: &Row| i64::try_from(row.plots).unwrap_or(i64::MAX)),
        area_column("未供面积", "unsupplied", |row: &Row| Value::Area(row.unsupplied_m2)),
        day("最早的时限", "earliest deadline", |row: &Row| Some(row.earliest)),
    ]
}

pub fn progress() -> Vec<Column<ProgressView>> {
    type Row = ProgressView;
    vec![
        text_column("地块", "plot", |row: &Row| Value::text(row.plot.to_string())),
        text_column("进展月份", "month", |row: &Row| Value::text(row.month.to_string())),
        number("当月第几次", "number", |row: &Row| i64::from(row.n)),
        text_column("工作进展", "done", |row: &Row| Value::text(row.done.as_str())),
        text_column("进展备注", "remark", |row: &Row| Value::maybe(row.remark.as_ref())),
        text_column("记录时刻", "recorded at", |row: &Row| at(row.recorded_at)),
        text_column("记录人", "recorded by", |row: &Row| Value::text(row.recorded_by.to_string())),
    ]
}

pub fn closed_months() -> Vec<Column<ClosedMonthView>> {
    type Row = ClosedMonthView;
    vec![
        day("月末", "month end", |row: &Row| Some(row.month_end)),
        number("结账时凭证号", "head", |row: &Row| row.head_seq),
        text_column("链式摘要", "hash", |row: &Row| Value::text(row.head_hash.as_str())),
        text_column("结账人", "closed by", |row: &Row| Value::text(row.closed_by.to_string())),
        text_column("结账时刻", "closed at", |row: &Row| at(row.closed_at)),
    ]
}

pub fn policy_overlays() -> Vec<Column<PolicyOverlayView>> {
    type Row = PolicyOverlayView;
    vec![
        number("序号", "number", |row: &Row| row.n),
        text_column("参数", "parameter", |row: &Row| Value::text(row.parameter.as_str())),
        day("施行日期", "in force", |row: &Row| Some(row.in_force)),
        text_column("取值", "value", |row: &Row| Value::maybe(row.value.as_ref())),
        text_column("依据", "instrument", |row: &Row| Value::text(row.citation.instrument.zh.clone())),
        text_column("文号", "number of the instrument", |row: &Row| Value::maybe(row.citation.number.as_ref())),
        text_column("条款", "provision", |row: &Row| Value::text(row.citation.provision.zh.clone())),
        text_column("已核对原文", "verified", |row: &Row| Value::text(if row.verified { "是" } else { "否" })),
        text_column("理由", "reason", |row: &Row| Value::text(row.reason.as_str())),
        text_column("记录人", "recorded by", |row: &Row| Value::text(row.recorded_by.to_string())),
        text_column("记录时刻", "recorded at", |row: &Row| at(row.recorded_at)),
    ]
}

/// What of a price base is no secret.
pub fn price_bases() -> Vec<Column<PriceBaseSummary>> {
    type Row = PriceBaseSummary;
    vec![
        number("编号", "id", |row: &Row| row.id),
        text_column("地块", "plot", |row: &Row| Value::text(row.plot.to_string())),
        text_column("状态", "state", |row: &Row| Value::text(row.state.zh())),
        text_column("拟定人", "proposer", |row: &Row| Value::text(row.proposer.to_string())),
        text_column("审核人", "reviewer", |row: &Row| Value::maybe(row.reviewer)),
        text_column("出具人", "issuer", |row: &Row| Value::maybe(row.issuer)),
        text_column("成交结果公告号", "announcement", |row: &Row| Value::maybe(row.announcement_no.as_ref())),
        day("公告日期", "announced on", |row: &Row| row.announced_on),
        text_column("拟定时刻", "created at", |row: &Row| at(row.created_at)),
        text_column("最近变动时刻", "changed at", |row: &Row| at(row.changed_at)),
    ]
}

pub fn attachments() -> Vec<Column<AttachmentSubjectView>> {
    type Row = AttachmentSubjectView;
    vec![
        number("序号", "number", |row: &Row| row.n),
        text_column("摘要", "sha256", |row: &Row| Value::text(row.attachment.sha256.as_str())),
        text_column("类型", "media type", |row: &Row| Value::text(row.attachment.media_type.as_str())),
        number("字节数", "bytes", |row: &Row| row.attachment.size),
        text_column("所属记录种类", "subject", |row: &Row| Value::text(row.subject.zh())),
        text_column("所属记录编号", "id", |row: &Row| Value::text(row.id.to_string())),
        text_column("用途", "purpose", |row: &Row| Value::maybe(row.purpose.as_ref())),
        text_column("拍摄时刻", "taken at", |row: &Row| row.taken_at.map_or(Value::None, at)),
        text_column("登记时刻", "recorded at", |row: &Row| at(row.recorded_at)),
        text_column("登记人", "recorded by", |row: &Row| Value::text(row.recorded_by.to_string())),
    ]
}

pub fn frozen_bases() -> Vec<Column<FrozenBaseView>> {
    type Row = FrozenBaseView;
    vec![
        number("编号", "id", |row: &Row| row.id),
        text_column("种类", "kind", |row: &Row| Value::text(row.kind.zh())),
        text_column("名称", "name", |row: &Row| Value::text(row.name.as_str())),
        text_column("状态", "state", |row: &Row| Value::text(row.state.zh())),
        day("截止日", "as of", |row: &Row| Some(row.as_of)),
        area_column("基数面积", "base", |row: &Row| Value::Area(row.area_m2)),
        area_column("任务面积", "task", |row: &Row| Value::Area(row.task_m2)),
        text_column("任务文号", "task document", |row: &Row| Value::text(row.task_number.as_str())),
        day("任务文件日期", "dated", |row: &Row| Some(row.task_dated)),
        number("依据凭证号", "voucher", |row: &Row| row.known_seq),
        text_column("链式摘要", "hash", |row: &Row| Value::text(row.head_hash.as_str())),
        text_column("清单摘要", "digest of the list", |row: &Row| Value::text(row.list_sha256.as_str())),
        text_column("提出人", "proposer", |row: &Row| Value::text(row.proposer.to_string())),
        text_column("批准人", "approver", |row: &Row| Value::maybe(row.approver)),
    ]
}

/// 基数清单: what was frozen of each plot.
pub fn frozen_plots() -> Vec<Column<FrozenPlotView>> {
    type Row = FrozenPlotView;
    vec![
        text_column("地块", "plot", |row: &Row| Value::text(row.plot.to_string())),
        text_column("乡镇街道代码", "township", |row: &Row| Value::maybe(row.township)),
        day("批准日期", "approved on", |row: &Row| row.approved_on),
        area_column("基数面积", "frozen area", |row: &Row| Value::Area(row.area_m2)),
    ]
}

/// 处置率: a column for each measure by which anything was disposed of.
pub fn disposal(by: &[Dimension]) -> Vec<Column<DisposalRow>> {
    type Row = DisposalRow;
    let mut columns: Vec<Column<Row>> = Vec::new();
    for (at, dimension) in by.iter().enumerate() {
        columns.push(text_column(dimension.zh(), dimension.as_str(), move |row: &Row| {
            Value::maybe(row.group.get(at).map(|key| key.label.zh.clone()))
        }));
    }
    columns.push(area_column("基数面积", "base", |row: &Row| Value::Area(row.base_m2)));
    for measure in DisposedBy::ALL {
        columns.push(area_column(measure.zh(), measure.as_str(), move |row: &Row| {
            let of = row.measures.iter().find(|of| of.by == *measure);
            Value::Area(of.map_or(AreaM2::ZERO, |of| of.area_m2))
        }));
    }
    columns.extend([
        area_column("已处置面积", "disposed", |row: &Row| Value::Area(row.disposed_m2)),
        column("处置率", "rate", Show::Percent, |row: &Row| {
            row.rate.percent.clone().map_or(Value::None, Value::Digits)
        }),
    ]);
    columns
}

pub fn reports() -> Vec<Column<IssuedReportView>> {
    type Row = IssuedReportView;
    vec![
        number("序号", "number", |row: &Row| i64::from(row.n)),
        text_column("报表", "period", |row: &Row| Value::text(row.period.zh())),
        day("期末", "end", |row: &Row| Some(row.month_end)),
        number("依据凭证号", "voucher", |row: &Row| row.known_seq),
        text_column("摘要", "sha256", |row: &Row| Value::text(row.sha256.as_str())),
        text_column("出具人", "issued by", |row: &Row| Value::text(row.issued_by.to_string())),
        text_column("出具时刻", "issued at", |row: &Row| at(row.issued_at)),
    ]
}

pub fn monitoring_snapshots() -> Vec<Column<MonitoringSnapshotView>> {
    type Row = MonitoringSnapshotView;
    vec![
        number("序号", "number", |row: &Row| row.n),
        day("截止日", "as of", |row: &Row| Some(row.as_of)),
        number("记录数", "rows", |row: &Row| row.rows),
        // Each export is the whole: their sum says nothing.
        column("面积合计", "area", Show::Area, |row: &Row| Value::Area(row.area_m2)),
        text_column("对账所据", "compared with", |row: &Row| yes(row.is_compared, "是")),
        text_column("文件摘要", "sha256", |row: &Row| Value::text(row.file_sha256.as_str())),
        text_column("导入人", "imported by", |row: &Row| Value::text(row.imported_by.to_string())),
        text_column("导入时刻", "imported at", |row: &Row| at(row.imported_at)),
    ]
}

/// The names that an import of them knows.
pub fn monitoring_supplies() -> Vec<Column<MonitoringSupplyView>> {
    type Row = MonitoringSupplyView;
    let text =
        |zh, en, of: fn(&Row) -> &Option<String>| text_column(zh, en, move |row: &Row| Value::maybe(of(row).as_ref()));
    vec![
        text_column("电子监管号", "number", |row: &Row| Value::text(row.number.as_str())),
        text("项目名称", "project", |row| &row.project_name),
        text("位置", "location", |row| &row.location),
        area_column("面积", "area", |row: &Row| Value::Stated(row.area.0)),
        text("土地来源", "source", |row| &row.land_source),
        text("土地用途", "use", |row| &row.land_use),
        text_column("供地方式", "method", |row: &Row| Value::maybe(row.method.map(|method| method.zh()))),
        text("使用年限", "term", |row| &row.term),
        text("行业分类", "industry", |row| &row.industry),
        text("土地级别", "grade", |row| &row.grade),
        column("成交价", "price", Show::Money, |row: &Row| money(row.price_yuan)).added_up(),
        text("批准单位", "authority", |row| &row.authority),
        day("合同签订日期", "signed on", |row: &Row| row.signed_on),
        text_column("状态", "state", |row: &Row| Value::maybe(row.state.map(|state| state.zh()))),
        day("约定交地时间", "hand-over by", |row: &Row| row.handover_by),
        day("约定开工时间", "start by", |row: &Row| row.start_by),
        day("约定竣工时间", "finish by", |row: &Row| row.finish_by),
        day("实际开工时间", "started on", |row: &Row| row.started_on),
        day("实际竣工时间", "finished on", |row: &Row| row.finished_on),
    ]
}
