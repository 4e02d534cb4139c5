//! The points of one plot: which way round they stand, in which zone, and how they make rings.

use super::header::crs_of;
use super::{Deviation, Fault, Header, Options, Repair, Wrong};
use crate::domain::geometry::check::{Part, Ring};
use crate::domain::geometry::crs::Crs;

/// A row of a point as it was read.
pub(super) struct Row {
    pub line: usize,
    pub number: Option<String>,
    pub ring: Option<u32>,
    /// The two coordinates in the order of the file.
    pub given: [f64; 2],
}

/// Rings with the lines of their positions.
pub(super) struct Rings {
    pub part: Part,
    pub lines: Vec<Vec<usize>>,
    pub crs: Crs,
    /// Rows that only close a ring.
    pub closing: usize,
}

/// Notes what was repaired and what is wrong.
pub(super) struct Notes<'n> {
    pub repairs: &'n mut Vec<Repair>,
    pub faults: &'n mut Vec<Fault>,
}

impl Notes<'_> {
    pub fn repair(&mut self, line: usize, deviation: Deviation) {
        self.repairs.push(Repair { line, deviation });
    }

    pub fn fault(&mut self, line: usize, wrong: Wrong) {
        self.faults.push(Fault { line, wrong });
    }
}

/// Makes rings of the rows of one plot.
pub(super) fn assemble(rows: &[Row], header: &Header, options: &Options, notes: &mut Notes<'_>) -> Option<Rings> {
    let first = rows.first()?.line;
    if rows.iter().all(|row| row.ring.is_none()) {
        notes.repair(first, Deviation::NoRingNumber);
    }
    if rows.iter().all(|row| row.number.is_none()) {
        notes.repair(first, Deviation::NoPointNumber);
    }
    let points = upright(rows, notes)?;
    let (crs, positions) = zoned(rows, &points, header, options, notes)?;
    let (part, lines, closing) = rings(rows, &positions, notes)?;
    Some(Rings { part, lines, crs, closing })
}

/// Northings in China, with room to spare.
fn is_north(value: f64) -> bool {
    (1_500_000.0..6_500_000.0).contains(&value)
}

/// An easting: its zone's number if it has one, and what is left without it.
fn east(value: f64) -> Option<(Option<u8>, f64)> {
    const EASTINGS: std::ops::Range<f64> = 100_000.0..900_000.0;
    if EASTINGS.contains(&value) {
        return Some((None, value));
    }
    let number = (value / 1_000_000.0).floor();
    let rest = value - number * 1_000_000.0;
    let number = (13.0..=45.0).contains(&number).then_some(number as u8).filter(|number| crs_of(*number).is_some())?;
    EASTINGS.contains(&rest).then_some((Some(number), rest))
}

/// An easting with its prefix apart, and the northing.
type Point = (Option<u8>, f64, f64);

/// The points with north and east told apart by their size, which no zone lets overlap.
fn upright(rows: &[Row], notes: &mut Notes<'_>) -> Option<Vec<Point>> {
    let mut points = Vec::with_capacity(rows.len());
    let mut swapped = None;
    for row in rows {
        let [a, b] = row.given;
        let (is_swapped, point) = match (is_north(a).then(|| east(b)).flatten(), is_north(b).then(|| east(a)).flatten())
        {
            (Some((zone, east)), _) => (false, (zone, east, a)),
            (_, Some((zone, east))) => (true, (zone, east, b)),
            _ => {
                let wrong = if a.abs() <= 180.0 && b.abs() <= 180.0 {
                    Wrong::Degrees
                } else {
                    Wrong::Unlikely { x: a.to_string(), y: b.to_string() }
                };
                notes.fault(row.line, wrong);
                return None;
            }
        };
        if *swapped.get_or_insert(is_swapped) != is_swapped {
            notes.fault(row.line, Wrong::MixedAxes);
            return None;
        }
        points.push(point);
    }
    if swapped == Some(true) {
        notes.repair(rows[0].line, Deviation::SwappedAxes);
    }
    Some(points)
}

/// The zone of the points, and their positions without its number.
fn zoned(
    rows: &[Row],
    points: &[Point],
    header: &Header,
    options: &Options,
    notes: &mut Notes<'_>,
) -> Option<(Crs, Vec<[f64; 2]>)> {
    let line = rows[0].line;
    let prefix = points.iter().zip(rows).find_map(|((zone, ..), row)| Some((zone.as_ref()?, row.line)));
    let zone = match (header.zone, prefix) {
        (Some((header, header_line)), Some((&prefix, line))) if header != prefix => {
            notes.fault(line, Wrong::ContradictoryZone { header, header_line, prefix });
            return None;
        }
        (Some((zone, _)), None) => {
            notes.repair(line, Deviation::NoPrefix { zone });
            zone
        }
        (None, Some((&zone, line))) => {
            notes.repair(line, Deviation::ZoneFromPrefix { zone });
            zone
        }
        (None, None) => match options.zone.map(|zone| zone.number()) {
            Some(zone) => {
                notes.repair(line, Deviation::ZoneAssumed { zone });
                zone
            }
            None => {
                notes.fault(line, Wrong::NoZone);
                return None;
            }
        },
        (Some((zone, _)), Some(_)) => zone,
    };
    let mut mixed = None;
    for ((given, ..), row) in points.iter().zip(rows) {
        match given {
            Some(other) if *other != zone => {
                notes.fault(row.line, Wrong::TwoZones { first: zone, other: *other });
                return None;
            }
            None if prefix.is_some() => mixed = mixed.or(Some(row.line)),
            _ => {}
        }
    }
    if let Some(line) = mixed {
        notes.repair(line, Deviation::PrefixMixed);
    }
    let positions = points.iter().map(|&(_, east, north)| [east, north]).collect();
    Some((crs_of(zone)?, positions))
}

/// A ring that is being read.
struct Open {
    number: u32,
    ring: Ring,
    lines: Vec<usize>,
    first_number: Option<String>,
    is_closed: bool,
}

impl Open {
    fn begin(number: u32, row: &Row, at: [f64; 2]) -> Self {
        Self { number, ring: vec![at], lines: vec![row.line], first_number: row.number.clone(), is_closed: false }
    }

    /// Whether a position is that of the first point, with points enough between.
    fn closes(&self, at: [f64; 2]) -> bool {
        !self.is_closed && self.ring.len() >= 3 && self.ring[0] == at
    }

    fn add(&mut self, line: usize, at: [f64; 2]) {
        self.ring.push(at);
        self.lines.push(line);
    }
}

type Made = (Part, Vec<Vec<usize>>, usize);

fn rings(rows: &[Row], positions: &[[f64; 2]], notes: &mut Notes<'_>) -> Option<Made> {
    let mut made: Vec<Open> = Vec::new();
    let mut sound = true;
    for (row, &at) in rows.iter().zip(positions) {
        let number = row.ring.unwrap_or(1);
        let Some(open) = made.last_mut() else {
            made.push(Open::begin(number, row, at));
            continue;
        };
        let same_ring = open.number == number;
        if open.closes(at) {
            if !same_ring {
                notes.repair(row.line, Deviation::ClosingRing { given: number, ring: open.number });
            }
            if let (Some(given), Some(first)) = (&row.number, &open.first_number)
                && given != first
            {
                let (given, first) = (given.clone(), first.clone());
                notes.repair(row.line, Deviation::ClosingNumber { given, first });
            }
            open.add(row.line, at);
            open.is_closed = true;
        } else if same_ring && !open.is_closed {
            if open.ring.len() >= 3 && row.number.is_some() && row.number == open.first_number {
                let number = row.number.clone().unwrap_or_default();
                notes.fault(row.line, Wrong::ClosingElsewhere { number, first_line: open.lines[0] });
                sound = false;
            }
            open.add(row.line, at);
        } else if made.iter().any(|open| open.number == number) && row.ring.is_some() {
            notes.fault(row.line, Wrong::RingAgain { ring: number });
            return None;
        } else {
            made.push(Open::begin(number, row, at));
        }
    }
    for (place, open) in made.iter_mut().enumerate() {
        let (line, place) = (open.lines[0], place + 1);
        if usize::try_from(open.number) != Ok(place) {
            notes.repair(line, Deviation::RingNumbers { given: open.number, place });
        }
    }
    let closing = made.iter().filter(|open| open.is_closed).count();
    for open in made.iter_mut().filter(|open| !open.is_closed) {
        let last = open.lines[open.lines.len() - 1];
        notes.repair(last, Deviation::NotClosed { ring: open.number });
        let first = open.ring[0];
        open.add(last, first);
    }
    let (part, lines) = made.into_iter().map(|open| (open.ring, open.lines)).unzip();
    sound.then_some((part, lines, closing))
}
