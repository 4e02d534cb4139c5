// 待批凭证: vouchers on their way into the books, those that wait for the reader first.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { panel, person, stateTag, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { plainTable, table } from '../app/table.js';
import { choices, word } from '../app/words.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, can, me } = context;
  const path = { county };
  const pattern = '/api/v1/counties/{county}/proposals';
  /** @param {import('../types.js').Schema<'ProposalSummary'>} row */
  const isMine = (row) => Boolean(row.waits_for && can(row.waits_for) && row.proposer !== me?.id && row.reviewer !== me?.id);
  const mine = h('div');
  root.append(
    mine,
    table({
      caption: t('待批凭证', 'Proposals'),
      context,
      load: (query, signal) => api.get(pattern, { path, query, signal }),
      filters: [{ name: 'state', title: t('状态', 'State'), kind: 'select', choices: choices('State') }],
      columns: [
        { title: t('编号', 'No.'), sort: 'id', cell: (row) => t(`第 ${row.id} 件`, `No. ${row.id}`) },
        { title: t('种类', 'Kind'), sort: 'kind', cell: (row) => word('Kind', row.kind), kind: 'nowrap' },
        { title: t('生效日', 'Effective on'), sort: 'effective_on', cell: (row) => row.effective_on, kind: 'nowrap' },
        { title: t('状态', 'State'), sort: 'state', cell: (row) => stateTag(row.state) },
        { title: t('等待', 'Waits for'), cell: (row) => [word('Role', row.waits_for), ' ', isMine(row) && tag(t('待我办', 'me'), 'warn')] },
        { title: t('经办', 'Proposed by'), cell: (row) => person(row.proposer) },
        { title: t('入账凭证', 'Voucher'), sort: 'posted_seq', cell: (row) => row.posted_seq && h('a', { href: link(`vouchers/${row.posted_seq}`) }, t(`第 ${row.posted_seq} 号`, `no. ${row.posted_seq}`)) },
        { title: t('最近变动', 'Changed'), sort: 'changed_at', cell: (row) => moment(row.changed_at), kind: 'nowrap' },
      ],
      href: (row) => link(`proposals/${row.id}`),
      rowClass: (row) => isMine(row) && 'warn',
      file: { pattern, path, name: t('待批凭证', 'proposals') },
    }).root,
  );
  if (!can('reviewer', 'approver') || context.query.get('state')) return;
  // What waits for the reader stands first, however many have been posted since.
  const lists = await Promise.all(['proposed', 'reviewed'].map((state) => api.get(pattern, { path, query: { state, limit: 1000 }, signal: context.signal })));
  const waiting = lists.flatMap(({ items }) => items).filter(isMine);
  if (waiting.length === 0) return;
  fill(
    mine,
    panel(
      t(`待我办理(${waiting.length} 件)`, `Waiting for me (${waiting.length})`),
      plainTable({
        caption: t('待我办理', 'Waiting for me'),
        rows: waiting,
        href: (row) => link(`proposals/${row.id}`),
        columns: [
          { title: t('编号', 'No.'), cell: (row) => t(`第 ${row.id} 件`, `No. ${row.id}`) },
          { title: t('种类', 'Kind'), cell: (row) => word('Kind', row.kind) },
          { title: t('生效日', 'Effective on'), cell: (row) => row.effective_on, kind: 'nowrap' },
          { title: t('状态', 'State'), cell: (row) => stateTag(row.state) },
          { title: t('经办', 'Proposed by'), cell: (row) => person(row.proposer) },
          { title: t('最近变动', 'Changed'), cell: (row) => moment(row.changed_at), kind: 'nowrap' },
        ],
      }),
    ),
  );
}
