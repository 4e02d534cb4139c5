//! Dated parameters of the law. The data lies in `policy/`, one file a parameter, and is built in.
//!
//! A value is asked for by its day; a day before the first version is an error, never a default. A
//! county's own values ([`Overlay`]) lie over the national ones by a pure function, within what the
//! parameter's file allows.

mod file;
pub mod keys;
mod listing;
mod overlay;
pub mod sheet;

use std::borrow::Cow;
use std::fmt::Write;
use std::marker::PhantomData;
use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::domain::finding::{Citation, Cited, Unit};
use crate::domain::input::{day, vocabulary};
use crate::domain::quantity::{AreaM2, Metres, Money, PricePerM2, Ratio, decimal};
use crate::domain::term::Term;
use crate::domain::text::{Text, text};

pub use file::check_file;
pub(in crate::domain) use file::citation;
pub use keys::*;
pub use listing::{ParameterListed, PolicyListing};
pub use overlay::{BadOverlay, Overlay};
pub use sheet::Fault;

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Decimal(Decimal),
    Switch(bool),
    Day(NaiveDate),
}

impl Value {
    /// A value as a file or a county writes it: a decimal or a day in a string. The unit says which of the two is meant.
    fn read(written: &str, unit: Unit) -> Result<Self, Text> {
        match unit {
            Unit::CalendarDay => day(written).map(Self::Day),
            _ => decimal(written).map(Self::Decimal).map_err(|bad| bad.text()),
        }
    }
}

vocabulary!(
    /// 县级取值 — whether a county may set a value of its own.
    pub enum OverlayRule {
        Allowed = "allowed" "可自行规定",
        LowerOnly = "lower_only" "只可更低(从严)",
        HigherOnly = "higher_only" "只可更高(从严)",
        No = "no" "不得另行规定",
    }
);

vocabulary!(
    /// 取值来源 — who set the value.
    pub enum Source {
        National = "national" "内置(国家、省、市文件)",
        County = "county" "本县取值",
    }
);

/// One value and the day from which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub in_force: NaiveDate,
    pub value: Value,
    /// The value as the file writes it.
    pub written: Cow<'static, str>,
    /// Whether the value has been compared with the text of the law.
    pub verified: bool,
    pub citation: Cited,
    /// What a reader should know about the value.
    pub note: Option<Text>,
}

/// A row of a county: a value of its own, or, with none, the end of one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CountyRow {
    from: NaiveDate,
    version: Option<Version>,
}

/// A parameter and its history, oldest version first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub id: Cow<'static, str>,
    pub description: Text,
    pub unit: Unit,
    pub overlay: OverlayRule,
    /// The day the last version was last compared with the law.
    pub checked_on: NaiveDate,
    pub versions: Vec<Version>,
    county: Vec<CountyRow>,
}

impl Parameter {
    /// The version in force on a day, and who set it.
    fn on(&self, day: NaiveDate) -> Option<(&Version, Source)> {
        let built_in = self.built_in_on(day);
        let county = self.county.iter().rev().find(|row| row.from <= day).and_then(|row| row.version.as_ref());
        match (built_in, county) {
            (Some(built_in), Some(county)) if !self.overlay.permits(county.value, built_in.value) => {
                // The law has since become stricter than the county's own value.
                Some((built_in, Source::National))
            }
            (_, Some(county)) => Some((county, Source::County)),
            (built_in, None) => built_in.map(|version| (version, Source::National)),
        }
    }

    fn built_in_on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.in_force <= day)
    }

    /// The first day any value is in force.
    fn first_day(&self) -> NaiveDate {
        let county = self.county.iter().find(|row| row.version.is_some()).map(|row| row.from);
        let built_in = self.versions.first().map(|version| version.in_force);
        built_in.into_iter().chain(county).min().expect("a parameter has a version: its file was checked")
    }
}

impl OverlayRule {
    /// Whether a county's value may stand beside the built-in one.
    fn permits(self, county: Value, built_in: Value) -> bool {
        match (self, county, built_in) {
            (Self::Allowed, ..) => true,
            (Self::LowerOnly, Value::Decimal(county), Value::Decimal(built_in)) => county <= built_in,
            (Self::HigherOnly, Value::Decimal(county), Value::Decimal(built_in)) => county >= built_in,
            (Self::LowerOnly | Self::HigherOnly | Self::No, ..) => false,
        }
    }
}

/// No value is in force: the day lies before the first version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no value of {parameter} is in force on {on}: the first one starts on {first}")]
pub struct NotInForce {
    pub parameter: Cow<'static, str>,
    pub description: Text,
    pub on: NaiveDate,
    pub first: NaiveDate,
}

impl NotInForce {
    /// The refusal in both languages, with what to do.
    pub fn text(&self) -> Text {
        let Self { parameter, description: Text { zh, en }, on, first } = self;
        text!(
            "{on} 尚无现行取值:{zh}({parameter})自 {first} 起才有规定;请核对适用日期",
            "no value is in force on {on}: {en} ({parameter}) is regulated from {first} on; check the day"
        )
    }
}

/// 所用政策参数 — a parameter that a finding used, with the value it had on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParameterUsed {
    #[schema(value_type = String, example = "term.flexible.principle_max")]
    pub id: Cow<'static, str>,
    #[schema(value_type = String, example = "20")]
    pub value: Cow<'static, str>,
    pub unit: Unit,
    /// 施行日期 — the day from which the value holds.
    pub in_force: NaiveDate,
    /// 是否已核对原文 — whether the value has been compared with the text of the law.
    pub verified: bool,
    pub source: Source,
}

/// The value of a parameter on a day.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'p, T> {
    pub value: T,
    parameter: &'p Parameter,
    version: &'p Version,
    source: Source,
}

impl<T> InForce<'_, T> {
    pub fn verified(&self) -> bool {
        self.version.verified
    }

    pub fn citation(&self) -> &Citation {
        &self.version.citation
    }

    /// The citation as a finding carries it.
    pub fn cited(&self) -> &Cited {
        &self.version.citation
    }

    /// The value as the law's file writes it.
    pub fn written(&self) -> &Cow<'static, str> {
        &self.version.written
    }

    pub fn used(&self) -> ParameterUsed {
        ParameterUsed {
            id: self.parameter.id.clone(),
            value: self.version.written.clone(),
            unit: self.parameter.unit,
            in_force: self.version.in_force,
            verified: self.version.verified,
            source: self.source,
        }
    }
}

/// A type that a parameter of its unit is read as.
pub trait PolicyValue: Sized {
    const UNIT: Unit;

    /// Nothing where the value is not one of the type: the file or the overlay is then refused.
    fn of(value: Value) -> Option<Self>;
}

/// 年份 — a year of the calendar, such as the first of an assessment cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarYear(pub i32);

impl CalendarYear {
    fn of_decimal(year: Decimal) -> Option<Self> {
        let whole =
            year.is_integer().then(|| i32::try_from(year.mantissa() / 10_i128.pow(year.scale())).ok()).flatten();
        whole.filter(|year| (1949..=2149).contains(year)).map(Self)
    }
}

/// 天数 — a number of calendar days, such as how long before a deadline a reminder comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl Days {
    fn of_decimal(days: Decimal) -> Option<Self> {
        let whole =
            days.is_integer().then(|| u32::try_from(days.mantissa() / 10_i128.pow(days.scale())).ok()).flatten();
        whole.filter(|days| *days <= 3660).map(Self)
    }
}

/// 几分之一 — one part of so many, such as a third, which no decimal is: the number of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OneOf(u32);

impl OneOf {
    fn of_decimal(parts: Decimal) -> Option<Self> {
        let whole =
            parts.is_integer().then(|| u32::try_from(parts.mantissa() / 10_i128.pow(parts.scale())).ok()).flatten();
        whole.filter(|parts| (1..=1000).contains(parts)).map(Self)
    }

    pub const fn get(self) -> u32 {
        self.0
    }
}

/// 工作日数 — a number of days on which offices work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkingDays(pub u32);

macro_rules! policy_value {
    ($($type:ty, $unit:ident, $pattern:pat => $read:expr;)*) => { $(
        impl PolicyValue for $type {
            const UNIT: Unit = Unit::$unit;

            fn of(value: Value) -> Option<Self> {
                match value {
                    $pattern => $read,
                    _ => None,
                }
            }
        }
    )* };
}
policy_value!(
    Term, Year, Value::Decimal(years) => Term::from_years(years).ok();
    Ratio, Share, Value::Decimal(share) => Ratio::new(share).ok().filter(|_| share >= Decimal::ZERO && share <= Decimal::ONE);
    Metres, Metre, Value::Decimal(length) => Metres::new(length).ok().filter(|length| length.is_positive());
    AreaM2, SquareMetre, Value::Decimal(area) => AreaM2::new(area).ok().filter(|area| !area.is_negative());
    PricePerM2, YuanPerM2, Value::Decimal(price) => PricePerM2::new(price).ok().filter(|price| price.is_positive());
    Money, Yuan, Value::Decimal(amount) => Money::new(amount).ok().filter(|amount| !amount.is_negative());
    bool, Switch, Value::Switch(on) => Some(on);
    CalendarYear, CalendarYear, Value::Decimal(year) => CalendarYear::of_decimal(year);
    Days, Day, Value::Decimal(days) => Days::of_decimal(days);
    OneOf, Part, Value::Decimal(parts) => OneOf::of_decimal(parts);
    NaiveDate, CalendarDay, Value::Day(day) => Some(day);
    WorkingDays, WorkingDay, Value::Decimal(days) => Days::of_decimal(days).filter(|days| days.0 <= 250).map(|days| WorkingDays(days.0));
);

impl Value {
    /// Whether a parameter of this unit can hold the value.
    fn fits(self, unit: Unit) -> bool {
        match unit {
            Unit::Year => Term::of(self).is_some(),
            Unit::Share => Ratio::of(self).is_some(),
            Unit::Metre => Metres::of(self).is_some(),
            Unit::SquareMetre => AreaM2::of(self).is_some(),
            Unit::YuanPerM2 => PricePerM2::of(self).is_some(),
            Unit::Yuan => Money::of(self).is_some(),
            Unit::Switch => bool::of(self).is_some(),
            Unit::CalendarYear => CalendarYear::of(self).is_some(),
            Unit::Day => Days::of(self).is_some(),
            Unit::Part => OneOf::of(self).is_some(),
            Unit::CalendarDay => NaiveDate::of(self).is_some(),
            Unit::WorkingDay => WorkingDays::of(self).is_some(),
            _ => false,
        }
    }
}

/// Names one built-in parameter and the type of its value.
pub struct Key<T> {
    index: usize,
    id: &'static str,
    type_: PhantomData<fn() -> T>,
}

impl<T> Key<T> {
    const fn new(index: usize, id: &'static str) -> Self {
        Self { index, id, type_: PhantomData }
    }

    pub const fn id(&self) -> &'static str {
        self.id
    }
}

/// The parameters the rules read, in the order of their keys.
#[derive(Debug, Clone)]
pub struct Policy {
    parameters: Vec<Parameter>,
    digest: Cow<'static, str>,
}

impl Policy {
    /// The policy built into this program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Policy> = LazyLock::new(|| Policy::new(keys::parameters()));
        &BUILT_IN
    }

    fn new(parameters: Vec<Parameter>) -> Self {
        let digest = digest(&parameters).into();
        Self { parameters, digest }
    }

    /// The value of a parameter on a day.
    pub fn on<T: PolicyValue>(&self, key: &Key<T>, day: NaiveDate) -> Result<InForce<'_, T>, NotInForce> {
        let parameter = &self.parameters[key.index];
        let (version, source) = parameter.on(day).ok_or_else(|| NotInForce {
            parameter: parameter.id.clone(),
            description: parameter.description.clone(),
            on: day,
            first: parameter.first_day(),
        })?;
        let value = T::of(version.value).expect("files and overlays are refused unless their value fits the unit");
        Ok(InForce { value, parameter, version, source })
    }

    /// SHA-256 of the canonical form of every version of every parameter, in hexadecimal digits.
    pub fn digest(&self) -> &Cow<'static, str> {
        &self.digest
    }

    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

/// The canonical form: one line a version, in order of id, whether built in, and day; the members
/// are quoted, so that no text can look like a boundary.
fn digest(parameters: &[Parameter]) -> String {
    let mut ordered: Vec<&Parameter> = parameters.iter().collect();
    ordered.sort_by(|a, b| a.id.cmp(&b.id));
    let mut canonical = String::with_capacity(16 * 1024);
    let mut line = |id: &str, unit: Unit, source: Source, in_force: NaiveDate, version: Option<&Version>| {
        let (written, verified) = version.map_or(("", true), |version| (&version.written, version.verified));
        let citation = version.map(|version| &version.citation);
        let (instrument, provision) = citation.map_or(("", ""), |of| (&of.instrument.zh, &of.provision.zh));
        writeln!(canonical, "{id:?} {unit} {source} {in_force} {written:?} {verified} {instrument:?} {provision:?}")
            .expect("a string takes all that is written");
    };
    for Parameter { id, unit, versions, county, .. } in ordered {
        for version in versions {
            line(id, *unit, Source::National, version.in_force, Some(version));
        }
        for row in county {
            line(id, *unit, Source::County, row.from, row.version.as_ref());
        }
    }
    Sha256::digest(canonical).iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all that is written");
        hex
    })
}
