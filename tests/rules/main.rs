//! The rules, the policy they read, the codes and the calendar: worked cases, properties, catalogue.

mod batch;
mod calendar;
mod cases;
mod catalogue;
mod codes;
mod contract;
mod exact;
mod examples;
mod floor_area;
mod idle;
mod idle_case;
mod net_land;
mod policy;
mod precheck;
mod properties;
mod run;
mod shared_cases;
