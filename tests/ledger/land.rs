//! Which land a voucher moves.

use std::collections::BTreeMap;

use dizhang::domain::geometry::crs::Zone;
use dizhang::domain::geometry::grid::{GridMultiPolygon, GridPoint, GridPolygon};
use dizhang::domain::ledger::account::Account::{self, Outside, Recovered, Supplied, Unsupplied};
use dizhang::domain::ledger::decide::Margins;
use dizhang::domain::ledger::kind::Kind;
use dizhang::domain::ledger::land::{Ground, Land, Moved, move_land, redraw_parcel, redraw_plot};
use dizhang::domain::ledger::refused::Refused;
use dizhang::domain::ledger::voucher::{Flag, Holding, Line};
use dizhang::domain::policy::Policy;
use dizhang::domain::quantity::AreaM2;
use dizhang::domain::region::{ParcelId, PlotId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::model::{day, voucher};

/// A rectangle in metres from the corner of the plots.
fn land([west, south, east, north]: [i64; 4]) -> Land {
    let point = |x: i64, y: i64| GridPoint::new(445_000_000 + x * 1000, 3_818_000_000 + y * 1000);
    let ring = vec![point(west, south), point(east, south), point(east, north), point(west, north)];
    let polygon = GridMultiPolygon::new(vec![GridPolygon::new(vec![ring]).unwrap()]).unwrap();
    Land { polygon, zone: Zone::new(38).unwrap() }
}

fn holding(account: Account, parcel: Option<i64>) -> Holding {
    Holding { plot: PlotId(1), account, parcel: parcel.map(ParcelId) }
}

fn area(m2: i64) -> AreaM2 {
    m2.to_string().parse().unwrap()
}

fn line(from: Holding, to: Holding, m2: i64) -> Line {
    Line { from, to, area: area(m2) }
}

/// A plot of 100 m by 100 m with what was done to it so far.
struct Place {
    ground: Ground,
}

impl Place {
    fn new() -> Self {
        let mut ground = Ground::default();
        ground.plots.insert(PlotId(1), (area(10_000), land([0, 0, 100, 100])));
        Self { ground }
    }

    /// The plot after its approval.
    fn approved() -> Self {
        let mut place = Self::new();
        place.post(Kind::Approve, line(holding(Outside, None), holding(Unsupplied, None), 10_000)).unwrap();
        place
    }

    fn post(&mut self, kind: Kind, line: Line) -> Result<Moved, Refused> {
        let mut act = voucher(kind, day(20), vec![line]);
        if kind == Kind::Correction {
            act.corrects = Some(1);
        }
        let margins = Margins::on(Policy::built_in(), "2026-01-01".parse().unwrap()).unwrap();
        let moved = move_land(&act, &self.ground, &margins.land)?;
        for (holding, land) in &moved.holdings {
            match land {
                Some(land) => drop(self.ground.holdings.insert(*holding, land.clone())),
                None => drop(self.ground.holdings.remove(holding)),
            }
        }
        for (holding, change) in [(line.from, -line.area), (line.to, line.area)] {
            let balance = self.ground.balances.entry(holding).or_default();
            *balance = *balance + change;
        }
        self.ground.corrected = vec![(line, moved.lines.get(&0).cloned())];
        self.ground.drawn.clear();
        Ok(moved)
    }

    fn parcel(&mut self, id: i64, corners: [i64; 4]) {
        self.ground.parcels.insert(ParcelId(id), land(corners));
    }

    fn area_of(&self, holding: Holding) -> i64 {
        let square_metre = 2_000_000;
        let land = self.ground.holdings.get(&holding);
        land.map_or(0, |land| i64::try_from(land.polygon.twice_area_mm2() / square_metre).unwrap())
    }
}

#[test]
fn an_approval_brings_the_whole_plot_and_a_supply_cuts_its_parcel_from_it() {
    let mut place = Place::approved();
    assert_eq!(place.ground.holdings[&holding(Unsupplied, None)], land([0, 0, 100, 100]));
    place.parcel(7, [0, 0, 40, 100]);
    let moved = place.post(Kind::Supply, line(holding(Unsupplied, None), holding(Supplied, Some(7)), 4000)).unwrap();
    assert_eq!(moved.lines[&0], land([0, 0, 40, 100]));
    assert_eq!(moved.flags, []);
    assert_eq!(place.ground.holdings[&holding(Unsupplied, None)], land([40, 0, 100, 100]));
}

#[test]
fn a_parcel_that_lies_on_other_land_is_refused_with_the_part_that_does() {
    let mut place = Place::approved();
    place.parcel(7, [80, 0, 120, 100]);
    let supply = line(holding(Unsupplied, None), holding(Supplied, Some(7)), 4000);
    let refused = place.post(Kind::Supply, supply).unwrap_err();
    assert_eq!(refused.name(), "land_outside");
    assert_eq!(refused.pointer(), "/lines/0/geometry");
    assert_eq!(refused.offence().unwrap().misfit.polygon, land([100, 0, 120, 100]).polygon);
    place.parcel(7, [200, 0, 240, 100]);
    assert_eq!(place.post(Kind::Supply, supply).unwrap_err().name(), "land_elsewhere");
}

#[test]
fn a_supply_of_the_whole_area_takes_the_whole_land_or_is_refused_with_what_it_leaves() {
    let mut place = Place::approved();
    place.parcel(7, [0, 0, 90, 100]);
    let supply = line(holding(Unsupplied, None), holding(Supplied, Some(7)), 10_000);
    let refused = place.post(Kind::Supply, supply).unwrap_err();
    assert_eq!(
        (refused.name(), &refused.offence().unwrap().misfit.polygon),
        ("land_left", &land([90, 0, 100, 100]).polygon)
    );
    place.ground.parcels.clear();
    place.post(Kind::Supply, supply).unwrap();
    assert_eq!(place.ground.holdings[&holding(Supplied, Some(7))], land([0, 0, 100, 100]));
    assert_eq!(place.area_of(holding(Unsupplied, None)), 0);
}

#[test]
fn part_of_a_plot_that_nobody_drew_is_moved_by_area_alone_and_flagged() {
    let mut place = Place::approved();
    let moved = place.post(Kind::Supply, line(holding(Unsupplied, None), holding(Supplied, Some(7)), 4000)).unwrap();
    assert_eq!((moved.lines.len(), &moved.flags[..]), (0, &[Flag::Unmapped][..]));
    assert_eq!(place.area_of(holding(Unsupplied, None)), 10_000);
}

#[test]
fn land_whose_area_is_not_the_lines_is_taken_and_flagged() {
    let mut place = Place::approved();
    place.parcel(7, [0, 0, 40, 100]);
    let moved = place.post(Kind::Supply, line(holding(Unsupplied, None), holding(Supplied, Some(7)), 3000)).unwrap();
    assert_eq!(moved.flags, [Flag::AreaDiffers]);
    assert_eq!(place.area_of(holding(Supplied, Some(7))), 4000);
}

#[test]
fn a_correction_brings_back_the_very_land_and_a_recovery_joins_for_a_new_supply() {
    let mut place = Place::approved();
    place.parcel(7, [0, 0, 40, 100]);
    let (free, parcel) = (holding(Unsupplied, None), holding(Supplied, Some(7)));
    place.post(Kind::Supply, line(free, parcel, 4000)).unwrap();
    place.post(Kind::Correction, line(parcel, free, 4000)).unwrap();
    assert_eq!(place.ground.holdings[&free], land([0, 0, 100, 100]));
    place.post(Kind::Supply, line(free, parcel, 4000)).unwrap();
    place.post(Kind::BoughtBack, line(parcel, holding(Recovered, None), 4000)).unwrap();
    assert_eq!(place.ground.holdings[&holding(Recovered, None)], land([0, 0, 40, 100]));
    // The next parcel lies in both what was left and what came back: one line for each.
    place.parcel(8, [20, 0, 60, 100]);
    let next = holding(Supplied, Some(8));
    let mut both = voucher(Kind::Supply, day(21), vec![line(holding(Recovered, None), next, 2000)]);
    both.lines.push(line(free, next, 2000));
    let margins = Margins::on(Policy::built_in(), "2026-01-01".parse().unwrap()).unwrap();
    let moved = move_land(&both, &place.ground, &margins.land).unwrap();
    assert_eq!(moved.holdings[&next], Some(land([20, 0, 60, 100])));
    assert_eq!(moved.holdings[&free], Some(land([60, 0, 100, 100])));
    assert_eq!(moved.holdings[&holding(Recovered, None)], Some(land([0, 0, 20, 100])));
    assert_eq!(moved.flags, []);
}

#[test]
fn area_that_was_moved_unseen_does_not_stand_in_the_way_of_the_rest() {
    let mut place = Place::approved();
    place.post(Kind::WrittenOff, line(holding(Unsupplied, None), holding(Account::WrittenOff, None), 3000)).unwrap();
    place.parcel(7, [0, 0, 70, 100]);
    let moved = place.post(Kind::Supply, line(holding(Unsupplied, None), holding(Supplied, Some(7)), 7000)).unwrap();
    assert_eq!(moved.lines[&0], land([0, 0, 70, 100]));
}

#[test]
fn a_correction_of_the_area_alone_leaves_the_land_where_it_is() {
    let mut place = Place::approved();
    place.parcel(7, [0, 0, 40, 100]);
    let (free, parcel) = (holding(Unsupplied, None), holding(Supplied, Some(7)));
    place.post(Kind::Supply, line(free, parcel, 3999)).unwrap();
    let moved = place.post(Kind::Correction, line(free, parcel, 1)).unwrap();
    assert_eq!((moved.lines.len(), moved.holdings.len(), moved.flags.len()), (0, 0, 0));
}

#[test]
fn a_polygon_drawn_in_the_line_says_which_part() {
    let mut place = Place::approved();
    place.ground.drawn.insert(0, land([0, 0, 100, 30]));
    let moved =
        place.post(Kind::NoSupplyNeeded, line(holding(Unsupplied, None), holding(Account::NoSupplyNeeded, None), 3000));
    assert_eq!(moved.unwrap().lines[&0], land([0, 0, 100, 30]));
    assert_eq!(place.ground.holdings[&holding(Unsupplied, None)], land([0, 30, 100, 100]));
}

#[test]
fn polygons_that_come_later_find_their_holdings() {
    let (free, parcel) = (holding(Unsupplied, None), holding(Supplied, Some(7)));
    let whole = land([0, 0, 100, 100]);
    let one = BTreeMap::from([(free, (area(10_000), None))]);
    assert_eq!(redraw_plot(&whole, &one).unwrap(), Some((free, whole.clone())));
    let unmapped = BTreeMap::from([(free, (area(6000), None)), (parcel, (area(4000), None))]);
    assert_eq!(redraw_plot(&whole, &unmapped).unwrap(), None, "nobody can say where the parcel lies");
    let mapped = BTreeMap::from([(free, (area(6000), Some(whole.clone()))), (parcel, (area(4000), None))]);
    let tolerance = Margins::on(Policy::built_in(), "2026-01-01".parse().unwrap()).unwrap().land.fit;
    let changed = redraw_parcel(ParcelId(7), &land([0, 0, 40, 100]), &mapped, &tolerance).unwrap();
    assert_eq!(changed[&parcel], Some(land([0, 0, 40, 100])));
    assert_eq!(changed[&free], Some(land([40, 0, 100, 100])));
    let outside = redraw_parcel(ParcelId(7), &land([0, 0, 40, 200]), &mapped, &tolerance).unwrap();
    assert!(outside.is_empty(), "a parcel that lies elsewhere cuts nothing");
}

#[test]
fn whatever_is_supplied_terminated_and_corrected_the_holdings_together_are_the_plot() {
    let acts = prop::collection::vec((0_u8..4, 0_i64..90, 0_i64..90, 5_i64..60, 5_i64..60), 1..25);
    TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() })
        .run(&acts, |acts| {
            let mut place = Place::approved();
            let free = holding(Unsupplied, None);
            for (n, (act, x, y, width, height)) in acts.into_iter().enumerate() {
                let parcel = holding(Supplied, Some(i64::try_from(n).unwrap() + 10));
                let supplied = place.ground.holdings.keys().find(|held| held.account == Supplied).copied();
                let posted = match (act, supplied) {
                    (0, Some(held)) => {
                        let all = place.ground.balances[&held];
                        place.post(Kind::SupplyTerminated, Line { from: held, to: free, area: all })
                    }
                    _ => {
                        let corners = [x, y, (x + width).min(100), (y + height).min(100)];
                        let m2 = (corners[2] - corners[0]) * (corners[3] - corners[1]);
                        place.parcel(parcel.parcel.unwrap().0, corners);
                        if place.ground.balances[&free] <= area(m2) {
                            continue;
                        }
                        place.post(Kind::Supply, line(free, parcel, m2))
                    }
                };
                // Land that is gone is refused, and nothing is changed by that.
                if let Err(refused) = posted {
                    prop_assert!(
                        matches!(refused.name(), "land_outside" | "land_elsewhere" | "land_left"),
                        "{refused:?}"
                    );
                }
                let together: i64 = place.ground.holdings.keys().map(|held| place.area_of(*held)).sum();
                prop_assert_eq!(together, 10_000);
            }
            Ok(())
        })
        .unwrap();
}
