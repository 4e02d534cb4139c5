//! The least change after which a finding passes.
//!
//! Nothing is solved beside the rules: a change is tried on the body and the rule itself asked. The amount is found by halving
//! between one that fails and one that passes, on the smallest unit of the figures, so that what is told passes and one unit less
//! does not, whatever the shape of the rule between them (cutting ancillary floor area also cuts the total it is a share of, and
//! the quota of administrative facilities with it).

use crate::domain::exact::{Rounding, decimal_text, plain};
use crate::domain::finding::{Change, Direction, Finding, Outcome, Remedy, Unit};
use crate::domain::input::{NonNegative, Positive};
use crate::domain::policy;
use crate::domain::precheck::body::{Programme, SupplyGiven};
use crate::domain::precheck::decide::Ground;
use crate::domain::quantity::{AreaM2, Metres, PricePerM2, Ratio};
use crate::domain::rules::floor_area::{FloorArea, Use, geometry};
use crate::domain::rules::{floor_area, price, term as term_rules};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

/// Largest area that is added, in square centimetres: above 100 km² the unit is wrong.
const MOST_CM2: i64 = 1_000_000_000_000;

/// Steps from 1 on after which `passes`, the least between one that does not and one that does. `most` is tried first, so that
/// nothing is searched for in vain.
fn least(most: i64, mut passes: impl FnMut(i64) -> bool) -> Option<i64> {
    if most < 1 || !passes(most) {
        return None;
    }
    Some(between(0, most, passes))
}

fn between(mut fails: i64, mut does: i64, mut passes: impl FnMut(i64) -> bool) -> i64 {
    while does - fails > 1 {
        let middle = fails + (does - fails) / 2;
        if passes(middle) {
            does = middle;
        } else {
            fails = middle;
        }
    }
    does
}

/// The same where there is no most to begin with: doubled until it does.
fn least_growing(most: i64, mut passes: impl FnMut(i64) -> bool) -> Option<i64> {
    let (mut fails, mut tried) = (0, 1);
    while tried <= most {
        if passes(tried) {
            return Some(between(fails, tried, passes));
        }
        (fails, tried) = (tried, tried * 2);
    }
    None
}

/// Adds to each finding that does not pass what would make it.
pub(super) fn attach(ground: &Ground<'_>, findings: &mut [Finding]) {
    for finding in findings.iter_mut() {
        if !matches!(finding.outcome, Outcome::Fail | Outcome::NeedsException | Outcome::NeedsReview) {
            continue;
        }
        let mut found = of_programme(ground, finding);
        found.extend(of_terms(ground, finding));
        found.extend(of_price(ground, finding));
        finding.remedies.extend(found);
    }
}

fn is_same(finding: &Finding, other: &Finding) -> bool {
    finding.rule == other.rule && finding.aspect == other.aspect
}

/// Square metres as people write them: two decimals, four where they are needed.
fn m2(units: i64) -> String {
    let text = decimal_text(units.into(), AreaM2::SCALE);
    text.strip_suffix("00").unwrap_or(&text).to_owned()
}

/// One figure of the programme that is moved by a number of square centimetres.
struct Figure<'a> {
    pointers: Vec<(String, i64)>,
    name: Text,
    /// The programme with the figure moved; none where it cannot be.
    moved: Box<dyn Fn(i64) -> Option<Programme> + 'a>,
}

impl Figure<'_> {
    fn changes(&self, by: i64, step: i64) -> Vec<Change> {
        let direction = if by < 0 { Direction::Decrease } else { Direction::Increase };
        let change = |(pointer, from): &(String, i64)| Change {
            pointer: pointer.clone(),
            direction,
            by: m2(by.abs()),
            unit: Unit::SquareMetre,
            step: m2(step),
            from: m2(*from),
            to: m2(from + by),
        };
        self.pointers.iter().map(change).collect()
    }
}

fn area_of(units: i64) -> Option<NonNegative<AreaM2>> {
    NonNegative::<AreaM2>::new(AreaM2::from_units(units).ok()?).ok()
}

/// The floor area of one use: of totals both figures, of buildings the largest entry of storeys.
fn use_figure(programme: &Programme, of: Use) -> Option<Figure<'_>> {
    let (zh, en) = match of {
        Use::Dominant => ("主导用途", "dominant use"),
        Use::AdminLiving => ("行政办公及生活服务设施", "administrative and living facilities"),
        Use::OtherAncillary => ("其他辅助用途", "other ancillary use"),
    };
    if let Some(uses) = &programme.uses {
        let (_, held) = uses.each().into_iter().find(|(r#use, _)| *r#use == of)?;
        let pointer = |member: &str| format!("/programme/uses/{of}/{member}");
        let pointers =
            vec![(pointer("actual_m2"), held.actual().to_units()), (pointer("counted_m2"), held.counted().to_units())];
        let moved = move |by: i64| {
            let mut changed = programme.clone();
            let figures = FloorArea {
                actual_m2: area_of(held.actual().to_units() + by)?,
                counted_m2: area_of(held.counted().to_units() + by)?,
            };
            let uses = changed.uses.as_mut()?;
            match of {
                Use::Dominant => uses.dominant = figures,
                Use::AdminLiving => uses.admin_living = figures,
                Use::OtherAncillary => uses.other_ancillary = figures,
            }
            Some(changed)
        };
        let name = text!("{zh}建筑面积(实际和计容)", "the floor area of the {en}, actual and counted,");
        return Some(Figure { pointers, name, moved: Box::new(moved) });
    }
    let entries = programme.buildings.iter().flatten().enumerate().flat_map(|(at, building)| {
        let storeys = building.storeys.iter().enumerate().filter(|(_, storey)| storey.r#use == of);
        storeys.map(move |(entry, storey)| (at, entry, building, storey))
    });
    let size = |storey: &floor_area::counted::Storey| {
        let count = i64::from(storey.count.unwrap_or(1));
        (!storey.underground.unwrap_or(false), storey.area_m2.get().to_units() * count)
    };
    let (at, entry, building, storey) = entries.max_by_key(|(_, _, _, storey)| size(storey))?;
    let (name, place, held) = (&building.name, entry + 1, storey.area_m2.get().to_units());
    let (each_zh, each_en) = match storey.count {
        Some(count) if count > 1 => ("每层", "each storey of "),
        _ => ("", ""),
    };
    let name =
        text!("{name}第 {place} 项楼层({zh}){each_zh}面积", "the area of {each_en}entry {place} of \"{name}\" ({en})");
    let moved = move |by: i64| {
        let area = Positive::<AreaM2>::new(AreaM2::from_units(held + by).ok()?).ok()?;
        let mut changed = programme.clone();
        changed.buildings.as_mut()?.get_mut(at)?.storeys.get_mut(entry)?.area_m2 = area;
        Some(changed)
    };
    let pointer = format!("/programme/buildings/{at}/storeys/{entry}/area_m2");
    Some(Figure { pointers: vec![(pointer, held)], name, moved: Box::new(moved) })
}

/// A single area of the programme.
fn plain_figure<'a>(
    programme: &'a Programme,
    member: &'static str,
    name: Text,
    held: Option<NonNegative<AreaM2>>,
    put: fn(&mut Programme, NonNegative<AreaM2>),
) -> Figure<'a> {
    let held = held.map_or(0, |held| held.get().to_units());
    let moved = move |by: i64| {
        let mut changed = programme.clone();
        put(&mut changed, area_of(held + by)?);
        Some(changed)
    };
    Figure { pointers: vec![(format!("/programme/{member}"), held)], name, moved: Box::new(moved) }
}

/// 0.01 m² where all figures of the programme are written so, else the square centimetre.
fn step_of(programme: &Programme) -> i64 {
    let uses = programme.uses.iter().flat_map(|uses| uses.each()).flat_map(|(_, area)| [area.actual(), area.counted()]);
    let storeys =
        programme.buildings.iter().flatten().flat_map(|building| &building.storeys).map(|storey| storey.area_m2.get());
    let single =
        [programme.base_m2, programme.yards_m2, programme.green_m2].into_iter().flatten().map(NonNegative::get);
    let coarse = uses.chain(storeys).chain(single).all(|area| area.to_units() % 100 == 0);
    if coarse { 100 } else { 1 }
}

fn of_programme(ground: &Ground<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(programme) = &ground.asked.body.programme else { return Vec::new() };
    let lean = super::decide::lean(programme, ground.asked.plan);
    let programme = &lean;
    let step = step_of(programme);
    let passes = |changed: &Programme| {
        let found = ground.of_programme(Some(changed));
        found
            .is_ok_and(|(found, _)| found.iter().any(|other| is_same(finding, other) && other.outcome == Outcome::Pass))
    };
    let cut = |figure: Option<Figure<'_>>| {
        let figure = figure?;
        let most = figure.pointers.iter().map(|(_, held)| *held).min()? / step;
        let steps = (0..2).find_map(|spare| {
            least(most - spare, |n| (figure.moved)(-n * step).is_some_and(|changed| passes(&changed)))
        })?;
        Some(told(&figure, -steps * step, step))
    };
    let add = |figure: Option<Figure<'_>>| {
        let figure = figure?;
        let steps =
            least_growing(MOST_CM2 / step, |n| (figure.moved)(n * step).is_some_and(|changed| passes(&changed)))?;
        Some(told(&figure, steps * step, step))
    };
    let figure = |of: Use| use_figure(programme, of);
    let base = || match programme.buildings {
        None => programme.base_m2.map(|held| {
            plain_figure(
                programme,
                "base_m2",
                Text::fixed("建筑基底面积", "the area of the footprints"),
                Some(held),
                |changed, area| changed.base_m2 = Some(area),
            )
        }),
        Some(_) => None,
    };
    let yards = || {
        let name = Text::fixed("构筑物及露天堆场面积", "the area of structures and yards");
        plain_figure(programme, "yards_m2", name, programme.yards_m2, |changed, area| changed.yards_m2 = Some(area))
    };
    let green = || {
        let name = Text::fixed("绿地面积", "the green area");
        plain_figure(programme, "green_m2", name, programme.green_m2, |changed, area| changed.green_m2 = Some(area))
    };
    let largest = || {
        let floor = ground.of_programme(Some(programme)).ok().and_then(|(_, floor)| floor);
        let uses = floor.map(|floor| floor.uses.each());
        uses.and_then(|uses| uses.into_iter().max_by_key(|(_, area)| area.counted()).map(|(r#use, _)| r#use))
    };
    let found = match (finding.rule.as_ref(), finding.aspect.as_deref().unwrap_or("")) {
        ("floor_area.dominant_use", _) => vec![add(figure(Use::Dominant)), cut(figure(Use::OtherAncillary))],
        ("floor_area.ancillary", _) => {
            vec![cut(figure(Use::OtherAncillary)), converted(programme, step, passes), cut(figure(Use::AdminLiving))]
        }
        ("floor_area.admin_living", "floor_area") => vec![cut(figure(Use::AdminLiving))],
        ("floor_area.admin_living", "land") => vec![facilities_land(programme, passes)],
        ("floor_area.geometry", "floor_area_ratio")
        | ("supply.standard_land", "floor_area_ratio_min" | "floor_area_ratio_max") => {
            vec![add(figure(Use::Dominant)), largest().and_then(|of| cut(figure(of)))]
        }
        ("floor_area.geometry" | "supply.standard_land", "building_coefficient") => {
            vec![add(base()), add(Some(yards()))]
        }
        ("floor_area.geometry", "building_density") => vec![cut(base())],
        ("floor_area.geometry", "green_ratio") => vec![add(Some(green())), cut(Some(green()))],
        ("floor_area.geometry", "height") => vec![heights(ground, programme)],
        ("floor_area.geometry", "storeys") => vec![storeys(ground, programme, step)],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

fn told(figure: &Figure<'_>, by: i64, step: i64) -> Remedy {
    let (Text { zh, en }, area) = (&figure.name, m2(by.abs()));
    let message = if by < 0 {
        text!("{zh}减少 {area} 平方米", "reduce {en} by {area} m²")
    } else {
        text!("{zh}增加 {area} 平方米", "add {area} m² to {en}")
    };
    Remedy { message, changes: figure.changes(by, step) }
}

/// Other ancillary floor area put to the dominant use: of totals, where the whole stays as it is.
fn converted(programme: &Programme, step: i64, passes: impl Fn(&Programme) -> bool) -> Option<Remedy> {
    let uses = programme.uses.as_ref()?;
    let (from, to) = (uses.other_ancillary, uses.dominant);
    let most = from.actual().to_units().min(from.counted().to_units()) / step;
    let moved = |by: i64| {
        let shifted = |area: FloorArea, by: i64| {
            Some(FloorArea {
                actual_m2: area_of(area.actual().to_units() + by)?,
                counted_m2: area_of(area.counted().to_units() + by)?,
            })
        };
        let mut changed = programme.clone();
        let uses = changed.uses.as_mut()?;
        (uses.other_ancillary, uses.dominant) = (shifted(from, -by)?, shifted(to, by)?);
        Some(changed)
    };
    let by = least(most, |n| moved(n * step).is_some_and(|changed| passes(&changed)))? * step;
    let mut changes = use_figure(programme, Use::OtherAncillary)?.changes(-by, step);
    changes.extend(use_figure(programme, Use::Dominant)?.changes(by, step));
    let area = m2(by);
    let message = text!(
        "将其他辅助用途中的 {area} 平方米改作主导用途",
        "put {area} m² of the other ancillary use to the dominant use"
    );
    Some(Remedy { message, changes })
}

/// The facilities' own land, in square metres whatever its unit was.
fn facilities_land(programme: &Programme, passes: impl Fn(&Programme) -> bool) -> Option<Remedy> {
    let given = programme.admin_living_land?.get();
    // Below what is written where that is no whole number of square centimetres.
    let held = i64::try_from(given.exact_m2().round(AreaM2::SCALE, Rounding::Down).ok()?).ok()?;
    let step = if held % 100 == 0 { 100 } else { 1 };
    let moved = |by: i64| {
        let area = AreaM2::from_units(held - by).ok()?;
        let area = crate::domain::area::GivenArea::new(area.get(), crate::domain::area::AreaUnit::SquareMetre).ok()?;
        let mut changed = programme.clone();
        changed.admin_living_land = NonNegative::<crate::domain::area::GivenArea>::new(area).ok();
        Some(changed)
    };
    let by = least(held / step, |n| moved(n * step).is_some_and(|changed| passes(&changed)))? * step;
    let area = m2(by);
    let change = Change {
        pointer: "/programme/admin_living_land".to_owned(),
        direction: Direction::Decrease,
        by: area.clone(),
        unit: Unit::SquareMetre,
        step: m2(step),
        from: m2(held),
        to: m2(held - by),
    };
    let message = text!(
        "行政办公及生活服务设施用地减少 {area} 平方米",
        "reduce the land of administrative and living facilities by {area} m²"
    );
    Some(Remedy { message, changes: vec![change] })
}

/// Every building that is too high, down to the limit.
fn heights(ground: &Ground<'_>, programme: &Programme) -> Option<Remedy> {
    let most = ground.conditions.height_max_m?.get();
    let higher = programme.buildings.iter().flatten().enumerate().filter_map(|(at, building)| {
        let height = building.height_m?.get();
        (height > most).then_some((at, height))
    });
    let change = |(at, height): (usize, Metres)| Change {
        pointer: format!("/programme/buildings/{at}/height_m"),
        direction: Direction::Decrease,
        by: plain(height.get() - most.get()),
        unit: Unit::Metre,
        step: "0.001".to_owned(),
        from: plain(height.get()),
        to: plain(most.get()),
    };
    let changes: Vec<Change> = higher.map(change).collect();
    let (count, limit) = (changes.len(), plain(most.get()));
    let message = text!("{count} 栋建筑降到 {limit} 米", "lower {count} buildings to {limit} m");
    (!changes.is_empty()).then_some(Remedy { message, changes })
}

/// Every storey that is larger than its footprint, down to what may stand on it.
fn storeys(ground: &Ground<'_>, programme: &Programme, step: i64) -> Option<Remedy> {
    let tolerance = ground.asked.policy.on(&policy::FLOOR_AREA_STOREY_TOLERANCE_SHARE, ground.asked.on).ok()?.value;
    let mut changes = Vec::new();
    let mut whole = 0;
    for (at, building) in programme.buildings.iter().flatten().enumerate() {
        let Some(footprint) = building.land_m2 else { continue };
        let limit = geometry::storey_limit(footprint.get(), tolerance).ok()?;
        let limit = i64::try_from(limit.round(AreaM2::SCALE, Rounding::Down).ok()?).ok()? / step * step;
        for (entry, storey) in building.storeys.iter().enumerate() {
            let held = storey.area_m2.get().to_units();
            if storey.underground.unwrap_or(false) || held <= limit || limit <= 0 {
                continue;
            }
            whole += held - limit;
            changes.push(Change {
                pointer: format!("/programme/buildings/{at}/storeys/{entry}/area_m2"),
                direction: Direction::Decrease,
                by: m2(held - limit),
                unit: Unit::SquareMetre,
                step: m2(step),
                from: m2(held),
                to: m2(limit),
            });
        }
    }
    let (count, area) = (changes.len(), m2(whole));
    let message = text!(
        "{count} 项楼层共减少 {area} 平方米,使其不大于基底",
        "reduce {count} storeys by {area} m² in all, so that none exceeds its footprint"
    );
    (!changes.is_empty()).then_some(Remedy { message, changes })
}

/// One or both terms of a supply.
fn of_terms(ground: &Ground<'_>, finding: &Finding) -> Vec<Remedy> {
    let Some(supply) = &ground.asked.body.supply else { return Vec::new() };
    if !finding.rule.starts_with("term.") {
        return Vec::new();
    }
    let passes = |changed: &SupplyGiven| {
        let found = ground.terms(changed);
        found.is_ok_and(|found| found.iter().any(|other| is_same(finding, other) && other.outcome == Outcome::Pass))
    };
    let term = |term: Term, months: i64| {
        u32::try_from(i64::from(term.months()) + months).ok().and_then(|months| Term::from_months(months).ok())
    };
    let total = |supply: &SupplyGiven, by: i64| {
        Some(SupplyGiven { total_term: term(supply.total_term, by)?, ..supply.clone() })
    };
    let lease = |supply: &SupplyGiven, by: i64| {
        Some(SupplyGiven { lease_term: Some(term(supply.lease_term?, by)?), ..supply.clone() })
    };
    let months = |term: Term| i64::from(term.months());
    let change = |member: &str, from: Term, by: i64| {
        let to = term(from, by)?;
        Some(Change {
            pointer: format!("/supply/{member}"),
            direction: if by < 0 { Direction::Decrease } else { Direction::Increase },
            by: by.abs().to_string(),
            unit: Unit::Month,
            step: "1".to_owned(),
            from: from.to_string(),
            to: to.to_string(),
        })
    };
    let longest = 1200;
    let search = |from: Term, moved: &dyn Fn(i64) -> Option<SupplyGiven>| {
        let passes = |by: i64| moved(by).is_some_and(|changed| passes(&changed));
        let shorter = (1..months(from)).rev().find(|by| passes(-by)).and_then(|most| least(most, |n| passes(-n)));
        shorter.map(|n| -n).or_else(|| least_growing(longest, passes))
    };
    let mut found = Vec::new();
    // A long lease names its term once or twice; both are the same.
    let both_same = finding.rule == term_rules::long_lease::RULE.id
        && supply.method == crate::domain::rules::case::Method::LongLease;
    let of_lease = finding.rule == term_rules::long_lease::RULE.id && !both_same;
    if both_same {
        let moved = |by: i64| {
            let changed = total(supply, by)?;
            let lease_term = supply.lease_term.map(|_| changed.total_term);
            Some(SupplyGiven { lease_term, ..changed })
        };
        if let Some(by) = search(supply.total_term, &moved) {
            let mut changes: Vec<Change> = change("total_term", supply.total_term, by).into_iter().collect();
            changes.extend(supply.lease_term.and_then(|lease| change("lease_term", lease, by)));
            found.push(term_remedy(changes, "租赁年限", "the lease", by));
        }
    } else if !of_lease && let Some(by) = search(supply.total_term, &|by| total(supply, by)) {
        let changes = change("total_term", supply.total_term, by).into_iter().collect();
        found.push(term_remedy(changes, "总年限", "the whole term", by));
    }
    if let Some(held) = supply.lease_term.filter(|_| !both_same && finding.rule != term_rules::flexible::RULE.id) {
        if let Some(by) = search(held, &|by| lease(supply, by)) {
            found.push(term_remedy(change("lease_term", held, by).into_iter().collect(), "租赁年限", "the lease", by));
        } else if finding.rule == term_rules::lease_then_transfer::RULE.id && found.is_empty() {
            found.extend(both_terms(supply, held, &passes, &change));
        }
    }
    found.extend(of_rent(supply, passes));
    found
}

/// A lease and a whole term that are both too long: first the whole with the shortest lease, then the lease.
fn both_terms(
    supply: &SupplyGiven,
    held: Term,
    passes: &dyn Fn(&SupplyGiven) -> bool,
    change: &dyn Fn(&str, Term, i64) -> Option<Change>,
) -> Option<Remedy> {
    let whole = supply.total_term;
    let with = |lease: i64, total: i64| {
        let of = |months: i64| u32::try_from(months).ok().and_then(|months| Term::from_months(months).ok());
        Some(SupplyGiven { lease_term: Some(of(lease)?), total_term: of(total)?, ..supply.clone() })
    };
    let (lease, total) = (i64::from(held.months()), i64::from(whole.months()));
    let shorter = least(total - 2, |n| with(1, total - n).is_some_and(|changed| passes(&changed)))?;
    let less = least(lease - 1, |n| with(lease - n, total - shorter).is_some_and(|changed| passes(&changed)))?;
    let changes: Vec<Change> =
        [change("total_term", whole, -shorter)?, change("lease_term", held, -less)?].into_iter().collect();
    let (total_zh, total_en) = months_in_words(shorter);
    let (lease_zh, lease_en) = months_in_words(less);
    let message = text!(
        "总年限缩短 {total_zh},租赁年限缩短 {lease_zh}",
        "shorten the whole term by {total_en} and the lease by {lease_en}"
    );
    Some(Remedy { message, changes })
}

fn months_in_words(months: i64) -> (String, String) {
    let term = u32::try_from(months).ok().and_then(|months| Term::from_months(months).ok());
    term.map_or_else(|| (String::new(), String::new()), |term| (term.zh(), term.en()))
}

fn term_remedy(changes: Vec<Change>, zh: &str, en: &str, by: i64) -> Remedy {
    let (by_zh, by_en) = months_in_words(by.abs());
    let message = if by < 0 {
        text!("{zh}缩短 {by_zh}", "shorten {en} by {by_en}")
    } else {
        text!("{zh}延长 {by_zh}", "lengthen {en} by {by_en}")
    };
    Remedy { message, changes }
}

/// The steps of an adjustable rent.
fn of_rent(supply: &SupplyGiven, passes: impl Fn(&SupplyGiven) -> bool) -> Vec<Remedy> {
    let Some(adjustment) = &supply.rent_adjustment else { return Vec::new() };
    let mut found = Vec::new();
    let rise = adjustment.rise.get().to_units();
    let lower = |by: i64| {
        let ratio = Positive::<Ratio>::new(Ratio::from_units(rise - by).ok()?).ok()?;
        let mut changed = supply.clone();
        changed.rent_adjustment.as_mut()?.rise = ratio;
        Some(changed)
    };
    if let Some(by) = least(rise - 1, |n| lower(n).is_some_and(|changed| passes(&changed))) {
        let shown = |units: i64| Ratio::from_units(units).map_or_else(|_| String::new(), |ratio| plain(ratio.get()));
        let (by_text, to) = (shown(by), shown(rise - by));
        found.push(Remedy {
            message: text!("租金每次涨幅降低 {by_text},降到 {to}", "lower the rise of the rent by {by_text}, to {to}"),
            changes: vec![Change {
                pointer: "/supply/rent_adjustment/rise".to_owned(),
                direction: Direction::Decrease,
                by: by_text,
                unit: Unit::Share,
                step: "0.000001".to_owned(),
                from: shown(rise),
                to,
            }],
        });
    }
    let every = i64::from(adjustment.every.months());
    let longer = |by: i64| {
        let term = u32::try_from(every + by).ok().and_then(|months| Term::from_months(months).ok())?;
        let mut changed = supply.clone();
        changed.rent_adjustment.as_mut()?.every = term;
        Some(changed)
    };
    if let Some(by) = least_growing(1200, |n| longer(n).is_some_and(|changed| passes(&changed))) {
        let to = longer(by).and_then(|changed| changed.rent_adjustment.map(|adjustment| adjustment.every.to_string()));
        let (by_zh, by_en) = months_in_words(by);
        found.push(Remedy {
            message: text!("租金调整周期延长 {by_zh}", "adjust the rent {by_en} later each time"),
            changes: vec![Change {
                pointer: "/supply/rent_adjustment/every".to_owned(),
                direction: Direction::Increase,
                by: by.to_string(),
                unit: Unit::Month,
                step: "1".to_owned(),
                from: adjustment.every.to_string(),
                to: to.unwrap_or_default(),
            }],
        });
    }
    found
}

/// The price at which the national minimum is reached, where the price was typed.
fn of_price(ground: &Ground<'_>, finding: &Finding) -> Vec<Remedy> {
    let body = ground.asked.body;
    let is_typed = ground.asked.offer.is_none_or(|offer| offer.max_term_unit_price.is_none());
    let (Some(given), Some(supply), true) = (&body.price, &body.supply, is_typed) else { return Vec::new() };
    if finding.rule != price::national_minimum::RULE.id || finding.outcome != Outcome::Fail {
        return Vec::new();
    }
    let held = given.max_term_unit_price.get().to_units();
    let step = if held % 100 == 0 { 100 } else { 1 };
    let priced = |by: i64| {
        PricePerM2::from_units(held + by * step).ok().and_then(|price| Positive::<PricePerM2>::new(price).ok())
    };
    let passes = |by: i64| {
        let Some(max_term_unit_price) = priced(by) else { return false };
        let tried = crate::domain::precheck::body::PriceGiven { max_term_unit_price, ..given.clone() };
        let found = ground.prices(&tried, supply).ok().flatten();
        found.is_some_and(|found| {
            found.findings.iter().any(|other| is_same(finding, other) && other.outcome == Outcome::Pass)
        })
    };
    let Some(by) = least_growing(100_000_000_000 / step, passes) else { return Vec::new() };
    let shown = m2(by * step);
    let (from, to) = (m2(held), m2(held + by * step));
    vec![Remedy {
        message: text!(
            "最高年期单价提高 {shown} 元/平方米,达到 {to} 元/平方米",
            "raise the price for the maximum term by {shown} to {to} yuan a square metre"
        ),
        changes: vec![Change {
            pointer: "/price/max_term_unit_price".to_owned(),
            direction: Direction::Increase,
            by: shown,
            unit: Unit::YuanPerM2,
            step: m2(step),
            from,
            to,
        }],
    }]
}
