// Files that are corrected where their faults are shown. What a fault is about is found in the file, what stands there can be
// written anew, and the file goes to the service again with everything else as it was.

import { fill, h } from './dom.js';
import { say, t } from './i18n.js';
import { openShapefile } from './shapefile.js';
import { cellOf, correctCsv, correctOds, correctXlsx, decoded } from './workbook.js';

/** @typedef {Record<string, string>} Corrections what shall stand where, by the key of its place */
/** @typedef {{ pointer: string, value?: string | null, message: { zh: string, en: string }, line?: number | null }} Fault */
/** @typedef {{ key: string, value: string, where?: string, isLine?: boolean }} Place `isLine`: a whole line of a text */

/**
 * @typedef {object} Correctable
 * @property {(fault: Fault, corrections: Corrections) => Place | null} place what of the file a fault is about; none: it cannot be corrected here
 * @property {(corrections: Corrections) => Promise<File>} corrected
 */

/** @param {string} key @returns {[string, number, string]} */
function recordKey(key) {
  const [, record = '0', member = ''] = /^record (\d+)\/(\w+)$/.exec(key) ?? [];
  return [key, Number(record), member];
}

/** Opens a file for corrections. @param {File} file @returns {Promise<Correctable>} */
export async function openFile(file) {
  const ending = file.name.toLowerCase().split('.').pop() ?? '';
  /** @param {BlobPart} part */
  const again = (part) => new File([part], file.name, { type: file.type });
  const bytes = async () => new Uint8Array(await file.arrayBuffer());
  /** @param {Corrections} corrections */
  const changes = (corrections) => Object.entries(corrections).flatMap(([key, value]) => {
    const cell = cellOf(key);
    return cell ? [{ cell, value }] : [];
  });
  /** @type {Correctable['place']} */
  const cellPlace = ({ pointer, value }) => (cellOf(pointer) ? { key: pointer, value: value ?? '' } : null);
  switch (ending) {
    case 'csv':
      return { place: cellPlace, corrected: async (how) => again(correctCsv(await bytes(), changes(how))) };
    case 'xlsx':
      return { place: cellPlace, corrected: async (how) => again(await correctXlsx(await bytes(), changes(how))) };
    case 'ods':
      return { place: cellPlace, corrected: async (how) => again(await correctOds(await bytes(), changes(how))) };
    case 'geojson':
    case 'json':
      return {
        place: ({ pointer, value }) => (/^(\/features\/\d+)?\/properties\//.test(pointer) ? { key: pointer, value: value ?? '' } : null),
        corrected: async (how) => again(correctJson(await bytes(), how)),
      };
    case 'txt':
      return lines(decoded(await bytes()), again);
    case 'zip':
      return (await shapes(await bytes(), again)) ?? { place: () => null, corrected: async () => file };
    default:
      return { place: () => null, corrected: async () => file };
  }
}

/** @param {Uint8Array} bytes @param {Corrections} corrections */
function correctJson(bytes, corrections) {
  // Numbers are read as the browser reads them: fifteen digits, as coordinates and areas of plots have.
  const parsed = JSON.parse(decoded(bytes));
  for (const [pointer, value] of Object.entries(corrections)) {
    const path = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.pop();
    /** @type {any} */
    let place = parsed;
    for (const part of path) place = place?.[part];
    if (place && typeof place === 'object' && last !== undefined) place[last] = value;
  }
  return JSON.stringify(parsed);
}

/**
 * Boundary points: a line is what a surveyor reads and writes, so lines are corrected whole. One may become several (a point
 * that was left out) or none.
 * @param {string} text @param {(part: BlobPart) => File} again @returns {Correctable}
 */
function lines(text, again) {
  const all = text.split('\n').map((line) => line.replace(/\r$/, ''));
  /** @param {Corrections} corrections @param {number} n from 1 */
  const now = (corrections, n) => corrections[`line ${n}`] ?? all[n - 1] ?? '';
  /** The line of the file behind a line of the corrected file. @param {Corrections} corrections @param {number} wanted */
  const before = (corrections, wanted) => {
    let at = 0;
    for (let n = 1; n <= all.length; n += 1) {
      at += now(corrections, n).split('\n').length;
      if (at >= wanted) return n;
    }
    return all.length;
  };
  return {
    place(fault, corrections) {
      // What is wrong with a line says so first; of other faults the line of their plot is known.
      const said = /^第 (\d+) 行/.exec(fault.message.zh)?.[1];
      const line = said ? Number(said) : fault.line;
      // What the format has no field for is given beside the file.
      if (!line || /\/properties\/(approval|origin|township)$/.test(fault.pointer)) return null;
      const n = before(corrections, line);
      return { key: `line ${n}`, value: all[n - 1] ?? '', where: t(`第 ${n} 行`, `line ${n}`), isLine: true };
    },
    corrected: async (corrections) => again(all.map((_, at) => now(corrections, at + 1)).join('\r\n')),
  };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {(part: BlobPart) => File} again @returns {Promise<Correctable | null>} */
async function shapes(bytes, again) {
  // That it is no archive is said by the service.
  const table = await openShapefile(bytes).catch(() => null);
  if (!table) return null;
  return {
    place({ pointer, line }) {
      const member = /^\/features\/\d+\/properties\/(\w+)/.exec(pointer)?.[1]?.replace(/^area_m2$/, 'area');
      const column = member && line ? table.columnOf(member) : null;
      if (!member || !line || !column) return null;
      return { key: `record ${line}/${member}`, value: table.read(line, column), where: t(`第 ${line} 条 ${member}`, `record ${line} ${member}`) };
    },
    corrected: async (corrections) =>
      again(table.write(Object.entries(corrections).map(([key, value]) => {
        const [, record, member] = recordKey(key);
        return { record, member, value };
      }))),
  };
}

/** Rows that are shown; the rest is counted. */
export const SHOWN = 200;

/**
 * Faults, each with what stands in the file and a field to correct it.
 * @param {{ faults: (Fault & { at: string })[], file: Correctable | null, corrections: Corrections, changed: () => void, advice?: (fault: Fault) => string | null }} options
 */
export function faultsTable({ faults, file, corrections, changed, advice }) {
  const body = h('tbody');
  fill(
    body,
    faults.slice(0, SHOWN).map((fault) => {
      const place = file?.place(fault, corrections);
      const label = place && { 'aria-label': t(`更正 ${place.where ?? place.key}`, `Correct ${place.where ?? place.key}`), maxlength: 1000, onchange: take(place.key) };
      return h(
        'tr',
        null,
        h('th', { scope: 'row' }, h('code', null, place?.isLine ? place.where : fault.at)),
        h('td', { class: 'wide' }, say(fault.message)),
        h('td', null, place?.isLine ? h('code', null, place.value) : fault.value ?? place?.value ?? ''),
        h(
          'td',
          { class: place?.isLine ? 'wide' : null },
          !place ? h('span', { class: 'quiet' }, advice?.(fault) ?? t('请在原文件中更正', 'in the file itself'))
          : place.isLine ? h('textarea', { ...label, rows: Math.min(6, (corrections[place.key] ?? place.value).split('\n').length), class: 'line', spellcheck: 'false', value: corrections[place.key] ?? place.value })
          : h('input', { ...label, value: corrections[place.key] ?? place.value }),
        ),
      );
    }),
  );

  /** @param {string} key */
  function take(key) {
    return (/** @type {Event} */ { target }) => {
      corrections[key] = /** @type {HTMLInputElement} */ (target).value;
      changed();
    };
  }

  return h(
    'div',
    { class: 'table-scroll plain' },
    h(
      'table',
      { class: 'table' },
      h('caption', { class: 'visually-hidden' }, t('有误的内容', 'Faults')),
      h('thead', null, h('tr', null, [t('位置', 'Where'), t('问题', 'What is wrong'), t('文件中的内容', 'In the file'), t('更正为', 'Correct to')].map((text) => h('th', { scope: 'col' }, text)))),
      body,
    ),
  );
}

/** Hands the corrected file to the browser to keep. @param {File} file */
export function keepFile(file) {
  // Spreadsheet programs take a CSV without a mark for the encoding of the machine.
  const parts = file.name.toLowerCase().endsWith('.csv') ? ['\ufeff', file] : [file];
  const anchor = h('a', { href: URL.createObjectURL(new Blob(parts, { type: file.type })), download: file.name.replace(/(\.\w+)$/, '-corrected$1') });
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}
