//! Coordinate reference systems that are read and written, and the survey zone a parcel rests in.

use std::fmt;

use crate::domain::geometry::projection;
use crate::domain::text::{Text, text};

/// False easting of every Gauss-Krüger zone, in metres.
const FALSE_EASTING: f64 = 500_000.0;
/// What a zone number put before the easting adds, in metres: zone 38 makes 500 000 into 38 500 000.
const PREFIX: f64 = 1_000_000.0;

/// A three-degree zone of CGCS2000 by its number: zone 38 has the central meridian 114°E.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(u8);

impl Zone {
    /// Zones of EPSG 4534 (75°E) to 4554 (135°E).
    const NUMBERS: std::ops::RangeInclusive<u8> = 25..=45;

    pub fn new(number: u8) -> Option<Self> {
        Self::NUMBERS.contains(&number).then_some(Self(number))
    }

    pub fn all() -> impl Iterator<Item = Self> {
        Self::NUMBERS.map(Self)
    }

    /// The zone whose central meridian is nearest to a longitude in degrees.
    pub fn of_longitude(longitude: f64) -> Option<Self> {
        let number = (longitude / 3.0).round();
        (f64::from(*Self::NUMBERS.start())..=f64::from(*Self::NUMBERS.end()))
            .contains(&number)
            .then_some(Self(number as u8))
    }

    pub fn number(self) -> u8 {
        self.0
    }

    /// Central meridian in degrees east.
    pub fn central_meridian(self) -> u8 {
        self.0 * 3
    }

    /// The system the grid rests in: metres, no zone prefix.
    pub fn crs(self) -> Crs {
        Crs::GaussKruger(GaussKruger { number: self.0, width: Width::Three, prefixed: false })
    }

    /// The same with the zone number before the easting.
    pub fn prefixed_crs(self) -> Crs {
        Crs::GaussKruger(GaussKruger { number: self.0, width: Width::Three, prefixed: true })
    }

    /// EPSG code of [`Zone::crs`].
    pub fn epsg(self) -> u32 {
        self.crs().epsg()
    }

    /// Easting (with the false 500 000, no prefix) and northing in metres.
    pub fn project(self, [longitude, latitude]: [f64; 2]) -> Option<[f64; 2]> {
        let [east, north] = projection::gauss_kruger(longitude, latitude, f64::from(self.central_meridian()))?;
        Some([east + FALSE_EASTING, north])
    }

    /// Longitude and latitude in degrees.
    pub fn unproject(self, [easting, northing]: [f64; 2]) -> Option<[f64; 2]> {
        projection::from_gauss_kruger(easting - FALSE_EASTING, northing, f64::from(self.central_meridian()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Width {
    Three,
    Six,
}

/// One Gauss-Krüger system of CGCS2000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GaussKruger {
    number: u8,
    width: Width,
    prefixed: bool,
}

impl GaussKruger {
    fn central_meridian(self) -> f64 {
        match self.width {
            Width::Three => f64::from(self.number) * 3.0,
            Width::Six => f64::from(self.number) * 6.0 - 3.0,
        }
    }

    fn false_easting(self) -> f64 {
        FALSE_EASTING + if self.prefixed { f64::from(self.number) * PREFIX } else { 0.0 }
    }
}

/// A coordinate reference system.
///
/// Coordinates are always passed as `[x, y]` with x east and y north: degrees of longitude and
/// latitude, or easting and northing in metres. What order a standard demands on the wire is told by
/// [`Crs::north_first`]. WGS 84 is taken as CGCS2000: they differ by a few centimetres, which no
/// document of a land bureau tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// Longitude, latitude: OGC:CRS84, the order of GeoJSON.
    Crs84,
    /// EPSG:4490, CGCS2000 geographic.
    Cgcs2000,
    /// EPSG:4326, WGS 84 geographic.
    Wgs84,
    /// EPSG:4491–4512 (six degrees) and 4513–4554 (three degrees).
    GaussKruger(GaussKruger),
    /// EPSG:3857, for web maps.
    WebMercator,
}

impl Crs {
    /// Every system that is known, in the order in which a misdeclared one is looked for.
    pub fn all() -> impl Iterator<Item = Self> {
        (4534..=4554).chain(4513..=4533).chain(4491..=4512).chain([3857]).filter_map(Self::from_epsg)
    }

    pub fn from_epsg(code: u32) -> Option<Self> {
        let grid = |number: u32, width, prefixed| {
            let number = u8::try_from(number).ok()?;
            Some(Self::GaussKruger(GaussKruger { number, width, prefixed }))
        };
        match code {
            4490 => Some(Self::Cgcs2000),
            4326 => Some(Self::Wgs84),
            3857 => Some(Self::WebMercator),
            4491..=4501 => grid(code - 4491 + 13, Width::Six, true),
            4502..=4512 => grid(code - 4502 + 13, Width::Six, false),
            4513..=4533 => grid(code - 4513 + 25, Width::Three, true),
            4534..=4554 => grid(code - 4534 + 25, Width::Three, false),
            _ => None,
        }
    }

    /// EPSG code; CRS84 has none of its own and gives that of the same datum, 4326.
    pub fn epsg(self) -> u32 {
        match self {
            Self::Crs84 | Self::Wgs84 => 4326,
            Self::Cgcs2000 => 4490,
            Self::WebMercator => 3857,
            Self::GaussKruger(GaussKruger { number, width, prefixed }) => {
                let number = u32::from(number);
                match (width, prefixed) {
                    (Width::Six, true) => number - 13 + 4491,
                    (Width::Six, false) => number - 13 + 4502,
                    (Width::Three, true) => number - 25 + 4513,
                    (Width::Three, false) => number - 25 + 4534,
                }
            }
        }
    }

    /// Reads a name as it stands in files and requests: `EPSG:4547`, an OGC URI or URN, `CRS84`.
    pub fn parse(name: &str) -> Result<Self, Text> {
        let plain = name.trim().trim_start_matches('<').trim_end_matches('>');
        let last = plain.rsplit(['/', ':']).next().unwrap_or_default();
        let authority = |word: &str| plain.to_ascii_uppercase().contains(word);
        let found = if last.eq_ignore_ascii_case("CRS84") {
            Some(Self::Crs84)
        } else if last == plain || authority("EPSG") {
            last.parse().ok().and_then(Self::from_epsg)
        } else {
            None
        };
        found.ok_or_else(|| {
            let name: String = name.chars().take(80).collect();
            text!(
                "不认识坐标系“{name}”;可用:CRS84、EPSG:4490、EPSG:4326、EPSG:4491–4554、EPSG:3857",
                "unknown coordinate reference system {name:?}; known are CRS84, EPSG:4490, EPSG:4326, EPSG:4491-4554, EPSG:3857"
            )
        })
    }

    /// The identifier of OGC API requests and of `Content-Crs`.
    pub fn uri(self) -> String {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84".to_owned(),
            _ => format!("http://www.opengis.net/def/crs/EPSG/0/{}", self.epsg()),
        }
    }

    /// Whether the authority's axis order is north before east, as OGC API demands it for EPSG codes.
    pub fn north_first(self) -> bool {
        !matches!(self, Self::Crs84 | Self::WebMercator)
    }

    /// Whether coordinates are degrees rather than metres.
    pub fn is_geographic(self) -> bool {
        matches!(self, Self::Crs84 | Self::Cgcs2000 | Self::Wgs84)
    }

    /// What to take off the easting to get the grid of `zone`, if the system is that grid but for a prefix.
    pub fn shift_into(self, zone: Zone) -> Option<f64> {
        match self {
            Self::GaussKruger(grid) if grid.central_meridian() == f64::from(zone.central_meridian()) => {
                Some(grid.false_easting() - FALSE_EASTING)
            }
            _ => None,
        }
    }

    /// Central meridian of a Gauss-Krüger system, in degrees.
    pub(super) fn central_meridian(self) -> Option<f64> {
        match self {
            Self::GaussKruger(grid) => Some(grid.central_meridian()),
            _ => None,
        }
    }

    /// Longitude and latitude in degrees of a point, `None` where the system has none.
    pub fn to_lonlat(self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::Crs84 | Self::Cgcs2000 | Self::Wgs84 => (x.abs() <= 180.0 && y.abs() <= 90.0).then_some([x, y]),
            Self::WebMercator => projection::from_web_mercator(x, y),
            Self::GaussKruger(grid) => {
                projection::from_gauss_kruger(x - grid.false_easting(), y, grid.central_meridian())
            }
        }
    }

    /// The point of a longitude and latitude in degrees.
    pub fn from_lonlat(self, [longitude, latitude]: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::Crs84 | Self::Cgcs2000 | Self::Wgs84 => Some([longitude, latitude]),
            Self::WebMercator => projection::web_mercator(longitude, latitude),
            Self::GaussKruger(grid) => {
                let [east, north] = projection::gauss_kruger(longitude, latitude, grid.central_meridian())?;
                Some([east + grid.false_easting(), north])
            }
        }
    }

    /// How a person would name it.
    pub fn title(self) -> Text {
        let code = self.epsg();
        match self {
            Self::Crs84 => Text::fixed("经纬度(CRS84)", "longitude, latitude (CRS84)"),
            Self::Cgcs2000 | Self::Wgs84 => text!("经纬度(EPSG:{code})", "longitude, latitude (EPSG:{code})"),
            Self::WebMercator => Text::fixed("网络墨卡托(EPSG:3857)", "web Mercator (EPSG:3857)"),
            Self::GaussKruger(grid) => {
                let (width, meridian) = (if grid.width == Width::Three { 3 } else { 6 }, grid.central_meridian());
                let (prefix_zh, prefix_en) = match grid.prefixed {
                    true => (format!("带号 {}", grid.number), format!("zone prefix {}", grid.number)),
                    false => ("不加带号".to_owned(), "no zone prefix".to_owned()),
                };
                text!(
                    "CGCS2000 {width} 度带、中央子午线 {meridian}°E、{prefix_zh}(EPSG:{code})",
                    "CGCS2000 {width}-degree Gauss-Krüger, central meridian {meridian}°E, {prefix_en} (EPSG:{code})"
                )
            }
        }
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crs84 => f.pad("OGC:CRS84"),
            _ => f.pad(&format!("EPSG:{}", self.epsg())),
        }
    }
}
