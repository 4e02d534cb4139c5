//! Runs a calculation by its name, the way the API does: bytes in, JSON or a refusal out.
//!
//! Every body that any test here sends goes through the batch too, which has to say the same of it.

use chrono::NaiveDate;
use dizhang::domain::input::{self, FieldError};
use dizhang::domain::policy::Policy;
use dizhang::domain::rules::calculation::{self, Detail, Refusal};
use serde_json::Value;

/// The day on which a body without a day is calculated.
pub fn today() -> NaiveDate {
    day("2026-06-30")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every calculation, with its body's name in the API document.
macro_rules! calculations {
    ($($name:ident $body:ident),* $(,)?) => {
        pub const NAMES: &[&str] = &[$( stringify!($name) ),*];

        pub fn calculate(name: &str, body: &[u8]) -> Result<Value, Refusal> {
            if name == "precheck" {
                return crate::precheck::decided(body);
            }
            let alone = calculate_alone(name, body);
            crate::batch::says_the_same(name, body, &alone);
            alone
        }

        fn calculate_alone(name: &str, body: &[u8]) -> Result<Value, Refusal> {
            match name {
                $( stringify!($name) => {
                    let body = input::read::<calculation::$name::$body>(body).map_err(Refusal::Fields)?;
                    let answer = calculation::$name::calculate(&body, Policy::built_in(), today(), Detail::Findings)?;
                    Ok(serde_json::to_value(answer).unwrap())
                } )*
                other => panic!("there is no calculation {other}"),
            }
        }

        /// The example that the schema of a body carries.
        pub fn example(name: &str) -> Value {
            match name {
                $( stringify!($name) => example_of::<calculation::$name::$body>(), )*
                other => panic!("there is no calculation {other}"),
            }
        }
    };
}
calculations!(
    bond_price BondPriceBody,
    cost_floor CostFloorBody,
    flexible_price FlexiblePriceBody,
    floor_area FloorAreaBody,
    idle_land IdleLandBody,
    lease_then_transfer_price LeaseThenTransferPriceBody,
    long_lease_price LongLeasePriceBody,
    mixed_lease_transfer_price MixedLeaseTransferPriceBody,
    national_minimum NationalMinimumBody,
    payment_schedule PaymentScheduleBody,
    price_base PriceBaseTerms,
    price_comparison PriceComparisonBody,
    net_land NetLandBody,
    term TermBody,
);

fn example_of<T: utoipa::PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()["example"].clone()
}

/// The answer of a body that must be right.
pub fn answer(name: &str, body: &Value) -> Value {
    calculate(name, body.to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{name} {body}: {refusal:?}"))
}

/// The faults of a body that must be refused by its fields.
pub fn faults(name: &str, body: &Value) -> Vec<FieldError> {
    match calculate(name, body.to_string().as_bytes()) {
        Err(Refusal::Fields(faults)) => faults,
        other => panic!("{name} {body}: {other:?}"),
    }
}

/// The finding of a rule in an answer.
pub fn finding<'a>(answer: &'a Value, rule: &str, aspect: Option<&str>) -> &'a Value {
    let of_methods = answer["methods"].as_array().into_iter().flatten().map(|method| &method["findings"]);
    let lists = std::iter::once(&answer["findings"]).chain(of_methods);
    let found = lists.flat_map(|findings| findings.as_array().into_iter().flatten()).find(|finding| {
        finding["rule"] == rule && aspect.is_none_or(|aspect| finding["aspect"].as_str() == Some(aspect))
    });
    found.unwrap_or_else(|| panic!("no finding of {rule} in {answer:#}"))
}
