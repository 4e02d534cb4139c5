//! Whether a polygon fits the land it is drawn on: a supply on its holdings, a split on its parcel, a new plot
//! between the existing ones.

use crate::domain::geometry::apart::are_apart;
use crate::domain::geometry::grid::GridMultiPolygon;
use crate::domain::geometry::overlay::{CannotOverlay, difference, intersection, union};
use crate::domain::geometry::residual::{Cut, cut};
use crate::domain::geometry::tolerance::{Misfit, Tolerance};

/// A polygon drawn on one holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// What of the holding the polygon takes, and what it leaves.
    pub cut: Cut,
    /// What of the polygon lies outside the holding.
    pub excess: Option<Misfit>,
}

impl Fit {
    pub fn is_within(&self) -> bool {
        is_within(&self.excess)
    }
}

/// A polygon drawn on several holdings, with a cut for each in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitMany<K> {
    pub cuts: Vec<(K, Cut)>,
    /// What of the polygon lies in none of them.
    pub excess: Option<Misfit>,
}

impl<K> FitMany<K> {
    pub fn is_within(&self) -> bool {
        is_within(&self.excess)
    }
}

/// An existing polygon on which a new one lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap<K> {
    pub with: K,
    /// The land that is in both; its share is that of the smaller of the two.
    pub misfit: Misfit,
}

/// A holding divided into several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<K> {
    /// The pieces in the order given. They overlap nowhere and, with the gap within tolerance, cover the holding.
    pub pieces: Vec<(K, Option<GridMultiPolygon>)>,
    /// Pieces that were drawn over each other.
    pub overlaps: Vec<(K, K, Misfit)>,
    /// What was drawn outside the holding.
    pub excess: Option<Misfit>,
    /// What of the holding no piece was drawn on. Within tolerance it went to the pieces beside it.
    pub gap: Option<Misfit>,
}

impl<K> Split<K> {
    pub fn is_within(&self) -> bool {
        is_within(&self.excess) && is_within(&self.gap) && self.overlaps.iter().all(|(.., misfit)| misfit.is_within)
    }

    /// Everything that is beyond tolerance.
    pub fn offences(&self) -> impl Iterator<Item = &Misfit> {
        let overlaps = self.overlaps.iter().map(|(.., misfit)| misfit);
        self.excess.iter().chain(&self.gap).chain(overlaps).filter(|misfit| !misfit.is_within)
    }
}

fn is_within(misfit: &Option<Misfit>) -> bool {
    misfit.as_ref().is_none_or(|misfit| misfit.is_within)
}

/// Lays a drawn polygon on the holding it is cut from: supply, recovery of a part, write-off.
pub fn fit(drawn: &GridMultiPolygon, holding: &GridMultiPolygon, tolerance: &Tolerance) -> Result<Fit, CannotOverlay> {
    let (cut, outside) = cut(holding, drawn, tolerance)?;
    Ok(Fit { cut, excess: Misfit::of(outside, drawn.twice_area_mm2(), tolerance) })
}

/// Lays a drawn polygon on several holdings, as of a parcel cut from several plots.
///
/// Where holdings overlap each other, each cut holds the common land.
pub fn fit_many<K: Copy>(
    drawn: &GridMultiPolygon,
    holdings: &[(K, &GridMultiPolygon)],
    tolerance: &Tolerance,
) -> Result<FitMany<K>, CannotOverlay> {
    let cuts = holdings.iter().map(|&(holding, land)| Ok((holding, cut(land, drawn, tolerance)?.0)));
    let cuts = cuts.collect::<Result<Vec<_>, CannotOverlay>>()?;
    let lands: Vec<&GridMultiPolygon> = holdings.iter().map(|&(_, land)| land).collect();
    let outside = difference(&[drawn], &lands)?;
    Ok(FitMany { cuts, excess: Misfit::of(outside, drawn.twice_area_mm2(), tolerance) })
}

/// Existing polygons that a new one lies on (重复报批), in the order given, those within tolerance too.
pub fn overlaps<K: Copy>(
    new: &GridMultiPolygon,
    existing: &[(K, &GridMultiPolygon)],
    tolerance: &Tolerance,
) -> Result<Vec<Overlap<K>>, CannotOverlay> {
    let bounds = new.bounds();
    let mut found = Vec::new();
    for &(with, land) in existing.iter().filter(|(_, land)| land.bounds().intersects(bounds) && !are_apart(new, land)) {
        let base = new.twice_area_mm2().min(land.twice_area_mm2());
        let common = intersection(&[new], &[land])?;
        found.extend(Misfit::of(common, base, tolerance).map(|misfit| Overlap { with, misfit }));
    }
    Ok(found)
}

/// Divides a holding among the polygons drawn for its pieces.
///
/// Land drawn twice goes to the earlier piece. With a single piece it says whether a polygon is the holding's.
pub fn split<K: Copy>(
    holding: &GridMultiPolygon,
    drawn: &[(K, &GridMultiPolygon)],
    tolerance: &Tolerance,
) -> Result<Split<K>, CannotOverlay> {
    let base = holding.twice_area_mm2();
    let mut pieces = Vec::with_capacity(drawn.len());
    let mut overlaps_found = Vec::new();
    let mut rest = Some(holding.clone());
    for (at, &(piece, land)) in drawn.iter().enumerate() {
        for overlap in overlaps(land, &drawn[..at], tolerance)? {
            overlaps_found.push((overlap.with, piece, overlap.misfit));
        }
        let cut = rest.as_ref().map(|rest| cut(rest, land, tolerance)).transpose()?.unwrap_or_default().0;
        pieces.push((piece, cut.inside));
        rest = cut.residual;
    }
    let lands: Vec<&GridMultiPolygon> = drawn.iter().map(|&(_, land)| land).collect();
    let excess = Misfit::of(difference(&lands, &[holding])?, base, tolerance);
    // What the pieces were not drawn on; slivers of it they have taken already.
    let gap = Misfit::of(difference(&[holding], &lands)?, base, tolerance);
    if is_within(&gap)
        && let Some(rest) = &rest
    {
        give_away(rest, &mut pieces)?;
    }
    Ok(Split { pieces, overlaps: overlaps_found, excess, gap })
}

/// Gives each part of a gap to the first piece it shares a border with.
fn give_away<K>(gap: &GridMultiPolygon, pieces: &mut [(K, Option<GridMultiPolygon>)]) -> Result<(), CannotOverlay> {
    for part in gap.parts() {
        let part = GridMultiPolygon::new(vec![part.clone()]).map_err(|_| CannotOverlay::Unsound)?;
        for (_, piece) in pieces.iter_mut() {
            let Some(land) = piece else { continue };
            let together = union(&[land, &part])?;
            if let Some(together) = together.filter(|together| together.parts().len() <= land.parts().len()) {
                *piece = Some(together);
                break;
            }
        }
    }
    Ok(())
}
