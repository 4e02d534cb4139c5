// Corrections put into spreadsheets: cells of CSV, XLSX and ODS. The rest of the file stays as it is.

import { archive, entriesOf, refill, unpacked } from './zip.js';

/** @typedef {{ sheet: string | undefined, column: number, row: number, name: string }} Cell from 0 */
/** @typedef {{ cell: Cell, value: string }} Change */

/** `Sheet1!F12` or `F12`: sheet, column from 0, row from 0. @param {string} pointer @returns {Cell | null} */
export function cellOf(pointer) {
  const match = /^(?:(.*)!)?([A-Z]{1,3})([1-9]\d*)$/.exec(pointer);
  if (!match) return null;
  const [, sheet, letters = '', row] = match;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { sheet, column, row: Number(row) - 1, name: `${letters}${row}` };
}

/** A text whose encoding is UTF-8 or GBK. @param {Uint8Array} bytes */
export function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** @param {string} text @returns {string[][]} */
export function csvRows(text) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',' || sign === '\n') {
      row.push(cell);
      cell = '';
      if (sign === '\n') {
        rows.push(row);
        row = [];
      }
    } else if (sign !== '\r' || text[at + 1] !== '\n') cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** @param {Uint8Array} bytes @param {Change[]} changes */
export function correctCsv(bytes, changes) {
  const rows = csvRows(decoded(bytes));
  for (const { cell, value } of changes) {
    const row = rows[cell.row];
    if (!row) continue;
    while (row.length <= cell.column) row.push('');
    row[cell.column] = value;
  }
  return rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
}

/** @param {import('./zip.js').Entry} entry */
const xmlOf = async (entry) => new DOMParser().parseFromString(new TextDecoder().decode(await unpacked(entry)), 'application/xml');

/** @param {Document} document */
const bytesOf = (document) => new TextEncoder().encode(new XMLSerializer().serializeToString(document));

/**
 * The changes of one sheet; those that name none are of the first.
 * @param {Change[]} changes @param {string | null} name @param {boolean} isFirst
 */
const changesOf = (changes, name, isFirst) => changes.filter(({ cell }) => cell.sheet === name || (cell.sheet === undefined && isFirst));

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Change[]} changes */
export async function correctXlsx(bytes, changes) {
  const entries = entriesOf(bytes);
  /** @param {string} name */
  const xml = async (name) => {
    const entry = entries.find((one) => one.name === name);
    return entry ? xmlOf(entry) : null;
  };
  const book = await xml('xl/workbook.xml');
  const links = await xml('xl/_rels/workbook.xml.rels');
  const sheets = [...(book?.getElementsByTagNameNS('*', 'sheet') ?? [])].map((sheet) => {
    const id = [...sheet.attributes].find(({ localName, prefix }) => localName === 'id' && prefix)?.value;
    const target = [...(links?.getElementsByTagNameNS('*', 'Relationship') ?? [])].find((link) => link.getAttribute('Id') === id)?.getAttribute('Target') ?? '';
    return { name: sheet.getAttribute('name'), file: target.startsWith('/') ? target.slice(1) : `xl/${target}` };
  });
  for (const sheet of sheets) {
    const here = changesOf(changes, sheet.name, sheet === sheets[0]);
    const entry = entries.find(({ name }) => name === sheet.file);
    if (here.length === 0 || !entry) continue;
    const document = await xmlOf(entry);
    for (const { cell, value } of here) setXlsxCell(document, cell, value);
    refill(entry, bytesOf(document));
  }
  return archive(entries);
}

/** @param {Document} document @param {Cell} cell @param {string} value */
function setXlsxCell(document, cell, value) {
  const namespace = document.documentElement.namespaceURI;
  const make = (/** @type {string} */ tag) => document.createElementNS(namespace, tag);
  const data = document.getElementsByTagNameNS('*', 'sheetData')[0];
  if (!data) return;
  const rows = [...data.children];
  const number = cell.row + 1;
  let row = rows.find((one) => Number(one.getAttribute('r')) === number);
  if (!row) {
    row = make('row');
    row.setAttribute('r', String(number));
    data.insertBefore(row, rows.find((one) => Number(one.getAttribute('r')) > number) ?? null);
  }
  const cells = [...row.children];
  let place = cells.find((one) => one.getAttribute('r') === cell.name);
  if (!place) {
    place = make('c');
    place.setAttribute('r', cell.name);
    row.insertBefore(place, cells.find((one) => (cellOf(one.getAttribute('r') ?? '')?.column ?? 0) > cell.column) ?? null);
  }
  place.replaceChildren();
  place.removeAttribute('s');
  place.setAttribute('t', 'inlineStr');
  const text = make('t');
  text.textContent = value;
  const inside = make('is');
  inside.append(text);
  place.append(inside);
}

const TABLE = 'urn:oasis:names:tc:opendocument:xmlns:table:1.0';
const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0';
const TEXT = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0';

/** @param {Uint8Array<ArrayBuffer>} bytes @param {Change[]} changes */
export async function correctOds(bytes, changes) {
  const entries = entriesOf(bytes);
  const entry = entries.find(({ name }) => name === 'content.xml');
  if (!entry) return archive(entries);
  const document = await xmlOf(entry);
  const tables = [...document.getElementsByTagNameNS(TABLE, 'table')].filter(({ parentElement }) => parentElement?.localName === 'spreadsheet');
  for (const table of tables) {
    for (const { cell, value } of changesOf(changes, table.getAttributeNS(TABLE, 'name'), table === tables[0])) setOdsCell(document, table, cell, value);
  }
  refill(entry, bytesOf(document));
  return archive(entries);
}

/** @param {Document} document @param {Element} table @param {Cell} cell @param {string} value */
function setOdsCell(document, table, cell, value) {
  // Rows may stand in groups, such as those that are repeated on every printed page.
  const rows = [...table.getElementsByTagNameNS(TABLE, 'table-row')];
  const row = single(rows, cell.row, 'number-rows-repeated') ?? table.appendChild(document.createElementNS(TABLE, 'table:table-row'));
  const cells = [...row.children].filter(({ localName }) => localName === 'table-cell' || localName === 'covered-table-cell');
  let place = single(cells, cell.column, 'number-columns-repeated');
  if (!place) {
    const length = cells.reduce((sum, one) => sum + repeats(one, 'number-columns-repeated'), 0);
    for (let at = length; at <= cell.column; at += 1) place = row.appendChild(document.createElementNS(TABLE, 'table:table-cell'));
  }
  if (!place) return;
  for (const { namespaceURI, localName } of [...place.attributes]) {
    const keeps = namespaceURI === TABLE && (localName.endsWith('-spanned') || localName === 'style-name');
    if (!keeps) place.removeAttributeNS(namespaceURI, localName);
  }
  place.setAttributeNS(OFFICE, 'office:value-type', 'string');
  const paragraph = document.createElementNS(TEXT, 'text:p');
  paragraph.textContent = value;
  place.replaceChildren(paragraph);
}

/** @param {Element} one @param {string} attribute */
const repeats = (one, attribute) => Number(one.getAttributeNS(TABLE, attribute)) || 1;

/**
 * The row or cell at a place, by itself: one that stands for several alike is parted.
 * @param {Element[]} all @param {number} wanted @param {string} attribute
 */
function single(all, wanted, attribute) {
  let from = 0;
  for (const one of all) {
    const count = repeats(one, attribute);
    if (wanted < from + count) {
      /** @param {Element} part @param {number} times */
      const stand = (part, times) => (times > 1 ? part.setAttributeNS(TABLE, `table:${attribute}`, String(times)) : part.removeAttributeNS(TABLE, attribute));
      const [before, after] = [wanted - from, from + count - wanted - 1];
      for (const [times, side] of /** @type {const} */ ([[before, 'before'], [after, 'after']])) {
        if (times === 0) continue;
        const copy = /** @type {Element} */ (one.cloneNode(true));
        stand(copy, times);
        one[side](copy);
      }
      stand(one, 1);
      return one;
    }
    from += count;
  }
  return null;
}
