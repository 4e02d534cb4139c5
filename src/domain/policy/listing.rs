//! The parameters as they stand on a day, for people to read.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::finding::{Citation, Unit};
use crate::domain::policy::{OverlayRule, Policy, Source};
use crate::domain::text::Text;

/// 政策参数一览 — every parameter with its value on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PolicyListing {
    pub on: NaiveDate,
    /// 政策参数摘要 — the digest that findings carry.
    #[schema(min_length = 64, max_length = 64)]
    pub digest: String,
    pub parameters: Vec<ParameterListed>,
}

/// 政策参数 — one parameter on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ParameterListed {
    #[schema(example = "term.flexible.principle_max")]
    pub id: String,
    pub description: Text,
    pub unit: Unit,
    /// 取值 — the value in force on the day; none before the first version.
    #[schema(example = "20")]
    pub value: Option<String>,
    /// 施行日期 — the day from which that value holds.
    pub in_force: Option<NaiveDate>,
    /// 是否已核对原文 — whether the value has been compared with the text of the law.
    pub verified: bool,
    pub citation: Option<Citation>,
    pub note: Option<Text>,
    /// 核对日期 — the day the built-in values were last compared with the law.
    pub checked_on: NaiveDate,
    pub source: Option<Source>,
    /// 县级可否另行规定 — whether a county may set a value of its own.
    pub overlay: OverlayRule,
}

impl Policy {
    /// Every parameter with its value on a day, in order of id.
    pub fn listing(&self, on: NaiveDate) -> PolicyListing {
        let mut parameters: Vec<_> = self
            .parameters()
            .iter()
            .map(|parameter| {
                let (version, source) = parameter.on(on).unzip();
                ParameterListed {
                    id: parameter.id.to_string(),
                    description: parameter.description.clone(),
                    unit: parameter.unit,
                    value: version.map(|version| version.written.to_string()),
                    in_force: version.map(|version| version.in_force),
                    verified: version.is_some_and(|version| version.verified),
                    citation: version.map(|version| Citation::clone(&version.citation)),
                    note: version.and_then(|version| version.note.clone()),
                    checked_on: parameter.checked_on,
                    source,
                    overlay: parameter.overlay,
                }
            })
            .collect();
        parameters.sort_by(|a, b| a.id.cmp(&b.id));
        PolicyListing { on, digest: self.digest().to_string(), parameters }
    }
}
