// The layers of the map: where they come from, what they look like, what the legend says of them.

import { t } from './i18n.js';
import { word } from './words.js';

/**
 * @typedef {object} MapLayer
 * @property {import('../types.js').Schema<'Layer'>} layer
 * @property {() => string} title
 * @property {string} colour
 * @property {boolean} [isOff] not shown until somebody asks
 * @property {boolean} [isOutline]
 */

/** From the lowest to the topmost. @type {MapLayer[]} */
export const LAYERS = [
  { layer: 'approvals', title: () => word('Layer', 'approvals'), colour: '#6b4fa0', isOff: true, isOutline: true },
  { layer: 'parcels', title: () => t('已供宗地', 'Supplied parcels'), colour: '#2f7d4f' },
  { layer: 'residuals', title: () => t('批而未供', 'Unsupplied'), colour: '#c2410c' },
  { layer: 'plots', title: () => t('地块界线', 'Plots'), colour: '#1d2530', isOutline: true },
];

/** Ages of what is not supplied, oldest first: the darker, the older. */
export const AGE_COLOURS = /** @type {const} */ (['#7c1d06', '#d9570f', '#f2b26b']);

/**
 * 未供土地按批准日期分色. @param {[string, string]} days on which the second and the third bucket begin
 */
export const ageColour = ([second, third]) => [
  'case',
  ['<', ['get', 'approved_on'], second], AGE_COLOURS[0],
  ['<', ['get', 'approved_on'], third], AGE_COLOURS[1],
  AGE_COLOURS[2],
];

/** Layers of the drawing for the features of one layer. @param {MapLayer} of @param {unknown} fill */
export function drawn({ layer, colour, isOutline }, fill) {
  const line = { id: `${layer}-line`, type: 'line', source: layer, paint: { 'line-color': colour, 'line-width': isOutline ? 1.4 : 0.8 } };
  // What is only an outline can be pointed at all the same.
  const area = { id: `${layer}-fill`, type: 'fill', source: layer, paint: { 'fill-color': fill, 'fill-opacity': isOutline ? 0.02 : 0.55 } };
  return [area, line];
}

/** Squares that stand for more features than can be drawn. @param {string} layer @param {string} colour */
export const drawnCells = (layer, colour) => [
  {
    id: `${layer}-cells`, type: 'fill', source: `${layer}-cells`,
    paint: { 'fill-color': colour, 'fill-opacity': ['interpolate', ['linear'], ['get', 'share'], 0, 0.12, 1, 0.75] },
  },
];
