//! 落图率: how much of the plots and of their area is on the map.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::quantity::AreaM2;

/// Plots and their area, and how much of both is on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mapping {
    pub plots: i64,
    pub mapped_plots: i64,
    /// Recorded areas.
    pub area: AreaM2,
    pub mapped_area: AreaM2,
}

impl std::iter::Sum for Mapping {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            plots: sum.plots + part.plots,
            mapped_plots: sum.mapped_plots + part.mapped_plots,
            area: sum.area + part.area,
            mapped_area: sum.mapped_area + part.mapped_area,
        })
    }
}

/// 占比 — an exact fraction, and the same in percent rounded half up to 2 decimals; none where there is nothing to divide by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MappingShare {
    /// 分数 — mapped/all, in plots or in m²
    #[schema(example = "38/40")]
    pub fraction: Option<String>,
    /// 百分比,四舍五入到 2 位小数
    #[schema(example = "95.00")]
    pub percent: Option<String>,
}

impl MappingShare {
    fn of(part: Decimal, whole: Decimal, fraction: String) -> Self {
        if whole <= Decimal::ZERO {
            return Self { fraction: None, percent: None };
        }
        // 100 × an area has at most 18 digits, so the quotient keeps more than enough behind the point to round once.
        let percent =
            (part * Decimal::ONE_HUNDRED / whole).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        Self { fraction: Some(fraction), percent: Some(format!("{percent:.2}")) }
    }
}

impl Mapping {
    /// 落图率(宗数)
    pub fn by_plots(&self) -> MappingShare {
        let Self { plots, mapped_plots, .. } = self;
        MappingShare::of((*mapped_plots).into(), (*plots).into(), format!("{mapped_plots}/{plots}"))
    }

    /// 落图率(面积)
    pub fn by_area(&self) -> MappingShare {
        let Self { area, mapped_area, .. } = self;
        MappingShare::of(mapped_area.get(), area.get(), format!("{mapped_area}/{area}"))
    }
}
