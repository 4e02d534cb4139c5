//! A county's own values over the built-in ones.

use chrono::NaiveDate;

use crate::domain::finding::{Citation, Cited};
use crate::domain::policy::{CountyRow, OverlayRule, Policy, Value, Version, file};
use crate::domain::text::{Text, text};

/// One journalled row of a county: from `in_force` on, `parameter` has this value here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// Id of the parameter.
    pub parameter: String,
    pub in_force: NaiveDate,
    /// The value as a parameter's file writes it (`"0.15"`, `true`); none ends the county's own value.
    pub value: Option<String>,
    /// The county's document.
    pub citation: Citation,
    /// Whether the value has been compared with that document.
    pub verified: bool,
}

/// Why a row cannot lie over the built-in values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOverlay {
    /// Which of the rows, from 0.
    pub index: usize,
    pub parameter: String,
    pub message: Text,
}

impl Policy {
    /// These parameters with a county's rows over them, later rows over earlier ones of the same day.
    /// Every bad row is named; none is skipped.
    pub fn with_overlays(&self, overlays: &[Overlay]) -> Result<Self, Vec<BadOverlay>> {
        let mut parameters = self.parameters.clone();
        let mut bad = Vec::new();
        for (index, overlay) in overlays.iter().enumerate() {
            let refuse = |message| BadOverlay { index, parameter: overlay.parameter.clone(), message };
            let Some(parameter) = parameters.iter_mut().find(|parameter| parameter.id == overlay.parameter) else {
                let id = &overlay.parameter;
                bad.push(refuse(text!("没有政策参数“{id}”", "there is no parameter {id:?}")));
                continue;
            };
            match row(overlay, parameter) {
                Ok(row) => parameter.county.push(row),
                Err(message) => bad.push(refuse(message)),
            }
        }
        if !bad.is_empty() {
            return Err(bad);
        }
        for parameter in &mut parameters {
            // Stable: of two rows for one day the later recorded one comes last and counts.
            parameter.county.sort_by_key(|row| row.from);
        }
        Ok(Self::new(parameters))
    }
}

fn row(overlay: &Overlay, parameter: &super::Parameter) -> Result<CountyRow, Text> {
    let Some(written) = &overlay.value else {
        return Ok(CountyRow { from: overlay.in_force, version: None });
    };
    let value = match written.as_str() {
        "true" => Value::Switch(true),
        "false" => Value::Switch(false),
        other => Value::read(other, parameter.unit)?,
    };
    file::fitting(value, parameter.unit)?;
    if parameter.overlay == OverlayRule::No {
        return Err(Text::fixed(
            "该参数由上位法规定,本县不得另行取值",
            "the law leaves no room for a value of the county's own",
        ));
    }
    match parameter.built_in_on(overlay.in_force) {
        Some(built_in) if !parameter.overlay.permits(value, built_in.value) => {
            let (limit, zh) = (&built_in.written, parameter.overlay.zh());
            Err(text!(
                "本县取值 {written} 宽于上位规定 {limit};该参数{zh}",
                "the county's value {written} is laxer than the {limit} of the law; a county may only be stricter"
            ))
        }
        None if parameter.overlay != OverlayRule::Allowed => {
            let first = parameter.first_day();
            Err(text!(
                "{first} 之前没有上位规定可对照;请核对施行日期",
                "there is no rule above to compare with before {first}; check the day it comes into force"
            ))
        }
        _ => {
            let version = Version {
                in_force: overlay.in_force,
                value,
                written: written.clone().into(),
                verified: overlay.verified,
                citation: Cited::Given(Box::new(overlay.citation.clone())),
                note: None,
            };
            Ok(CountyRow { from: overlay.in_force, version: Some(version) })
        }
    }
}
