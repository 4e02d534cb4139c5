//! The header of a file: sections and `key=value`.

use super::{Deviation, Fault, Repair, Wrong};
use crate::domain::geometry::crs::Crs;

/// The keys of `[属性描述]`, in their order.
pub(super) const KEYS: [&str; 10] = [
    "格式版本号",
    "数据产生单位",
    "数据产生日期",
    "坐标系",
    "几度分带",
    "投影类型",
    "计量单位",
    "带号",
    "精度",
    "转换参数",
];

/// What the header says, each value with its line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    pub project: Vec<(String, String)>,
    pub values: Vec<(String, String, usize)>,
    /// The zone's number, and the line that gives it.
    pub zone: Option<(u8, usize)>,
}

impl Header {
    /// A value that is there and not empty.
    pub fn value(&self, key: &str) -> Option<(&str, usize)> {
        let found = self.values.iter().find(|(name, value, _)| name == key && !value.is_empty());
        found.map(|(_, value, line)| (value.as_str(), *line))
    }

    /// Looks at the values: what contradicts the format is a fault, what is missing a repair.
    pub(super) fn check(&mut self, end: usize, repairs: &mut Vec<Repair>, faults: &mut Vec<Fault>) {
        for key in KEYS {
            if !self.values.iter().any(|(name, ..)| name == key) {
                repairs.push(Repair { line: end, deviation: Deviation::HeaderMissing { key } });
            }
        }
        let mut refuse = |key: &str, accepted: fn(&str) -> bool, wrong: fn(String) -> Wrong| {
            if let Some((given, line)) = self.value(key).filter(|(given, _)| !accepted(given)) {
                faults.push(Fault { line, wrong: wrong(given.to_owned()) });
            }
        };
        refuse("坐标系", is_cgcs2000, |given| Wrong::OtherDatum { given });
        refuse(
            "投影类型",
            |given| given.contains("高斯") || given.to_lowercase().contains("gauss"),
            |given| Wrong::OtherProjection { given },
        );
        refuse("计量单位", |given| matches!(given, "米" | "m" | "M" | "公尺"), |given| Wrong::OtherUnit { given });
        if let Some((given, line)) = self.value("精度") {
            // 3 or 4 decimals rather than a step of 0.001.
            if given.parse::<u8>().is_ok_and(|decimals| decimals >= 1) {
                let deviation = Deviation::PrecisionAsDecimals { given: given.to_owned() };
                repairs.push(Repair { line, deviation });
            }
        }
        self.check_zone(faults);
    }

    fn check_zone(&mut self, faults: &mut Vec<Fault>) {
        let number = |text: &str| text.trim_end_matches(['度', '带', '分', '号', ' ']).parse::<u8>().ok();
        let width = self.value("几度分带");
        let zone = self.value("带号");
        let bad = |(given, line): (&str, usize)| Fault { line, wrong: Wrong::BadZone { given: given.to_owned() } };
        let degrees = width.and_then(|(given, _)| number(given));
        if let Some(width) = width.filter(|_| !matches!(degrees, Some(3 | 6))) {
            faults.push(bad(width));
            return;
        }
        let Some(zone) = zone else { return };
        match number(zone.0).filter(|number| crs_of(*number).is_some()) {
            Some(number) if degrees.is_none_or(|degrees| degrees == width_of(number)) => {
                self.zone = Some((number, zone.1));
            }
            _ => faults.push(bad(zone)),
        }
    }
}

fn is_cgcs2000(given: &str) -> bool {
    given.contains("2000") && !given.contains("西安") && !given.contains("北京")
}

/// Degrees that a zone of this number is wide: the numbers of the two kinds do not overlap in China.
fn width_of(number: u8) -> u8 {
    if number < 25 { 6 } else { 3 }
}

/// The system of a zone's coordinates without prefix.
pub(super) fn crs_of(number: u8) -> Option<Crs> {
    match number {
        13..=23 => Crs::from_epsg(4502 + u32::from(number) - 13),
        25..=45 => Crs::from_epsg(4534 + u32::from(number) - 25),
        _ => None,
    }
}
