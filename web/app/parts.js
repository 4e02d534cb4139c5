// Small parts that many pages are made of.

import { h } from './dom.js';
import { say, t, typeset } from './i18n.js';
import { areaWithUnit, decimal, money, number, plain } from './numbers.js';
import { codeOf, personName } from './lookups.js';
import { link } from './router.js';
import { state } from './session.js';
import { word } from './words.js';

/** @typedef {import('./dom.js').Children} Children */

/**
 * Names and values; what has no value is left out.
 * @param {([name: string, value: Children, wide?: boolean] | null | undefined | false)[]} pairs
 */
export const facts = (pairs) =>
  h(
    'dl',
    { class: 'facts' },
    pairs
      .filter((pair) => pair && !isEmpty(pair[1]))
      .map((pair) => {
        const [name, value, wide] = /** @type {[string, Children, boolean?]} */ (pair);
        return h('div', { class: wide && 'wide' }, h('dt', null, name), h('dd', null, value));
      }),
  );

/** @param {Children} value @returns {boolean} */
const isEmpty = (value) =>
  Array.isArray(value) ? value.every(isEmpty) : value === null || value === undefined || value === false || (typeof value === 'string' && value.trim() === '');

/**
 * A part of a page in a frame of its own.
 * @param {string | null} heading @param {...Children} contents
 */
export const panel = (heading, ...contents) => h('section', { class: 'panel' }, heading && h('h2', null, heading), ...contents);

/** A figure that stands out. @param {Children} name @param {Children} value @param {Children} [note] */
export const figure = (name, value, note) =>
  h('div', { class: 'figure' }, h('div', { class: 'figure-name' }, name), h('div', { class: 'figure-value' }, value), note && h('div', { class: 'figure-note' }, note));

/** @param {string} text @param {'good' | 'bad' | 'warn' | 'accent' | ''} [kind] */
export const tag = (text, kind = '') => h('span', { class: `tag ${kind}` }, text);

/** @type {Record<string, 'good' | 'bad' | 'warn' | ''>} */
const OUTCOME_KINDS = {
  pass: 'good', met: 'good', fail: 'bad', not_met: 'bad', needs_exception: 'warn', needs_review: 'warn', undetermined: 'warn', not_applicable: '',
};

/** Of a fact that speaks against somebody, such as that land lies idle, nobody is glad when it is met. @param {string} rule */
const isCharge = (rule) => rule.startsWith('idle.');

/** @param {string} outcome @param {string} [rule] */
const outcomeKind = (outcome, rule = '') =>
  isCharge(rule) && outcome === 'met' ? 'bad' : isCharge(rule) && outcome === 'not_met' ? 'good' : OUTCOME_KINDS[outcome] ?? '';

/** @param {string} outcome @param {string} [rule] whose finding it is */
export function outcomeTag(outcome, rule = '') {
  const text = isCharge(rule) && outcome === 'met' ? t('成立', 'met') : isCharge(rule) && outcome === 'not_met' ? t('不成立', 'not met') : word('Outcome', outcome);
  return tag(text, outcomeKind(outcome, rule));
}

/** @type {Record<string, 'good' | 'bad' | 'warn' | 'accent' | ''>} */
const STATE_KINDS = { proposed: 'accent', reviewed: 'accent', returned: 'warn', withdrawn: '', posted: 'good' };

/** @param {string} state of a proposal */
export const stateTag = (state) => tag(word('State', state), STATE_KINDS[state] ?? '');

/**
 * A figure of a rule with its unit.
 * @param {{ value: string, unit: string, fraction?: string | null }} figure
 */
export function withUnit({ value, unit, fraction }) {
  const words = UNIT_WORDS[unit];
  const shown =
    unit === 'm2' ? areaWithUnit(value)
    : unit === 'switch' ? (value === 'true' ? t('是', 'yes') : t('否', 'no'))
    : unit === 'share' ? percent(value)
    : unit === 'yuan' ? `${money(value)} ${t('元', 'yuan')}`
    : `${number(value)}${words ? ` ${t(...words)}` : ''}`;
  return fraction && fraction.includes('/') ? `${shown}(${fraction})` : shown;
}

/** A share as a percentage, exactly. @param {string} share */
function percent(share) {
  const value = decimal(share);
  return value ? `${number(plain({ units: value.units * 100n, scale: value.scale }))}%` : share;
}

/** @type {Record<string, [string, string]>} */
const UNIT_WORDS = {
  year: ['年', 'years'],
  day: ['日', 'days'],
  working_day: ['个工作日', 'working days'],
  m: ['米', 'm'],
  yuan_per_year: ['元/年', 'yuan a year'],
  yuan_per_m2: ['元/平方米', 'yuan/m²'],
  yuan_per_m2_year: ['元/平方米·年', 'yuan/m² a year'],
  calendar_year: ['年', ''],
};

/** @param {import('../types.js').Schema<'Citation'>} citation */
export function citation({ instrument, number: no, provision, issued_on, url }) {
  const text = [`《${say(instrument)}》`, no && `(${no})`, say(provision), issued_on && t(`${issued_on} 发布`, `issued ${issued_on}`)].filter(Boolean).join(' ');
  // The address is printed and can be copied; the page itself leads nowhere outside.
  return h('li', null, typeset(text), url && h('span', { class: 'quiet small' }, ' ', url));
}

/**
 * What a rule found: outcome, words, and how it was worked out, to unfold.
 * @param {import('../types.js').Schema<'Finding'>} finding
 */
export function findingBox(finding) {
  const kind = outcomeKind(finding.outcome, finding.rule);
  return h(
    'article',
    { class: `box ${kind}` },
    h('p', { class: 'box-title' }, outcomeTag(finding.outcome, finding.rule), ' ', say(finding.title), ' ', !finding.verified && tag(t('依据待核', 'source to be verified'), 'warn')),
    h('p', null, say(finding.message)),
    h(
      'details',
      null,
      h('summary', null, t('计算过程与依据', 'Workings and sources')),
      finding.workings.length > 0 &&
        h(
          'table',
          { class: 'table' },
          h('thead', null, h('tr', null, [t('步骤', 'Step'), t('公式', 'Formula'), t('代入', 'Values'), t('结果', 'Result')].map((text) => h('th', { scope: 'col' }, text)))),
          h(
            'tbody',
            null,
            finding.workings.map((step) =>
              h('tr', null, h('td', null, say(step.label)), h('td', null, h('code', null, step.formula)), h('td', null, h('code', null, step.filled)), h('td', { class: 'number' }, step.unit ? withUnit({ value: step.result, unit: step.unit }) : step.result)),
            ),
          ),
        ),
      finding.citations.length > 0 && [h('p', null, t('依据', 'Sources')), h('ul', null, finding.citations.map(citation))],
      h('p', { class: 'quiet small' }, t('规则', 'Rule'), ' ', h('code', null, finding.rule), ' · ', t('政策版本', 'policy'), ' ', h('code', null, finding.policy_digest.slice(0, 12))),
    ),
  );
}

/**
 * A plot, parcel or project as a link: its number at once, its code when it is known.
 * @param {import('./lookups.js').Coded} collection @param {number | null | undefined} id
 */
export function codeLink(collection, id) {
  if (id === null || id === undefined) return '';
  const shown = h('a', { href: link(`${collection}/${id}`) }, String(id));
  void codeOf(state.county, collection, id).then((code) => {
    if (code) shown.textContent = code;
  });
  return shown;
}

/** Somebody of the office: the number at once, the name when it is known. @param {number | null | undefined} id */
export function person(id) {
  if (id === null || id === undefined) return '';
  const shown = h('span', null, t(`用户 ${id}`, `user ${id}`));
  void personName(state.county, id).then((name) => {
    if (name) shown.textContent = name;
  });
  return shown;
}
