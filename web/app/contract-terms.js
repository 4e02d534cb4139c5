// The terms of a contract as a form, for entering one and for amending it.

import { withoutEmpty } from './fields.js';
import { given, givenDecimal } from './form.js';
import { t } from './i18n.js';
import { choices } from './words.js';

/** @typedef {import('./form.js').Part} Part */
/** @typedef {import('./form.js').Values} Values */

const INSTALMENTS = 6;
const PHASES = 4;
const TEXTS = ['regulatory_number', 'project_name', 'land_use', 'method', 'term', 'delivery_on', 'start_on', 'completion_on', 'remark'];
const FIGURES = ['area_m2', 'price_yuan', 'converted_price_yuan', 'investment_yuan', 'fixed_investment_yuan', 'developable_m2'];
const LIMITS = ['floor_area_ratio_min', 'floor_area_ratio_max', 'coverage_min', 'coverage_max', 'green_min', 'green_max', 'height_max_m'];

/** @param {number} count */
const numbers = (count) => Array.from({ length: count }, (_, n) => n);

/** The rows of a list in which something stands. @param {Values} values @param {'instalments' | 'phases'} list */
const filled = (values, list) =>
  numbers(list === 'phases' ? PHASES : INSTALMENTS).filter((n) => Object.keys(values).some((name) => name.startsWith(`terms.${list}.${n}.`) && given(values[name])));

/** @returns {Part[]} */
export function termsParts() {
  const yuan = t('元', 'yuan');
  /** @param {string} name @param {string} title @param {Partial<import('./form.js').Field>} [more] @returns {Part} */
  const field = (name, title, more = {}) => ({ name: `terms.${name}`, pointer: `/terms/${name.replaceAll('.', '/')}`, title, ...more });
  /** @param {string} name @param {string} title @param {string} unit @param {boolean} [required] */
  const figure = (name, title, unit, required) => field(name, title, { kind: 'decimal', unit, required });
  /** A member of a list is called by its place among those that are filled in. @param {'instalments' | 'phases'} list @param {number} n @param {string} name */
  const listed = (list, n, name) => ({ pointer: (/** @type {Values} */ values) => `/terms/${list}/${filled(values, list).indexOf(n)}/${name}` });
  return [
    { heading: t('约定内容', 'Terms') },
    field('regulatory_number', t('电子监管号', 'Supervision number'), { most: 30 }),
    field('project_name', t('项目名称', 'Project'), { most: 200 }),
    field('land_use', t('土地用途', 'Use'), { most: 100, required: true }),
    field('method', t('供应方式', 'Method'), { kind: 'select', choices: choices('SupplyMethod') }),
    field('term', t('使用年期', 'Term'), { most: 10, help: t('如 20;划拨留空', 'such as 20; empty for allocated land') }),
    figure('area_m2', t('合同面积', 'Area'), 'm²', true),
    figure('developable_m2', t('应动工面积', 'To be developed'), 'm²'),
    figure('price_yuan', t('价款或租金总额', 'Price or rent'), yuan),
    figure('converted_price_yuan', t('租金折算价款', 'Rent converted to a price'), yuan),
    figure('investment_yuan', t('总投资额', 'Investment'), yuan),
    figure('fixed_investment_yuan', t('固定资产投资额', 'Fixed investment'), yuan),
    field('delivery_on', t('约定交地日', 'Delivery'), { kind: 'day' }),
    field('start_on', t('约定动工日', 'Start'), { kind: 'day' }),
    field('completion_on', t('约定竣工日', 'Completion'), { kind: 'day' }),
    { heading: t('分期付款', 'Instalments'), note: t('各期之和等于价款', 'They add up to the price'), columns: 4 },
    ...numbers(INSTALMENTS).flatMap((n) => [
      field(`instalments.${n}.amount_yuan`, t(`第 ${n + 1} 期金额`, `Instalment ${n + 1}`), { kind: 'decimal', unit: yuan, ...listed('instalments', n, 'amount_yuan') }),
      field(`instalments.${n}.due_on`, t('付款日', 'Due'), { kind: 'day', ...listed('instalments', n, 'due_on') }),
    ]),
    { heading: t('分期开发', 'Phases'), note: t('不分期的留空', 'Empty where it is developed as a whole'), columns: 4 },
    ...numbers(PHASES).flatMap((n) => [
      field(`phases.${n}.name`, t(`第 ${n + 1} 期名称`, `Phase ${n + 1}`), { most: 50, ...listed('phases', n, 'name') }),
      field(`phases.${n}.area_m2`, t('面积', 'Area'), { kind: 'decimal', unit: 'm²', ...listed('phases', n, 'area_m2') }),
      field(`phases.${n}.start_on`, t('动工日', 'Start'), { kind: 'day', ...listed('phases', n, 'start_on') }),
      field(`phases.${n}.completion_on`, t('竣工日', 'Completion'), { kind: 'day', ...listed('phases', n, 'completion_on') }),
    ]),
    { heading: t('规划指标', 'Planning limits'), columns: 4 },
    figure('limits.floor_area_ratio_min', t('容积率下限', 'FAR from'), ''),
    figure('limits.floor_area_ratio_max', t('容积率上限', 'FAR to'), ''),
    figure('limits.coverage_min', t('建筑系数下限', 'Coverage from'), ''),
    figure('limits.coverage_max', t('建筑系数上限', 'Coverage to'), ''),
    figure('limits.green_min', t('绿地率下限', 'Green from'), ''),
    figure('limits.green_max', t('绿地率上限', 'Green to'), ''),
    figure('limits.height_max_m', t('建筑限高', 'Height'), t('米', 'm')),
    field('remark', t('备注', 'Remark'), { kind: 'textarea', most: 1000 }),
  ];
}

/** @param {Values} values */
export function terms(values) {
  /** @param {string} name */
  const text = (name) => given(values[`terms.${name}`]);
  /** @param {string} name */
  const figure = (name) => givenDecimal(values[`terms.${name}`]);
  const limits = withoutEmpty(Object.fromEntries(LIMITS.map((name) => [name, figure(`limits.${name}`)])));
  const instalments = filled(values, 'instalments').map((n) => withoutEmpty({ amount_yuan: figure(`instalments.${n}.amount_yuan`), due_on: text(`instalments.${n}.due_on`) }));
  const phases = filled(values, 'phases').map((n) =>
    withoutEmpty({ name: text(`phases.${n}.name`), area_m2: figure(`phases.${n}.area_m2`), start_on: text(`phases.${n}.start_on`), completion_on: text(`phases.${n}.completion_on`) }));
  return withoutEmpty({
    ...Object.fromEntries(TEXTS.map((name) => [name, text(name)])),
    ...Object.fromEntries(FIGURES.map((name) => [name, figure(name)])),
    limits: Object.keys(limits).length > 0 ? limits : undefined,
    instalments: instalments.length > 0 ? instalments : undefined,
    phases: phases.length > 0 ? phases : undefined,
  });
}

/** @param {any} of the terms of a version @returns {Values} */
export function termsValues(of) {
  /** @type {Values} */
  const values = {};
  /** @param {string} prefix @param {any} part */
  const flatten = (prefix, part) => {
    for (const [name, value] of Object.entries(part ?? {})) {
      if (value === null || value === undefined) continue;
      if (typeof value === 'object') flatten(`${prefix}${name}.`, value);
      else values[`${prefix}${name}`] = String(value);
    }
  };
  flatten('terms.', of);
  return values;
}
