//! 价格标底 of a plot: sealed figures, decided by three people in three steps, opened by an explicit act.
//!
//! > 招标拍卖挂牌出让国有建设用地使用权规定 art. 10: the bottom price is secret until the bidding has ended.
//!
//! Two roles read the figures before they are opened, 地价经办 and 地价审批, and every reading is kept. Whoever drafts does not
//! review, and neither of them issues.

use chrono::NaiveDate;

use crate::domain::finding::Outcome;
use crate::domain::input::{Line, input, vocabulary};
use crate::domain::ledger::kind::Role;
use crate::domain::ledger::proposal::NotNow;
use crate::domain::region::UserId;
use crate::domain::rules::calculation::price_base::{PriceBaseAnswer, PriceBaseTerms};
use crate::domain::text::{Text, text};

/// Who reads sealed figures.
pub const SEALED: &[Role] = &[Role::PriceKeeper, Role::PriceApprover];

vocabulary! {
    /// 标底状态
    pub enum BaseState {
        Draft = "draft" "拟定",
        Reviewed = "reviewed" "已审核",
        Issued = "issued" "已出具(密封)",
        Opened = "opened" "已公开",
        Withdrawn = "withdrawn" "已撤回",
    }
}

vocabulary! {
    /// 标底步骤
    pub enum BaseAction {
        Draft = "draft" "拟定",
        Revise = "revise" "修改",
        Review = "review" "审核通过",
        Issue = "issue" "出具",
        Open = "open" "公开",
        Return = "return" "退回",
        Withdraw = "withdraw" "撤回",
        Read = "read" "查阅",
    }
}

input! {
    /// 价格标底 — what is recorded of a plot's price base; all of it is sealed until it is opened
    #[schema(example = json!({
        "plot": 410_183_000_000_001_i64, "appraisal_filing_no": "演示备〔2026〕18号", "appraised_as_of": "2026-05-31",
        "valid_until": "2027-05-30", "minutes_no": "演示地价纪要〔2026〕5号",
        "terms": {
            "on": "2026-06-30", "land_use": "industrial", "area": {"value": "50", "unit": "mu"}, "max_term_unit_price": "350",
            "rate": "0.06", "grade": 13, "method": {"method": "flexible", "transfer_term": "20"},
            "costs": [{"name": "征地补偿", "amount": "3000000"}], "decided_total": "5000000"
        }
    }))]
    pub struct PriceBaseBody {
        /// 地块 — id
        #[schema(minimum = 1)]
        pub plot: i64,
        /// 评估报告备案号
        pub appraisal_filing_no: Line<100>,
        /// 估价期日 — not in the future
        pub appraised_as_of: NaiveDate,
        /// 评估报告有效期至
        pub valid_until: NaiveDate,
        /// 集体决策会议纪要号 — required before it is issued
        pub minutes_no: Option<Line<100>>,
        /// 方式、年期、价格与成本
        pub terms: PriceBaseTerms,
    }
    check(base, reader) {
        if base.valid_until < base.appraised_as_of {
            let message = Text::fixed("有效期早于估价期日", "it ends before the day of the appraisal");
            reader.fault_at("valid_until", Some(&base.valid_until.to_string()), message);
        }
    }
}

input! {
    /// 公开 — with the announcement of the result
    #[schema(example = json!({"version": 3, "announcement_no": "演示网挂成交〔2026〕5号", "announced_on": "2026-08-01"}))]
    pub struct OpeningBody {
        /// 所依据的版本
        #[schema(minimum = 1)]
        pub version: i64,
        /// 成交结果公告号
        pub announcement_no: Line<100>,
        /// 公告日期 — not in the future
        pub announced_on: NaiveDate,
    }
}

/// Who takes a step, and on what.
#[derive(Debug, Clone, Copy)]
pub struct BaseStanding<'a> {
    pub state: BaseState,
    pub proposer: UserId,
    pub reviewer: Option<UserId>,
    pub actor: UserId,
    pub roles: &'a [Role],
}

/// The state after a step, or why it is not taken.
pub fn step(standing: BaseStanding<'_>, action: BaseAction) -> Result<BaseState, NotNow> {
    let BaseStanding { state, proposer, reviewer, actor, roles } = standing;
    let needs = |role: Role| {
        if roles.contains(&role) {
            return Ok(());
        }
        Err(NotNow::Forbidden(text!("需要“{role:#}”角色", "the role {role} is needed")))
    };
    let another = || {
        if actor != proposer && reviewer != Some(actor) {
            return Ok(());
        }
        Err(NotNow::Forbidden(Text::fixed(
            "同一人不能在一个标底上担任两个环节",
            "no person stands in two places of one price base",
        )))
    };
    let own = || {
        if actor == proposer {
            return Ok(());
        }
        Err(NotNow::Forbidden(Text::fixed("只有拟定人可以这样做", "only who drafted it may do this")))
    };
    let open = |states: &[BaseState]| {
        if states.contains(&state) {
            return Ok(());
        }
        Err(NotNow::Conflict(text!(
            "标底现为“{state:#}”,不能{action:#}",
            "the price base is {state}; the step {action} is not possible"
        )))
    };
    match action {
        BaseAction::Draft | BaseAction::Read => Ok(state),
        BaseAction::Revise => {
            own()?;
            open(&[BaseState::Draft])?;
            Ok(BaseState::Draft)
        }
        BaseAction::Review => {
            needs(Role::PriceKeeper)?;
            another()?;
            open(&[BaseState::Draft])?;
            Ok(BaseState::Reviewed)
        }
        BaseAction::Issue => {
            needs(Role::PriceApprover)?;
            another()?;
            open(&[BaseState::Reviewed])?;
            Ok(BaseState::Issued)
        }
        BaseAction::Open => {
            needs(Role::PriceApprover)?;
            open(&[BaseState::Issued])?;
            Ok(BaseState::Opened)
        }
        BaseAction::Return => {
            if !roles.contains(&Role::PriceKeeper) {
                needs(Role::PriceApprover)?;
            }
            if actor == proposer {
                another()?;
            }
            open(&[BaseState::Draft, BaseState::Reviewed])?;
            Ok(BaseState::Draft)
        }
        BaseAction::Withdraw => {
            own()?;
            open(&[BaseState::Draft, BaseState::Reviewed])?;
            Ok(BaseState::Withdrawn)
        }
    }
}

/// What stands in the way of issuing a base on a day; nothing if it may be issued. No figure is told.
pub fn cannot_issue(base: &PriceBaseBody, answer: &PriceBaseAnswer, today: NaiveDate) -> Vec<Text> {
    let mut reasons = Vec::new();
    if base.minutes_no.is_none() {
        reasons.push(Text::fixed(
            "缺少集体决策会议纪要号",
            "the number of the minutes of the collective decision is missing",
        ));
    }
    if today > base.valid_until {
        let until = base.valid_until;
        reasons.push(text!("评估报告已于 {until} 失效", "the appraisal report was valid until {until}"));
    }
    if !answer.unknown.is_empty() {
        reasons.push(Text::fixed(
            "缺少成本构成或土地等别,无法确定应适用的最高下限",
            "the costs or the grade of the land are missing, so the highest floor cannot be told",
        ));
    }
    if answer.conflicts && base.terms.conflict_decision.is_none() {
        reasons.push(Text::fixed(
            "年期修正下限与全国最低价标准不一致,缺少有权机构的决定",
            "the plan's floor and the national minimum disagree, and no decision is recorded",
        ));
    } else if matches!(answer.outcome, Outcome::Fail | Outcome::NeedsException) {
        reasons.push(Text::fixed(
            "核验结果不符合或需例外决定;详见该标底的判定结果",
            "a finding is not met or needs an exception; see the findings of this base",
        ));
    }
    reasons
}
