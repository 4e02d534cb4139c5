//! 面积构成: what the land of an approval or plot was and whose, as the document states it.
//!
//! > total = 农用地 (其中耕地, 水田, 永久基本农田) + 建设用地 + 未利用地; of which 新增建设用地; 集体 + 国有 = total.
//!
//! The sums hold exactly, in the unit and with the decimals of the document: nothing is converted or
//! rounded before they are compared.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::area::{AreaUnit, GivenArea};
use crate::domain::input::{Input, Members, Reader, vocabulary};
use crate::domain::quantity::{decimal, json_digits};
use crate::domain::text::{Text, text};

vocabulary! {
    /// 构成项 — one figure of a composition besides the total.
    pub enum Class {
        Farmland = "farmland" "农用地",
        Cultivated = "cultivated" "其中耕地",
        Paddy = "paddy" "其中水田",
        PermanentBasicFarmland = "permanent_basic_farmland" "其中永久基本农田",
        Construction = "construction" "建设用地",
        Unused = "unused" "未利用地",
        NewConstruction = "new_construction" "其中新增建设用地",
        Collective = "collective" "集体土地",
        StateOwned = "state_owned" "国有土地",
    }
}

const CLASSES: usize = Class::ALL.len();

/// The classes that make up the total.
const BY_CLASS: [Class; 3] = [Class::Farmland, Class::Construction, Class::Unused];
/// The owners that make up the total.
const BY_OWNER: [Class; 2] = [Class::Collective, Class::StateOwned];
/// Each part with the whole it lies in.
const WITHIN: [(Class, Class); 3] = [
    (Class::Cultivated, Class::Farmland),
    (Class::Paddy, Class::Cultivated),
    (Class::PermanentBasicFarmland, Class::Cultivated),
];

/// Areas of one document, in one unit; what it does not state is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Composition {
    unit: AreaUnit,
    total: GivenArea,
    classes: [Option<GivenArea>; CLASSES],
}

impl Composition {
    /// Of a total alone.
    pub fn of_total(total: GivenArea) -> Self {
        Self { unit: total.unit(), total, classes: [None; CLASSES] }
    }

    /// The same with one figure more; whether they add up is for [`faults`](Self::faults) to say.
    #[must_use]
    pub fn with(mut self, class: Class, area: GivenArea) -> Self {
        self.classes[class as usize] = Some(area);
        self
    }

    pub const fn unit(&self) -> AreaUnit {
        self.unit
    }

    pub const fn total(&self) -> GivenArea {
        self.total
    }

    pub fn of(&self, class: Class) -> Option<GivenArea> {
        self.classes[class as usize]
    }

    fn value(&self, class: Class) -> Option<Decimal> {
        self.of(class).map(GivenArea::value)
    }

    /// Every figure that does not fit the others: its name and why.
    pub fn faults(&self) -> Vec<(&'static str, Text)> {
        let mut faults = Vec::new();
        if self.total.value().is_zero() {
            faults.push(("total", Text::fixed("必须大于零", "it must be greater than zero")));
        }
        self.sum(&BY_CLASS, "total", &mut faults);
        self.sum(&BY_OWNER, Class::StateOwned.as_str(), &mut faults);
        for (part, whole) in WITHIN {
            match (self.value(part), self.value(whole)) {
                (Some(_), None) => faults.push((
                    part.as_str(),
                    text!("填了“{part:#}”,就须填“{whole:#}”", "{part} lies within {whole}, which is missing"),
                )),
                (Some(of_it), Some(all)) if of_it > all => faults.push((
                    part.as_str(),
                    text!(
                        "“{part:#}”{of_it} 大于“{whole:#}”{all}",
                        "{part} {of_it} is more than {whole} {all}, within which it lies"
                    ),
                )),
                _ => {}
            }
        }
        if let Some(part) = self.value(Class::NewConstruction).filter(|part| *part > self.total.value()) {
            let total = self.total.value();
            let message = text!("新增建设用地 {part} 大于总面积 {total}", "{part} is more than the total {total}");
            faults.push((Class::NewConstruction.as_str(), message));
        }
        faults
    }

    /// A breakdown is whole or left out, and whole it makes the total.
    fn sum(&self, parts: &[Class], blamed: &'static str, faults: &mut Vec<(&'static str, Text)>) {
        let given: Vec<Decimal> = parts.iter().filter_map(|part| self.value(*part)).collect();
        if given.is_empty() {
            return;
        }
        let names_zh = parts.iter().map(|part| part.zh()).collect::<Vec<_>>().join("、");
        let names = parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(", ");
        if given.len() < parts.len() {
            for part in parts.iter().filter(|part| self.value(**part).is_none()) {
                let message = text!(
                    "{names_zh} 须一并填写(没有的填 0)或都不填",
                    "give {names} together (0 where there is none) or none of them"
                );
                faults.push((part.as_str(), message));
            }
            return;
        }
        let (sum, total) = (given.iter().sum::<Decimal>(), self.total.value());
        if sum != total {
            let off = sum - total;
            let terms = given.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
            faults.push((
                blamed,
                text!(
                    "{names_zh} 合计 {terms} = {sum},与总面积 {total} 相差 {off};请逐项核对批文",
                    "{names} come to {terms} = {sum}, off the total {total} by {off}; compare each with the document"
                ),
            ));
        }
    }
}

/// A figure whose reading waits until the unit is known.
struct Digits<'de>(&'de RawValue);

impl<'de> Input<'de> for Digits<'de> {
    fn read(raw: &'de RawValue, _: &mut Reader) -> Option<Self> {
        Some(Self(raw))
    }
}

impl Digits<'_> {
    fn area(&self, name: &str, unit: AreaUnit, reader: &mut Reader) -> Option<GivenArea> {
        let digits = json_digits(self.0);
        decimal(digits)
            .map_err(|bad| bad.text())
            .and_then(|value| GivenArea::new(value, unit))
            .map_err(|message| reader.fault_at(name, Some(digits), message))
            .ok()
    }
}

impl<'de> Input<'de> for Composition {
    fn read(raw: &'de RawValue, reader: &mut Reader) -> Option<Self> {
        let mut members = Members::of(raw, reader)?;
        let unit = members.take::<Option<AreaUnit>>("unit", reader);
        let total = members.take::<Digits<'de>>("total", reader);
        let digits: Vec<_> =
            Class::ALL.iter().map(|class| members.take::<Option<Digits<'de>>>(class.as_str(), reader)).collect();
        let mut names = vec!["unit", "total"];
        names.extend(Class::ALL.iter().map(|class| class.as_str()));
        members.finish(&names, reader);
        let unit = unit?.unwrap_or(AreaUnit::SquareMetre);
        let total = total.and_then(|total| total.area("total", unit, reader));
        let mut whole = true;
        let mut classes = [None; CLASSES];
        for (class, digits) in Class::ALL.iter().zip(digits) {
            match digits {
                Some(Some(digits)) => {
                    let area = digits.area(class.as_str(), unit, reader);
                    whole &= area.is_some();
                    classes[*class as usize] = area;
                }
                Some(None) => {}
                None => whole = false,
            }
        }
        let read = Self { unit, total: total.filter(|_| whole)?, classes };
        let faults = read.faults();
        for (name, message) in &faults {
            reader.fault_at(name, None, message.clone());
        }
        faults.is_empty().then_some(read)
    }
}

impl Serialize for Composition {
    /// As written, the unit first.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2 + CLASSES))?;
        map.serialize_entry("unit", &self.unit)?;
        map.serialize_entry("total", &self.total.to_string())?;
        for class in Class::ALL {
            map.serialize_entry(class.as_str(), &self.of(*class).map(|area| area.to_string()))?;
        }
        map.end()
    }
}

/// 面积构成 — the same as it is answered: every member is there, decimals are strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompositionView(pub Composition);

impl Serialize for CompositionView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

const PATTERN: &str = r"^[0-9]{1,12}(\.[0-9]{1,8})?$";

/// The schema of what is read, or of what is written.
fn schema(figure: &[Type], required: bool) -> RefOr<Schema> {
    let property = |types: Vec<Type>, description: String| {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter(types))
            .pattern(Some(PATTERN))
            .description(Some(description))
    };
    let mut object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(
            "面积构成 — the land of an approval or plot by class and owner, as documented. 农用地 + 建设用地 + 未利用地 = 总面积,\
             集体 + 国有 = 总面积,水田、永久基本农田 ≤ 耕地 ≤ 农用地,新增建设用地 ≤ 总面积;按所填数字精确相加。",
        ))
        // What is sent may leave it out or say null.
        .property("unit", if required { AreaUnit::schema() } else { Option::<AreaUnit>::schema() })
        .property("total", property(figure.to_vec(), "总面积 — the total".to_owned()))
        .required("total");
    for class in Class::ALL {
        let types = figure.iter().cloned().chain([Type::Null]).collect();
        object = object.property(class.as_str(), property(types, class.zh().to_owned()));
    }
    if required {
        object = Class::ALL.iter().fold(object.required("unit"), |object, class| object.required(class.as_str()));
    } else {
        object = object
            .additional_properties(Some(utoipa::openapi::schema::AdditionalProperties::FreeForm(false)))
            .examples([serde_json::json!({
                "unit": "ha", "total": "12.5000", "farmland": "10.0000", "cultivated": "8.2500", "paddy": "0",
                "permanent_basic_farmland": "0", "construction": "2.3000", "unused": "0.2000",
                "new_construction": "10.2000", "collective": "11.5000", "state_owned": "1.0000"
            })]);
    }
    object.into()
}

impl PartialSchema for Composition {
    fn schema() -> RefOr<Schema> {
        schema(&[Type::String, Type::Number], false)
    }
}

impl ToSchema for Composition {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Composition")
    }
}

impl PartialSchema for CompositionView {
    fn schema() -> RefOr<Schema> {
        schema(&[Type::String], true)
    }
}

impl ToSchema for CompositionView {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CompositionView")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;

    fn faults_of(json: &str) -> Vec<String> {
        read::<Composition>(json.as_bytes()).err().unwrap_or_default().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn figures_that_add_up_in_hectares_are_kept_as_written() {
        let json = r#"{"unit":"ha","total":"3.3333","farmland":"2.0000","cultivated":"1.5","construction":"1.0","unused":"0.3333","new_construction":"2.3333","collective":3.3333,"state_owned":0}"#;
        let read = read::<Composition>(json.as_bytes()).unwrap();
        assert_eq!(read.total().to_string(), "3.3333");
        assert_eq!(read.of(Class::Cultivated).map(|area| area.to_string()).as_deref(), Some("1.5"));
        let again = serde_json::to_string(&read).unwrap();
        assert_eq!(
            crate::domain::input::read::<Composition>(again.as_bytes()).unwrap(),
            read,
            "what is written is read again"
        );
    }

    #[test]
    fn every_figure_that_does_not_fit_is_named() {
        let json = r#"{"total":"100","farmland":"60","cultivated":"70","paddy":"80","construction":"30","unused":"5","new_construction":"101","collective":"50","state_owned":"49.9999"}"#;
        assert_eq!(faults_of(json), ["/total", "/state_owned", "/cultivated", "/paddy", "/new_construction"]);
    }

    #[test]
    fn a_breakdown_is_whole_or_left_out() {
        assert_eq!(faults_of(r#"{"total":"100","farmland":"60"}"#), ["/construction", "/unused"]);
        assert_eq!(faults_of(r#"{"total":"100","paddy":"6"}"#), ["/paddy"]);
        assert_eq!(faults_of(r#"{"total":"100"}"#), Vec::<String>::new());
    }

    #[test]
    fn a_figure_that_is_none_is_named_beside_an_unknown_member() {
        assert_eq!(faults_of(r#"{"total":"1e2","farmlend":"60"}"#), ["/farmlend", "/total"]);
        assert_eq!(faults_of(r#"{"total":"0"}"#), ["/total"]);
        assert_eq!(faults_of(r#"{"total":"-1"}"#), ["/total"]);
    }

    #[test]
    fn hundredths_of_a_square_centimetre_in_mu_are_not_lost() {
        // 1/3 m² parts of a mu would vanish if the figures were converted before they are added.
        let json = r#"{"unit":"mu","total":"50.000001","farmland":"50","construction":"0.000001","unused":"0"}"#;
        assert!(faults_of(json).is_empty());
    }
}
