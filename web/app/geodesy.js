// Measuring on the map: the plane of the three-degree Gauss-Krüger zone in which the service measures polygons too
// (CGCS2000). What is measured here is for orientation; the figures of the books come from the service.

const A = 6378137;
const F = 1 / 298.257222101;
const N = F / (2 - F);
/** Rectifying radius and the coefficients of the Krüger series to the fourth order. */
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49561 * N ** 4) / 161280,
];
const E = Math.sqrt(F * (2 - F));
const DEGREE = Math.PI / 180;

/** The central meridian of the three-degree zone that a longitude lies in. @param {number} longitude */
export const meridian = (longitude) => 3 * Math.round(longitude / 3);

/**
 * East and north in metres from the central meridian and the equator.
 * @param {[number, number]} degrees @param {number} central
 * @returns {[number, number]}
 */
export function project([longitude, latitude], central) {
  const [phi, lambda] = [latitude * DEGREE, (longitude - central) * DEGREE];
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - E * Math.atanh(E * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(t, Math.cos(lambda)));
  let [x, y] = [eta, xi];
  for (const [at, alpha] of ALPHA.entries()) {
    const k = 2 * (at + 1);
    x += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
    y += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
  }
  return [RADIUS * x, RADIUS * y];
}

/**
 * Length of a line and area of the ring that closes it, in metres and square metres.
 * @param {[number, number][]} points
 */
export function measure(points) {
  const first = points[0];
  if (!first) return { length: 0, area: 0 };
  const central = meridian(first[0]);
  const plane = points.map((point) => project(point, central));
  let [length, twice] = [0, 0];
  for (const [at, [x, y]] of plane.entries()) {
    const [nextX, nextY] = plane[(at + 1) % plane.length] ?? [x, y];
    if (at + 1 < plane.length) length += Math.hypot(nextX - x, nextY - y);
    twice += x * nextY - nextX * y;
  }
  return { length, area: Math.abs(twice) / 2 };
}
