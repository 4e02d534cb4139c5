// Importing an export of the ministry's monitoring system: tried out row by row, corrected in place, kept as a snapshot.

import * as api from '../app/api.js';
import { faultsTable, keepFile, openFile } from '../app/corrections.js';
import { moment, today } from '../app/dates.js';
import { fill, h, newId } from '../app/dom.js';
import { say, t } from '../app/i18n.js';
import { areaWithUnit } from '../app/numbers.js';
import { figure, panel, person, tag } from '../app/parts.js';
import { Problem, isAbort, problemBox } from '../app/problem.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';
import { listName } from './monitoring.js';

/** @typedef {import('../types.js').Schema<'MonitoringImportReport'>} Report */

const IMPORT = '/api/v1/counties/{county}/monitoring-snapshots/import-file';
const LISTS = /** @type {const} */ (['lacks', 'only', 'differs']);

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { county, signal }) {
  /** @type {File | null} */
  let file = null;
  /** @type {import('../app/corrections.js').Correctable | null} */
  let opened = null;
  /** @type {Record<string, string>} */
  let corrections = {};
  let asOf = '';
  let sheet = '';
  const result = h('div', { class: 'stack' });

  /** @param {boolean} rehearse */
  async function send(rehearse) {
    const body = Object.keys(corrections).length > 0 && opened ? await opened.corrected(corrections) : file;
    const { data, status } = await api.send('post', IMPORT, { path: { county }, query: { as_of: asOf, sheet, ...(rehearse ? { dry_run: true } : {}) }, body, type: 'application/octet-stream', signal });
    return { report: /** @type {Report} */ (data), isNew: status === 201 };
  }

  async function check() {
    if (!file) return result.replaceChildren();
    if (!asOf) return fill(result, h('p', { class: 'quiet', role: 'status' }, t('请填写数据截止日,随即试运行。', 'Give the day that the export is of: then it is tried out.')));
    fill(result, h('p', { class: 'quiet', role: 'status' }, t('正在试运行…', 'Trying it out…')));
    try {
      draw((await send(true)).report);
    } catch (error) {
      refused(error);
    }
  }

  async function keep() {
    try {
      const { report, isNew } = await send(false);
      toast(isNew ? t(`已导入,列为第 ${report.snapshot.n} 次`, `Imported as no. ${report.snapshot.n}`) : t('此前已导入过同一文件', 'This file was imported before'));
      go('monitoring');
    } catch (error) {
      refused(error);
    }
  }

  /** @param {unknown} error */
  function refused(error) {
    if (isAbort(error)) return;
    // What is wrong with the day stands beside its field in words; the rest are cells of the file.
    const faults = error instanceof Problem ? error.errors.filter(({ pointer }) => !pointer.startsWith('?')).map((one) => ({ ...one, at: one.pointer || t('整个文件', 'the file') })) : [];
    const rest = error instanceof Problem ? error.errors.filter(({ pointer }) => pointer.startsWith('?')) : [];
    fill(result, problemBox(error, rest), faults.length > 0 && faultsPanel(faults));
  }

  /** @param {(import('../app/corrections.js').Fault & { at: string })[]} faults */
  const faultsPanel = (faults) =>
    panel(
      t(`有误的内容(${faults.length} 处)`, `Faults (${faults.length})`),
      h('p', { class: 'quiet' }, t('整份导出要么全部导入,要么都不导入。可在此逐处更正后再试,原文件不会被改动。', 'An export is taken whole or not at all. Correct the cells here and try again; your file stays as it is.')),
      faultsTable({ faults, file: opened, corrections, changed: () => {} }),
      h(
        'div',
        { class: 'buttons' },
        faults.some((fault) => opened?.place(fault, corrections)) && h('button', { type: 'button', class: 'primary', onclick: check }, t('按更正内容重新试运行', 'Try again as corrected')),
        keepButton(),
      ),
    );

  const keepButton = () =>
    Object.keys(corrections).length > 0 && h('button', { type: 'button', class: 'plain', onclick: async () => { if (opened) keepFile(await opened.corrected(corrections)); } }, t('另存更正后的文件', 'Keep the corrected file'));

  /** @param {Report} report */
  function draw({ import: sheetReport, snapshot, differences }) {
    const again = sheetReport.created === 0 && sheetReport.unchanged > 0;
    const faults = sheetReport.bad_rows.flatMap((row) => row.errors.map((one) => ({ ...one, line: row.line, at: [one.pointer, row.code].filter(Boolean).join(' ') })));
    const isWhole = sheetReport.bad === 0;
    fill(
      result,
      h('div', { class: isWhole ? 'box' : 'box warn' }, h('p', { class: 'box-title', role: 'status' }, t('试运行结果,尚未写入', 'Tried out: nothing is written yet')), sheetReport.sheet && h('p', null, t('工作表', 'Sheet'), ' ', sheetReport.sheet),
        again && h('p', null, t(`同一文件已于 ${moment(snapshot.imported_at)} 导入(第 ${snapshot.n} 次),再导入不会改变什么。`, `The same file was imported at ${moment(snapshot.imported_at)} (no. ${snapshot.n}): importing it again changes nothing.`), ' ', person(snapshot.imported_by))),
      h(
        'div',
        { class: 'figures' },
        figure(t('供应记录', 'Supplies'), String(sheetReport.rows)),
        !isWhole && figure(t('有误', 'Bad'), tag(String(sheetReport.bad), 'bad')),
        figure(t('面积合计', 'Area'), areaWithUnit(snapshot.area_m2), !isWhole && t('不含有误的行', 'without the bad rows')),
        ...LISTS.map((list) => figure(listName(`monitoring_${list}`), String(differences[list]), list === 'lacks' && differences.lacks > 0 ? t('导出不全时会偏多', 'too many if the export is not whole') : null)),
      ),
      isWhole
        ? h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: keep }, t(`导入 ${sheetReport.rows} 条`, `Import ${sheetReport.rows}`)), keepButton())
        : faultsPanel(faults),
      sheetReport.repairs.length > 0 && panel(t('未导入或另行处理之处', 'Left out, or read otherwise'), h('ul', { class: 'listed' }, sheetReport.repairs.map((one) => h('li', null, one.line ? t(`第 ${one.line} 行:`, `row ${one.line}: `) : '', say(one.message))))),
      isWhole && panel(
        t('逐行结果', 'Row by row'),
        h('ul', { class: 'listed columns-of-rows' }, sheetReport.items.slice(0, 1000).map((one) => h('li', null, h('span', { class: 'quiet' }, t(`第 ${one.line} 行 `, `row ${one.line} `)), one.code, one.became === 'unchanged' && [' ', tag(t('已有', 'there already'))]))),
        sheetReport.rows > sheetReport.items.length && h('p', { class: 'quiet' }, t(`另有 ${sheetReport.rows - sheetReport.items.length} 行`, `and ${sheetReport.rows - sheetReport.items.length} more`)),
      ),
    );
  }

  const [fileId, dayId, sheetId] = [newId('file'), newId('day'), newId('sheet')];
  root.append(
    panel(
      null,
      h('p', { class: 'quiet' }, t('土地市场动态监测监管系统的供应记录,一个文件须为全县全部记录;文件中没有的,会列为“我有他无”。xlsx、ods 或 csv。', 'The supplies as the ministry\'s monitoring system exports them, xlsx, ods or csv. One file holds the whole county: what is not in it is listed as missing there.')),
      h(
        'div',
        { class: 'fields' },
        h('div', { class: 'field' }, h('label', { for: dayId }, t('数据截止日', 'As of'), h('span', { class: 'required', 'aria-hidden': 'true' }, ' *')), h('input', { id: dayId, type: 'date', required: true, max: today(), onchange: (/** @type {Event} */ { target }) => { asOf = /** @type {HTMLInputElement} */ (target).value; void check(); } })),
        h('div', { class: 'field' }, h('label', { for: fileId }, t('导出文件', 'File'), h('span', { class: 'required', 'aria-hidden': 'true' }, ' *')), h('input', {
          id: fileId, type: 'file', accept: '.xlsx,.ods,.csv', required: true,
          onchange: async (/** @type {Event} */ { target }) => {
            file = /** @type {HTMLInputElement} */ (target).files?.[0] ?? null;
            corrections = {};
            opened = file && (await openFile(file));
            await check();
          },
        })),
        h('div', { class: 'field' }, h('label', { for: sheetId }, t('工作表(有多张时)', 'Sheet, where there are several')), h('input', { id: sheetId, maxlength: 100, onchange: (/** @type {Event} */ { target }) => { sheet = /** @type {HTMLInputElement} */ (target).value.trim(); void check(); } })),
      ),
      h('p', { class: 'quiet small' }, t('选好文件和截止日即自动试运行,不写入任何内容;核对结果后再导入。', 'With file and day chosen it is tried out at once; nothing is written before you import it.')),
    ),
    result,
  );
}
