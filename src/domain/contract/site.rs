//! From a contract to what the rules on idle land read: the facts of one phase, or of the whole, up to a day.

use chrono::NaiveDate;

use crate::domain::contract::development::DevelopmentKind;
use crate::domain::contract::history::{Contract, Version};
use crate::domain::input::{NonNegative, Positive};
use crate::domain::rules::idle::own_time::{Span, Spans};
use crate::domain::rules::idle::{Halt, Price, Site, Start};

/// The land of a contract that is judged by itself: a phase, or all of it where there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<'c> {
    /// Name of the phase.
    pub phase: Option<&'c str>,
    pub site: Site,
}

/// Everything that is judged of a contract on a day; nothing before it was signed.
pub fn judged(contract: &Contract, on: NaiveDate) -> Vec<Judged<'_>> {
    let Some(version) = contract.on(on) else { return Vec::new() };
    if version.terms.phases().is_empty() {
        return vec![Judged { phase: None, site: site(contract, version, None, on) }];
    }
    let phases = version.terms.phases().iter().map(|phase| phase.name.as_str());
    phases.map(|name| Judged { phase: Some(name), site: site(contract, version, Some(name), on) }).collect()
}

fn site(contract: &Contract, version: &Version, phase: Option<&str>, on: NaiveDate) -> Site {
    let terms = &version.terms;
    let of_phase = phase.and_then(|name| terms.phases().iter().find(|phase| phase.name.as_str() == name));
    let (mut developable, mut investment) = (terms.developable_m2, terms.investment_yuan);
    let mut agreed_start = terms.start_on;
    if let Some(phase) = of_phase {
        developable = Some(phase.developable_m2.unwrap_or(phase.area_m2));
        investment = phase.investment_yuan;
        agreed_start = phase.start_on.or(agreed_start);
    }
    let mut site = Site {
        on,
        agreed_delivery: terms.delivery_on,
        delivered_on: None,
        agreed_start,
        start: None,
        halts: Vec::new(),
        completed_on: None,
        developed: None,
        developable: developable.map(Positive::get),
        invested: None,
        investment: investment.map(Positive::get),
        outside: Spans::default(),
    };
    // Most contracts of a long list have no events that matter; they are through at once.
    if contract.events.is_empty() {
        return site;
    }
    for (_, report) in contract.reports(phase, on) {
        match report.kind {
            DevelopmentKind::Delivered => site.delivered_on = Some(report.on),
            DevelopmentKind::Started => {
                site.start = Some(Start {
                    on: report.on,
                    has_permit: report.permit_number.is_some()
                        && report.permitted_on.is_none_or(|permitted| permitted <= report.on),
                    foundation_reached: report.foundation_reached,
                });
            }
            DevelopmentKind::Stopped => site.halts.push(Halt { from: report.on, resumed_on: None }),
            DevelopmentKind::Resumed => {
                if let Some(halt) = site.halts.last_mut() {
                    halt.resumed_on = Some(report.on);
                }
            }
            DevelopmentKind::Completed => site.completed_on = Some(report.on),
            DevelopmentKind::Progress | DevelopmentKind::Paid => {}
        }
        site.developed = report.developed_m2.map(NonNegative::get).or(site.developed);
        site.invested = report.invested_yuan.map(NonNegative::get).or(site.invested);
    }
    let spans = contract.accepted(phase, on).into_iter().map(|span| Span { from: span.from, to: span.to }).collect();
    site.outside = Spans::of(spans);
    site
}

/// What the fee is reckoned on, by the terms in force on a day.
pub fn price(contract: &Contract, on: NaiveDate) -> Price {
    let terms = contract.on(on).map(|version| &version.terms);
    Price {
        is_lease: contract.kind.is_lease(),
        amount: terms.and_then(|terms| terms.price_yuan).map(NonNegative::get),
        converted: terms.and_then(|terms| terms.converted_price_yuan).map(Positive::get),
    }
}
