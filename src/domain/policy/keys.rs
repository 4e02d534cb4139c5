//! The parameters that are built in, and the key of each with the type of its value.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::finding::{Citation, Cited, Provision, Unit};
use crate::domain::policy::{CalendarYear, Days, Key, OneOf, Parameter, PolicyValue, Version, WorkingDays, file};
use crate::domain::quantity::{AreaM2, Metres, Money, PricePerM2, Ratio};
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
    FLOOR_AREA_BUILDING_COEFFICIENT_MIN: Ratio = "ministry" / "floor_area.building_coefficient_min";
    FLOOR_AREA_GREEN_RATIO_MAX: Ratio = "ministry" / "floor_area.green_ratio_max";
    FLOOR_AREA_STOREY_TOLERANCE_SHARE: Ratio = "settings" / "floor_area.storey_tolerance_share";
    PRECHECK_CONTACT_RETENTION: Days = "settings" / "precheck.contact_retention";
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
    IDLE_CRITERION_PERIOD: Term = "ministry" / "idle.criterion_period";
    IDLE_FEE_PERIOD: Term = "ministry" / "idle.fee_period";
    IDLE_RECOVERY_PERIOD: Term = "ministry" / "idle.recovery_period";
    IDLE_DEEMED_START: Term = "ministry" / "idle.deemed_start";
    IDLE_STOPPED_DEVELOPED_PART: OneOf = "ministry" / "idle.stopped.developed_part";
    IDLE_STOPPED_INVESTED_SHARE: Ratio = "ministry" / "idle.stopped.invested_share";
    IDLE_STOPPED_BOTH_SHORT: bool = "settings" / "idle.stopped.both_short";
    IDLE_STOPPED_AGREED_ONLY: bool = "ministry" / "idle.stopped.agreed_only";
    IDLE_FEE_SHARE: Ratio = "ministry" / "idle.fee_share";
    IDLE_FEE_ON_LEASES: bool = "settings" / "idle.fee_on_leases";
    CONTRACT_EXTENSION_MAX: Term = "ministry" / "contract.extension_max";
    RECOVERY_BOND_SUPPLIED_UNTIL: NaiveDate = "ministry" / "recovery.bond.supplied_until";
    RECOVERY_BOND_RESUPPLY_SHARE_MAX: Ratio = "ministry" / "recovery.bond.resupply_share_max";
    MONITORING_AREA_TOLERANCE: AreaM2 = "settings" / "monitoring.area_tolerance";
    MONITORING_PRICE_TOLERANCE: Money = "settings" / "monitoring.price_tolerance";
    WORKLIST_REMINDER: Days = "settings" / "worklist.reminder";
    IDLE_CLOCK_OPEN_CHECK: Days = "ministry" / "idle.clock.open_check";
    IDLE_CLOCK_ANSWER: Days = "ministry" / "idle.clock.answer";
    IDLE_CLOCK_HEARING_REQUEST: WorkingDays = "ministry" / "idle.clock.hearing_request";
    IDLE_CLOCK_HEARING: WorkingDays = "ministry" / "idle.clock.hearing";
    IDLE_CLOCK_PAY: Days = "ministry" / "idle.clock.pay";
    IDLE_CLOCK_CANCEL_REGISTRATION: Days = "ministry" / "idle.clock.cancel_registration";
    IDLE_CLOCK_REVIEW: Days = "npc" / "idle.clock.review";
    IDLE_CLOCK_SUIT: Term = "npc" / "idle.clock.suit";
    IDLE_CLOCK_SUIT_AFTER_REVIEW: Days = "npc" / "idle.clock.suit_after_review";
    IDLE_CLOCK_URGING: Days = "npc" / "idle.clock.urging";
    IDLE_CLOCK_COURT_APPLICATION: Term = "npc" / "idle.clock.court_application";
    IDLE_CLOCK_PUBLIC_SERVICE: Days = "settings" / "idle.clock.public_service";
    IDLE_SUSPENSION_STOPS_OPEN_CHECK: bool = "settings" / "idle.suspension_stops.open_check";
    IDLE_SUSPENSION_STOPS_ANSWER: bool = "settings" / "idle.suspension_stops.answer";
    IDLE_SUSPENSION_STOPS_HEARING_REQUEST: bool = "settings" / "idle.suspension_stops.hearing_request";
    IDLE_SUSPENSION_STOPS_HEARING: bool = "settings" / "idle.suspension_stops.hearing";
    IDLE_SUSPENSION_STOPS_PAY: bool = "settings" / "idle.suspension_stops.pay";
    IDLE_SUSPENSION_STOPS_CANCEL_REGISTRATION: bool = "settings" / "idle.suspension_stops.cancel_registration";
    IDLE_SUSPENSION_STOPS_REVIEW: bool = "settings" / "idle.suspension_stops.review";
    IDLE_SUSPENSION_STOPS_SUIT: bool = "settings" / "idle.suspension_stops.suit";
    IDLE_SUSPENSION_STOPS_SUIT_AFTER_REVIEW: bool = "settings" / "idle.suspension_stops.suit_after_review";
    IDLE_SUSPENSION_STOPS_URGING: bool = "settings" / "idle.suspension_stops.urging";
    IDLE_SUSPENSION_STOPS_COURT_APPLICATION: bool = "settings" / "idle.suspension_stops.court_application";
    IDLE_SUSPENSION_STOPS_PUBLIC_SERVICE: bool = "settings" / "idle.suspension_stops.public_service";
    IDLE_EXTENSION_MAX: Term = "ministry" / "idle.extension_max";
    IDLE_EXTENSION_COUNTS_FROM_AGREEMENT: bool = "settings" / "idle.extension_counts_from_agreement";
    IDLE_TEMPORARY_USE_MAX: Term = "ministry" / "idle.temporary_use_max";
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
