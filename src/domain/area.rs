//! Areas as documents write them: square metres, 亩 or hectares.
//!
//! 1 亩 = 2000/3 m² and 1 公顷 = 15 亩 = 10000 m², exactly. The value and unit stay as written; the
//! rules compute with the exact fraction of square metres, and [`GivenArea::m2`] is for display.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::exact::{Arithmetic, Fraction, Rounding};
use crate::domain::input::{Input, Members, Reader, vocabulary};
use crate::domain::quantity::{AreaM2, decimal, json_digits};
use crate::domain::text::{Text, text};

vocabulary!(
    /// 面积单位 — unit of an area.
    pub enum AreaUnit {
        SquareMetre = "m2" "平方米",
        Mu = "mu" "亩",
        Hectare = "ha" "公顷",
    }
);

impl AreaUnit {
    /// Decimals an area may be written with: as many as the documents carry.
    const fn decimals_max(self) -> u32 {
        match self {
            Self::SquareMetre => AreaM2::SCALE,
            Self::Mu => 6,
            Self::Hectare => 8,
        }
    }

    /// One unit in square metres.
    pub fn in_m2(self) -> Fraction {
        match self {
            Self::SquareMetre => Fraction::ONE,
            Self::Mu => Fraction::new(2000, 3).expect("three is not zero"),
            Self::Hectare => Fraction::whole(10_000),
        }
    }
}

/// An area above or at zero, in the unit it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenArea {
    value: Decimal,
    unit: AreaUnit,
}

impl GivenArea {
    /// Refuses negative areas, too many decimals, and 10¹² m² or more.
    pub fn new(value: Decimal, unit: AreaUnit) -> Result<Self, Text> {
        if value < Decimal::ZERO {
            return Err(Text::fixed("面积不能为负", "an area may not be negative"));
        }
        let (most, unit_zh) = (unit.decimals_max(), unit.zh());
        if value.normalize().scale() > most {
            return Err(text!(
                "以{unit_zh}计的面积最多 {most} 位小数;请按证载或批文数字填写,本系统不代为取舍",
                "an area in {unit} has at most {most} decimals; give the figure as documented, nothing is rounded on the way in"
            ));
        }
        let limit = Fraction::whole(10_i128.pow(12));
        match Fraction::from(value).times(unit.in_m2()) {
            Ok(m2) if m2 < limit => Ok(Self { value, unit }),
            _ => Err(Text::fixed(
                "面积达到 10¹² 平方米以上;请核对单位",
                "the area is 10¹² square metres or more; check the unit",
            )),
        }
    }

    pub const fn value(self) -> Decimal {
        self.value
    }

    pub const fn unit(self) -> AreaUnit {
        self.unit
    }

    pub fn is_positive(self) -> bool {
        self.value > Decimal::ZERO
    }

    pub fn is_negative(self) -> bool {
        self.value < Decimal::ZERO
    }

    /// The area in square metres, exactly: 50 亩 is 100000/3.
    pub fn exact_m2(self) -> Fraction {
        Fraction::from(self.value).times(self.unit.in_m2()).expect("checked when it was made")
    }

    /// The area in another unit at `scale` decimals, rounded half up.
    pub fn rounded(self, unit: AreaUnit, scale: u32) -> Result<String, Arithmetic> {
        self.exact_m2().over(unit.in_m2())?.decimal(scale, Rounding::HalfUp)
    }

    /// Square metres for display: to the square centimetre, half up.
    pub fn m2(self) -> AreaM2 {
        m2_half_up(self.exact_m2()).expect("an area below 10¹² m² fits")
    }
}

/// An exact area to the square centimetre, half up.
pub fn m2_half_up(exact: Fraction) -> Result<AreaM2, Arithmetic> {
    let units = exact.round(AreaM2::SCALE, Rounding::HalfUp)?;
    i64::try_from(units).ok().and_then(|units| AreaM2::from_units(units).ok()).ok_or(Arithmetic::TooLarge)
}

impl From<AreaM2> for Fraction {
    fn from(area: AreaM2) -> Self {
        area.get().into()
    }
}

impl fmt::Display for GivenArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)
    }
}

impl Serialize for GivenArea {
    /// As written: the value with its unit.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut area = serializer.serialize_struct("GivenArea", 2)?;
        area.serialize_field("value", &format_args!("{}", self.value))?;
        area.serialize_field("unit", &self.unit)?;
        area.end()
    }
}

impl<'de> Input<'de> for GivenArea {
    /// A plain decimal is square metres; `{"value": "50", "unit": "mu"}` names its unit.
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        if !raw.get().starts_with('{') {
            return read_value(raw, AreaUnit::SquareMetre, reader);
        }
        let mut members = Members::of(raw, reader)?;
        let unit = members.take::<AreaUnit>("unit", reader);
        let value = members.take::<Digits<'de>>("value", reader);
        members.finish(&["value", "unit"], reader);
        let (Digits(value), unit) = (value?, unit?);
        reader.within("value", |reader| read_value(value, unit, reader))
    }
}

/// A value whose reading waits until its unit is known.
struct Digits<'de>(&'de RawValue);

impl<'de> Input<'de> for Digits<'de> {
    fn read(raw: &'de RawValue, _: &mut Reader) -> Option<Self> {
        Some(Self(raw))
    }
}

fn read_value(raw: &RawValue, unit: AreaUnit, reader: &mut Reader) -> Option<GivenArea> {
    let digits = json_digits(raw);
    decimal(digits)
        .map_err(|bad| bad.text())
        .and_then(|value| GivenArea::new(value, unit))
        .map_err(|message| reader.fault(Some(digits), message))
        .ok()
}

impl PartialSchema for GivenArea {
    fn schema() -> RefOr<Schema> {
        let plain = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
            .description(Some("平方米 — square metres"))
            .pattern(Some(r"^[0-9]{1,12}(\.[0-9]{1,4})?$"))
            .examples(["33333.33"]);
        let value = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
            .description(Some("数值,照文件填写 — the figure as documented"))
            .pattern(Some(r"^[0-9]{1,12}(\.[0-9]{1,8})?$"))
            .examples(["50"]);
        let with_unit = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("value", value)
            .property("unit", AreaUnit::schema())
            .required("value")
            .required("unit");
        OneOfBuilder::new()
            .item(plain)
            .item(with_unit)
            .description(Some(
                "面积:平方米的数字,或数值加单位 — an area: a figure in square metres, or a figure with its unit",
            ))
            .into()
    }
}

impl ToSchema for GivenArea {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("GivenArea")
    }
}
