//! CGCS2000 geographic coordinates to and from Gauss-Krüger, and to and from the web map's Mercator.
//!
//! The transverse Mercator projection is Krüger's series to the sixth order of the third flattening,
//! with the coefficients of C. F. F. Karney, "Transverse Mercator with an accuracy of a few
//! nanometers", Journal of Geodesy 85 (2011), eq. 35 and 36. Within a zone it agrees with PROJ to
//! a hundredth of a millimetre (`tests/geometry/projection.rs`).
//!
//! All transcendental functions are those of the `libm` crate, written in Rust: the ones of the
//! standard library call the platform's, which differ in the last bit between systems. Addition to
//! square root are exact by IEEE 754 everywhere. So one polygon has one set of millimetres.

use std::f64::consts::PI;

/// Semi-major axis of CGCS2000 in metres (GB 22021-2008; the same as GRS80 and WGS 84).
pub const SEMI_MAJOR: f64 = 6_378_137.0;
/// Flattening of CGCS2000, 1/298.257222101.
pub const FLATTENING: f64 = 1.0 / 298.257_222_101;

const RADIANS: f64 = PI / 180.0;
const DEGREES: f64 = 180.0 / PI;

/// Square of the first eccentricity.
pub const E2: f64 = FLATTENING * (2.0 - FLATTENING);
/// Third flattening.
const N: f64 = FLATTENING / (2.0 - FLATTENING);
/// Radius of the sphere on which the rectified meridian has its true length.
const RECTIFYING: f64 = {
    let n2 = N * N;
    SEMI_MAJOR / (1.0 + N) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0 + n2 * n2 * n2 / 256.0)
};

/// Farthest from the central meridian, in degrees, that is projected: far outside any zone, well within the series.
const FAR_DEGREES: f64 = 30.0;
/// Nothing of the country lies beyond; the series is not asked for the poles.
const LATITUDE_MAX: f64 = 85.0;
/// The like in metres.
const FAR_METRES: f64 = 3_500_000.0;

/// Value of the polynomial `c[0] n + c[1] n² + …`.
const fn polynomial(coefficients: &[f64]) -> f64 {
    let mut value = 0.0;
    let mut i = coefficients.len();
    while i > 0 {
        i -= 1;
        value = (value + coefficients[i]) * N;
    }
    value
}

/// Karney's α: from the conformal to the rectifying sphere.
const FORWARD: [f64; 6] = [
    polynomial(&[1.0 / 2.0, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7_891.0 / 37_800.0]),
    polynomial(&[0.0, 13.0 / 48.0, -3.0 / 5.0, 557.0 / 1_440.0, 281.0 / 630.0, -1_983_433.0 / 1_935_360.0]),
    polynomial(&[0.0, 0.0, 61.0 / 240.0, -103.0 / 140.0, 15_061.0 / 26_880.0, 167_603.0 / 181_440.0]),
    polynomial(&[0.0, 0.0, 0.0, 49_561.0 / 161_280.0, -179.0 / 168.0, 6_601_661.0 / 7_257_600.0]),
    polynomial(&[0.0, 0.0, 0.0, 0.0, 34_729.0 / 80_640.0, -3_418_889.0 / 1_995_840.0]),
    polynomial(&[0.0, 0.0, 0.0, 0.0, 0.0, 212_378_941.0 / 319_334_400.0]),
];

/// Karney's β: back again.
const INVERSE: [f64; 6] = [
    polynomial(&[1.0 / 2.0, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96_199.0 / 604_800.0]),
    polynomial(&[0.0, 1.0 / 48.0, 1.0 / 15.0, -437.0 / 1_440.0, 46.0 / 105.0, -1_118_711.0 / 3_870_720.0]),
    polynomial(&[0.0, 0.0, 17.0 / 480.0, -37.0 / 840.0, -209.0 / 4_480.0, 5_569.0 / 90_720.0]),
    polynomial(&[0.0, 0.0, 0.0, 4_397.0 / 161_280.0, -11.0 / 504.0, -830_251.0 / 7_257_600.0]),
    polynomial(&[0.0, 0.0, 0.0, 0.0, 4_583.0 / 161_280.0, -108_847.0 / 3_991_680.0]),
    polynomial(&[0.0, 0.0, 0.0, 0.0, 0.0, 20_648_693.0 / 638_668_800.0]),
];

/// Sum of `c[j] sin 2(j+1)ζ` for complex ζ = ξ + iη, by Clenshaw's recurrence.
fn series(c: &[f64; 6], xi: f64, eta: f64) -> (f64, f64) {
    let (sin, cos) = libm::sincos(2.0 * xi);
    let sinh = libm::sinh(2.0 * eta);
    let cosh = (1.0 + sinh * sinh).sqrt();
    let (twice_re, twice_im) = (2.0 * cos * cosh, -2.0 * sin * sinh);
    let (mut u, mut before) = ((0.0, 0.0), (0.0, 0.0));
    for &c in c.iter().rev() {
        let next = (c + twice_re * u.0 - twice_im * u.1 - before.0, twice_re * u.1 + twice_im * u.0 - before.1);
        before = u;
        u = next;
    }
    let (sin_re, sin_im) = (sin * cosh, cos * sinh);
    (u.0 * sin_re - u.1 * sin_im, u.0 * sin_im + u.1 * sin_re)
}

/// Tangent of the conformal latitude from that of the geographic one.
fn conformal(tau: f64) -> f64 {
    let secant = (1.0 + tau * tau).sqrt();
    let sine = tau / secant;
    // sinh(e · artanh(e · sine)), where the argument is below 0.007 and the eccentricity's square below 0.0068: the terms left out of both
    // series are below the last bit.
    let square = E2 * sine * sine;
    let artanh = 1.0
        + square
            * (1.0 / 3.0
                + square * (0.2 + square * (1.0 / 7.0 + square * (1.0 / 9.0 + square * (1.0 / 11.0 + square / 13.0)))));
    let argument = E2 * sine * artanh;
    let square = argument * argument;
    let sigma = argument * (1.0 + square / 6.0 * (1.0 + square / 20.0 * (1.0 + square / 42.0)));
    tau * (1.0 + sigma * sigma).sqrt() - sigma * secant
}

/// Metres east of the central meridian and north of the equator, or `None` far from the zone.
///
/// `longitude`, `latitude` and `central_meridian` are in degrees. Scale 1 on the central meridian.
pub fn gauss_kruger(longitude: f64, latitude: f64, central_meridian: f64) -> Option<[f64; 2]> {
    let east = longitude - central_meridian;
    // Written so that NaN is refused too.
    if !(east.abs() <= FAR_DEGREES && latitude.abs() <= LATITUDE_MAX) {
        return None;
    }
    let lambda = east * RADIANS;
    let tau = conformal(libm::tan(latitude * RADIANS));
    let (sin_lambda, cos_lambda) = libm::sincos(lambda);
    let xi = libm::atan2(tau, cos_lambda);
    let eta = libm::asinh(sin_lambda / (tau * tau + cos_lambda * cos_lambda).sqrt());
    let (xi_more, eta_more) = series(&FORWARD, xi, eta);
    Some([RECTIFYING * (eta + eta_more), RECTIFYING * (xi + xi_more)])
}

/// Longitude and latitude in degrees of a point `east` of the central meridian and `north` of the equator.
pub fn from_gauss_kruger(east: f64, north: f64, central_meridian: f64) -> Option<[f64; 2]> {
    if !(east.abs() <= FAR_METRES && north.abs() <= 9_500_000.0) {
        return None;
    }
    let (xi, eta) = (north / RECTIFYING, east / RECTIFYING);
    let (xi_less, eta_less) = series(&INVERSE, xi, eta);
    let (xi, eta) = (xi - xi_less, eta - eta_less);
    let sinh_eta = libm::sinh(eta);
    let (sin_xi, cos_xi) = libm::sincos(xi);
    let target = sin_xi / (sinh_eta * sinh_eta + cos_xi * cos_xi).sqrt();
    // Newton's method; the flattening is so small that the third step changes nothing any more.
    let mut tau = target / (1.0 - E2);
    for _ in 0..3 {
        let now = conformal(tau);
        let slope = (1.0 + (1.0 - E2) * tau * tau) / ((1.0 - E2) * (1.0 + tau * tau).sqrt());
        tau += (target - now) / (1.0 + now * now).sqrt() * slope;
    }
    let longitude = central_meridian + libm::atan2(sinh_eta, cos_xi) * DEGREES;
    Some([longitude, libm::atan(tau) * DEGREES])
}

/// Metres in the web map's projection (EPSG:3857): a sphere of the semi-major axis, for pictures only.
pub fn web_mercator(longitude: f64, latitude: f64) -> Option<[f64; 2]> {
    if !(longitude.abs() <= 180.0 && latitude.abs() <= LATITUDE_MAX) {
        return None;
    }
    Some([SEMI_MAJOR * longitude * RADIANS, SEMI_MAJOR * libm::asinh(libm::tan(latitude * RADIANS))])
}

/// Longitude and latitude in degrees of a point of the web map.
pub fn from_web_mercator(x: f64, y: f64) -> Option<[f64; 2]> {
    let span = SEMI_MAJOR * PI;
    if !(x.abs() <= span && y.abs() <= span) {
        return None;
    }
    Some([x / SEMI_MAJOR * DEGREES, libm::atan(libm::sinh(y / SEMI_MAJOR)) * DEGREES])
}
