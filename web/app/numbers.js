// Areas and money as the API writes them: decimals in strings. They are read into whole numbers of their last digit,
// so that no figure on the page ever went through a floating-point number.

/** A decimal: `units` × 10^-`scale`. @typedef {{ units: bigint, scale: number }} Decimal */

const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * @param {string | number} text as the API writes it, or as somebody types it: commas and spaces are left out
 * @returns {Decimal | null} null: it is no decimal
 */
export function decimal(text) {
  const match = SHAPE.exec(String(text).replaceAll(/[,,\s]/g, ''));
  if (!match) return null;
  const [, sign, whole, part = ''] = match;
  const units = BigInt(whole + part);
  return { units: sign === '-' ? -units : units, scale: part.length };
}

/** @param {Decimal} value @param {number} scale */
function at(value, scale) {
  return value.units * 10n ** BigInt(scale - value.scale);
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function add(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) + at(b, scale), scale };
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export const subtract = (a, b) => add(a, { units: -b.units, scale: b.scale });

/** Below, at or above zero as a is below, at or above b. @param {Decimal} a @param {Decimal} b */
export function compare(a, b) {
  const difference = subtract(a, b).units;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** @param {Decimal} value */
export function plain(value) {
  const negative = value.units < 0n;
  const digits = String(negative ? -value.units : value.units).padStart(value.scale + 1, '0');
  const cut = digits.length - value.scale;
  return (negative ? '-' : '') + digits.slice(0, cut) + (value.scale ? `.${digits.slice(cut)}` : '');
}

/**
 * `value` × `by` ÷ `of`, rounded half away from zero to `scale` decimals: for showing only.
 * @param {Decimal} value @param {bigint} by @param {bigint} of @param {number} scale
 * @returns {Decimal}
 */
export function ratio(value, by, of, scale) {
  const numerator = value.units * by * 10n ** BigInt(scale);
  const denominator = of * 10n ** BigInt(value.scale);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return { units: numerator < 0n ? -rounded : rounded, scale };
}

/** Thousands apart. @param {string} digits */
function grouped(digits) {
  const [, sign = '', whole = digits, part = ''] = /^(-?)(\d+)(.*)$/.exec(digits) ?? [];
  return sign.replace('-', '−') + whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + part;
}

/**
 * A decimal for reading: thousands apart, with `least` decimals or as many more as it has but for zeros.
 * @param {string | number | null | undefined} text
 * @param {number} [least]
 */
export function number(text, least = 0) {
  if (text === null || text === undefined || text === '') return '';
  const value = decimal(text);
  if (!value) return String(text);
  let { units, scale } = value;
  while (scale > least && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  if (scale < least) {
    units *= 10n ** BigInt(least - scale);
    scale = least;
  }
  return grouped(plain({ units, scale }));
}

/** @typedef {'m2' | 'mu' | 'ha'} AreaUnit */

/** What a unit is called, how many square metres it has (as a fraction), and the decimals it is shown with. */
export const AREA_UNITS = /** @type {const} */ ({
  m2: { zh: '平方米', en: 'm²', by: 1n, of: 1n, scale: 4, short: 'm²' },
  mu: { zh: '亩', en: 'mu', by: 3n, of: 2000n, scale: 4, short: '亩' },
  ha: { zh: '公顷', en: 'ha', by: 1n, of: 10000n, scale: 4, short: '公顷' },
});

const UNIT_KEY = 'dizhang.area-unit';

/** @type {AreaUnit} */
let unit = storedUnit();

/** @returns {AreaUnit} */
function storedUnit() {
  try {
    const kept = localStorage.getItem(UNIT_KEY);
    return kept === 'mu' || kept === 'ha' ? kept : 'm2';
  } catch {
    return 'm2';
  }
}

/** The unit that areas are shown in. */
export const areaUnit = () => unit;

/** @param {AreaUnit} wanted */
export function setAreaUnit(wanted) {
  unit = wanted;
  try {
    localStorage.setItem(UNIT_KEY, wanted);
  } catch {
    // It holds until the page is closed.
  }
}

/**
 * An area, given in square metres, in the unit in use (or another), without the unit's name. Square metres show as many
 * decimals as the figure has, at least two; mu and hectares are rounded for reading to four.
 * @param {string | null | undefined} m2
 * @param {AreaUnit} [wanted]
 */
export function area(m2, wanted = unit) {
  if (m2 === null || m2 === undefined || m2 === '') return '';
  const value = decimal(m2);
  if (!value) return m2;
  if (wanted === 'm2') return number(m2, 2);
  const { by, of, scale } = AREA_UNITS[wanted];
  return number(plain(ratio(value, by, of, scale)), 4);
}

/** @param {string | null | undefined} m2 @param {AreaUnit} [wanted] */
export function areaWithUnit(m2, wanted = unit) {
  const text = area(m2, wanted);
  return text && `${text} ${AREA_UNITS[wanted].short}`;
}

/** An amount of yuan. @param {string | null | undefined} yuan */
export const money = (yuan) => number(yuan, 2);

/** The sum of decimals as the API writes them. @param {Iterable<string | null | undefined>} texts */
export function sum(texts) {
  /** @type {Decimal} */
  let total = { units: 0n, scale: 0 };
  for (const text of texts) {
    const value = text ? decimal(text) : null;
    if (value) total = add(total, value);
  }
  return plain(total);
}

/**
 * A share of a whole as a percentage for bars and the like, 0 to 100.
 * @param {string | null | undefined} part @param {string | null | undefined} whole
 */
export function percentOf(part, whole) {
  const [a, b] = [decimal(part ?? ''), decimal(whole ?? '')];
  if (!a || !b || b.units <= 0n) return 0;
  const scale = Math.max(a.scale, b.scale);
  return Math.max(0, Math.min(100, Number((at(a, scale) * 10000n) / at(b, scale)) / 100));
}
