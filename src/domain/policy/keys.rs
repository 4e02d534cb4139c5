//! The parameters that are built in, and the key of each with the type of its value.

use std::borrow::Cow;

use crate::domain::finding::{Citation, Cited, Provision, Unit};
use crate::domain::policy::{CalendarYear, Days, Key, Parameter, PolicyValue, Version, file};
use crate::domain::quantity::{AreaM2, Metres, PricePerM2, Ratio};
use crate::domain::term::Term;
use crate::domain::text::Text;

/// Declares the keys: their order is the order in which the policy holds its parameters.
macro_rules! parameters {
    ($( $key:ident : $type:ty = $folder:literal / $id:literal; )*) => {
        #[allow(non_camel_case_types, reason = "the keys are constants")]
        enum Index { $( $key ),* }

        $( pub const $key: Key<$type> = Key::new(Index::$key as usize, $id); )*

        /// Each file with its unit as the key's type expects it.
        const FILES: &[(&str, &str, Unit)] = &[$( (
            concat!("policy/", $folder, "/", $id, ".toml"),
            include_str!(concat!("../../../policy/", $folder, "/", $id, ".toml")),
            <$type as PolicyValue>::UNIT,
        ) ),*];
    };
}

parameters! {
    TERM_FLEXIBLE_PRINCIPLE_MAX: Term = "xinmi" / "term.flexible.principle_max";
    TERM_LEASE_THEN_TRANSFER_LEASE_PRINCIPLE_MAX: Term = "xinmi" / "term.lease_then_transfer.lease_principle_max";
    TERM_LEASE_THEN_TRANSFER_TOTAL_MAX: Term = "xinmi" / "term.lease_then_transfer.total_max";
    TERM_LEASE_THEN_TRANSFER_TOTAL_MAX_IS_HARD: bool = "xinmi" / "term.lease_then_transfer.total_max_is_hard";
    FLOOR_AREA_DOMINANT_SHARE_OVER: Ratio = "xinmi" / "floor_area.dominant_share_over";
    FLOOR_AREA_ANCILLARY_SHARE_MAX: Ratio = "xinmi" / "floor_area.ancillary_share_max";
    TERM_LONG_LEASE_PRINCIPLE_MIN: Term = "ministry" / "term.long_lease.principle_min";
    TERM_LONG_LEASE_MAX: Term = "npc" / "term.long_lease.max";
    TERM_LONG_LEASE_RENT_STEP_MIN: Term = "ministry" / "term.long_lease.rent_step_min";
    TERM_LONG_LEASE_RENT_RISE_MAX: Ratio = "ministry" / "term.long_lease.rent_rise_max";
    PRICE_LONG_LEASE_RENT_SHARE_MIN: Ratio = "ministry" / "price.long_lease.rent_share_min";
    FLOOR_AREA_ADMIN_LIVING_LAND_SHARE_MAX: Ratio = "ministry" / "floor_area.admin_living_land_share_max";
    FLOOR_AREA_ADMIN_LIVING_FLOOR_SHARE_MAX: Ratio = "ministry" / "floor_area.admin_living_floor_share_max";
    FLOOR_AREA_DOUBLE_HEIGHT: Metres = "ministry" / "floor_area.double_height";
    TERM_STATUTORY_MAX_RESIDENTIAL: Term = "state_council" / "term.statutory_max.residential";
    TERM_STATUTORY_MAX_INDUSTRIAL: Term = "state_council" / "term.statutory_max.industrial";
    TERM_STATUTORY_MAX_SCIENCE_EDUCATION: Term = "state_council" / "term.statutory_max.science_education";
    TERM_STATUTORY_MAX_COMMERCIAL: Term = "state_council" / "term.statutory_max.commercial";
    TERM_STATUTORY_MAX_OTHER: Term = "state_council" / "term.statutory_max.other";
    TERM_FLEXIBLE_USUAL_MIN: Term = "settings" / "term.flexible.usual_min";
    FLOOR_AREA_EXCESS_COUNTS_AS_ANCILLARY: bool = "settings" / "floor_area.excess_counts_as_ancillary";
    FLOOR_AREA_BASEMENT_COUNTED: bool = "settings" / "floor_area.basement_counted";
    LEDGER_SURVEY_DIFFERENCE_SHARE_MAX: Ratio = "settings" / "ledger.survey_difference_share_max";
    LEDGER_SURVEY_DIFFERENCE_AREA_MAX: AreaM2 = "settings" / "ledger.survey_difference_area_max";
    LEDGER_AGE_FIRST: Term = "settings" / "ledger.age.first";
    LEDGER_AGE_SECOND: Term = "settings" / "ledger.age.second";
    LEDGER_AGE_THIRD: Term = "settings" / "ledger.age.third";
    LEDGER_COHORT_SECOND: CalendarYear = "settings" / "ledger.cohort.second";
    LEDGER_COHORT_THIRD: CalendarYear = "settings" / "ledger.cohort.third";
    GEOMETRY_AREA_TOLERANCE_SHARE: Ratio = "settings" / "geometry.area_tolerance_share";
    GEOMETRY_AREA_TOLERANCE_AREA: AreaM2 = "settings" / "geometry.area_tolerance_area";
    GEOMETRY_FIT_TOLERANCE_AREA: AreaM2 = "settings" / "geometry.fit_tolerance_area";
    GEOMETRY_FIT_TOLERANCE_SHARE: Ratio = "settings" / "geometry.fit_tolerance_share";
    GEOMETRY_FIT_TOLERANCE_STRIP_WIDTH: Metres = "settings" / "geometry.fit_tolerance_strip_width";
    GEOMETRY_PART_AREA_MIN: AreaM2 = "settings" / "geometry.part_area_min";
    PRICE_NATIONAL_MINIMUM_GRADE_01: PricePerM2 = "ministry" / "price.national_minimum.grade_01";
    PRICE_NATIONAL_MINIMUM_GRADE_02: PricePerM2 = "ministry" / "price.national_minimum.grade_02";
    PRICE_NATIONAL_MINIMUM_GRADE_03: PricePerM2 = "ministry" / "price.national_minimum.grade_03";
    PRICE_NATIONAL_MINIMUM_GRADE_04: PricePerM2 = "ministry" / "price.national_minimum.grade_04";
    PRICE_NATIONAL_MINIMUM_GRADE_05: PricePerM2 = "ministry" / "price.national_minimum.grade_05";
    PRICE_NATIONAL_MINIMUM_GRADE_06: PricePerM2 = "ministry" / "price.national_minimum.grade_06";
    PRICE_NATIONAL_MINIMUM_GRADE_07: PricePerM2 = "ministry" / "price.national_minimum.grade_07";
    PRICE_NATIONAL_MINIMUM_GRADE_08: PricePerM2 = "ministry" / "price.national_minimum.grade_08";
    PRICE_NATIONAL_MINIMUM_GRADE_09: PricePerM2 = "ministry" / "price.national_minimum.grade_09";
    PRICE_NATIONAL_MINIMUM_GRADE_10: PricePerM2 = "ministry" / "price.national_minimum.grade_10";
    PRICE_NATIONAL_MINIMUM_GRADE_11: PricePerM2 = "ministry" / "price.national_minimum.grade_11";
    PRICE_NATIONAL_MINIMUM_GRADE_12: PricePerM2 = "ministry" / "price.national_minimum.grade_12";
    PRICE_NATIONAL_MINIMUM_GRADE_13: PricePerM2 = "ministry" / "price.national_minimum.grade_13";
    PRICE_NATIONAL_MINIMUM_GRADE_14: PricePerM2 = "ministry" / "price.national_minimum.grade_14";
    PRICE_NATIONAL_MINIMUM_GRADE_15: PricePerM2 = "ministry" / "price.national_minimum.grade_15";
    PRICE_NATIONAL_MINIMUM_SHARE_PRIORITY: Ratio = "ministry" / "price.national_minimum.share.priority";
    PRICE_NATIONAL_MINIMUM_SHARE_PROCESSING: Ratio = "ministry" / "price.national_minimum.share.processing";
    PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_SELF_DEVELOPED: Ratio = "ministry" / "price.national_minimum.share.outside_self_developed";
    PRICE_NATIONAL_MINIMUM_SHARE_OUTSIDE_BARREN: Ratio = "ministry" / "price.national_minimum.share.outside_barren";
    PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_OUTSIDE: Ratio = "ministry" / "price.national_minimum.share.unused_outside";
    PRICE_NATIONAL_MINIMUM_SHARE_UNUSED_INSIDE: Ratio = "ministry" / "price.national_minimum.share.unused_inside";
    PRICE_RESTORATION_RATE_MIN: Ratio = "ministry" / "price.restoration_rate_min";
    ENCUMBRANCE_SEIZURE_BLOCKS_CHANGE: bool = "settings" / "encumbrance.seizure_blocks_change";
    ENCUMBRANCE_SEIZURE_BLOCKS_TAKING_BACK: bool = "settings" / "encumbrance.seizure_blocks_taking_back";
    ENCUMBRANCE_MORTGAGE_BLOCKS_CHANGE: bool = "settings" / "encumbrance.mortgage_blocks_change";
    ENCUMBRANCE_MORTGAGE_BLOCKS_TAKING_BACK: bool = "settings" / "encumbrance.mortgage_blocks_taking_back";
    WORKLIST_REMINDER: Days = "settings" / "worklist.reminder";
    SUPPLY_NET_LAND_RIGHTS_CLEAR: bool = "settings" / "supply.net_land.rights_clear";
    SUPPLY_NET_LAND_COMPENSATION_DONE: bool = "settings" / "supply.net_land.compensation_done";
    SUPPLY_NET_LAND_NO_DISPUTE: bool = "settings" / "supply.net_land.no_dispute";
    SUPPLY_NET_LAND_PLANNING_CONDITIONS: bool = "settings" / "supply.net_land.planning_conditions";
    SUPPLY_NET_LAND_START_CONDITIONS: bool = "settings" / "supply.net_land.start_conditions";
    SUPPLY_NET_LAND_ARCHAEOLOGY: bool = "settings" / "supply.net_land.archaeology";
    SUPPLY_NET_LAND_MINING: bool = "settings" / "supply.net_land.mining";
    SUPPLY_NET_LAND_SOIL: bool = "settings" / "supply.net_land.soil";
    SUPPLY_NET_LAND_REGIONAL_ASSESSMENT: bool = "settings" / "supply.net_land.regional_assessment";
}

/// The paths and texts of the files that are built in.
pub fn built_in_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().map(|&(path, text, _)| (path, text))
}

/// The built-in parameters in the order of their keys.
///
/// Their texts are kept for the life of the program, once, so that a finding borrows them.
pub(super) fn parameters() -> Vec<Parameter> {
    let read = |&(path, text, unit): &(&str, &str, Unit)| {
        let parameter = file::parse(path, text).expect("the tests check every file that is built in");
        assert_eq!(parameter.unit, unit, "{path}: the key's type asks for another unit");
        kept(parameter)
    };
    FILES.iter().map(read).collect()
}

fn kept(parameter: Parameter) -> Parameter {
    let version = |version: Version| Version {
        written: keep(version.written),
        note: version.note.map(keep_text),
        citation: keep_citation(Citation::clone(&version.citation)),
        ..version
    };
    Parameter {
        id: keep(parameter.id),
        description: keep_text(parameter.description),
        versions: parameter.versions.into_iter().map(version).collect(),
        ..parameter
    }
}

fn keep_citation(citation: Citation) -> Cited {
    let kept = Citation {
        instrument: keep_text(citation.instrument),
        number: citation.number.map(keep),
        provision: keep_text(citation.provision),
        url: citation.url.map(keep),
        ..citation
    };
    Cited::Fixed(Box::leak(Box::new(Provision::new(kept))))
}

fn keep(text: Cow<'static, str>) -> Cow<'static, str> {
    Cow::Borrowed(Box::leak(text.into_owned().into_boxed_str()))
}

fn keep_text(text: Text) -> Text {
    Text { zh: keep(text.zh), en: keep(text.en) }
}
