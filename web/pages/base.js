// One frozen base: its land, its monthly reports.

import * as api from '../app/api.js';
import { askText } from '../app/dialog.js';
import { moment, today } from '../app/dates.js';
import { fill, h, newId } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { townships } from '../app/lookups.js';
import { areaUnit, areaWithUnit, number } from '../app/numbers.js';
import { codeLink, facts, figure, panel, person, tag } from '../app/parts.js';
import { isAbort, problemBox } from '../app/problem.js';
import { setQuery } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast, toastProblem } from '../app/toast.js';
import { word } from '../app/words.js';

const ONE = '/api/v1/counties/{county}/frozen-bases/{id}';
const PLOTS_SHOWN = 500;

/** @typedef {import('../types.js').Schema<'Report'>} Report */

/** A fraction of areas for reading. @param {string | null | undefined} fraction */
const share = (fraction) => fraction?.split('/').map((part) => number(part)).join(' ÷ ');

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, query, signal, can, me, title }) {
  const path = { county, id: params['id'] ?? '' };
  const towns = new Map((await townships(county)).map(({ code, name }) => [Number(code), name]));
  let month = query.get('month') ?? today().slice(0, 7);
  const sheet = h('div', { class: 'stack' });
  const issued = h('div');

  /** @param {import('../types.js').Schema<'ReportArea'>} one */
  const plain = (one) => number({ m2: one.m2, mu: one.mu, ha: one.ha }[areaUnit()], 2);
  const unit = { m2: 'm²', mu: t('亩', 'mu'), ha: t('公顷', 'ha') }[areaUnit()];
  /** @param {import('../types.js').Schema<'ReportArea'>} one */
  const shown = (one) => `${plain(one)} ${unit}`;
  const [year, monthNumber] = [() => Number(month.slice(0, 4)), () => Number(month.slice(5, 7))];

  /** @param {string} caption @param {{ name: string, this_month: any, total: any, base?: any }[]} rows @param {boolean} withBase */
  const block = (caption, rows, withBase) =>
    plainTable({
      caption,
      rows,
      columns: [
        { title: caption, cell: (row) => row.name },
        ...(withBase ? [{ title: `${t('基数', 'Base')}(${unit})`, kind: /** @type {const} */ ('number'), cell: (/** @type {any} */ row) => plain(row.base) }] : []),
        { title: `${t('本月', 'This month')}(${unit})`, kind: 'number', cell: (row) => plain(row.this_month) },
        { title: `${t('累计', 'Total')}(${unit})`, kind: 'number', cell: (row) => plain(row.total) },
      ],
    });

  /** @param {Report} report */
  const drawn = (report) => [
    h(
      'div',
      { class: 'figures' },
      figure(t('任务', 'Task'), shown(report.task), report.task_number),
      figure(t('冻结基数', 'Base'), shown(report.frozen)),
      figure(t('本月处置', 'This month'), shown(report.this_month)),
      figure(t('累计处置', 'Total'), shown(report.total)),
      figure(t('任务完成率', 'Completion'), report.completion.percent ? `${report.completion.percent}%` : '—', share(report.completion.fraction)),
      figure(t('处置率', 'Rate'), report.rate.percent ? `${report.rate.percent}%` : '—', share(report.rate.fraction)),
    ),
    h(
      'div',
      { class: 'columns of-two' },
      block(t('处置方式', 'Measure'), report.measures.map((one) => ({ name: word('DisposedBy', one.by), ...one })), false),
      block(t('批准时段', 'Approved in'), report.cohorts.map((one) => ({ name: one.key ? t(`${one.key} 年起`, `since ${one.key}`) : t('未定', 'none'), ...one })), true),
    ),
    block(t('乡镇街道', 'Township'), report.townships.map((one) => ({ name: (one.key && towns.get(one.key)) || t('未定', 'none'), ...one })), true),
    h('p', { class: 'quiet small' }, t(`月末 ${report.month_end},依据凭证第 ${report.known_seq} 号`, `end of month ${report.month_end}, known at voucher ${report.known_seq}`), ' ', h('code', null, report.head_hash.slice(0, 16))),
  ];

  async function drawReport() {
    try {
      fill(sheet, drawn(await api.get(`${ONE}/report`, { path, query: { year: year(), month: monthNumber() }, signal })));
    } catch (error) {
      if (!isAbort(error)) fill(sheet, problemBox(error));
    }
  }

  async function drawIssued() {
    const { items } = await api.get(`${ONE}/reports`, { path, signal });
    fill(
      issued,
      plainTable({
        caption: t('已出具的月报', 'Issued reports'),
        rows: items,
        columns: [
          { title: t('第几份', 'No.'), cell: (row) => String(row.n) },
          { title: t('月末', 'Month'), cell: (row) => row.month_end, kind: 'nowrap' },
          { title: t('依据凭证', 'Known at'), kind: 'number', cell: (row) => String(row.known_seq) },
          { title: t('累计处置', 'Total'), kind: 'number', cell: (row) => (row.report ? shown(row.report.total) : '') },
          { title: t('完成率', 'Completion'), kind: 'number', cell: (row) => (row.report?.completion.percent ? `${row.report.completion.percent}%` : '—') },
          { title: t('出具', 'Issued'), cell: (row) => [moment(row.issued_at), ' ', person(row.issued_by)], kind: 'nowrap' },
          {
            title: t('核验', 'Proof'),
            cell: (row) => h('button', { type: 'button', class: 'link no-print', onclick: async () => {
              try {
                const { is_proved } = await api.get(`${ONE}/reports/{n}/proof`, { path: { ...path, n: row.n }, signal });
                toast(is_proved ? t('核验一致:由凭证重新计算得到同一份月报', 'Proved: the vouchers give the same report') : t('核验不一致', 'Not proved'), is_proved ? 'good' : 'bad');
              } catch (error) { toastProblem(error); }
            } }, t('重新计算核验', 'Prove')),
          },
        ],
        empty: t('尚未出具月报', 'None issued yet'),
      }),
    );
  }

  async function draw() {
    const { base, plots } = await api.get(ONE, { path, signal });
    title(base.name);
    /** @param {string} step @param {string} text @param {string} [kind] */
    const button = (step, text, kind) =>
      h('button', { type: 'button', class: kind, onclick: async () => {
        const done = await askText({ title: text, label: t('意见(可不填)', 'Comment (optional)'), yes: text, optional: true, act: async (comment) => { await api.send('post', `${ONE}/${step}`, { path, body: { version: base.version, ...(comment ? { comment } : {}) } }); return true; } });
        if (done) { toast(t('已办理', 'Done')); await draw(); }
      } }, text);
    const isApproved = base.state === 'approved';
    const monthId = newId('month');
    fill(
      root,
      panel(
        null,
        facts([
          [t('种类', 'Kind'), word('FrozenKind', base.kind)],
          [t('状态', 'State'), tag(word('FrozenState', base.state), isApproved ? 'good' : 'accent')],
          [t('截止日', 'As of'), base.as_of],
          [t('依据凭证', 'Known at'), t(`第 ${base.known_seq} 号`, `voucher ${base.known_seq}`)],
          [t('基数', 'Base'), areaWithUnit(base.area_m2)],
          [t('任务', 'Task'), areaWithUnit(base.task_m2)],
          [t('任务文件', 'Document'), `${base.task_number} ${base.task_dated}`],
          [t('提出', 'Proposed by'), person(base.proposer)],
          [t('批准', 'Approved by'), person(base.approver)],
          [t('清单摘要', 'Digest of the list'), h('code', null, base.list_sha256.slice(0, 24))],
        ]),
        h(
          'div',
          { class: 'buttons no-print' },
          base.state === 'proposed' && can('approver') && base.proposer !== me?.id && button('approve', t('批准基数', 'Approve'), 'primary'),
          base.state === 'proposed' && can('clerk', 'reviewer') && base.proposer === me?.id && button('withdraw', t('撤回', 'Withdraw')),
        ),
      ),
      isApproved &&
        panel(
          t('月报', 'Monthly report'),
          h(
            'div',
            { class: 'buttons no-print' },
            h('label', { for: monthId }, t('月份', 'Month')),
            h('input', { id: monthId, type: 'month', value: month, onchange: (/** @type {Event} */ { target }) => { month = /** @type {HTMLInputElement} */ (target).value; setQuery({ month }); void drawReport(); } }),
            can('clerk', 'reviewer', 'approver') && h('button', { type: 'button', class: 'primary', onclick: async () => { try { await api.send('post', `${ONE}/reports`, { path, body: { year: year(), month: monthNumber() } }); toast(t('已出具', 'Issued')); await drawIssued(); } catch (error) { toastProblem(error); } } }, t('出具本月月报', 'Issue it')),
            h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')),
          ),
          sheet,
        ),
      isApproved && panel(t('已出具的月报', 'Issued reports'), issued),
      panel(
        t(`冻结清单(${plots.length} 个地块)`, `Frozen list (${plots.length} plots)`),
        plainTable({
          caption: t('冻结清单', 'Frozen list'),
          rows: plots.slice(0, PLOTS_SHOWN),
          columns: [
            { title: t('地块', 'Plot'), cell: (row) => codeLink('plots', row.plot) },
            { title: t('批准日期', 'Approved on'), cell: (row) => row.approved_on, kind: 'nowrap' },
            { title: t('乡镇街道', 'Township'), cell: (row) => row.township && towns.get(row.township) },
            { title: t('面积', 'Area'), area: (row) => row.area_m2 },
          ],
        }),
        plots.length > PLOTS_SHOWN && h('p', { class: 'quiet' }, t(`另有 ${plots.length - PLOTS_SHOWN} 个`, `and ${plots.length - PLOTS_SHOWN} more`)),
      ),
    );
    if (isApproved) await Promise.all([drawReport(), drawIssued()]);
  }
  await draw();
}
