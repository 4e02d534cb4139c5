//! What becomes of the plots of one approval: supplies, idle land, recoveries, corrections.
//!
//! A plot is cut into pieces, and each piece lives a life of its own: what it brings to a holding it has
//! brought there itself, and takes away no more. So no holding is negative on any day, whatever the
//! days of the other pieces are.

use chrono::{Days, NaiveDate};

use crate::domain::demo::county;
use crate::domain::demo::dice::Dice;
use crate::domain::demo::record::{area, steps_of};
use crate::domain::demo::tiling::{Piece, Shape};
use crate::domain::demo::{DemoAct, DemoLine, DemoParcel, DemoPlot, DemoProject, DemoSide, Serials};
use crate::domain::ledger::account::Account;
use crate::domain::ledger::balance::Cause;
use crate::domain::ledger::kind::{Kind, SupplyMethod, WriteOff};

/// An act without its serial; acts get theirs when they stand in the order of days.
struct Draft {
    kind: Kind,
    day: NaiveDate,
    method: Option<SupplyMethod>,
    write_off: Option<WriteOff>,
    /// Which draft it corrects.
    corrects: Option<usize>,
    project: Option<DemoProject>,
    lines: Vec<DemoLine>,
}

/// A supply to which a piece of another plot can be added.
struct Plain {
    draft: usize,
    parcel: usize,
    piece: Piece,
}

pub(super) struct History<'a> {
    approved_on: NaiveDate,
    today: NaiveDate,
    done: &'a mut Serials,
    dice: &'a mut Dice,
    drafts: Vec<Draft>,
    parcels: Vec<DemoParcel>,
    plain: Option<Plain>,
}

/// A piece on its way: of which plot, how much.
struct Land<'a> {
    plot: &'a DemoPlot,
    piece: &'a Piece,
    steps: i64,
}

fn side(account: Account) -> DemoSide {
    DemoSide { account, parcel: None }
}

fn in_parcel(account: Account, parcel: u64) -> DemoSide {
    DemoSide { account, parcel: Some(parcel) }
}

impl<'a> History<'a> {
    pub fn new(approved_on: NaiveDate, today: NaiveDate, done: &'a mut Serials, dice: &'a mut Dice) -> Self {
        Self { approved_on, today, done, dice, drafts: Vec::new(), parcels: Vec::new(), plain: None }
    }

    pub fn approve(&mut self, plots: &[DemoPlot]) {
        let lines = plots.iter().map(|plot| DemoLine {
            plot: plot.serial,
            from: side(Account::Outside),
            to: side(Account::Unsupplied),
            area: plot.recorded_area,
        });
        let lines = lines.collect();
        self.draft(Kind::Approve, self.approved_on, lines);
    }

    /// Lives through the years of one plot; gives the cause if something of it is not supplied today.
    pub fn follow(&mut self, plot: &DemoPlot, shape: &Shape) -> Option<Cause> {
        let wanted = self.dice.weighted(&[(70, 1), (22, 2), (8, 3)]);
        let pieces = shape.pieces(wanted, self.dice);
        // The recorded area is shared out by the polygons; the last piece takes what is left over.
        let mut rest = plot.recorded_area.to_units() / 100;
        let mut unsupplied_steps = 0;
        let mut back_again = false;
        for (i, piece) in pieces.iter().enumerate() {
            let steps = if i + 1 == pieces.len() { rest } else { steps_of(&piece.polygon) };
            rest -= steps;
            let land = Land { plot, piece, steps };
            match self.supply_day() {
                Some(day) => back_again |= self.supplied(&land, day),
                None => unsupplied_steps += steps,
            }
        }
        let left = unsupplied_steps > 0 && !self.settled(plot, unsupplied_steps);
        (left || back_again).then(|| self.cause())
    }

    /// The acts in the order of their days, with the parcels that they name.
    pub fn finish(self, approval_number: &str) -> (Vec<DemoAct>, Vec<DemoParcel>) {
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by_key(|&draft| self.drafts[draft].day);
        let mut serials = vec![0; order.len()];
        for &draft in &order {
            self.done.acts += 1;
            serials[draft] = self.done.acts;
        }
        let mut drafts: Vec<Option<Draft>> = self.drafts.into_iter().map(Some).collect();
        let acts = order.into_iter().filter_map(|at| {
            let draft = drafts[at].take()?;
            let (document, authority) = match draft.kind {
                Kind::Approve => (approval_number.to_owned(), county::APPROVER),
                kind => county::document(kind, draft.method, draft.day, serials[at]),
            };
            Some(DemoAct {
                serial: serials[at],
                kind: draft.kind,
                effective_on: draft.day,
                document,
                authority,
                method: draft.method,
                write_off: draft.write_off,
                corrects: draft.corrects.map(|corrected| serials[corrected]),
                project: draft.project,
                lines: draft.lines,
            })
        });
        (acts.collect(), self.parcels)
    }

    fn draft(&mut self, kind: Kind, day: NaiveDate, lines: Vec<DemoLine>) -> usize {
        let (method, write_off, corrects, project) = (None, None, None, None);
        self.drafts.push(Draft { kind, day, method, write_off, corrects, project, lines });
        self.drafts.len() - 1
    }

    /// A day so long after another, unless it is still to come.
    fn later(&mut self, day: NaiveDate, low: i64, high: i64) -> Option<NaiveDate> {
        let later = day + Days::new(self.dice.between(low, high) as u64);
        (later <= self.today).then_some(later)
    }

    /// The older the approval, the likelier the supply.
    fn supply_day(&mut self) -> Option<NaiveDate> {
        let years = (self.today - self.approved_on).num_days() / 365;
        if !self.dice.percent((12 + 9 * years.unsigned_abs()).min(88)) {
            return None;
        }
        self.later(self.approved_on, 90, 250 + 365 * years.min(4))
    }

    fn cause(&mut self) -> Cause {
        self.dice.weighted(&[
            (30, Cause::Compensation),
            (14, Cause::PlanChanged),
            (12, Cause::Remnant),
            (8, Cause::BuiltWithoutFormalities),
            (20, Cause::NoProject),
            (6, Cause::Protected),
            (8, Cause::Funds),
            (2, Cause::DataError),
        ])
    }

    /// Whether what was never supplied has been written off or needs no supply.
    fn settled(&mut self, plot: &DemoPlot, steps: i64) -> bool {
        let is_remnant = steps < 300_000;
        let (kind, to) = match self.dice.below(100) {
            0..7 => (Kind::WrittenOff, Account::WrittenOff),
            7..12 if is_remnant => (Kind::NoSupplyNeeded, Account::NoSupplyNeeded),
            _ => return false,
        };
        let Some(day) = self.later(self.approved_on, 800, 2_500) else { return false };
        let line = DemoLine { plot: plot.serial, from: side(Account::Unsupplied), to: side(to), area: area(steps) };
        let draft = self.draft(kind, day, vec![line]);
        if kind == Kind::WrittenOff {
            let kinds = [(5, WriteOff::Withdrawn), (3, WriteOff::Reduced), (2, WriteOff::Lapsed)];
            self.drafts[draft].write_off = Some(self.dice.weighted(&kinds));
        }
        true
    }

    /// A piece is supplied, and perhaps comes back. Tells whether it is unsupplied in the end.
    fn supplied(&mut self, land: &Land<'_>, day: NaiveDate) -> bool {
        let turn = self.dice.below(100);
        if turn < 80 {
            if !self.added_to_earlier(land) {
                let (draft, parcel) = self.supply(land, day, Account::Unsupplied, land.steps);
                self.succession(draft, day);
                let parcel = self.parcels.iter().rposition(|known| known.serial == parcel);
                self.plain = parcel.map(|parcel| Plain { draft, parcel, piece: land.piece.clone() });
            }
            return false;
        }
        if turn < 84 {
            return self.corrected(land, day);
        }
        let (_, parcel) = self.supply(land, day, Account::Unsupplied, land.steps);
        match turn {
            84..88 => {
                let Some(ended) = self.later(day, 100, 700) else { return false };
                self.change(
                    land,
                    Kind::SupplyTerminated,
                    ended,
                    in_parcel(Account::Supplied, parcel),
                    side(Account::Unsupplied),
                );
                !self.supplied_again(land, ended, Account::Unsupplied)
            }
            88..91 => {
                let Some(bought) = self.later(day, 400, 1_500) else { return false };
                self.change(
                    land,
                    Kind::BoughtBack,
                    bought,
                    in_parcel(Account::Supplied, parcel),
                    side(Account::Recovered),
                );
                self.supplied_again(land, bought, Account::Recovered);
                false
            }
            _ => {
                self.idle(land, day, parcel);
                false
            }
        }
    }

    fn idle(&mut self, land: &Land<'_>, supplied_on: NaiveDate, parcel: u64) {
        let Some(found) = self.later(supplied_on, 760, 1_900) else { return };
        let (supplied, idle) = (in_parcel(Account::Supplied, parcel), in_parcel(Account::Idle, parcel));
        self.change(land, Kind::IdleFound, found, supplied, idle);
        match self.dice.below(100) {
            0..45 => {
                if let Some(resumed) = self.later(found, 90, 500) {
                    self.change(land, Kind::Resumed, resumed, idle, supplied);
                }
            }
            45..75 => {
                if let Some(recovered) = self.later(found, 200, 700) {
                    self.change(land, Kind::Recovered, recovered, idle, side(Account::Recovered));
                    self.supplied_again(land, recovered, Account::Recovered);
                }
            }
            _ => {}
        }
    }

    /// Recorded with a slip of the pen, and put right as of the same day. Tells whether something stays unsupplied.
    fn corrected(&mut self, land: &Land<'_>, day: NaiveDate) -> bool {
        let slip = self.dice.between(1, (land.steps / 20).clamp(1, 5_000));
        let too_little = self.dice.percent(50);
        let steps = if too_little { land.steps - slip } else { land.steps };
        let (supply, parcel) = self.supply(land, day, Account::Unsupplied, steps);
        let (unsupplied, supplied) = (side(Account::Unsupplied), in_parcel(Account::Supplied, parcel));
        let (from, to) = if too_little { (unsupplied, supplied) } else { (supplied, unsupplied) };
        let line = DemoLine { plot: land.plot.serial, from, to, area: area(slip) };
        let correction = self.draft(Kind::Correction, day, vec![line]);
        self.drafts[correction].corrects = Some(supply);
        if let Some(parcel) = self.parcels.iter_mut().rfind(|known| known.serial == parcel) {
            parcel.area = area(if too_little { land.steps } else { land.steps - slip });
        }
        !too_little
    }

    fn supplied_again(&mut self, land: &Land<'_>, day: NaiveDate, from: Account) -> bool {
        if !self.dice.percent(60) {
            return false;
        }
        let Some(again) = self.later(day, 120, 900) else { return false };
        self.supply(land, again, from, land.steps);
        true
    }

    /// Draws up a supply to a new parcel.
    fn supply(&mut self, land: &Land<'_>, day: NaiveDate, from: Account, steps: i64) -> (usize, u64) {
        self.done.parcels += 1;
        let parcel = self.done.parcels;
        self.parcels.push(DemoParcel {
            serial: parcel,
            polygon: land.piece.polygon.clone(),
            area: area(steps),
            plots: vec![land.plot.serial],
            township: land.plot.township,
            land_use: land.plot.land_use,
        });
        let line = DemoLine {
            plot: land.plot.serial,
            from: side(from),
            to: in_parcel(Account::Supplied, parcel),
            area: area(steps),
        };
        let draft = self.draft(Kind::Supply, day, vec![line]);
        self.drafts[draft].method = Some(county::method(land.plot.land_use, self.dice));
        if land.plot.land_use == county::INDUSTRY {
            self.drafts[draft].project = Some(self.project());
        }
        (draft, parcel)
    }

    /// A new investment project, or one of the last few.
    fn project(&mut self) -> DemoProject {
        if self.done.projects == 0 || self.dice.percent(55) {
            self.done.projects += 1;
            return county::project(self.done.projects);
        }
        let recent = self.done.projects.min(5);
        county::project(self.done.projects - self.dice.below(recent))
    }

    /// Now and then a parcel takes land of a second plot.
    fn added_to_earlier(&mut self, land: &Land<'_>) -> bool {
        let Some(plain) = &mut self.plain else { return false };
        let parcel = &mut self.parcels[plain.parcel];
        let fits = parcel.land_use == land.plot.land_use
            && !parcel.plots.contains(&land.plot.serial)
            && !plain.piece.touches(land.piece);
        if !fits || !self.dice.percent(25) {
            return false;
        }
        let Some(joined) = plain.piece.joined(land.piece) else { return false };
        parcel.polygon = joined.polygon.clone();
        parcel.area = parcel.area + area(land.steps);
        parcel.plots.push(land.plot.serial);
        self.drafts[plain.draft].lines.push(DemoLine {
            plot: land.plot.serial,
            from: side(Account::Unsupplied),
            to: in_parcel(Account::Supplied, parcel.serial),
            area: area(land.steps),
        });
        plain.piece = joined;
        true
    }

    /// 先租后让: after five years of lease the transfer is signed, which moves no land.
    fn succession(&mut self, supply: usize, day: NaiveDate) {
        if self.drafts[supply].method == Some(SupplyMethod::LeaseThenTransfer)
            && let Some(signed) = self.later(day, 1_700, 1_826)
        {
            let draft = self.draft(Kind::ContractSuccession, signed, Vec::new());
            self.drafts[draft].project = self.drafts[supply].project.clone();
        }
    }

    fn change(&mut self, land: &Land<'_>, kind: Kind, day: NaiveDate, from: DemoSide, to: DemoSide) {
        let line = DemoLine { plot: land.plot.serial, from, to, area: area(land.steps) };
        self.draft(kind, day, vec![line]);
    }
}
