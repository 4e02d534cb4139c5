// Days are days in Asia/Shanghai, as the API writes them (2026-01-31); instants are shown in that zone.

import { language } from './i18n.js';

const ZONE = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

/** @param {Date} date */
function inZone(date) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const { type, value } of parts.formatToParts(date)) found[type] = value;
  return found;
}

/** Today in Shanghai. */
export function today() {
  const { year, month, day } = inZone(new Date());
  return `${year}-${month}-${day}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in a sentence: 2026年1月31日, 31 Jan 2026. @param {string | null | undefined} day */
export function longDay(day) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!match) return day ?? '';
  const [, year, month, date] = match;
  if (language() === 'en') return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** An instant in a table: 2026-01-31 09:05. @param {string | null | undefined} instant */
export function moment(instant) {
  if (!instant) return '';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const { year, month, day, hour, minute } = inZone(date);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** @param {string} day @param {number} days */
export function addDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days from one day to another. @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
