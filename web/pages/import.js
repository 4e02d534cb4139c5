// 导入文件: choose a file, see row by row what would happen, correct it in place, import it.

import * as api from '../app/api.js';
import { SHOWN, faultsTable, keepFile, openFile } from '../app/corrections.js';
import { confirm } from '../app/dialog.js';
import { draft, dropDraft, keepDraft } from '../app/drafts.js';
import { fill, h, newId } from '../app/dom.js';
import { drawing } from '../app/drawing.js';
import { say, t } from '../app/i18n.js';
import { figure, panel, tag } from '../app/parts.js';
import { Problem, isAbort, problemBox } from '../app/problem.js';
import { link, setQuery } from '../app/router.js';
import { toast } from '../app/toast.js';
import { choices, word } from '../app/words.js';

/** @typedef {import('../types.js').Schema<'BadRowView'>} BadRow */
/** @typedef {{ bad: number, bad_rows: BadRow[], created: number, unchanged: number, rows: number, is_written: boolean, sheet?: string, repaired?: number,
 *   repairs: { code: string, line?: number | null, message: { zh: string, en: string } }[],
 *   warnings?: { code?: string | null, warning: { message: { zh: string, en: string } } }[],
 *   items?: { code: string, id?: number | null, became: string, line: number }[], plots?: { code: string, id?: number | null, is_new: boolean }[] }} Report */

const NOUNS = {
  plots: { zh: '地块', en: 'Plots', path: '/api/v1/counties/{county}/plots/import-file', accept: '.geojson,.json,.txt,.zip,.xlsx,.ods,.csv', page: 'plots' },
  approvals: { zh: '用地批文', en: 'Approvals', path: '/api/v1/counties/{county}/approvals/import-file', accept: '.xlsx,.ods,.csv', page: 'approvals' },
  vouchers: { zh: '供应(合同)', en: 'Supplies (contracts)', path: '/api/v1/counties/{county}/vouchers/import-file', accept: '.xlsx,.ods,.csv', page: 'proposals' },
  contracts: { zh: '合同', en: 'Contracts', path: '/api/v1/counties/{county}/contracts/import-file', accept: '.xlsx,.ods,.csv', page: 'contracts' },
  progress: { zh: '一地一策月度进展', en: 'Progress of measures', path: '/api/v1/counties/{county}/plot-progress/import-file', accept: '.xlsx,.ods,.csv', page: 'plots' },
};

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { county, query, signal }) {
  const wanted = query.get('what') ?? '';
  let what = /** @type {keyof typeof NOUNS} */ (wanted in NOUNS ? wanted : 'plots');
  /** @type {File | null} */
  let file = null;
  /** @type {import('../app/corrections.js').Correctable | null} */
  let opened = null;
  /** @type {Record<string, string>} */
  let corrections = {};
  /** @type {Record<string, string>} */
  const options = {};
  const result = h('div', { class: 'stack' });
  const form = h('div');
  const keep = () => keepDraft(`import-${what}-${file?.name}`, corrections);

  /** @param {Record<string, boolean>} how */
  async function send(how) {
    if (!file) return null;
    const body = Object.keys(corrections).length > 0 && opened ? await opened.corrected(corrections) : file;
    const noun = NOUNS[what];
    const { data } = await api.send('post', noun.path, { path: { county }, query: { ...options, ...how }, body, type: 'application/octet-stream', signal });
    return /** @type {Report} */ (data);
  }

  async function check() {
    if (!file) return;
    fill(result, h('p', { class: 'quiet', role: 'status' }, t('正在试运行…', 'Trying it out…')));
    try {
      draw(await send({ dry_run: true, partial: true }));
    } catch (error) {
      if (isAbort(error)) return;
      const faults = error instanceof Problem ? error.errors.map((one) => ({ ...one, at: one.pointer })) : [];
      fill(result, problemBox(error, []), faults.length > 0 && panel(t('有误的内容', 'Faults'), table(faults), again(faults)));
    }
  }

  /** @param {boolean} partial */
  async function write(partial) {
    try {
      const report = await send(partial ? { partial } : {});
      if (!report) return;
      dropDraft(`import-${what}-${file?.name}`);
      toast(t(`已导入 ${report.created} 条`, `${report.created} imported`));
      draw(report);
    } catch (error) {
      if (!isAbort(error)) fill(result, problemBox(error), h('button', { type: 'button', onclick: check }, t('重新试运行', 'Try again')));
    }
  }

  /** @typedef {import('../app/corrections.js').Fault & { at: string }} Listed */

  /** @param {Listed[]} faults */
  const table = (faults) => faultsTable({ faults, file: opened, corrections, changed: keep, advice });

  /** Trying again makes sense where something can be corrected here. @param {Listed[]} faults */
  const again = (faults) =>
    faults.some((fault) => opened?.place(fault, corrections)) &&
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', onclick: check }, t('按更正内容重新试运行', 'Try again as corrected')), keepButton());

  const keepButton = () =>
    Object.keys(corrections).length > 0 && h('button', { type: 'button', class: 'plain', onclick: async () => { if (opened) keepFile(await opened.corrected(corrections)); } }, t('另存更正后的文件', 'Keep the corrected file'));

  /** What to do where the file cannot be corrected here. @param {import('../app/corrections.js').Fault} fault */
  function advice({ pointer }) {
    if (/\/properties\/approval$/.test(pointer)) return t('在上面填写批准文号,或在原文件中更正', 'Give the approval above, or mend the file');
    if (/\/properties\/origin$/.test(pointer)) return t('在上面选择来源,或在原文件中更正', 'Choose the origin above, or mend the file');
    if (pointer.includes('/geometry')) return t('图形须在制图软件中改正', 'the polygon is mended where it was drawn');
    return null;
  }

  /** @param {Report | null} report */
  function draw(report) {
    if (!report) return;
    const noun = NOUNS[what];
    const good = report.rows - report.bad;
    const items = [
      ...(report.items ?? []).map((one) => ({ code: one.code, id: one.id, note: word('Became', one.became) })),
      ...(report.plots ?? []).map((one) => ({ code: one.code, id: one.id, note: one.is_new ? t('新', 'new') : t('已有', 'there already') })),
    ];
    const faults = report.bad_rows.flatMap((row) => row.errors.map((error) => ({ ...error, line: row.line, at: [row.line && !isJson() ? (isZip() ? t(`第 ${row.line} 条`, `record ${row.line}`) : t(`第 ${row.line} 行`, `line ${row.line}`)) : t(`第 ${row.index + 1} 条`, `row ${row.index + 1}`), row.code, pointerShown(error.pointer)].filter(Boolean).join(' ') })));
    fill(
      result,
      h(
        'div',
        { class: report.is_written ? 'box good' : report.bad > 0 ? 'box warn' : 'box' },
        h('p', { class: 'box-title', role: 'status' }, report.is_written ? t('已写入', 'Written') : t('试运行结果,尚未写入', 'Tried out: nothing is written yet')),
        report.sheet && h('p', null, t('工作表', 'Sheet'), ' ', report.sheet),
      ),
      h(
        'div',
        { class: 'figures' },
        figure(t('共', 'Rows'), String(report.rows)),
        figure(report.is_written ? t('新写入', 'Created') : t('将写入', 'To be created'), String(report.created)),
        figure(t('已有且相同', 'There already'), String(report.unchanged)),
        figure(t('有误', 'Bad'), report.bad > 0 ? tag(String(report.bad), 'bad') : '0'),
        figure(t('自动修复', 'Repaired'), String(report.repaired ?? report.repairs.length)),
      ),
      !report.is_written &&
        h(
          'div',
          { class: 'buttons' },
          report.bad > 0 && faults.some((fault) => opened?.place(fault, corrections)) && h('button', { type: 'button', class: 'primary', onclick: check }, t('按更正内容重新试运行', 'Try again as corrected')),
          report.bad === 0 && report.rows > 0 && h('button', { type: 'button', class: 'primary', onclick: () => write(false) }, t(`导入 ${good} 条`, `Import ${good}`)),
          report.bad > 0 && good > 0 && h('button', { type: 'button', onclick: () => confirm({ title: t('只导入无误的行', 'Import the good rows'), body: h('p', null, t(`${good} 条将写入,${report.bad} 条略过。`, `${good} are written, ${report.bad} left out.`)), yes: t('导入', 'Import'), act: () => write(true) }) }, t(`只导入无误的 ${good} 条`, `Import the ${good} good ones`)),
          keepButton(),
        ),
      faults.length > 0 && panel(t('有误的行', 'Bad rows'), table(faults), faults.length > SHOWN && h('p', { class: 'quiet' }, t(`另有 ${faults.length - SHOWN} 处`, `and ${faults.length - SHOWN} more`)),
        report.bad_rows.slice(0, 6).map((row) => row.offending_geometry && h('figure', { class: 'offending' }, drawing(row.offending_geometry, [{ account: 'idle', geometry: row.offending_geometry }]), h('figcaption', null, t(`${row.code ?? row.index + 1}:有问题的范围`, `${row.code ?? row.index + 1}: the land in question`))))),
      (report.warnings ?? []).length > 0 && panel(t('提示', 'Warnings'), h('ul', { class: 'listed' }, (report.warnings ?? []).slice(0, SHOWN).map((one) => h('li', null, one.code && `${one.code}:`, say(one.warning.message))))),
      report.repairs.length > 0 && panel(t('自动修复', 'Repairs'), h('ul', { class: 'listed' }, report.repairs.slice(0, SHOWN).map((one) => h('li', null, one.line ? t(`第 ${one.line} 行:`, `line ${one.line}: `) : '', say(one.message))))),
      report.is_written && items.length > 0 && panel(
        t('写入的记录', 'Records'),
        h('ul', { class: 'listed' }, items.slice(0, SHOWN).map((one) => h('li', null, one.id ? h('a', { href: link(`${noun.page}/${one.id}`) }, one.code) : one.code, ' ', h('span', { class: 'quiet' }, one.note)))),
      ),
      report.is_written && h('p', null, h('a', { class: 'button', href: link(noun.page) }, t('查看台账', 'Open the list'))),
    );
  }

  const ends = (/** @type {RegExp} */ pattern) => pattern.test(file?.name.toLowerCase() ?? '');
  const isJson = () => ends(/\.(geo)?json$/);
  const isZip = () => ends(/\.zip$/);

  /** In a text or a table nobody looks for a JSON pointer: its last part says enough. @param {string} pointer */
  const pointerShown = (pointer) => (isJson() || !pointer.startsWith('/features/') ? pointer : /\/properties\/(.+)$/.exec(pointer)?.[1] ?? '');

  /** @param {File | null} chosen */
  async function choose(chosen) {
    file = chosen;
    corrections = (file && draft(`import-${what}-${file.name}`)) || {};
    opened = file && (await openFile(file));
    await check();
  }

  function drawForm() {
    const [whatId, fileId] = [newId('what'), newId('file')];
    /** @param {string} name @param {string} title @param {{ value: string, text: string }[]} [list] */
    const option = (name, title, list) => {
      const id = newId('option');
      const onchange = (/** @type {Event} */ { target }) => { const value = /** @type {HTMLInputElement} */ (target).value.trim(); if (value) options[name] = value; else delete options[name]; void check(); };
      return h('div', { class: 'field' }, h('label', { for: id }, title), list ? h('select', { id, onchange }, h('option', { value: '' }, t('不指定', 'not given')), list.map((one) => h('option', { value: one.value }, one.text))) : h('input', { id, maxlength: 100, onchange }));
    };
    const isPlots = what === 'plots';
    fill(
      form,
      h(
        'div',
        { class: 'fields' },
        h('div', { class: 'field' }, h('label', { for: whatId }, t('导入内容', 'What')), h('select', { id: whatId, onchange: (/** @type {Event} */ { target }) => { what = /** @type {keyof typeof NOUNS} */ (/** @type {HTMLSelectElement} */ (target).value); setQuery({ what }); for (const name of Object.keys(options)) delete options[name]; file = null; opened = null; corrections = {}; result.replaceChildren(); drawForm(); } }, Object.entries(NOUNS).map(([value, noun]) => h('option', { value, selected: value === what }, t(noun.zh, noun.en))))),
        h('div', { class: 'field' }, h('label', { for: fileId }, t('文件', 'File'), h('span', { class: 'quiet small' }, ` ${NOUNS[what].accept.replaceAll('.', '').replaceAll(',', ' ')}`)), h('input', { id: fileId, type: 'file', accept: NOUNS[what].accept, onchange: (/** @type {Event} */ { target }) => void choose(/** @type {HTMLInputElement} */ (target).files?.[0] ?? null) })),
        isPlots && option('approval', t('批准文号(文件未注明时)', 'Approval, where the file names none')),
        isPlots && option('origin', t('来源(文件未注明时)', 'Origin, where the file names none'), choices('Origin')),
        what === 'vouchers' && option('authority', t('批准机关(文件未注明时)', 'Authority, where the file names none')),
        option('sheet', t('工作表(有多张时)', 'Sheet, where there are several')),
      ),
      h('p', { class: 'quiet small' }, t('选好文件即自动试运行,不写入任何内容;核对结果后再导入。', 'A chosen file is tried out at once; nothing is written before you import it.')),
    );
  }
  drawForm();
  root.append(panel(null, form), result);
}
