//! A brute-force ledger: all lines in a list, every balance added up anew.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use dizhang::domain::encumbrance::{Burden, Restraints};
use dizhang::domain::ledger::account::Account;
use dizhang::domain::ledger::decide::{Context, Corrected, Moved, PlotFacts, SurveyCap};
use dizhang::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};
use dizhang::domain::ledger::voucher::{Document, Holding, Line, Voucher};
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{ParcelId, PlotId};

pub const DAYS: u64 = 40;

pub fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 2, 10).unwrap() + Days::new(n)
}

pub fn area(text: &str) -> AreaM2 {
    text.parse().unwrap()
}

pub fn holding(account: Account, plot: i64, parcel: Option<i64>) -> Holding {
    Holding { plot: PlotId(plot), account, parcel: parcel.map(ParcelId) }
}

pub fn voucher(kind: Kind, effective_on: NaiveDate, lines: Vec<Line>) -> Voucher {
    Voucher {
        client_id: "v".to_owned(),
        kind,
        effective_on,
        document: Document {
            number: Some("文号1".to_owned()),
            authority: Some("省政府".to_owned()),
            dated: None,
            attachments: vec!["a".repeat(64)],
        },
        corrects: None,
        write_off: (kind == Kind::WrittenOff).then_some(WriteOff::Reduced),
        method: (kind == Kind::Supply).then_some(SupplyMethod::Listing),
        historical: false,
        memo: None,
        lines,
        drawn: BTreeMap::new(),
    }
}

/// What was posted, and the plots and parcels there are.
pub struct Book {
    pub posted: Vec<Voucher>,
    pub plots: HashMap<PlotId, PlotFacts>,
    pub parcels: HashSet<ParcelId>,
    pub closed_through: Option<NaiveDate>,
    pub burdens: Vec<Burden>,
}

impl Book {
    /// Plots 1 to 3 of 1000 m², approved on day 0, and parcels 1 to 3.
    pub fn new() -> Self {
        let facts = PlotFacts { recorded: area("1000"), approval: Some((day(0), "省政府".to_owned())) };
        Self {
            posted: Vec::new(),
            plots: (1..=3).map(|id| (PlotId(id), facts.clone())).collect(),
            parcels: (1..=3).map(ParcelId).collect(),
            closed_through: None,
            burdens: Vec::new(),
        }
    }

    pub fn moved(&self) -> Vec<Moved> {
        let numbered = self.posted.iter().zip(1..);
        numbered
            .flat_map(|(v, seq)| {
                v.lines.iter().map(move |line| Moved { seq, kind: v.kind, effective_on: v.effective_on, line: *line })
            })
            .collect()
    }

    pub fn corrected(&self, seq: i64) -> Option<Corrected> {
        let original = self.posted.get(usize::try_from(seq - 1).ok()?)?;
        let mut lines = original.lines.clone();
        lines.extend(self.posted.iter().filter(|v| v.corrects == Some(seq)).flat_map(|v| v.lines.clone()));
        Some(Corrected { kind: original.kind, effective_on: original.effective_on, corrects: original.corrects, lines })
    }

    /// Asks the program.
    pub fn decide(
        &self,
        voucher: &Voucher,
    ) -> Result<dizhang::domain::ledger::decide::Accepted, dizhang::domain::ledger::refused::Refused> {
        let moved = self.moved();
        let attachments = voucher.document.attachments.iter().cloned().collect();
        let corrected = voucher.corrects.and_then(|seq| self.corrected(seq));
        let context = Context {
            today: day(DAYS),
            plots: &self.plots,
            parcels: &self.parcels,
            attachments: &attachments,
            moved: &moved,
            contested: &[],
            corrected: corrected.as_ref(),
            closed_through: self.closed_through,
            approved: true,
            survey_cap: SurveyCap { share: "0.01".parse().unwrap(), area: "500".parse().unwrap() },
            burdens: &self.burdens,
            restraints: Restraints {
                seizure_blocks_change: true,
                seizure_blocks_taking_back: true,
                mortgage_blocks_change: true,
                mortgage_blocks_taking_back: true,
            },
        };
        dizhang::domain::ledger::decide::decide(voucher, &context)
    }

    /// The balance of every holding at the end of a day, with one voucher more or not.
    pub fn balances(&self, on: NaiveDate, more: Option<&Voucher>) -> BTreeMap<Holding, AreaM2> {
        let mut balances = BTreeMap::new();
        for voucher in self.posted.iter().chain(more).filter(|v| v.effective_on <= on) {
            for line in &voucher.lines {
                let from = balances.entry(line.from).or_insert(AreaM2::ZERO);
                *from = *from - line.area;
                let to = balances.entry(line.to).or_insert(AreaM2::ZERO);
                *to = *to + line.area;
            }
        }
        balances
    }

    /// The first day on which a holding would be negative, and the holdings that would be.
    pub fn first_negative(&self, voucher: &Voucher) -> Option<(NaiveDate, BTreeSet<Holding>)> {
        (0..=DAYS).map(day).find_map(|on| {
            let negative: BTreeSet<_> = self
                .balances(on, Some(voucher))
                .into_iter()
                .filter(|(holding, area)| holding.account != Account::Outside && area.is_negative())
                .map(|(holding, _)| holding)
                .collect();
            (!negative.is_empty()).then_some((on, negative))
        })
    }
}
