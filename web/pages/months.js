// 结账: the months whose books are closed, and where the chain stands.

import * as api from '../app/api.js';
import { dialog } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { form } from '../app/form.js';
import { t } from '../app/i18n.js';
import { facts, panel, person } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable } from '../app/table.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, signal, can }) {
  const path = { county };
  async function draw() {
    const [{ items }, head] = await Promise.all([
      api.get('/api/v1/counties/{county}/closed-months', { path, signal }),
      api.get('/api/v1/counties/{county}/ledger-head', { path, signal }),
    ]);
    fill(
      root,
      panel(
        t('账簿现状', 'The books'),
        facts([
          [t('最新凭证号', 'Newest voucher'), head.seq > 0 ? h('a', { href: link(`vouchers/${head.seq}`) }, String(head.seq)) : '0'],
          [t('已结账至', 'Closed through'), head.closed_through ?? t('尚未结账', 'nothing is closed')],
          [t('链式摘要', 'Hash'), h('code', null, head.hash), true],
        ]),
        h('p', { class: 'quiet' }, t('抄存凭证号与摘要,日后可证明此前的账未被改动。', 'Whoever notes down number and hash can prove later that the books before them were not changed.')),
        can('approver') && h('div', { class: 'buttons no-print' }, h('button', { type: 'button', class: 'primary', onclick: close }, t('结账', 'Close a month')), h('a', { class: 'button', href: link('vouchers', { late: true }) }, t('结账后调整', 'Late entries'))),
      ),
      plainTable({
        caption: t('已结账月份', 'Closed months'),
        rows: items,
        columns: [
          { title: t('月末', 'Month'), cell: (row) => row.month_end, kind: 'nowrap' },
          { title: t('凭证号', 'Voucher'), kind: 'number', cell: (row) => String(row.head_seq) },
          { title: t('链式摘要', 'Hash'), cell: (row) => h('code', null, row.head_hash.slice(0, 32)) },
          { title: t('结账', 'Closed'), cell: (row) => [moment(row.closed_at), ' ', person(row.closed_by)], kind: 'nowrap' },
        ],
        empty: t('尚未结账', 'Nothing is closed yet'),
      }),
    );
  }
  function close() {
    const made = form({
      parts: [{ name: 'month', title: t('结至月份(含此前各月)', 'Through the month'), kind: 'month', required: true }],
      send: t('结账', 'Close'),
      submit: ({ month = '' }) => api.send('post', '/api/v1/counties/{county}/closed-months', { path, body: { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) } }),
      done: () => {
        made.element.closest('dialog')?.close();
        toast(t('已结账', 'Closed'));
        void draw();
      },
    });
    void dialog({ title: t('结账', 'Close a month'), body: [h('p', null, t('结账后,生效日在其内的凭证须经审批,并列入结账后调整。', 'Vouchers of earlier days then need an approver and are shown as late entries.')), made.element] });
  }
  await draw();
}
