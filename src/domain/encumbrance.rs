//! 抵押、查封: what rests on a parcel and keeps acts on it back.
//!
//! An encumbrance stands from its day until the document that releases it is recorded. It never ends by itself: a term
//! that has run out is a question for the registry or the court, not for this program.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::input::{Line, NonNegative, Positive, Reader, input, vocabulary};
use crate::domain::ledger::kind::Kind;
use crate::domain::ledger::voucher::Digest;
use crate::domain::policy::{NotInForce, Policy, keys};
use crate::domain::quantity::{AreaM2, Money};
use crate::domain::record::Reference;
use crate::domain::region::ParcelId;
use crate::domain::text::{Text, text};

/// Attachments that one record may name.
const ATTACHMENTS_MAX: usize = 50;

vocabulary! {
    /// 权利负担种类 — what rests on a parcel.
    pub enum EncumbranceKind {
        Mortgage = "mortgage" "抵押",
        Seizure = "seizure" "查封",
    }
}

vocabulary! {
    /// 权利负担事项 — what became of an encumbrance.
    pub enum EncumbranceAction {
        Released = "released" "解除(解押、解封)",
        Extended = "extended" "延长(续押、续封)",
        Consented = "consented" "抵押权人同意或已告知",
    }
}

input! {
    /// 抵押或查封 — a mortgage on a parcel, or its seizure by a court
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "kind": "mortgage", "parcel": 410_183_000_000_001_i64, "number": "豫(2026)新密市不动产证明第0000001号",
        "party": "演示银行新密支行", "from": "2026-03-02", "area_m2": "6000", "appraised_yuan": "2100000", "loan_yuan": "1200000"
    }))]
    pub struct EncumbranceBody {
        /// 种类
        pub kind: EncumbranceKind,
        /// 宗地 — id, or 宗地编号
        pub parcel: Reference,
        /// 登记证明号或协助执行通知书文号 — unique among those of its kind on the parcel
        pub number: Line<100>,
        /// 抵押权人或查封机关 — kept apart; it can be erased
        pub party: Option<Line<100>>,
        /// 登记日期或查封日期 — not in the future
        pub from: NaiveDate,
        /// 期限届满日 — it does not end the encumbrance
        pub until: Option<NaiveDate>,
        /// 抵押或查封面积,平方米
        pub area_m2: Option<Positive<AreaM2>>,
        /// 评估额,元 — of mortgages
        pub appraised_yuan: Option<NonNegative<Money>>,
        /// 贷款额,元 — of mortgages
        pub loan_yuan: Option<NonNegative<Money>>,
        /// 附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
        /// 备注
        pub remark: Option<Line<1000>>,
    }
    check(body, reader) {
        body.check(reader);
    }
}

impl EncumbranceBody {
    fn check(&self, reader: &mut Reader) {
        if self.kind == EncumbranceKind::Seizure {
            let message = || Text::fixed("查封没有这一项", "a seizure has no such figure");
            for (member, given) in [("appraised_yuan", self.appraised_yuan), ("loan_yuan", self.loan_yuan)] {
                if let Some(given) = given {
                    reader.fault_at(member, Some(&given.get().to_string()), message());
                }
            }
        }
        until_follows(self.from, self.until, reader);
        few_attachments(self.attachments.as_deref(), reader);
    }
}

fn until_follows(from: NaiveDate, until: Option<NaiveDate>, reader: &mut Reader) {
    if let Some(until) = until.filter(|until| *until < from) {
        let message = text!("届满日早于起始日 {from}", "it ends before it begins on {from}");
        reader.fault_at("until", Some(&until.to_string()), message);
    }
}

fn few_attachments(attachments: Option<&[Digest]>, reader: &mut Reader) {
    if let Some(given) = attachments.map(<[Digest]>::len).filter(|given| *given > ATTACHMENTS_MAX) {
        let message =
            text!("共 {given} 个附件,至多 {ATTACHMENTS_MAX} 个", "{given} attachments; {ATTACHMENTS_MAX} at most");
        reader.fault_at("attachments", None, message);
    }
}

input! {
    /// 权利负担事项 — its release, its extension, or the mortgagee's consent to one kind of act, each with its document
    #[derive(PartialEq, Eq)]
    #[schema(example = json!({
        "action": "released", "document_number": "(2026)豫0183执恢1号", "document_authority": "演示法院", "dated": "2026-06-30"
    }))]
    pub struct EncumbranceEventBody {
        /// 事项
        pub action: EncumbranceAction,
        /// 同意或告知的行为 — for `consented`: the kind of voucher it is for
        pub consents_to: Option<Kind>,
        /// 文号
        pub document_number: Line<100>,
        /// 出具机关或出具人
        pub document_authority: Line<100>,
        /// 文件日期 — from this day on it has effect; not in the future
        pub dated: NaiveDate,
        /// 新的届满日 — for `extended`
        pub until: Option<NaiveDate>,
        /// 附件 — SHA-256 (hex) of uploaded attachments
        #[schema(max_items = 50)]
        pub attachments: Option<Vec<Digest>>,
    }
    check(event, reader) {
        event.check(reader);
    }
}

impl EncumbranceEventBody {
    fn check(&self, reader: &mut Reader) {
        let (consents, extends) =
            (self.action == EncumbranceAction::Consented, self.action == EncumbranceAction::Extended);
        match self.consents_to {
            None if consents => reader.fault_at(
                "consents_to",
                None,
                Text::fixed("须写明同意或告知的是哪种行为", "say to which kind of act the mortgagee consented"),
            ),
            Some(kind) if !consents => reader.fault_at(
                "consents_to",
                Some(kind.as_str()),
                Text::fixed("只有抵押权人同意或已告知才填这一项", "only a consent names a kind of act"),
            ),
            Some(kind) if consents && Restraint::of(kind).is_none() => reader.fault_at(
                "consents_to",
                Some(kind.as_str()),
                text!("“{kind:#}”不受抵押限制,无须同意", "a mortgage does not keep {kind} back; no consent is needed"),
            ),
            _ => {}
        }
        match self.until {
            None if extends => {
                reader.fault_at("until", None, Text::fixed("延长须写明新的届满日", "an extension says until when"));
            }
            Some(until) if !extends => reader.fault_at(
                "until",
                Some(&until.to_string()),
                Text::fixed("只有延长才填届满日", "only an extension has an end"),
            ),
            _ => until_follows(self.dated, self.until, reader),
        }
        few_attachments(self.attachments.as_deref(), reader);
    }
}

/// Which of two groups of acts a kind of voucher belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restraint {
    /// 分割、合并: the parcel becomes another one.
    Change,
    /// 解除供应、收回、收购: the land is taken back.
    TakingBack,
}

impl Restraint {
    /// None: no encumbrance keeps this kind of voucher back.
    pub const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::ParcelSplit | Kind::ParcelMerged => Some(Self::Change),
            Kind::SupplyTerminated | Kind::Recovered | Kind::BoughtBack => Some(Self::TakingBack),
            Kind::Opening
            | Kind::Approve
            | Kind::Supply
            | Kind::WrittenOff
            | Kind::NoSupplyNeeded
            | Kind::IdleFound
            | Kind::Resumed
            | Kind::SurveyDifference
            | Kind::BoundaryAdjustment
            | Kind::Relocation
            | Kind::ContractSuccession
            | Kind::Correction => None,
        }
    }
}

/// What the policy of a day lets encumbrances keep back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restraints {
    pub seizure_blocks_change: bool,
    pub seizure_blocks_taking_back: bool,
    pub mortgage_blocks_change: bool,
    pub mortgage_blocks_taking_back: bool,
}

impl Restraints {
    pub fn on(policy: &Policy, day: NaiveDate) -> Result<Self, NotInForce> {
        Ok(Self {
            seizure_blocks_change: policy.on(&keys::ENCUMBRANCE_SEIZURE_BLOCKS_CHANGE, day)?.value,
            seizure_blocks_taking_back: policy.on(&keys::ENCUMBRANCE_SEIZURE_BLOCKS_TAKING_BACK, day)?.value,
            mortgage_blocks_change: policy.on(&keys::ENCUMBRANCE_MORTGAGE_BLOCKS_CHANGE, day)?.value,
            mortgage_blocks_taking_back: policy.on(&keys::ENCUMBRANCE_MORTGAGE_BLOCKS_TAKING_BACK, day)?.value,
        })
    }

    const fn block(self, by: EncumbranceKind, act: Restraint) -> bool {
        match (by, act) {
            (EncumbranceKind::Seizure, Restraint::Change) => self.seizure_blocks_change,
            (EncumbranceKind::Seizure, Restraint::TakingBack) => self.seizure_blocks_taking_back,
            (EncumbranceKind::Mortgage, Restraint::Change) => self.mortgage_blocks_change,
            (EncumbranceKind::Mortgage, Restraint::TakingBack) => self.mortgage_blocks_taking_back,
        }
    }
}

/// An encumbrance as a decision of the ledger sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burden {
    pub parcel: ParcelId,
    pub kind: EncumbranceKind,
    pub number: String,
    pub from: NaiveDate,
    /// The day of the document that releases it.
    pub released_on: Option<NaiveDate>,
    /// Acts the mortgagee consented to, from the day of each document on.
    pub consents: Vec<(Kind, NaiveDate)>,
}

impl Burden {
    /// Whether it keeps an act of this kind and day back.
    pub fn blocks(&self, kind: Kind, on: NaiveDate, restraints: Restraints) -> bool {
        let Some(act) = Restraint::of(kind) else { return false };
        let stands = self.from <= on && self.released_on.is_none_or(|released| on < released);
        // A court's seizure is lifted by the court; the consent of a party does not stand in for that.
        let consented = self.kind == EncumbranceKind::Mortgage
            && self.consents.iter().any(|(to, dated)| *to == kind && *dated <= on);
        stands && !consented && restraints.block(self.kind, act)
    }
}

/// What the journal keeps of an encumbrance: everything but the party, who may be a natural person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Encumbrance {
    pub parcel: ParcelId,
    pub kind: EncumbranceKind,
    pub number: Line<100>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub area: Option<AreaM2>,
    pub appraised: Option<Money>,
    pub loan: Option<Money>,
    /// In lower-case hex.
    pub attachments: Vec<String>,
    pub remark: Option<Line<1000>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn burden(kind: EncumbranceKind) -> Burden {
        let from = day("2026-01-10");
        Burden { parcel: ParcelId(1), kind, number: "1号".to_owned(), from, released_on: None, consents: Vec::new() }
    }

    const ALL: Restraints = Restraints {
        seizure_blocks_change: true,
        seizure_blocks_taking_back: true,
        mortgage_blocks_change: true,
        mortgage_blocks_taking_back: true,
    };

    #[test]
    fn it_blocks_from_its_day_to_the_day_before_its_release() {
        let mut seizure = burden(EncumbranceKind::Seizure);
        let blocks = |burden: &Burden, on: &str| burden.blocks(Kind::ParcelSplit, day(on), ALL);
        assert!(!blocks(&seizure, "2026-01-09") && blocks(&seizure, "2026-01-10") && blocks(&seizure, "2149-01-01"));
        seizure.released_on = Some(day("2026-02-01"));
        assert!(blocks(&seizure, "2026-01-31") && !blocks(&seizure, "2026-02-01"));
    }

    #[test]
    fn a_consent_frees_one_kind_of_act_from_a_mortgage_and_none_from_a_seizure() {
        let on = day("2026-03-01");
        for (kind, freed) in [(EncumbranceKind::Mortgage, true), (EncumbranceKind::Seizure, false)] {
            let mut burden = burden(kind);
            burden.consents.push((Kind::ParcelSplit, day("2026-02-15")));
            assert_eq!(!burden.blocks(Kind::ParcelSplit, on, ALL), freed);
            assert!(burden.blocks(Kind::ParcelSplit, day("2026-02-14"), ALL));
            assert!(burden.blocks(Kind::Recovered, on, ALL));
        }
    }

    #[test]
    fn findings_and_entries_are_never_blocked_and_a_county_may_say_otherwise_of_the_rest() {
        let seizure = burden(EncumbranceKind::Seizure);
        let on = day("2026-03-01");
        let blocked: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| seizure.blocks(*kind, on, ALL)).collect();
        use Kind::{BoughtBack, ParcelMerged, ParcelSplit, Recovered, SupplyTerminated};
        assert_eq!(blocked.len(), 5);
        for kind in [SupplyTerminated, Recovered, BoughtBack, ParcelSplit, ParcelMerged] {
            assert!(blocked.contains(&kind), "{kind}");
        }
        let lenient = Restraints { seizure_blocks_taking_back: false, ..ALL };
        assert!(!seizure.blocks(Kind::Recovered, on, lenient) && seizure.blocks(Kind::ParcelSplit, on, lenient));
    }
}
