// A small drawing of a plot and of the land of its holdings, without a map behind it.

import { svg } from './dom.js';
import { t } from './i18n.js';
import { word } from './words.js';

/** @typedef {import('../types.js').Schema<'Geometry'>} Geometry */

const WIDTH = 360;
const HEIGHT = 220;
const MARGIN = 8;

/** @param {Geometry} geometry @returns {number[][][][]} */
const polygons = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

/**
 * @param {Geometry | null | undefined} outline
 * @param {{ account: string, geometry?: Geometry | null }[]} holdings
 */
export function drawing(outline, holdings) {
  const shapes = [outline, ...holdings.map(({ geometry }) => geometry)].flatMap((one) => (one ? polygons(one) : []));
  const points = shapes.flat(2);
  if (points.length === 0) return null;
  const xs = points.map(([x = 0]) => x);
  const ys = points.map(([, y = 0]) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // Degrees of longitude are shorter than those of latitude.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * narrow || 1), (HEIGHT - 2 * MARGIN) / (north - south || 1));
  const left = (WIDTH - (east - west) * narrow * scale) / 2;
  const top = (HEIGHT - (north - south) * scale) / 2;
  /** @param {number[]} point */
  const at = ([x = 0, y = 0]) => `${(left + (x - west) * narrow * scale).toFixed(2)} ${(top + (north - y) * scale).toFixed(2)}`;
  /** @param {Geometry} geometry */
  const d = (geometry) => polygons(geometry).flat().map((ring) => `M${ring.map(at).join('L')}Z`).join('');
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'drawing', role: 'img', 'aria-label': t('地块图形', 'Drawing of the plot') },
    holdings.flatMap(({ account, geometry }) =>
      geometry ? [svg('path', { d: d(geometry), class: `shape account-${account}`, 'fill-rule': 'evenodd' }, svg('title', null, word('Account', account)))] : [],
    ),
    outline && svg('path', { d: d(outline), class: 'outline' }),
  );
}
