// One voucher: the act, its lines, its place in the chain.

import * as api from '../app/api.js';
import { moment } from '../app/dates.js';
import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { facts, panel, person, tag } from '../app/parts.js';
import { link } from '../app/router.js';
import { voucherFacts } from '../app/voucher-parts.js';
import { word } from '../app/words.js';
import { linesTable } from './vouchers.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, title }) {
  const one = await api.get('/api/v1/counties/{county}/vouchers/{seq}', { path: { county, seq: params['seq'] ?? '' }, signal });
  title(t(`凭证第 ${one.seq} 号 · ${word('Kind', one.voucher.kind)}`, `Voucher ${one.seq} · ${word('Kind', one.voucher.kind)}`));
  if (can('clerk') && one.voucher.kind !== 'correction') {
    document.getElementById('page-tools')?.append(h('a', { class: 'button', href: link('vouchers/new', { corrects: one.seq }) }, t('更正此凭证', 'Correct it')));
  }
  root.append(
    panel(t('法律行为', 'The act'), voucherFacts(county, one.voucher)),
    panel(t('分录', 'Lines'), linesTable(one.voucher.lines)),
    panel(
      t('入账', 'Posting'),
      facts([
        [t('入账时间', 'Recorded at'), moment(one.recorded_at)],
        [t('经办', 'Proposed by'), person(one.proposer)],
        [t('审核', 'Reviewed by'), person(one.reviewer)],
        [t('审批', 'Approved by'), person(one.approver)],
        [t('提示', 'Flags'), (one.late || one.flags.length > 0) && [one.late && tag(t('结账后调整', 'late'), 'warn'), ...one.flags.map(({ code, zh }) => tag(t(zh, code.replaceAll('_', ' ')), 'warn'))]],
        [t('凭证哈希', 'Hash'), h('code', null, one.hash), true],
      ]),
    ),
  );
}
