// Corrections put into the table of a packed Shapefile. Its shapes stay as they are: a polygon is mended where it was
// drawn, a wrong number or name is mended here.

import { t } from './i18n.js';
import { SHAPE_COLUMNS } from './vocabulary.js';
import { archive, entriesOf, refill, unpacked } from './zip.js';

/** @typedef {{ name: Uint8Array, kind: string, from: number, length: number, at: number }} Column */

const HEADER = 32;
const NAME_BYTES = 10;
const LENGTH_AT = 16;
const MOST_BYTES = 254;

/**
 * A packed Shapefile whose table can be read and changed.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function openShapefile(bytes) {
  const found = entriesOf(bytes);
  /** @param {RegExp} ending */
  const entry = (ending) => found.find(({ name }) => ending.test(name) && !name.startsWith('__MACOSX/'));
  const table = entry(/\.dbf$/i);
  const label = entry(/\.cpg$/i);
  if (!table) return null;
  const dbf = await unpacked(table);
  const view = new DataView(dbf.buffer, dbf.byteOffset, dbf.byteLength);
  const [count, header, width] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  /** @type {Column[]} */
  const columns = [];
  let from = 1;
  for (let at = HEADER; at + HEADER <= header && dbf[at] !== 0x0d; at += HEADER) {
    const name = dbf.slice(at, at + 11);
    const length = dbf[at + LENGTH_AT] ?? 0;
    columns.push({ name: name.slice(0, name.includes(0) ? name.indexOf(0) : 11), kind: String.fromCharCode(dbf[at + 11] ?? 0), from, length, at });
    from += length;
  }
  const rows = dbf.slice(header, header + count * width);
  const encoding = encodingOf(rows, label ? new TextDecoder().decode(await unpacked(label)) : '');
  const decoder = new TextDecoder(encoding);

  /** The column that gives a member of a plot, by the names that the service knows. @param {string} member */
  function columnOf(member) {
    for (const name of SHAPE_COLUMNS[member] ?? []) {
      const column = columns.find((one) => fits(one.name, name));
      if (column) return column;
    }
    return null;
  }

  /** What stands in a record, counted from 1. @param {number} record @param {Column} column */
  function read(record, column) {
    const start = (record - 1) * width + column.from;
    const cell = rows.slice(start, start + column.length);
    return decoder.decode(cell.includes(0) ? cell.slice(0, cell.indexOf(0)) : cell).trim();
  }

  /**
   * The archive with other values.
   * @param {{ record: number, member: string, value: string }[]} changes
   */
  function write(changes) {
    const entries = found.map((one) => ({ ...one }));
    const cells = changes.flatMap(({ record, member, value }) => {
      const column = columnOf(member);
      if (!column) return [];
      const text = encoded(column.kind === 'D' ? value.replaceAll('-', '') : value, encoding);
      if (text.length > MOST_BYTES) throw new Error(t(`“${value.slice(0, 20)}…”超过属性表字段的长度`, `"${value.slice(0, 20)}…" is longer than a column of the table may be`));
      return [{ record, column, text }];
    });
    // A column is made as wide as what is put into it.
    const lengths = columns.map((column) => Math.max(column.length, ...cells.filter((one) => one.column === column).map(({ text }) => text.length)));
    const newWidth = 1 + lengths.reduce((sum, one) => sum + one, 0);
    const head = dbf.slice(0, header);
    columns.forEach(({ at }, n) => { head[at + LENGTH_AT] = lengths[n] ?? 0; });
    new DataView(head.buffer).setUint16(10, newWidth, true);
    const body = new Uint8Array(count * newWidth).fill(0x20);
    for (let n = 0; n < count; n += 1) {
      let to = n * newWidth;
      body[to] = rows[n * width] ?? 0x20;
      to += 1;
      columns.forEach((column, at) => {
        const change = cells.findLast((one) => one.column === column && one.record === n + 1);
        const old = rows.slice(n * width + column.from, n * width + column.from + column.length);
        const text = change?.text ?? old;
        const length = lengths[at] ?? 0;
        // Numbers stand at the right, as programs write them.
        body.set(text, to + (change && /[NF]/.test(column.kind) ? length - text.length : 0));
        to += length;
      });
    }
    const end = new Uint8Array([0x1a]);
    const whole = new Uint8Array(head.length + body.length + 1);
    whole.set(head);
    whole.set(body, head.length);
    whole.set(end, head.length + body.length);
    const place = entries.find(({ name }) => name === table?.name);
    if (place) refill(place, whole);
    return archive(entries);
  }

  return { columnOf, read, write };
}

/** Whether a column's name is this one, or as much of it as fits. @param {Uint8Array} given @param {string} name */
function fits(given, name) {
  if (/^[\x20-\x7e]*$/.test(name)) return new TextDecoder('latin1').decode(given).toLowerCase() === name.slice(0, NAME_BYTES);
  return ['utf-8', 'gb18030'].some((encoding) => {
    const bytes = encoded(name, encoding).slice(0, NAME_BYTES);
    return given.length === bytes.length && given.every((byte, at) => byte === bytes[at]);
  });
}

/** The encoding of a table's text, as the service finds it. @param {Uint8Array} rows @param {string} label of the .cpg */
function encodingOf(rows, label) {
  const holds = (/** @type {string} */ encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(rows);
      return true;
    } catch {
      return false;
    }
  };
  const named = label.trim().toUpperCase().replaceAll(/[ _-]/g, '');
  const isGbk = ['GBK', 'GB2312', 'GB18030', '936', 'CP936', 'MS936', 'ANSI936', 'EUCCN'].includes(named);
  return isGbk && holds('gb18030') ? 'gb18030' : holds('utf-8') ? 'utf-8' : 'gb18030';
}

/** @type {Map<string, [number, number]> | null} */
let gbk = null;

/** Bytes of a text. Browsers only decode GBK: what stands for a character is found by decoding every pair. @param {string} text @param {string} encoding */
function encoded(text, encoding) {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (!gbk) {
    gbk = new Map();
    const decoder = new TextDecoder('gb18030');
    const pair = new Uint8Array(2);
    for (let lead = 0x81; lead <= 0xfe; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        pair.set([lead, trail]);
        const sign = decoder.decode(pair);
        if (sign.length === 1 && sign !== '\ufffd') gbk.set(sign, [lead, trail]);
      }
    }
  }
  const pairs = gbk;
  return new Uint8Array([...text].flatMap((sign) => {
    const code = sign.codePointAt(0) ?? 0x3f;
    if (code < 0x80) return [code];
    const found = pairs.get(sign);
    if (!found) throw new Error(t(`属性表按 GBK 编码,没有“${sign}”这个字`, `the table is in GBK, which has no "${sign}"`));
    return found;
  }));
}
