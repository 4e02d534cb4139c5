// Groups of fields that several records share.

import { given, givenDecimal } from './form.js';
import { t } from './i18n.js';
import { AREA_UNITS, number } from './numbers.js';
import { word } from './words.js';

/** @typedef {import('./form.js').Part} Part */
/** @typedef {import('./form.js').Values} Values */

/** The parts of a composition, in the order of the documents. */
const CLASSES = /** @type {const} */ ([
  'farmland', 'cultivated', 'paddy', 'permanent_basic_farmland', 'construction', 'unused', 'new_construction', 'collective', 'state_owned',
]);

/** Units to choose from. */
export const unitChoices = () => Object.entries(AREA_UNITS).map(([value, { zh, en }]) => ({ value, text: t(zh, en) }));

/**
 * 面积构成. @param {boolean} required
 * @returns {Part[]}
 */
export const compositionParts = (required) => [
  { heading: t('面积构成', 'Composition'), note: t('农用地 + 建设用地 + 未利用地 = 总面积;集体 + 国有 = 总面积。按文件所载单位填写。', 'Farmland + construction + unused = total; collective + state-owned = total. In the unit of the document.') },
  { name: 'composition_unit', pointer: '/composition/unit', title: t('单位', 'Unit'), kind: 'select', choices: unitChoices(), none: t('平方米', 'm²') },
  { name: 'composition_total', pointer: '/composition/total', title: t('总面积', 'Total'), kind: 'decimal', decimals: 8, required },
  ...CLASSES.map((name) => ({ name: `composition_${name}`, pointer: `/composition/${name}`, title: word('Class', name), kind: /** @type {const} */ ('decimal'), decimals: 8 })),
];

/** @param {Values} values */
export function composition(values) {
  const total = givenDecimal(values['composition_total']);
  // A part without its total is sent all the same: the service says what is missing.
  if (!total && !CLASSES.some((name) => given(values[`composition_${name}`]))) return undefined;
  /** @type {Record<string, string>} */
  const body = { ...(total ? { total } : {}), unit: given(values['composition_unit']) ?? 'm2' };
  for (const name of CLASSES) {
    const figure = givenDecimal(values[`composition_${name}`]);
    if (figure) body[name] = figure;
  }
  return body;
}

/** @param {import('../types.js').Schema<'CompositionView'> | null | undefined} view @returns {Values} */
export function compositionValues(view) {
  /** @type {Values} */
  const values = {};
  if (!view) return values;
  values['composition_unit'] = view.unit;
  values['composition_total'] = view.total;
  for (const name of CLASSES) values[`composition_${name}`] = view[name] ?? '';
  return values;
}

/** The classes of a composition with their figures, for a card. @param {import('../types.js').Schema<'CompositionView'>} view @returns {[string, string][]} */
export const compositionPairs = (view) => [
  [t('总面积', 'Total'), `${number(view.total)} ${AREA_UNITS[view.unit].short}`],
  ...CLASSES.flatMap((name) => (view[name] ? [/** @type {[string, string]} */ ([word('Class', name), `${number(view[name])} ${AREA_UNITS[view.unit].short}`])] : [])),
];

/** Members that were given: the API refuses empty ones. @template {object} T @param {T} body @returns {T} */
export const withoutEmpty = (body) => /** @type {T} */ (Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== '')));
