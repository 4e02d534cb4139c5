//! Buildings on their parcel: footprints inside it and apart from each other, storeys on their footprints, and what the
//! planning conditions limit.
//!
//! The floor area ratio is counted floor area ÷ land; the building coefficient (建筑系数) is footprints, structures and open
//! yards ÷ land (工业项目建设用地控制指标). Planning conditions (规划条件) go before the figures of the indicators. Ratios are
//! compared by cross-multiplication: nothing is divided before it is judged.

use chrono::NaiveDate;

use crate::domain::exact::{Fraction, Rounding, plain};
use crate::domain::finding::{Finding, Number, Outcome, Rule, Step, Unit};
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::overlay::CannotOverlay;
use crate::domain::geometry::tolerance::{Misfit, Tolerance};
use crate::domain::geometry::{fit, overlay};
use crate::domain::input::{Line, NonNegative, Positive, Reader, input};
use crate::domain::policy::{self, InForce, Policy};
use crate::domain::quantity::{AreaM2, Metres, Ratio};
use crate::domain::rules::floor_area::{area, share};
use crate::domain::rules::{CannotDecide, law};
use crate::domain::text::{Text, text};

pub static RULE: Rule = Rule {
    id: "floor_area.geometry",
    title: Text::fixed("建筑布局与规划条件", "Buildings on their parcel"),
    what: Text::fixed(
        "建筑基底在宗地之内、互不重叠,各层面积不超过基底(允许测量误差);容积率、建筑系数、建筑密度、绿地率、建筑高度符合规划条件",
        "Footprints lie inside the parcel and apart, storeys do not exceed them but for errors of measuring; floor area ratio, building coefficient and density, green ratio and height keep to the planning conditions",
    ),
    citations: &[&law::COUNTED_2023, &law::COEFFICIENT_2008, &law::GREEN_2008],
    parameters: &[
        policy::FLOOR_AREA_BUILDING_COEFFICIENT_MIN.id(),
        policy::FLOOR_AREA_GREEN_RATIO_MAX.id(),
        policy::FLOOR_AREA_STOREY_TOLERANCE_SHARE.id(),
        "geometry.fit_tolerance_*",
    ],
};

input!(
    /// 规划条件 — what the planning conditions of the parcel limit; each may be left out.
    #[derive(Default, PartialEq, Eq, serde::Serialize)]
    #[schema(example = json!({"document": "演示规条〔2026〕12号", "floor_area_ratio_min": "1.0", "building_coefficient_min": "0.4", "green_ratio_max": "0.15"}))]
    pub struct PlanningConditions {
        /// 规划条件文号.
        pub document: Option<Line<100>>,
        /// 容积率下限.
        pub floor_area_ratio_min: Option<NonNegative<Ratio>>,
        /// 容积率上限.
        pub floor_area_ratio_max: Option<Positive<Ratio>>,
        /// 建筑系数下限.
        pub building_coefficient_min: Option<NonNegative<Ratio>>,
        /// 建筑密度上限.
        pub building_density_max: Option<Positive<Ratio>>,
        /// 绿地率下限.
        pub green_ratio_min: Option<NonNegative<Ratio>>,
        /// 绿地率上限.
        pub green_ratio_max: Option<NonNegative<Ratio>>,
        /// 建筑高度上限,米.
        pub height_max_m: Option<Positive<Metres>>,
    }
    check(conditions, reader) {
        conditions.check(reader);
    }
);

impl PlanningConditions {
    fn check(&self, reader: &mut Reader) {
        let far = (self.floor_area_ratio_min.map(NonNegative::get), self.floor_area_ratio_max.map(Positive::get));
        let green = (self.green_ratio_min.map(NonNegative::get), self.green_ratio_max.map(NonNegative::get));
        for (member, (least, most)) in [("floor_area_ratio_max", far), ("green_ratio_max", green)] {
            if let (Some(least), Some(most)) = (least, most)
                && least > most
            {
                let (least, most) = (plain(least.get()), plain(most.get()));
                reader.fault_at(
                    member,
                    Some(&most),
                    text!("上限小于下限 {least}", "it is below the lower limit, {least}"),
                );
            }
        }
        let shares = [
            ("building_coefficient_min", self.building_coefficient_min.map(NonNegative::get)),
            ("building_density_max", self.building_density_max.map(Positive::get)),
            ("green_ratio_min", green.0),
            ("green_ratio_max", green.1),
        ];
        for (member, ratio) in shares {
            if let Some(ratio) = ratio.filter(|ratio| Fraction::from(ratio.get()) > Fraction::ONE) {
                let message =
                    Text::fixed("应为 0 至 1 的比值,如 0.30", "a ratio from 0 to 1 is expected, such as 0.30");
                reader.fault_at(member, Some(&plain(ratio.get())), message);
            }
        }
    }
}

/// A building as the rule sees it.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    pub name: &'a str,
    pub footprint: Option<&'a GridMultiPolygon>,
    /// Of the polygon, or as given.
    pub footprint_m2: Option<AreaM2>,
    pub height: Option<Metres>,
    /// Area of one storey of each entry above ground, and its place among the entries.
    pub storeys: Vec<(usize, AreaM2)>,
}

#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// Land of the parcel in square metres, above zero.
    pub land: Fraction,
    pub outline: Option<&'a GridMultiPolygon>,
    pub buildings: &'a [Placed<'a>],
    /// All footprints together; none where nothing tells.
    pub base: Option<AreaM2>,
    /// Structures and open yards.
    pub yards: AreaM2,
    pub green: Option<AreaM2>,
    pub counted: AreaM2,
    pub conditions: &'a PlanningConditions,
    pub on: NaiveDate,
}

/// Where a footprint is not where it should be.
#[derive(Debug, Clone)]
pub struct Offence {
    /// Index of the building.
    pub building: usize,
    /// The building it lies on; none: it lies outside the parcel.
    pub on: Option<usize>,
    pub misfit: Misfit,
}

/// Footprints that reach out of the parcel or lie on an earlier one, those within tolerance too.
pub fn placement(
    outline: Option<&GridMultiPolygon>,
    footprints: &[Option<&GridMultiPolygon>],
    tolerance: &Tolerance,
) -> Result<Vec<Offence>, CannotOverlay> {
    let mut found = Vec::new();
    let drawn: Vec<(usize, &GridMultiPolygon)> =
        footprints.iter().enumerate().filter_map(|(at, footprint)| Some((at, (*footprint)?))).collect();
    for (at, &(building, footprint)) in drawn.iter().enumerate() {
        if let Some(outline) = outline {
            let outside = overlay::difference(&[footprint], &[outline])?;
            let misfit = Misfit::of(outside, footprint.twice_area_mm2(), tolerance);
            found.extend(misfit.map(|misfit| Offence { building, on: None, misfit }));
        }
        for overlap in fit::overlaps(footprint, &drawn[..at], tolerance)? {
            found.push(Offence { building, on: Some(overlap.with), misfit: overlap.misfit });
        }
    }
    Ok(found)
}

/// A finding for each thing that can be held against something.
pub fn decide(case: &Case<'_>, policy: &Policy) -> Result<Vec<Finding>, CannotDecide> {
    let mut findings = Vec::new();
    findings.extend(footprints(case, policy)?);
    findings.extend(storeys(case, policy)?);
    findings.push(floor_area_ratio(case, policy)?);
    findings.extend(coefficient(case, policy)?);
    findings.extend(density(case, policy)?);
    findings.extend(green(case, policy)?);
    findings.extend(height(case, policy));
    Ok(findings)
}

fn footprints(case: &Case<'_>, policy: &Policy) -> Result<Option<Finding>, CannotDecide> {
    let title = Text::fixed("建筑基底位置", "Place of the footprints");
    let drawn: Vec<Option<&GridMultiPolygon>> = case.buildings.iter().map(|building| building.footprint).collect();
    let count = drawn.iter().flatten().count();
    if count == 0 {
        return Ok(None);
    }
    let (tolerance, used) = Tolerance::on(policy, case.on)?;
    let offences = placement(case.outline, &drawn, &tolerance);
    let all = case.buildings.len();
    let (outcome, message) = match &offences {
        Err(error) => (Outcome::NeedsReview, error.text()),
        Ok(offences) if offences.iter().any(|offence| !offence.misfit.is_within) => {
            let worst = offences.iter().filter(|offence| !offence.misfit.is_within);
            let named: Vec<Text> = worst.map(|offence| named(offence, case.buildings)).collect();
            let zh = named.iter().map(|text| text.zh.as_ref()).collect::<Vec<_>>().join(";");
            let en = named.iter().map(|text| text.en.as_ref()).collect::<Vec<_>>().join("; ");
            (Outcome::Fail, Text::new(zh, en))
        }
        Ok(_) if case.outline.is_none() => (
            Outcome::NeedsReview,
            Text::fixed(
                "未给出宗地图形,无法核对建筑是否在宗地内",
                "without the outline of the parcel nobody can say whether the buildings lie in it",
            ),
        ),
        Ok(_) if count < all => {
            let lacking = all - count;
            let message = text!(
                "有 {lacking} 栋未给出基底图形,未核对位置",
                "{lacking} buildings have no footprint; their place was not checked"
            );
            (Outcome::NeedsReview, message)
        }
        Ok(_) => (
            Outcome::Pass,
            text!(
                "{count} 栋建筑的基底均在宗地内,互不重叠",
                "the footprints of {count} buildings lie in the parcel and apart"
            ),
        ),
    };
    let mut finding = Finding::of(&RULE, policy, case.on, outcome, message).aspect("footprints", title);
    let beyond = offences.iter().flatten().map(|offence| {
        Number::exact("misfit", named(offence, case.buildings), offence.misfit.area.to_string(), Unit::SquareMetre)
    });
    finding.numbers = beyond.take(20).collect();
    finding.verified &= used.iter().all(|parameter| parameter.verified);
    finding.parameters.extend(used);
    Ok(Some(finding))
}

/// One offence in words.
pub fn named(offence: &Offence, buildings: &[Placed<'_>]) -> Text {
    let name = |at: usize| buildings.get(at).map_or("", |building| building.name);
    let (this, area) = (name(offence.building), offence.misfit.area);
    match offence.on {
        None => text!("{this}超出宗地 {area} 平方米", "\"{this}\" reaches out of the parcel by {area} m²"),
        Some(on) => {
            let other = name(on);
            text!("{this}与{other}重叠 {area} 平方米", "\"{this}\" lies on \"{other}\" with {area} m²")
        }
    }
}

/// A storey may not be larger than what it stands on, but for errors of measuring.
pub fn storey_limit(footprint: AreaM2, tolerance: Ratio) -> Result<Fraction, CannotDecide> {
    Ok(Fraction::from(footprint).times(Fraction::ONE.plus(Fraction::from(tolerance.get()))?)?)
}

fn storeys(case: &Case<'_>, policy: &Policy) -> Result<Option<Finding>, CannotDecide> {
    let tolerance = policy.on(&policy::FLOOR_AREA_STOREY_TOLERANCE_SHARE, case.on)?;
    let mut steps = Vec::new();
    let (mut larger, mut compared) = (Vec::new(), 0);
    for building in case.buildings {
        let Some(footprint) = building.footprint_m2 else { continue };
        let limit = storey_limit(footprint, tolerance.value)?;
        for (at, storey) in &building.storeys {
            compared += 1;
            let within = Fraction::from(*storey) <= limit;
            if within && steps.len() >= 20 {
                continue;
            }
            let (name, entry) = (building.name, at + 1);
            steps.push(Step::comparison(
                text!("{name}第 {entry} 项楼层", "\"{name}\", entry {entry}"),
                "a ≤ F × (1 + t)",
                format!("{} ≤ {} × (1 + {})", plain(storey.get()), plain(footprint.get()), tolerance.written()),
                within,
            ));
            if !within {
                larger.push(name);
            }
        }
    }
    if compared == 0 {
        return Ok(None);
    }
    let (outcome, message) = if larger.is_empty() {
        (
            Outcome::Pass,
            text!("{compared} 项楼层面积均不超过基底面积", "{compared} storeys are no larger than their footprints"),
        )
    } else {
        let (count, first) = (larger.len(), larger[0]);
        let message = text!(
            "{first}等 {count} 项楼层面积大于基底面积;请核对,出挑部分应计入基底投影",
            "{count} storeys are larger than their footprints, \"{first}\" first; what overhangs belongs to the footprint"
        );
        (Outcome::Fail, message)
    };
    let label = Text::fixed("允许超出的比例", "share by which a storey may exceed");
    let finding = Finding::of(&RULE, policy, case.on, outcome, message)
        .aspect("storeys", Text::fixed("楼层与基底面积", "Storeys and footprints"))
        .workings(steps)
        .threshold(Number::exact("storey_tolerance", label, tolerance.written().clone(), Unit::Share))
        .using(&tolerance);
    Ok(Some(finding))
}

/// A limit and where it comes from.
enum Limit<'p> {
    Conditions(Ratio),
    Law(InForce<'p, Ratio>),
}

impl Limit<'_> {
    fn ratio(&self) -> Ratio {
        match self {
            Self::Conditions(ratio) => *ratio,
            Self::Law(parameter) => parameter.value,
        }
    }
}

/// What a part of the land is called and how it is shown.
struct Share {
    aspect: &'static str,
    title: Text,
    /// As a ratio (1.20) or a percentage.
    formula: (&'static str, &'static str),
    part: Fraction,
}

fn compared(
    case: &Case<'_>,
    policy: &Policy,
    of: Share,
    least: Option<Limit<'_>>,
    most: Option<Limit<'_>>,
) -> Result<Finding, CannotDecide> {
    let Share { aspect, title, formula, part } = of;
    let exact = part.over(case.land)?;
    let shown = exact.decimal(4, Rounding::HalfUp)?;
    let land = case.land;
    let mut steps = Vec::new();
    let mut broken = None;
    for (limit, is_least) in [(&least, true), (&most, false)] {
        let Some(limit) = limit else { continue };
        let ratio = limit.ratio();
        let wanted = Fraction::from(ratio.get()).times(land)?;
        let within = if is_least { part >= wanted } else { part <= wanted };
        let written = plain(ratio.get());
        let (label, sign, formula) = if is_least {
            (Text::fixed("与下限比较", "held against the lower limit"), "≥", formula.0)
        } else {
            (Text::fixed("与上限比较", "held against the upper limit"), "≤", formula.1)
        };
        steps.push(Step::comparison(label, formula, format!("{part} {sign} {written} × {land}"), within));
        if !within {
            broken = Some((is_least, written));
        }
    }
    let Text { zh, en } = &title;
    let (outcome, message) = match broken {
        Some((true, limit)) => (Outcome::Fail, text!("{zh} {shown},低于下限 {limit}", "{en}: {shown}, below {limit}")),
        Some((false, limit)) => (Outcome::Fail, text!("{zh} {shown},高于上限 {limit}", "{en}: {shown}, above {limit}")),
        None if steps.is_empty() => (
            Outcome::NeedsReview,
            text!(
                "{zh} {shown};未填规划条件,由资源规划局按规划条件审核",
                "{en}: {shown}; without planning conditions the bureau reviews it"
            ),
        ),
        None => (Outcome::Pass, text!("{zh} {shown},符合要求", "{en}: {shown}, within the limits")),
    };
    let limit = least.as_ref().or(most.as_ref());
    let mut finding = Finding::of(&RULE, policy, case.on, outcome, message)
        .aspect(aspect, title.clone())
        .numbers([area("part", Text::fixed("计算面积", "area that counts"), part)?, share("ratio", title, exact)?])
        .workings(steps);
    if let Some(limit) = limit {
        let written = plain(limit.ratio().get());
        finding = finding.threshold(Number::exact("limit", Text::fixed("界限", "limit"), written, Unit::Ratio));
    }
    for limit in [least, most].iter().flatten() {
        if let Limit::Law(parameter) = limit {
            finding = finding.using(parameter);
        }
    }
    Ok(finding)
}

fn floor_area_ratio(case: &Case<'_>, policy: &Policy) -> Result<Finding, CannotDecide> {
    let share = Share {
        aspect: "floor_area_ratio",
        title: Text::fixed("容积率", "Floor area ratio"),
        formula: ("T ≥ r_min × S", "T ≤ r_max × S"),
        part: case.counted.into(),
    };
    let least = case.conditions.floor_area_ratio_min.map(|ratio| Limit::Conditions(ratio.get()));
    let most = case.conditions.floor_area_ratio_max.map(|ratio| Limit::Conditions(ratio.get()));
    compared(case, policy, share, least, most)
}

fn coefficient(case: &Case<'_>, policy: &Policy) -> Result<Option<Finding>, CannotDecide> {
    let Some(base) = case.base else { return Ok(None) };
    let share = Share {
        aspect: "building_coefficient",
        title: Text::fixed("建筑系数", "Building coefficient"),
        formula: ("B + Y ≥ k × S", ""),
        part: Fraction::from(base).plus(case.yards.into())?,
    };
    let least = match case.conditions.building_coefficient_min {
        Some(ratio) => Limit::Conditions(ratio.get()),
        None => Limit::Law(policy.on(&policy::FLOOR_AREA_BUILDING_COEFFICIENT_MIN, case.on)?),
    };
    compared(case, policy, share, Some(least), None).map(Some)
}

fn density(case: &Case<'_>, policy: &Policy) -> Result<Option<Finding>, CannotDecide> {
    let (Some(base), Some(most)) = (case.base, case.conditions.building_density_max) else { return Ok(None) };
    let share = Share {
        aspect: "building_density",
        title: Text::fixed("建筑密度", "Building density"),
        formula: ("", "B ≤ d × S"),
        part: base.into(),
    };
    compared(case, policy, share, None, Some(Limit::Conditions(most.get()))).map(Some)
}

fn green(case: &Case<'_>, policy: &Policy) -> Result<Option<Finding>, CannotDecide> {
    let Some(green) = case.green else { return Ok(None) };
    let share = Share {
        aspect: "green_ratio",
        title: Text::fixed("绿地率", "Green ratio"),
        formula: ("G ≥ g_min × S", "G ≤ g_max × S"),
        part: green.into(),
    };
    let least = case.conditions.green_ratio_min.map(|ratio| Limit::Conditions(ratio.get()));
    let most = match case.conditions.green_ratio_max {
        Some(ratio) => Limit::Conditions(ratio.get()),
        None if least.is_some() => return compared(case, policy, share, least, None).map(Some),
        None => Limit::Law(policy.on(&policy::FLOOR_AREA_GREEN_RATIO_MAX, case.on)?),
    };
    compared(case, policy, share, least, Some(most)).map(Some)
}

fn height(case: &Case<'_>, policy: &Policy) -> Option<Finding> {
    let most = case.conditions.height_max_m?.get();
    let heights: Vec<(&str, Metres)> =
        case.buildings.iter().filter_map(|building| Some((building.name, building.height?))).collect();
    let limit = plain(most.get());
    let steps: Vec<Step> = heights
        .iter()
        .map(|(name, height)| {
            let filled = format!("{} ≤ {limit}", plain(height.get()));
            Step::comparison(text!("{name}", "\"{name}\""), "h ≤ h_max", filled, *height <= most)
        })
        .collect();
    let higher = heights.iter().filter(|(_, height)| *height > most).count();
    let (outcome, message) = match (heights.len(), higher) {
        (0, _) => (
            Outcome::NeedsReview,
            text!("未填建筑高度,上限为 {limit} 米", "no heights are given; the limit is {limit} m"),
        ),
        (_, 0) => (Outcome::Pass, text!("建筑高度均不超过 {limit} 米", "no building is higher than {limit} m")),
        (_, higher) => {
            (Outcome::Fail, text!("有 {higher} 栋超过 {limit} 米", "{higher} buildings are higher than {limit} m"))
        }
    };
    Some(
        Finding::of(&RULE, policy, case.on, outcome, message)
            .aspect("height", Text::fixed("建筑高度", "Height of the buildings"))
            .workings(steps)
            .threshold(Number::exact("height_max", Text::fixed("高度上限", "greatest height"), limit, Unit::Metre)),
    )
}
