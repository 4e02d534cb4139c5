// One proposal: what it would do, what was said, and the step that waits for the reader.

import * as api from '../app/api.js';
import { askText } from '../app/dialog.js';
import { moment } from '../app/dates.js';
import { fill, h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { facts, panel, person, stateTag } from '../app/parts.js';
import { link } from '../app/router.js';
import { toast } from '../app/toast.js';
import { voucherFacts } from '../app/voucher-parts.js';
import { KINDS } from '../app/vocabulary.js';
import { word } from '../app/words.js';
import { linesTable } from './vouchers.js';

const PATTERN = '/api/v1/counties/{county}/proposals/{id}';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, me, title }) {
  const path = { county, id: params['id'] ?? '' };

  async function draw() {
    const { proposal, voucher, events } = await api.get(PATTERN, { path, signal });
    title(t(`待批凭证第 ${proposal.id} 件 · ${word('Kind', proposal.kind)}`, `Proposal ${proposal.id} · ${word('Kind', proposal.kind)}`));
    const isOther = proposal.proposer !== me?.id && proposal.reviewer !== me?.id;
    const isOpen = proposal.state === 'proposed' || proposal.state === 'reviewed';
    const waitsForMe = isOpen && isOther && Boolean(proposal.waits_for && can(proposal.waits_for));

    /** @param {string} step @param {string} text @param {{ optional?: boolean, danger?: boolean, kind?: string }} how */
    const button = (step, text, { optional = false, danger = false, kind = '' } = {}) =>
      h(
        'button',
        {
          type: 'button',
          class: kind || null,
          onclick: async () => {
            const done = await askText({
              title: text,
              label: optional ? t('意见(可不填)', 'Comment (optional)') : t('意见', 'Comment'),
              yes: text,
              danger,
              optional,
              act: async (comment) => {
                await api.send('post', `${PATTERN}/${step}`, { path, body: { version: proposal.version, ...(comment ? { comment } : {}) } });
                return true;
              },
            });
            if (done) {
              toast(t('已办理', 'Done'));
              await draw();
            }
          },
        },
        text,
      );

    const steps = [
      waitsForMe && proposal.waits_for === 'reviewer' && proposal.state === 'proposed' && KINDS[proposal.kind]?.reviewed
        ? button('review', t('审核通过', 'Review'), { optional: true, kind: 'primary' })
        : waitsForMe && button('approve', t('批准入账', 'Approve and post'), { optional: true, kind: 'primary' }),
      waitsForMe && button('return', t('退回', 'Return'), { danger: true }),
      can('clerk') && (isOpen || proposal.state === 'returned') && proposal.proposer === me?.id && button('withdraw', t('撤回', 'Withdraw'), { optional: true, danger: true }),
      can('clerk') && proposal.state === 'returned' && proposal.proposer === me?.id && h('a', { class: 'button primary', href: link('vouchers/new', { revises: proposal.id }) }, t('修改后再提交', 'Revise')),
      (can('clerk', 'reviewer', 'approver')) && proposal.state !== 'posted' && proposal.state !== 'withdrawn' && button('comment', t('附加意见', 'Comment')),
    ];
    fill(
      root,
      panel(
        null,
        facts([
          [t('状态', 'State'), stateTag(proposal.state)],
          [t('等待', 'Waits for'), isOpen && word('Role', proposal.waits_for)],
          [t('经办', 'Proposed by'), [person(proposal.proposer), proposal.proposer === me?.id && t('(本人)', ' (me)')]],
          [t('审核', 'Reviewed by'), person(proposal.reviewer)],
          [t('入账凭证', 'Voucher'), proposal.posted_seq && h('a', { href: link(`vouchers/${proposal.posted_seq}`) }, t(`第 ${proposal.posted_seq} 号`, `no. ${proposal.posted_seq}`))],
        ]),
        isOpen && !isOther && can('reviewer', 'approver') && h('p', { class: 'quiet' }, t('您已在此件中办理过一步,须由他人继续。', 'You took a step in it already: somebody else goes on.')),
        h('div', { class: 'buttons no-print' }, steps),
      ),
      panel(t('法律行为', 'The act'), voucherFacts(county, voucher)),
      panel(t('分录', 'Lines'), linesTable(voucher.lines)),
      panel(
        t('办理经过', 'What was done'),
        h('ol', { class: 'timeline' }, events.map((event) => h('li', null, h('p', null, h('strong', null, word('Action', event.action)), ' ', person(event.user)), event.comment && h('p', null, event.comment), h('p', { class: 'quiet small' }, moment(event.at))))),
      ),
    );
  }
  await draw();
}
