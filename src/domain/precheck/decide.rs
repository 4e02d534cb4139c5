//! The answer of a pre-check: every rule that applies, once, with the remedies of what does not pass.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::GivenArea;
use crate::domain::exact::Fraction;
use crate::domain::finding::{Finding, Outcome};
use crate::domain::geometry::overlay;
use crate::domain::geometry::tolerance::{Misfit, Tolerance};
use crate::domain::input::{FieldError, Positive};
use crate::domain::plot::AreaTolerance;
use crate::domain::policy::{NotInForce, Policy};
use crate::domain::precheck::body::{LandKind, PrecheckBody, PriceGiven, Programme, SupplyGiven};
use crate::domain::precheck::plan::SitePlan;
use crate::domain::precheck::remedy;
use crate::domain::quantity::{AreaM2, FloorAreaRatio, IndicatorValue, PricePerM2};
use crate::domain::reference::{CountyTables, Indicator, Industry, TableUsed};
use crate::domain::region::County;
use crate::domain::rules::calculation::floor_area::{self, FloorAreaAnswer};
use crate::domain::rules::calculation::price_comparison::{self, ComparedAnswer, ComparedMethod, PriceComparisonBody};
use crate::domain::rules::calculation::term::{self, TermBody};
use crate::domain::rules::calculation::{Detail, Refusal};
use crate::domain::rules::case::{LandUse, Method};
use crate::domain::rules::floor_area::geometry::{self, Placed, PlanningConditions};
use crate::domain::rules::floor_area::{Classification, no_extra_price};
use crate::domain::rules::supply::{catalogue, land_use, standard_land};
use crate::domain::rules::{CannotDecide, Decision, bid, package, split};
use crate::domain::text::{Text, text};

/// What every answer and every print says of itself.
pub const NOTICE: Text =
    Text::fixed("自查结果,不构成审批或供地承诺", "A self-check; it is neither an approval nor a promise of land");

/// Land that an announcement offers.
#[derive(Debug, Clone)]
pub struct Offer {
    pub announcement: i64,
    pub number: String,
    pub announced_on: NaiveDate,
    pub item: i64,
    pub name: String,
    pub land_use: LandUse,
    pub area: Positive<GivenArea>,
    /// Published with it.
    pub max_term_unit_price: Option<Positive<PricePerM2>>,
    pub conditions: PlanningConditions,
}

/// A body with all it is held against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub body: &'a PrecheckBody,
    pub plan: &'a SitePlan,
    pub tables: &'a CountyTables,
    /// The offer that announced land names.
    pub offer: Option<&'a Offer>,
    pub policy: &'a Policy,
    pub on: NaiveDate,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub struct Refused {
    pub faults: Vec<FieldError>,
    /// What of the footprints is not where it should be.
    pub offending: Option<Box<Misfit>>,
    pub not_in_force: Option<Box<NotInForce>>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields(faults) => Self { faults, offending: None, not_in_force: None },
            Refusal::NotInForce(missing) => {
                Self { faults: Vec::new(), offending: None, not_in_force: Some(Box::new(missing)) }
            }
        }
    }
}

impl From<CannotDecide> for Refused {
    fn from(cannot: CannotDecide) -> Self {
        Refusal::from(cannot).into()
    }
}

impl From<NotInForce> for Refused {
    fn from(missing: NotInForce) -> Self {
        Refusal::NotInForce(missing).into()
    }
}

/// 公告地块 — the offer that a pre-check rests on
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfferUsed {
    /// 公告编号
    pub announcement: i64,
    /// 公告文号
    pub number: String,
    /// 公告日期
    pub announced_on: NaiveDate,
    /// 地块序号
    pub item: i64,
    /// 地块名称
    pub name: String,
}

/// 用地
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LandAnswer {
    /// 用地来源
    pub kind: LandKind,
    /// 土地用途
    pub land_use: LandUse,
    /// 面积,平方米 — half up to the square centimetre
    pub area_m2: AreaM2,
    /// 图形面积,平方米 — of the polygon, if one was drawn
    pub polygon_m2: Option<AreaM2>,
    /// 公告地块
    pub offer: Option<OfferUsed>,
}

/// 建筑面积汇总
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FloorAnswer {
    /// 总建筑面积,平方米
    pub total_actual_m2: AreaM2,
    /// 计容建筑面积,平方米
    pub total_counted_m2: AreaM2,
    /// 容积率 — cut to four decimals
    pub floor_area_ratio: FloorAreaRatio,
    /// 用地类别
    pub classification: Classification,
}

/// 预审结论 — all findings, the law and the tables they rest on
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Answer {
    /// 适用日期
    pub on: NaiveDate,
    /// 县代码
    pub county: County,
    /// The gravest outcome of the findings.
    pub outcome: Outcome,
    /// 行业
    pub industry: Industry,
    /// 用地
    pub land: LandAnswer,
    /// 建筑面积汇总
    pub floor_area: Option<FloorAnswer>,
    /// 价格比较 — from typed or published prices alone
    pub price: Option<ComparedAnswer>,
    pub findings: Vec<Finding>,
    /// 政策参数摘要
    #[schema(min_length = 64, max_length = 64)]
    pub policy_digest: String,
    /// 所用县级数据表
    pub tables: Vec<TableUsed>,
    /// 说明 — what this answer is not
    pub notice: Text,
}

/// The figures that rules and remedies share.
pub(super) struct Ground<'a> {
    pub asked: Asked<'a>,
    pub industry: Industry,
    pub land_use: LandUse,
    pub area: Positive<GivenArea>,
    pub conditions: &'a PlanningConditions,
    pub price: Option<PriceGiven>,
}

/// Adds where a member lies to the pointers of faults.
fn below(part: &str, faults: Vec<FieldError>) -> Vec<FieldError> {
    faults.into_iter().map(|fault| FieldError { pointer: format!("{part}{}", fault.pointer), ..fault }).collect()
}

/// Faults of a refusal, or the refusal itself where it is none of fields.
fn fields(refusal: Refusal) -> Result<Vec<FieldError>, Refused> {
    match refusal {
        Refusal::Fields(faults) => Ok(faults),
        refusal @ Refusal::NotInForce(_) => Err(refusal.into()),
    }
}

/// Whether areas that stand beside each other add up, of a programme alone.
pub fn programme_faults(programme: &Programme, on: NaiveDate, policy: &Policy) -> Vec<FieldError> {
    let whole = "1".parse().ok().and_then(|one| GivenArea::new(one, crate::domain::area::AreaUnit::Hectare).ok());
    let Some(parcel) = whole.and_then(|area| Positive::<GivenArea>::new(area).ok()) else { return Vec::new() };
    if programme.uses.is_none() && programme.buildings.is_none() {
        return Vec::new();
    }
    match floor_area::calculate(&programme.floor_area(on, parcel), policy, on, Detail::Amounts) {
        Err(Refusal::Fields(faults)) => below("/programme", faults),
        Ok(_) | Err(Refusal::NotInForce(_)) => Vec::new(),
    }
}

/// Footprints outside the parcel or on each other, each a fault of its building.
pub fn placement_faults(
    plan: &SitePlan,
    on: NaiveDate,
    policy: &Policy,
) -> Result<(Vec<FieldError>, Option<Misfit>), NotInForce> {
    let (tolerance, _) = Tolerance::on(policy, on)?;
    let offences = match geometry::placement(plan.grid(), &plan.grids(), &tolerance) {
        Ok(offences) => offences,
        Err(error) => {
            let fault = FieldError { pointer: "/programme/buildings".to_owned(), value: None, message: error.text() };
            return Ok((vec![fault], None));
        }
    };
    let beyond: Vec<_> = offences.iter().filter(|offence| !offence.misfit.is_within).collect();
    let faults = beyond.iter().map(|offence| {
        let area = offence.misfit.area;
        let message = match offence.on {
            None => text!(
                "超出宗地 {area} 平方米,见 offending_geometry;请移到宗地内",
                "it reaches out of the parcel by {area} m², see offending_geometry; move it inside"
            ),
            Some(other) => {
                let other = other + 1;
                text!(
                    "与第 {other} 栋建筑重叠 {area} 平方米,见 offending_geometry;请移开",
                    "it lies on building {other} with {area} m², see offending_geometry; move it away"
                )
            }
        };
        let building = offence.building;
        FieldError { pointer: format!("/programme/buildings/{building}/footprint"), value: None, message }
    });
    let faults = faults.collect();
    let lands: Vec<_> = beyond.iter().map(|offence| &offence.misfit.polygon).collect();
    let base = plan.grid().map_or(0, |outline| outline.twice_area_mm2()).max(1);
    let offending = overlay::union(&lands).ok().and_then(|land| Misfit::of(land, base, &tolerance));
    Ok((faults, offending))
}

/// Decides a body that reads. All that hangs together wrongly in it is refused at once.
pub fn decide(asked: Asked<'_>) -> Result<Answer, Refused> {
    let Asked { body, plan, tables, offer, policy, on } = asked;
    let mut faults = Vec::new();
    let industry = tables.industry(&body.industry.code);
    if let Err(message) = &industry {
        let value = Some(body.industry.code.to_string());
        faults.push(FieldError { pointer: "/industry/code".to_owned(), value, message: message.clone() });
    }
    let outline = plan.outline.as_ref().map(|outline| outline.area);
    let drawn = || {
        let area = GivenArea::new(outline?.get(), crate::domain::area::AreaUnit::SquareMetre).ok()?;
        Positive::<GivenArea>::new(area).ok()
    };
    let area = offer.map(|offer| offer.area).or(body.land.area).or_else(drawn);
    let land_use = offer.map(|offer| offer.land_use).or(body.land.land_use);
    if let (Some(offer), Some(given)) = (offer, body.land.land_use)
        && offer.land_use != given
    {
        let (announced, word) = (offer.land_use.zh(), offer.land_use.en());
        let message = text!("公告用途为{announced};请勿另填", "the announcement says {word}; leave it out");
        faults.push(FieldError { pointer: "/land/land_use".to_owned(), value: Some(given.to_string()), message });
    }
    if let Some(supply) = &body.supply
        && let Err(refusal) = term::calculate(&term_body(supply, LandUse::Industrial, on), policy, on, Detail::Amounts)
    {
        faults.extend(below("/supply", fields(refusal)?));
    }
    if let Some(programme) = &body.programme {
        faults.extend(programme_faults(programme, on, policy));
    }
    let (misplaced, offending) = placement_faults(plan, on, policy)?;
    faults.extend(misplaced);
    let (Ok(industry), Some(area), Some(land_use), true) = (industry, area, land_use, faults.is_empty()) else {
        if faults.is_empty() {
            let message = Text::fixed("请填写面积,或绘制、上传图形", "give an area, or draw or send the polygon");
            faults.push(FieldError { pointer: "/land/area".to_owned(), value: None, message });
        }
        return Err(Refused { faults, offending: offending.map(Box::new), not_in_force: None });
    };
    let none = PlanningConditions::default();
    let conditions = body.conditions.as_ref().or(offer.map(|offer| &offer.conditions)).unwrap_or(&none);
    let published = offer.and_then(|offer| offer.max_term_unit_price);
    let price = body.price.clone().map(|price| match published {
        Some(published) => PriceGiven { max_term_unit_price: published, ..price },
        None => price,
    });
    let ground = Ground { asked, industry, land_use, area, conditions, price };
    let (mut findings, floor, compared) = ground.findings()?;
    remedy::attach(&ground, &mut findings);
    let floor_area = floor.map(|floor| FloorAnswer {
        total_actual_m2: floor.total_actual_m2,
        total_counted_m2: floor.total_counted_m2,
        floor_area_ratio: floor.floor_area_ratio,
        classification: floor.classification,
    });
    let used = |offer: &Offer| OfferUsed {
        announcement: offer.announcement,
        number: offer.number.clone(),
        announced_on: offer.announced_on,
        item: offer.item,
        name: offer.name.clone(),
    };
    Ok(Answer {
        on,
        county: body.county,
        outcome: Outcome::worst(&findings),
        land: LandAnswer {
            kind: body.land.kind,
            land_use,
            area_m2: area.get().m2(),
            polygon_m2: outline,
            offer: offer.map(used),
        },
        industry: ground.industry,
        floor_area,
        price: compared,
        findings,
        policy_digest: policy.digest().to_string(),
        tables: tables.used(),
        notice: NOTICE,
    })
}

fn term_body(supply: &SupplyGiven, land_use: LandUse, on: NaiveDate) -> TermBody {
    TermBody {
        on: Some(on),
        method: supply.method,
        land_use,
        ownership: None,
        lease_term: supply.lease_term,
        total_term: supply.total_term,
        rent_adjustment: supply.rent_adjustment.clone(),
        exception: supply.exception.clone(),
    }
}

type Found = (Vec<Finding>, Option<FloorAreaAnswer>, Option<ComparedAnswer>);

impl Ground<'_> {
    fn findings(&self) -> Result<Found, Refused> {
        let Asked { body, tables, policy, on, .. } = self.asked;
        let mut findings = Vec::new();
        if let Some(supply) = &body.supply {
            let case = land_use::Case { land_use: self.land_use, ownership: body.land.ownership, on };
            findings.push(land_use::decide(case, policy).finding()?);
            let products = body.industry.products.as_ref().map(|products| products.as_str());
            findings
                .push(catalogue::decide(&catalogue::Case { industry: &self.industry, products, tables, on }, policy));
            findings.extend(self.terms(supply)?);
        }
        let lean = body.programme.as_ref().map(|programme| lean(programme, self.asked.plan));
        let (of_programme, floor) = self.of_programme(lean.as_ref())?;
        findings.extend(self.placed(lean.as_ref())?);
        findings.extend(of_programme);
        findings.extend(self.outline()?);
        if body.land.kind == LandKind::Own {
            let case = no_extra_price::Case {
                land_use: self.land_use,
                within_plan: body.land.within_plan,
                use_unchanged: body.land.use_unchanged,
                self_used: body.land.self_used,
                before: body.land.counted_before_m2,
                after: floor.as_ref().map(|floor| floor.total_counted_m2),
                land: self.area.get().exact_m2(),
                parts: body.land.compatible_parts.as_deref().unwrap_or_default(),
                tables,
                on,
            };
            findings.push(no_extra_price::decide(&case, policy)?);
        }
        let price = match (&self.price, &body.supply) {
            (Some(price), Some(supply)) => self.prices(price, supply)?,
            _ => None,
        };
        findings.extend(
            price
                .iter()
                .flat_map(|price| price.findings.iter().filter(|found| found.rule.starts_with("price.")))
                .cloned(),
        );
        findings.extend(body.package.as_ref().map(|given| package::decide(given, on, policy)));
        findings.extend(body.split.as_ref().map(|given| split::decide(given, on, policy)).transpose()?);
        findings.extend(body.joint_bid.as_ref().map(|given| bid::decide(given, self.land_use, on, policy)));
        Ok((findings, floor, price))
    }

    /// The rule of the method's terms, without that of the land's use.
    pub(super) fn terms(&self, supply: &SupplyGiven) -> Result<Vec<Finding>, Refusal> {
        let Asked { policy, on, .. } = self.asked;
        let answer = term::calculate(&term_body(supply, self.land_use, on), policy, on, Detail::Findings)?;
        Ok(answer.findings.into_iter().filter(|finding| finding.rule.starts_with("term.")).collect())
    }

    /// The one method that is meant, as the comparison of methods sees it; none where its terms have no price.
    pub(super) fn prices(&self, price: &PriceGiven, supply: &SupplyGiven) -> Result<Option<ComparedAnswer>, Refused> {
        let Asked { policy, on, .. } = self.asked;
        let (lease, total) = (supply.lease_term, supply.total_term);
        let (lease_term, transfer_term) = match supply.method {
            Method::Flexible => (None, Some(total)),
            Method::LongLease => (Some(total), None),
            Method::LeaseThenTransfer => (lease, lease.and_then(|lease| total.checked_sub(lease))),
            Method::MixedLeaseTransfer => (lease, Some(total)),
        };
        let method = ComparedMethod {
            method: supply.method,
            lease_term,
            transfer_term,
            leased_share: price.leased_share.filter(|_| supply.method == Method::MixedLeaseTransfer),
            rent_timing: price.rent_timing,
            rents_per_year: None,
            exception: supply.exception.clone(),
        };
        let asked = PriceComparisonBody {
            on: Some(on),
            land_use: self.land_use,
            ownership: None,
            area: self.area,
            max_term_unit_price: price.max_term_unit_price,
            max_term: None,
            rate: price.rate,
            grade: price.grade,
            minimum: price.minimum,
            methods: vec![method],
        };
        match price_comparison::calculate(&asked, policy, on, Detail::Findings) {
            Ok(mut answer) => Ok(answer.methods.pop()),
            // Terms beyond the longest grant have no price: their own finding says so.
            Err(Refusal::Fields(_)) => Ok(None),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Everything that rests on the figures of the programme; the remedies try it with others.
    pub(super) fn of_programme(
        &self,
        programme: Option<&Programme>,
    ) -> Result<(Vec<Finding>, Option<FloorAreaAnswer>), Refusal> {
        let Asked { body, tables, policy, on, .. } = self.asked;
        let mut findings = Vec::new();
        let listed = programme.filter(|programme| programme.uses.is_some() || programme.buildings.is_some());
        let floor = match listed {
            Some(programme) => {
                Some(floor_area::calculate(&programme.floor_area(on, self.area), policy, on, Detail::Findings)?)
            }
            None => None,
        };
        let land = self.area.get().exact_m2();
        let base = programme.and_then(base);
        if let (Some(floor), Some(programme)) = (&floor, programme) {
            findings.extend(floor.findings.iter().cloned());
            let placed = placed(programme);
            let case = self.site(programme, &placed, floor.total_counted_m2);
            findings.extend(geometry::decide(&case, policy).map_err(Refusal::from)?);
        }
        if body.supply.is_some() {
            let given = body.standard_land.as_ref();
            let indicators = given.and_then(|given| given.indicators.as_deref()).unwrap_or_default();
            let mut values: Vec<standard_land::Value> = indicators
                .iter()
                .enumerate()
                .map(|(at, given)| standard_land::Value {
                    indicator: given.indicator,
                    value: given.value.get(),
                    pointer: Some(format!("/standard_land/indicators/{at}/value")),
                })
                .collect();
            let yards = programme.map_or(AreaM2::ZERO, yards);
            let with_yards = base.map(|base| base + yards);
            let computed = [
                (Indicator::FloorAreaRatio, floor.as_ref().map(|floor| floor.total_counted_m2)),
                (Indicator::BuildingCoefficient, with_yards),
            ];
            for (indicator, part) in computed {
                if let Some(value) = part.and_then(|part| cut(part, land)) {
                    values.retain(|value| value.indicator != indicator);
                    values.push(standard_land::Value { indicator, value, pointer: None });
                }
            }
            let commitment = given.and_then(|given| given.commitment);
            let case = standard_land::Case { industry: &self.industry, values: &values, commitment, tables, on };
            findings.extend(standard_land::decide(&case, policy));
        }
        Ok((findings, floor))
    }

    fn site<'b>(&'b self, programme: &Programme, buildings: &'b [Placed<'b>], counted: AreaM2) -> geometry::Case<'b> {
        geometry::Case {
            land: self.area.get().exact_m2(),
            outline: None,
            buildings,
            base: base(programme),
            yards: yards(programme),
            green: programme.green_m2.map(|green| green.get()),
            counted,
            conditions: self.conditions,
            on: self.asked.on,
        }
    }

    /// Where the footprints lie. Figures do not change that, so it is looked at once.
    fn placed(&self, programme: Option<&Programme>) -> Result<Option<Finding>, CannotDecide> {
        let Some(programme) = programme else { return Ok(None) };
        let plan = self.asked.plan;
        let mut placed = placed(programme);
        for (at, building) in placed.iter_mut().enumerate() {
            building.footprint = plan.footprint(at).map(|polygon| &polygon.grid);
            building.storeys.clear();
        }
        let case = geometry::Case { outline: plan.grid(), ..self.site(programme, &placed, AreaM2::ZERO) };
        let found = geometry::decide(&case, self.asked.policy)?;
        Ok(found.into_iter().find(|finding| finding.aspect.as_deref() == Some("footprints")))
    }

    /// The stated area beside the drawn one.
    fn outline(&self) -> Result<Option<Finding>, CannotDecide> {
        let Asked { body, plan, policy, on, .. } = self.asked;
        let (Some(outline), Some(_)) = (&plan.outline, body.land.area) else { return Ok(None) };
        let stated = self.area.get().m2();
        let tolerance = AreaTolerance::on(policy, on)?;
        let (outcome, message) = match tolerance.check(stated, outline.area) {
            None => (
                Outcome::Pass,
                text!("填报面积 {stated} 平方米与图形相符", "the stated {stated} m² agree with the polygon"),
            ),
            Some(warning) => (Outcome::NeedsReview, warning.message),
        };
        let title = Text::fixed("填报面积与图形", "Stated area and polygon");
        Ok(Some(Finding::of(&geometry::RULE, policy, on, outcome, message).aspect("land_area", title)))
    }
}

/// A ratio as an indicator holds it, cut to four decimals: it never shows more than there is.
fn cut(part: AreaM2, land: Fraction) -> Option<IndicatorValue> {
    let units = Fraction::from(part)
        .over(land)
        .ok()?
        .round(IndicatorValue::SCALE, crate::domain::exact::Rounding::Down)
        .ok()?;
    IndicatorValue::from_units(i64::try_from(units).ok()?).ok()
}

/// The programme without what was drawn, the areas of the footprints in its place.
pub(super) fn lean(programme: &Programme, plan: &SitePlan) -> Programme {
    let mut lean = programme.clone();
    for (at, building) in lean.buildings.iter_mut().flatten().enumerate() {
        building.footprint = None;
        if let Some(drawn) = plan.footprint(at) {
            building.land_m2 = crate::domain::input::NonNegative::<AreaM2>::new(drawn.area).ok();
        }
    }
    lean
}

/// All footprints together: of the buildings where every one has its own, else as given.
fn base(programme: &Programme) -> Option<AreaM2> {
    let buildings = programme.buildings.as_deref().unwrap_or_default();
    let known: Option<Vec<AreaM2>> = buildings.iter().map(|building| building.land_m2.map(|land| land.get())).collect();
    match known.filter(|known| !known.is_empty()) {
        Some(known) => Some(known.into_iter().sum()),
        None => programme.base_m2.map(|base| base.get()),
    }
}

fn yards(programme: &Programme) -> AreaM2 {
    programme.yards_m2.map_or(AreaM2::ZERO, |yards| yards.get())
}

fn placed(programme: &Programme) -> Vec<Placed<'_>> {
    let building = |building: &'_ crate::domain::precheck::body::SiteBuilding| {
        let above = building.storeys.iter().enumerate().filter(|(_, storey)| !storey.underground.unwrap_or(false));
        above.map(|(at, storey)| (at, storey.area_m2.get())).collect()
    };
    let all = programme.buildings.as_deref().unwrap_or_default();
    all.iter()
        .map(|given| Placed {
            name: given.name.as_str(),
            footprint: None,
            footprint_m2: given.land_m2.map(|land| land.get()),
            height: given.height_m.map(|height| height.get()),
            storeys: building(given),
        })
        .collect()
}
