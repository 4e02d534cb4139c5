//! Why a step may not be taken: what is missing, or the earliest day.

use chrono::NaiveDate;

use crate::domain::idle_case::clock::Clock;
use crate::domain::idle_case::step::{Paper, StepKind};
use crate::domain::idle_case::{Cause, Grounds, State, Way};
use crate::domain::ledger::kind::Kind;
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::text::{Text, text};

/// One thing that stands in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The case has ended.
    Ended {
        state: State,
    },
    /// The case is held; only few steps may be taken.
    Suspended,
    NotSuspended,
    /// The day lies after today.
    InFuture {
        today: NaiveDate,
    },
    /// The day lies before that of a step it rests on.
    Before {
        what: Text,
        day: NaiveDate,
    },
    /// The step has been taken already, and once is all.
    AlreadyTaken {
        step: StepKind,
    },
    /// A step has to be taken first.
    Missing {
        step: StepKind,
        article: &'static str,
    },
    /// A paper has to be served first.
    NotServed {
        paper: Paper,
        article: &'static str,
    },
    /// A paper that was not issued cannot be served.
    NotIssued {
        paper: Paper,
    },
    /// The signed scan and the 送达回证 are missing.
    NoScan,
    /// A period has to run out first.
    TooEarly {
        clock: Clock,
        until: NaiveDate,
        article: &'static str,
    },
    /// A period has run out.
    TooLate {
        clock: Clock,
        last: NaiveDate,
        article: &'static str,
    },
    /// The period ends in a year without a working calendar.
    NoCalendar {
        clock: Clock,
        provisional: NaiveDate,
    },
    /// By the facts of the contract the land is not idle on that day.
    NotIdle {
        from: Option<NaiveDate>,
    },
    /// A way of disposal that the cause does not allow.
    WrongCause {
        way: Way,
        cause: Cause,
    },
    /// A fee or a free recovery of land whose development was stopped.
    WrongGrounds {
        way: Way,
        grounds: Grounds,
    },
    /// Own-cause time is not long enough.
    OwnTimeTooShort {
        way: Way,
        from: Option<NaiveDate>,
    },
    /// A member that the chosen way asks for.
    MemberMissing {
        member: &'static str,
        way: Way,
    },
    MemberForeign {
        member: &'static str,
        way: Way,
    },
    /// A step of another way of disposal.
    OtherWay {
        step: StepKind,
        way: Option<Way>,
    },
    ExtensionTooLong {
        last: NaiveDate,
    },
    TemporaryUseTooLong {
        last: NaiveDate,
    },
    AreaExceeds {
        area: AreaM2,
        of_case: AreaM2,
    },
    /// Part of the land is recovered only after a split, or by a case of its phase.
    AreaPartial {
        area: AreaM2,
        of_case: AreaM2,
    },
    FeeDiffers {
        due: Money,
        given: Money,
    },
    /// The voucher that the step names is not there, or not of the kind and area it must be.
    NoVoucher {
        wanted: Kind,
    },
    VoucherDiffers {
        wanted: Kind,
        area: AreaM2,
    },
    /// A voucher is named by a step that moves no land.
    VoucherForeign {
        step: StepKind,
    },
    /// The day of the voucher is not that of the step.
    VoucherDay {
        effective_on: NaiveDate,
    },
    /// The land of the case is still idle on the ledger.
    StillIdle,
    /// The land was recovered, so that nothing is disposed of or taken back any more.
    LandRecovered,
    /// The land is in normal development again: it was started, or a new start was agreed.
    LandInDevelopment,
    /// A review or a suit runs.
    RemedyRuns,
    NoRemedyRuns,
}

impl Refused {
    /// The reason's stable name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ended { .. } => "case_ended",
            Self::Suspended => "case_suspended",
            Self::NotSuspended => "case_not_suspended",
            Self::InFuture { .. } => "in_future",
            Self::Before { .. } => "before_what_it_rests_on",
            Self::AlreadyTaken { .. } => "already_taken",
            Self::Missing { .. } => "step_missing",
            Self::NotServed { .. } => "paper_not_served",
            Self::NotIssued { .. } => "paper_not_issued",
            Self::NoScan => "scan_missing",
            Self::TooEarly { .. } => "too_early",
            Self::TooLate { .. } => "too_late",
            Self::NoCalendar { .. } => "calendar_missing",
            Self::NotIdle { .. } => "not_idle",
            Self::WrongCause { .. } => "cause_forbids",
            Self::WrongGrounds { .. } => "grounds_forbid",
            Self::OwnTimeTooShort { .. } => "own_time_too_short",
            Self::MemberMissing { .. } => "member_missing",
            Self::MemberForeign { .. } => "member_foreign",
            Self::OtherWay { .. } => "other_way",
            Self::ExtensionTooLong { .. } => "extension_too_long",
            Self::TemporaryUseTooLong { .. } => "temporary_use_too_long",
            Self::AreaExceeds { .. } => "area_exceeds",
            Self::AreaPartial { .. } => "area_partial",
            Self::FeeDiffers { .. } => "fee_differs",
            Self::NoVoucher { .. } => "voucher_missing",
            Self::VoucherDiffers { .. } => "voucher_differs",
            Self::VoucherForeign { .. } => "voucher_foreign",
            Self::VoucherDay { .. } => "voucher_day",
            Self::StillIdle => "still_idle",
            Self::LandRecovered => "land_recovered",
            Self::LandInDevelopment => "land_in_development",
            Self::RemedyRuns => "remedy_runs",
            Self::NoRemedyRuns => "no_remedy_runs",
        }
    }

    /// The member of the step that is at fault.
    pub fn pointer(&self) -> &'static str {
        match self {
            Self::InFuture { .. }
            | Self::Before { .. }
            | Self::TooEarly { .. }
            | Self::TooLate { .. }
            | Self::NoCalendar { .. }
            | Self::NotIdle { .. } => "/on",
            Self::NotIssued { .. } => "/paper",
            Self::NoScan => "/document/attachments",
            Self::WrongCause { .. } | Self::WrongGrounds { .. } | Self::OwnTimeTooShort { .. } => "/way",
            Self::ExtensionTooLong { .. } => "/new_start",
            Self::TemporaryUseTooLong { .. } => "/until",
            Self::AreaExceeds { .. } | Self::AreaPartial { .. } => "/area_m2",
            Self::FeeDiffers { .. } => "/amount",
            Self::NoVoucher { .. }
            | Self::VoucherDiffers { .. }
            | Self::VoucherForeign { .. }
            | Self::VoucherDay { .. } => "/voucher",
            Self::MemberMissing { member, .. } | Self::MemberForeign { member, .. } => match *member {
                "new_start" => "/new_start",
                "until" => "/until",
                "amount" => "/amount",
                _ => "/area_m2",
            },
            _ => "/kind",
        }
    }

    /// What stands in the way and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::Ended { state } => {
                text!("案件已处于“{state:#}”,不能再办理步骤", "the case is {state}; no step may follow")
            }
            Self::Suspended => {
                Text::fixed("案件已中止处置;恢复处置后再办理", "the case is suspended; lift the suspension first")
            }
            Self::NotSuspended => Text::fixed("案件没有中止,无需恢复", "the case is not suspended"),
            Self::InFuture { today } => text!("晚于今天 {today}", "it is after today, {today}"),
            Self::Before { what, day } => {
                let Text { zh, en } = what;
                text!("早于{zh}({day});请核对日期", "it is before {en} ({day}); check the day")
            }
            Self::AlreadyTaken { step } => text!("步骤“{step:#}”已办理", "the step {step} has been taken already"),
            Self::Missing { step, article } => {
                let law = english(article);
                text!("尚缺步骤“{step:#}”({article});请先办理", "the step {step} is missing ({law}); take it first")
            }
            Self::NotServed { paper, article } => {
                let law = english(article);
                text!(
                    "{paper:#}尚未送达({article});请先送达并登记送达回证",
                    "the paper {paper} has not been served ({law}); serve it and record the receipt first"
                )
            }
            Self::NotIssued { paper } => {
                text!("{paper:#}尚未制发,不能登记送达", "the paper {paper} has not been issued, so it cannot be served")
            }
            Self::NoScan => Text::fixed(
                "请先上传盖章件和送达回证的扫描件,并在 attachments 中填写其 SHA-256",
                "upload the signed paper and the receipt of service first and name them under attachments",
            ),
            Self::TooEarly { clock, until, article } => {
                let (earliest, law) = (until.succ_opt().unwrap_or(*until), english(article));
                text!(
                    "“{clock:#}”的期限到 {until} 届满({article}),最早可于 {earliest} 办理",
                    "the period {clock} runs until {until} ({law}); the earliest day is {earliest}"
                )
            }
            Self::TooLate { clock, last, article } => {
                let law = english(article);
                text!("“{clock:#}”的期限已于 {last} 届满({article})", "the period {clock} ran out on {last} ({law})")
            }
            Self::NoCalendar { clock, provisional } => text!(
                "“{clock:#}”的期限暂计至 {provisional},但该年的放假通知尚未录入;录入 policy/calendar 后方可作出依赖它的决定",
                "the period {clock} ends on {provisional} by plain weeks, but that year's working calendar is not known; add it before a decision rests on it"
            ),
            Self::NotIdle { from: Some(from) } => text!(
                "按合同和进度,最早自 {from} 起才构成闲置",
                "by contract and progress the land is idle from {from} at the earliest"
            ),
            Self::NotIdle { from: None } => Text::fixed(
                "按合同和进度不构成闲置,或缺少判断所需的事实;请先补充合同、交地、动工等资料",
                "by contract and progress the land is not idle, or facts to tell are missing; record delivery, start and progress first",
            ),
            Self::WrongCause { way, cause } => text!(
                "闲置原因为“{cause:#}”,不能采用“{way:#}”(第12、14条)",
                "the cause is {cause}: the way {way} is not open (articles 12 and 14)"
            ),
            Self::WrongGrounds { way, grounds } => text!(
                "“{grounds:#}”的土地按第12条的方式处置,不适用“{way:#}”",
                "land that is idle as {grounds} is disposed of in the ways of article 12, not by {way}"
            ),
            Self::OwnTimeTooShort { way, from: Some(from) } => text!(
                "扣除政府原因和不可抗力的时间后,最早自 {from} 起方可“{way:#}”(第14条)",
                "without the time of government causes and force majeure, {way} is open from {from} at the earliest (article 14)"
            ),
            Self::OwnTimeTooShort { way, from: None } => text!(
                "自身原因闲置的时间无法计算或不足,不能“{way:#}”(第14条)",
                "own-cause time is too short or cannot be told: {way} is not open (article 14)"
            ),
            Self::MemberMissing { member, way } => {
                text!("处置方式“{way:#}”须填写 {member}", "the way {way} asks for {member}")
            }
            Self::MemberForeign { member, way } => {
                text!("处置方式“{way:#}”没有 {member};请删去", "the way {way} has no {member}; leave it out")
            }
            Self::OtherWay { step, way: Some(way) } => text!(
                "处置方式为“{way:#}”,没有步骤“{step:#}”",
                "the way of disposal is {way}, which has no step {step}"
            ),
            Self::OtherWay { step, way: None } => text!(
                "尚未确定处置方式,不能办理“{step:#}”",
                "no way of disposal has been chosen, so {step} cannot follow"
            ),
            Self::ExtensionTooLong { last } => text!(
                "延长动工开发期限最长一年,新的动工日期不得晚于 {last}(第12条)",
                "an extension is at most a year: the new start is {last} at the latest (article 12)"
            ),
            Self::TemporaryUseTooLong { last } => text!(
                "临时使用最长两年,不得晚于 {last}(第12条)",
                "temporary use is at most two years: until {last} at the latest (article 12)"
            ),
            Self::AreaExceeds { area, of_case } => text!(
                "收回面积 {area} 平方米超过案件面积 {of_case} 平方米",
                "{area} m² are to be recovered, the case has {of_case} m²"
            ),
            Self::AreaPartial { area, of_case } => text!(
                "收回面积 {area} 平方米小于案件面积 {of_case} 平方米;部分收回须先分割宗地,或按分期立案",
                "{area} m² are to be recovered of the {of_case} m² of the case; for a part of the land split the parcel first or open a case of the phase"
            ),
            Self::FeeDiffers { due, given } => {
                text!("土地闲置费应为 {due} 元,填写的是 {given} 元", "the fee is {due} yuan, not {given} yuan")
            }
            Self::NoVoucher { wanted } => text!(
                "面积台账上没有可登记“{wanted:#}”的土地,或所填凭证号不存在;请核对宗地的台账余额",
                "the area ledger has no land of the case for a voucher {wanted}, or no voucher of the number given; check the parcel's balances"
            ),
            Self::VoucherDiffers { wanted, area } => text!(
                "所填凭证应为“{wanted:#}”,涉及本案土地 {area} 平方米;请核对凭证种类和面积",
                "the voucher named must be {wanted} and move {area} m² of the case's land; check its kind and area"
            ),
            Self::VoucherForeign { step } => {
                text!(
                    "步骤“{step:#}”此时不转移土地,没有凭证;请删去",
                    "the step {step} moves no land here and has no voucher; leave it out"
                )
            }
            Self::VoucherDay { effective_on } => text!(
                "所填凭证的生效日为 {effective_on},应与步骤的日期相同",
                "the voucher named is of {effective_on}; its day and that of the step are the same"
            ),
            Self::StillIdle => Text::fixed(
                "本案土地在面积台账上仍为闲置;请先登记动工确认、收回或其他处置结果",
                "the land of the case is still idle on the area ledger; record its start, recovery or other outcome first",
            ),
            Self::LandRecovered => Text::fixed(
                "本案土地已收回:不能再处置、确认动工或撤销案件;请办理销号",
                "the land of the case was recovered: it is not disposed of, started or annulled any more; close the case",
            ),
            Self::LandInDevelopment => Text::fixed(
                "本案土地已转入正常开发(已确认动工,或已重新约定动工日),不再另定处置方式;到期仍未动工的,请以本案为前案另行立案",
                "the land of the case is in normal development again (it was started, or a new start was agreed); if that start comes to nothing, open a case that names this one as the previous one",
            ),
            Self::RemedyRuns => {
                Text::fixed("复议或诉讼尚未终结;终结后再办理", "a review or a suit runs; wait for its end")
            }
            Self::NoRemedyRuns => Text::fixed("没有进行中的复议或诉讼", "no review or suit runs"),
        }
    }

    /// Whether the step cannot follow at all as the case stands, whatever is done or waited for.
    pub const fn is_out_of_place(&self) -> bool {
        matches!(
            self,
            Self::Ended { .. }
                | Self::NotSuspended
                | Self::AlreadyTaken { .. }
                | Self::NotIssued { .. }
                | Self::WrongCause { .. }
                | Self::WrongGrounds { .. }
                | Self::OtherWay { .. }
                | Self::TooLate { .. }
                | Self::LandRecovered
                | Self::LandInDevelopment
                | Self::NoRemedyRuns
        )
    }

    /// The step that has to be taken first.
    pub const fn missing(&self) -> Option<StepKind> {
        match self {
            Self::Missing { step, .. } => Some(*step),
            Self::NotServed { .. } => Some(StepKind::Served),
            Self::Suspended => Some(StepKind::Lifted),
            Self::RemedyRuns => Some(StepKind::RemedyEnded),
            _ => None,
        }
    }

    /// Where the law says so; of the Measures where no other law is named.
    pub fn citation(&self) -> Option<Text> {
        let article = match self {
            Self::Missing { article, .. }
            | Self::NotServed { article, .. }
            | Self::TooEarly { article, .. }
            | Self::TooLate { article, .. } => article,
            Self::NotIdle { .. } => "第2条",
            Self::WrongCause { .. } | Self::WrongGrounds { .. } => "第12、14条",
            Self::OwnTimeTooShort { .. } | Self::FeeDiffers { .. } => "第14条",
            Self::ExtensionTooLong { .. } | Self::TemporaryUseTooLong { .. } => "第12条",
            Self::StillIdle => "第25条",
            Self::RemedyRuns => "第17条",
            _ => return None,
        };
        let law = english(article);
        Some(if article.starts_with('第') {
            text!("《闲置土地处置办法》{article}", "{law}")
        } else {
            text!("《{article}》", "{law}")
        })
    }

    /// The earliest day on which this no longer stands in the way, if that is a question of time alone.
    pub fn earliest(&self) -> Option<NaiveDate> {
        match self {
            Self::TooEarly { until, .. } => until.succ_opt(),
            Self::NotIdle { from } | Self::OwnTimeTooShort { from, .. } => *from,
            _ => None,
        }
    }
}

/// A provision in English: one without the name of a law is of the Measures for the Disposal of Idle Land.
fn english(article: &str) -> String {
    let of = |name: &str| match name {
        "" => "Measures for the Disposal of Idle Land",
        "行政强制法" => "Administrative Compulsion Law",
        "行政复议法" => "Administrative Reconsideration Law",
        _ => "Administrative Litigation Law",
    };
    let (name, provision) = article.find('第').map_or((article, ""), |at| article.split_at(at));
    let numbers: String = provision.chars().filter(|c| c.is_ascii_digit() || *c == '、').collect();
    let law = of(name);
    if numbers.is_empty() { law.to_owned() } else { format!("{law}, art. {}", numbers.replace('、', ", ")) }
}
