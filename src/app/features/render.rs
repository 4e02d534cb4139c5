//! The properties of features, as bytes of JSON: a fixed list for each layer, in the order of `domain::layer`.

use chrono::NaiveDate;

use crate::domain::approval::Approval;
use crate::domain::contract::history::Contract;
use crate::domain::idle_case::Cause;
use crate::domain::layer::{Kind, Layer, RENDER_VERSION};
use crate::domain::parcel::Parcel;
use crate::domain::plot::Plot;
use crate::domain::quantity::AreaM2;
use crate::domain::region::PlotId;
use crate::storage::feature::{Drawing, Rendered};
use crate::storage::idle_case::CaseRow;

/// One value.
enum Field<'v> {
    Text(Option<&'v str>),
    Word(String),
    Integer(Option<i64>),
    Area(Option<AreaM2>),
    Day(Option<NaiveDate>),
}

/// Writes the values of a layer's properties under their names. The two lists are held against each other.
fn object(layer: Layer, fields: &[Field<'_>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(48 * fields.len());
    let properties = layer.properties();
    assert_eq!(properties.len(), fields.len(), "every property of {layer} has its value");
    for (property, field) in properties.iter().zip(fields) {
        out.push(if out.is_empty() { b'{' } else { b',' });
        out.push(b'"');
        out.extend_from_slice(property.name.as_bytes());
        out.extend_from_slice(b"\":");
        match (property.kind, field) {
            (Kind::Text, Field::Text(Some(text))) => quoted(text, &mut out),
            (Kind::Text, Field::Word(word)) => quoted(word, &mut out),
            (Kind::Integer | Kind::Count, Field::Integer(Some(integer))) => {
                out.extend_from_slice(integer.to_string().as_bytes());
            }
            // With all four decimals, so that readers take a column of whole figures for decimals too.
            (Kind::Area, Field::Area(Some(area))) => out.extend_from_slice(area.to_string().as_bytes()),
            (Kind::Day, Field::Day(Some(day))) => quoted(&day.to_string(), &mut out),
            _ => out.extend_from_slice(b"null"),
        }
    }
    out.push(b'}');
    out
}

fn quoted(text: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, text).expect("a text is written to memory as JSON");
}

fn rendered<'p>(id: i64, day: Option<NaiveDate>, properties: Vec<u8>, drawing: Drawing<'p>) -> Rendered<'p> {
    Rendered { id, day, properties, drawing, render_version: RENDER_VERSION }
}

/// A plot, with its approval if it has one.
pub(super) fn plot<'p>(
    id: PlotId,
    plot: &Plot,
    approval: Option<&Approval>,
    polygon_area: Option<AreaM2>,
    drawing: Drawing<'p>,
) -> Rendered<'p> {
    let approved_on = approval.map(|approval| approval.approved_on);
    let project = plot.approved_project.as_ref().or_else(|| approval?.approved_project.as_ref());
    let properties = object(
        Layer::Plots,
        &[
            Field::Text(Some(plot.code.as_str())),
            Field::Text(plot.name.as_ref().map(|name| name.as_str())),
            Field::Text(plot.location.as_ref().map(|location| location.as_str())),
            Field::Text(Some(plot.origin.as_str())),
            Field::Integer(plot.approval.map(|id| id.0)),
            Field::Text(approval.map(|approval| approval.number.as_str())),
            Field::Day(approved_on),
            Field::Text(project.map(|project| project.as_str())),
            Field::Text(plot.planned_use.as_ref().map(|planned| planned.as_str())),
            plot.township.map_or(Field::Text(None), |code| Field::Word(code.to_string())),
            Field::Day(plot.reserved_on),
            Field::Area(Some(plot.area.m2())),
            Field::Area(polygon_area),
        ],
    );
    rendered(id.0, approved_on, properties, drawing)
}

/// What is left of a plot.
pub(super) fn residual<'p>(
    id: PlotId,
    plot: &Plot,
    approval: Option<&Approval>,
    area: Option<AreaM2>,
    drawing: Drawing<'p>,
) -> Rendered<'p> {
    let approved_on = approval.map(|approval| approval.approved_on);
    let properties = object(
        Layer::Residuals,
        &[
            Field::Integer(Some(id.0)),
            Field::Text(Some(plot.code.as_str())),
            Field::Integer(plot.approval.map(|id| id.0)),
            Field::Text(approval.map(|approval| approval.number.as_str())),
            Field::Day(approved_on),
            Field::Text(plot.planned_use.as_ref().map(|planned| planned.as_str())),
            plot.township.map_or(Field::Text(None), |code| Field::Word(code.to_string())),
            Field::Area(area),
        ],
    );
    rendered(id.0, approved_on, properties, drawing)
}

/// A parcel; never its holder or its name, which may tell of one.
pub(super) fn parcel<'p>(id: i64, parcel: &Parcel, polygon_area: Option<AreaM2>, drawing: Drawing<'p>) -> Rendered<'p> {
    let properties = object(
        Layer::Parcels,
        &[
            Field::Text(Some(parcel.code.as_str())),
            parcel.cadastral_code.as_ref().map_or(Field::Text(None), |code| Field::Word(code.to_string())),
            parcel.unit_code.as_ref().map_or(Field::Text(None), |code| Field::Word(code.to_string())),
            parcel.regulatory_number.as_ref().map_or(Field::Text(None), |number| Field::Word(number.to_string())),
            Field::Integer(parcel.project.map(|id| id.0)),
            Field::Text(parcel.land_use.as_ref().map(|land_use| land_use.as_str())),
            Field::Area(Some(parcel.area.m2())),
            Field::Area(polygon_area),
        ],
    );
    rendered(id, None, properties, drawing)
}

/// An approval with the number of its plots.
pub(super) fn approval<'p>(id: i64, approval: &Approval, plots: i64, drawing: Drawing<'p>) -> Rendered<'p> {
    let properties = object(
        Layer::Approvals,
        &[
            Field::Text(Some(approval.number.as_str())),
            Field::Text(Some(approval.kind.as_str())),
            Field::Text(Some(approval.authority.as_str())),
            Field::Day(Some(approval.approved_on)),
            Field::Text(approval.approved_project.as_ref().map(|project| project.as_str())),
            Field::Integer(Some(plots)),
            Field::Area(Some(approval.area())),
        ],
    );
    rendered(id, Some(approval.approved_on), properties, drawing)
}

/// A contract by its newest terms; never its price, its user or the name of its project.
pub(super) fn contract<'p>(id: i64, contract: &Contract, drawing: Drawing<'p>) -> Rendered<'p> {
    let terms = &contract.newest().terms;
    let properties = object(
        Layer::Contracts,
        &[
            Field::Text(Some(contract.number.as_str())),
            Field::Text(Some(contract.kind.as_str())),
            terms.regulatory_number.as_ref().map_or(Field::Text(None), |number| Field::Word(number.to_string())),
            Field::Text(Some(terms.land_use.as_str())),
            Field::Day(Some(contract.signed_on)),
            Field::Day(terms.delivery_on),
            Field::Day(terms.start_on),
            Field::Day(terms.completion_on),
            Field::Area(Some(terms.area_m2.get())),
        ],
    );
    rendered(id, Some(contract.signed_on), properties, drawing)
}

/// A case of idle land that is published, or, in the other layer, one that is not; never the land user.
pub(super) fn case<'p>(
    layer: Layer,
    of: &CaseRow,
    parcel_code: Option<&str>,
    polygon_area: Option<AreaM2>,
    drawing: Drawing<'p>,
) -> Rendered<'p> {
    let (case, state) = (&of.case, &of.state);
    let is_public = layer == Layer::IdleCases;
    // By article 11 only a cause that lies with the government is published.
    let told = if is_public {
        Field::Text(state.cause.filter(|cause| *cause == Cause::Government).map(Cause::as_str))
    } else {
        Field::Text(Some(case.opening.grounds.as_str()))
    };
    let day = if is_public { state.found_on } else { Some(case.opening.opened_on) };
    let properties = object(
        layer,
        &[
            Field::Word(case.number.to_string()),
            Field::Integer(Some(case.parcel.0)),
            Field::Text(parcel_code),
            Field::Text(Some(state.state.as_str())),
            told,
            Field::Day(day),
            Field::Area(Some(case.opening.area)),
            Field::Area(polygon_area),
        ],
    );
    rendered(case.id, day, properties, drawing)
}
