//! Why a voucher is refused: one nameable reason each, in the order of the checks.

use chrono::NaiveDate;

use crate::domain::encumbrance::EncumbranceKind;
use crate::domain::geometry::overlay::CannotOverlay;
use crate::domain::ledger::account::Account;
use crate::domain::ledger::kind::{Kind, Role};
use crate::domain::ledger::land::Offence;
use crate::domain::ledger::voucher::{Holding, LINES_MAX};
use crate::domain::quantity::AreaM2;
use crate::domain::region::{ParcelId, PlotId};
use crate::domain::text::{Text, text};

/// Why a voucher is refused, in the order of the checks: the first that applies is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    NoLines { kind: Kind },
    LinesNotAllowed { kind: Kind },
    TooManyLines { count: usize },
    AreaNotPositive { line: usize },
    SameHolding { line: usize },
    MoveNotAllowed { line: usize, kind: Kind, from: Account, to: Account },
    PlotChanged { line: usize },
    ParcelMissing { line: usize, account: Account },
    ParcelNotAllowed { line: usize, account: Account },
    MethodMissing,
    MethodNotAllowed { kind: Kind },
    WriteOffMissing,
    WriteOffNotAllowed { kind: Kind },
    CorrectsMissing,
    CorrectsNotAllowed { kind: Kind },
    DocumentNumberMissing { kind: Kind },
    DocumentAuthorityMissing { kind: Kind },
    DocumentInFuture { dated: NaiveDate, today: NaiveDate },
    AttachmentMissing { kind: Kind },
    AttachmentUnknown { sha256: String },
    InFuture { effective_on: NaiveDate, today: NaiveDate },
    UnknownPlot { line: usize, plot: PlotId },
    UnknownParcel { line: usize, parcel: ParcelId },
    NoApproval { plot: PlotId },
    NotApprovalDay { plot: PlotId, approved_on: NaiveDate },
    BeforeApproval { plot: PlotId, approved_on: NaiveDate },
    WrongAuthority { plot: PlotId, authority: String },
    Encumbered { line: usize, parcel: ParcelId, by: EncumbranceKind, number: String, from: NaiveDate },
    Contested { line: usize, plot: PlotId, case: String, until: Option<NaiveDate> },
    CorrectsUnknown { seq: i64 },
    CorrectsCorrection { seq: i64, original: i64 },
    CorrectionDay { seq: i64, effective_on: NaiveDate },
    CorrectionMove { line: usize, seq: i64 },
    CorrectionExceeds { line: usize, seq: i64, moved: AreaM2 },
    PlotAreaExceeded { plot: PlotId, recorded: AreaM2, entered: AreaM2 },
    SurveyCap { plot: PlotId, cap: AreaM2, differences: AreaM2 },
    Overdrawn { holding: Holding, on: NaiveDate, held: AreaM2, missing: AreaM2 },
    TooLarge { holding: Holding },
    ClosedMonth { closed_through: NaiveDate },
    CannotOverlay { line: usize, error: CannotOverlay },
    LandElsewhere { line: usize, holding: Holding },
    LandOutside { line: usize, holding: Holding, offence: Box<Offence> },
    LandLeft { line: usize, holding: Holding, offence: Box<Offence> },
}

impl Refused {
    /// The reason's stable name, as it stands in the problem and in `docs/refusals.md`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoLines { .. } => "no_lines",
            Self::LinesNotAllowed { .. } => "lines_not_allowed",
            Self::TooManyLines { .. } => "too_many_lines",
            Self::AreaNotPositive { .. } => "area_not_positive",
            Self::SameHolding { .. } => "same_holding",
            Self::MoveNotAllowed { .. } => "move_not_allowed",
            Self::PlotChanged { .. } => "plot_changed",
            Self::ParcelMissing { .. } => "parcel_missing",
            Self::ParcelNotAllowed { .. } => "parcel_not_allowed",
            Self::MethodMissing => "method_missing",
            Self::MethodNotAllowed { .. } => "method_not_allowed",
            Self::WriteOffMissing => "write_off_missing",
            Self::WriteOffNotAllowed { .. } => "write_off_not_allowed",
            Self::CorrectsMissing => "corrects_missing",
            Self::CorrectsNotAllowed { .. } => "corrects_not_allowed",
            Self::DocumentNumberMissing { .. } => "document_number_missing",
            Self::DocumentAuthorityMissing { .. } => "document_authority_missing",
            Self::DocumentInFuture { .. } => "document_in_future",
            Self::AttachmentMissing { .. } => "attachment_missing",
            Self::AttachmentUnknown { .. } => "attachment_unknown",
            Self::InFuture { .. } => "in_future",
            Self::UnknownPlot { .. } => "unknown_plot",
            Self::UnknownParcel { .. } => "unknown_parcel",
            Self::NoApproval { .. } => "no_approval",
            Self::NotApprovalDay { .. } => "not_approval_day",
            Self::BeforeApproval { .. } => "before_approval",
            Self::WrongAuthority { .. } => "wrong_authority",
            Self::Encumbered { .. } => "encumbered",
            Self::Contested { .. } => "contested",
            Self::CorrectsUnknown { .. } => "corrects_unknown",
            Self::CorrectsCorrection { .. } => "corrects_correction",
            Self::CorrectionDay { .. } => "correction_day",
            Self::CorrectionMove { .. } => "correction_move",
            Self::CorrectionExceeds { .. } => "correction_exceeds",
            Self::PlotAreaExceeded { .. } => "plot_area_exceeded",
            Self::SurveyCap { .. } => "survey_cap",
            Self::Overdrawn { .. } => "overdrawn",
            Self::TooLarge { .. } => "too_large",
            Self::ClosedMonth { .. } => "closed_month",
            Self::CannotOverlay { .. } => "cannot_overlay",
            Self::LandElsewhere { .. } => "land_elsewhere",
            Self::LandOutside { .. } => "land_outside",
            Self::LandLeft { .. } => "land_left",
        }
    }

    /// The member of the voucher the refusal is about, as a JSON pointer.
    pub fn pointer(&self) -> String {
        match self {
            Self::NoLines { .. } | Self::LinesNotAllowed { .. } | Self::TooManyLines { .. } => "/lines".to_owned(),
            Self::AreaNotPositive { line } | Self::CorrectionExceeds { line, .. } => format!("/lines/{line}/area_m2"),
            Self::ParcelMissing { line, .. }
            | Self::ParcelNotAllowed { line, .. }
            | Self::UnknownParcel { line, .. } => {
                format!("/lines/{line}/to/parcel")
            }
            Self::SameHolding { line }
            | Self::MoveNotAllowed { line, .. }
            | Self::PlotChanged { line }
            | Self::UnknownPlot { line, .. }
            | Self::Encumbered { line, .. }
            | Self::Contested { line, .. }
            | Self::CorrectionMove { line, .. } => format!("/lines/{line}"),
            Self::MethodMissing | Self::MethodNotAllowed { .. } => "/method".to_owned(),
            Self::WriteOffMissing | Self::WriteOffNotAllowed { .. } => "/write_off".to_owned(),
            Self::CorrectsMissing
            | Self::CorrectsNotAllowed { .. }
            | Self::CorrectsUnknown { .. }
            | Self::CorrectsCorrection { .. } => "/corrects".to_owned(),
            Self::DocumentNumberMissing { .. } => "/document/number".to_owned(),
            Self::DocumentAuthorityMissing { .. } | Self::WrongAuthority { .. } => "/document/authority".to_owned(),
            Self::DocumentInFuture { .. } => "/document/dated".to_owned(),
            Self::AttachmentMissing { .. } | Self::AttachmentUnknown { .. } => "/document/attachments".to_owned(),
            Self::InFuture { .. }
            | Self::NotApprovalDay { .. }
            | Self::NoApproval { .. }
            | Self::BeforeApproval { .. }
            | Self::CorrectionDay { .. }
            | Self::ClosedMonth { .. } => "/effective_on".to_owned(),
            Self::PlotAreaExceeded { .. } | Self::SurveyCap { .. } | Self::Overdrawn { .. } | Self::TooLarge { .. } => {
                "/lines".to_owned()
            }
            Self::CannotOverlay { line, .. }
            | Self::LandElsewhere { line, .. }
            | Self::LandOutside { line, .. }
            | Self::LandLeft { line, .. } => format!("/lines/{line}/geometry"),
        }
    }

    /// The land that is drawn where it may not be, or missing where it must be.
    pub const fn offence(&self) -> Option<&Offence> {
        match self {
            Self::LandOutside { offence, .. } | Self::LandLeft { offence, .. } => Some(offence),
            _ => None,
        }
    }

    /// The line at fault, counted from 0.
    const fn line(&self) -> Option<usize> {
        match self {
            Self::AreaNotPositive { line }
            | Self::SameHolding { line }
            | Self::MoveNotAllowed { line, .. }
            | Self::ParcelMissing { line, .. }
            | Self::ParcelNotAllowed { line, .. }
            | Self::PlotChanged { line }
            | Self::UnknownPlot { line, .. }
            | Self::UnknownParcel { line, .. }
            | Self::Encumbered { line, .. }
            | Self::CorrectionMove { line, .. }
            | Self::CorrectionExceeds { line, .. }
            | Self::CannotOverlay { line, .. }
            | Self::LandElsewhere { line, .. }
            | Self::LandOutside { line, .. }
            | Self::LandLeft { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// What is wrong and what to do, in both languages.
    pub fn text(&self) -> Text {
        let (n, approver) = (self.line().map_or(0, |line| line + 1), Role::Approver);
        match self {
            Self::NoLines { kind } => {
                text!("“{kind:#}”凭证至少要有一条分录", "a voucher of kind {kind} needs at least one line")
            }
            Self::LinesNotAllowed { kind } => {
                text!("“{kind:#}”不移动面积,不能带分录", "a voucher of kind {kind} moves no area and takes no lines")
            }
            Self::TooManyLines { count } => {
                text!(
                    "共有 {count} 条分录,超过 {LINES_MAX} 条;请分成几张凭证",
                    "{count} lines are more than {LINES_MAX}; split the voucher"
                )
            }
            Self::AreaNotPositive { .. } => {
                text!("第 {n} 条分录的面积必须大于零", "line {n}: the area must be greater than zero")
            }
            Self::SameHolding { .. } => {
                text!("第 {n} 条分录的转出与转入相同", "line {n}: it leads from a holding back into the same one")
            }
            Self::MoveNotAllowed { kind, from, to, .. } => text!(
                "第 {n} 条分录:“{kind:#}”不能从“{from:#}”转到“{to:#}”",
                "line {n}: a voucher of kind {kind} does not move land from {from} to {to}"
            ),
            Self::ParcelMissing { account, .. } => {
                text!("第 {n} 条分录:“{account:#}”须写明宗地", "line {n}: land in {account} lies in a parcel; name it")
            }
            Self::ParcelNotAllowed { account, .. } => text!(
                "第 {n} 条分录:“{account:#}”没有宗地,请去掉宗地",
                "line {n}: land in {account} lies in no parcel; leave it out"
            ),
            Self::PlotChanged { .. } => text!(
                "第 {n} 条分录两边地块不同;只有边界调整、位置调整可以跨地块",
                "line {n}: the plot changes on the way; only boundary adjustments and relocations may do that"
            ),
            Self::MethodMissing => Text::fixed("供应凭证须写明供应方式", "a supply names its method"),
            Self::MethodNotAllowed { kind } => {
                text!("“{kind:#}”凭证没有供应方式", "a voucher of kind {kind} has no supply method")
            }
            Self::WriteOffMissing => Text::fixed(
                "核销凭证须写明类型:撤回、核减或失效",
                "a write-off says whether the approval was withdrawn, reduced or has lapsed",
            ),
            Self::WriteOffNotAllowed { kind } => {
                text!("“{kind:#}”凭证没有核销类型", "a voucher of kind {kind} has no write-off kind")
            }
            Self::CorrectsMissing => {
                Text::fixed("更正凭证须写明被更正的凭证号", "a correction names the number of the voucher it corrects")
            }
            Self::CorrectsNotAllowed { kind } => {
                text!(
                    "“{kind:#}”凭证不能更正另一张凭证;请用“更正”",
                    "a voucher of kind {kind} corrects nothing; use the kind correction"
                )
            }
            Self::DocumentNumberMissing { kind } => text!(
                "“{kind:#}”须写明依据文件的文号;本单位审批不能代替",
                "a voucher of kind {kind} rests on an outside document: give its number; an in-house approval does not replace it"
            ),
            Self::DocumentAuthorityMissing { kind } => text!(
                "“{kind:#}”须写明依据文件的发文机关",
                "a voucher of kind {kind} names the authority that issued the document"
            ),
            Self::DocumentInFuture { dated, today } => {
                text!("文件日期 {dated} 晚于今天 {today}", "the document is dated {dated}, after today {today}")
            }
            Self::AttachmentMissing { kind } => text!(
                "“{kind:#}”须附上依据文件(先上传附件,再填其摘要)",
                "a voucher of kind {kind} keeps the document itself: upload it and give its digest"
            ),
            Self::AttachmentUnknown { sha256 } => {
                text!("附件 {sha256} 不在库中;请先上传", "attachment {sha256} is not in the store; upload it first")
            }
            Self::InFuture { effective_on, today } => text!(
                "生效日 {effective_on} 晚于今天 {today};台账只记已发生的行为",
                "{effective_on} is after today {today}; the ledger records what has happened"
            ),
            Self::UnknownPlot { plot, .. } => {
                text!("第 {n} 条分录:本县没有地块 {plot}", "line {n}: this county has no plot {plot}")
            }
            Self::UnknownParcel { parcel, .. } => {
                text!("第 {n} 条分录:本县没有宗地 {parcel}", "line {n}: this county has no parcel {parcel}")
            }
            Self::NotApprovalDay { plot, approved_on } => text!(
                "地块 {plot} 的批文日期是 {approved_on},批准凭证须用这一天;确需不同请标为历史补录",
                "plot {plot} was approved on {approved_on}, and that is the day of its approve voucher; mark it historical if it must differ"
            ),
            Self::NoApproval { plot } => text!(
                "地块 {plot} 没有用地批文,不能记“批准”;期初或存量国有土地请记“期初建账”",
                "plot {plot} has no approval; land without one enters by an opening voucher"
            ),
            Self::BeforeApproval { plot, approved_on } => text!(
                "地块 {plot} 于 {approved_on} 才批准,行为不能更早;确属历史事实请标为历史补录,系统会标记核查",
                "plot {plot} was approved only on {approved_on}; an act before it is recorded only when marked historical, and flagged for review"
            ),
            Self::WrongAuthority { plot, authority } => text!(
                "地块 {plot} 的原批准机关是“{authority}”,核销须有它的批复",
                "plot {plot} was approved by {authority:?}; a write-off needs the reply of that authority"
            ),
            Self::Encumbered { parcel, by: EncumbranceKind::Seizure, number, from, .. } => text!(
                "第 {n} 条分录:宗地 {parcel} 自 {from} 起被查封({number});须先登记解封文件",
                "line {n}: parcel {parcel} has been seized since {from} ({number:?}); record the document that lifts it first"
            ),
            Self::Encumbered { parcel, by: EncumbranceKind::Mortgage, number, from, .. } => text!(
                "第 {n} 条分录:宗地 {parcel} 自 {from} 起设有抵押({number});须先登记解押,或登记抵押权人同意(或已告知)此行为的文件",
                "line {n}: parcel {parcel} has been mortgaged since {from} ({number:?}); record its release first, or the document of the mortgagee's consent to this kind of act"
            ),
            Self::Contested { plot, case, until: Some(until), .. } => text!(
                "地块 {plot} 的收回土地(案件 {case})在 {until} 前仍可申请复议或提起诉讼,期满前不得供应",
                "recovered land of plot {plot} (case {case}): a remedy may be sought until {until}; it is not supplied before that"
            ),
            Self::Contested { plot, case, until: None, .. } => text!(
                "地块 {plot} 的收回土地(案件 {case})正在复议或诉讼,终结前不得供应",
                "recovered land of plot {plot} (case {case}): a review or suit runs; it is not supplied before its end"
            ),
            Self::CorrectsUnknown { seq } => text!("本县没有第 {seq} 号凭证", "this county has no voucher {seq}"),
            Self::CorrectsCorrection { seq, original } => text!(
                "第 {seq} 号本身是更正;请更正原凭证 {original}",
                "voucher {seq} is itself a correction; correct the original {original}"
            ),
            Self::CorrectionDay { seq, effective_on } => text!(
                "更正的生效日须与第 {seq} 号凭证相同:{effective_on}",
                "a correction takes the day of voucher {seq}: {effective_on}"
            ),
            Self::CorrectionMove { seq, .. } => text!(
                "第 {n} 条分录既不冲回第 {seq} 号凭证的分录,也不是该种类允许的分录",
                "line {n} neither takes back a line of voucher {seq} nor is one its kind allows"
            ),
            Self::CorrectionExceeds { seq, moved, .. } => text!(
                "第 {n} 条分录冲回的面积超过第 {seq} 号凭证所余的 {moved} 平方米",
                "line {n} takes back more than the {moved} m² that voucher {seq} still moves"
            ),
            Self::PlotAreaExceeded { plot, recorded, entered } => text!(
                "地块 {plot} 记载面积 {recorded} 平方米,入账合计将达 {entered} 平方米",
                "plot {plot} has a recorded area of {recorded} m²; {entered} m² would have entered the ledger"
            ),
            Self::SurveyCap { plot, cap, differences } => text!(
                "地块 {plot} 的实测差异合计 {differences} 平方米,超过上限 {cap} 平方米;请改用更正或边界调整",
                "survey differences of plot {plot} would come to {differences} m², above the cap of {cap} m²; use a correction or a boundary adjustment"
            ),
            Self::Overdrawn { holding, on, held, missing } => text!(
                "{on} 起,{place:#}的“{account:#}”只有 {held} 平方米,缺 {missing} 平方米",
                "from {on} on, {account} of {place} would hold {held} m², {missing} m² too little",
                place = Place(*holding),
                account = holding.account
            ),
            Self::TooLarge { holding } => text!(
                "{place:#}的余额超出系统可表示的范围",
                "the balance of {place} exceeds what the ledger can hold",
                place = Place(*holding)
            ),
            Self::ClosedMonth { closed_through } => text!(
                "{closed_through} 以前已结账;须由{approver:#}批准后记入“结账后调整”",
                "months through {closed_through} are closed; an {approver} must let it in as a late entry"
            ),
            Self::CannotOverlay { error, .. } => {
                let Text { zh, en } = error.text();
                text!(
                    "第 {n} 条分录的图形无法套合:{zh}",
                    "the polygons of line {n} cannot be laid over each other: {en}"
                )
            }
            Self::LandElsewhere { holding, .. } => text!(
                "第 {n} 条分录的图形不在{place:#}“{account:#}”的土地上;请核对图形与转出方",
                "the polygon of line {n} lies nowhere on the {account} land of {place}; compare polygon and source",
                place = Place(*holding),
                account = holding.account
            ),
            Self::LandOutside { holding, offence, .. } => text!(
                "第 {n} 条分录的图形有 {area} 平方米(占 {share},最宽 {width} 米)超出{place:#}“{account:#}”的土地,超过容差;超出部分见 offending_geometry,请修改图形或先作边界调整",
                "{area} m² of the polygon of line {n} (a share of {share}, {width} m wide) lie outside the {account} land of {place}, beyond tolerance; offending_geometry shows where: mend the polygon, or adjust the boundary first",
                area = offence.misfit.area,
                share = offence.misfit.share,
                width = offence.misfit.strip_width,
                place = Place(*holding),
                account = holding.account
            ),
            Self::LandLeft { holding, offence, .. } => text!(
                "第 {n} 条分录转出{place:#}“{account:#}”的全部面积,图形却留下 {area} 平方米(占 {share},最宽 {width} 米),超过容差;留下部分见 offending_geometry",
                "line {n} takes the whole {account} area of {place}, but its polygon leaves {area} m² (a share of {share}, {width} m wide), beyond tolerance; offending_geometry shows where",
                area = offence.misfit.area,
                share = offence.misfit.share,
                width = offence.misfit.strip_width,
                place = Place(*holding),
                account = holding.account
            ),
        }
    }
}

/// A plot, and the parcel in it, as a reader knows them: `{:#}` in Chinese.
struct Place(Holding);

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Holding { plot, parcel, .. } = self.0;
        match (f.alternate(), parcel) {
            (true, None) => write!(f, "地块 {plot}"),
            (true, Some(parcel)) => write!(f, "地块 {plot} 宗地 {parcel}"),
            (false, None) => write!(f, "plot {plot}"),
            (false, Some(parcel)) => write!(f, "plot {plot} parcel {parcel}"),
        }
    }
}
