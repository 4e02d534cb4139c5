// What a voucher says, for the pages of vouchers and of proposals.

import { openAttachment } from './attachments.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { facts } from './parts.js';
import { link } from './router.js';
import { word } from './words.js';

/** @param {string} county @param {import('../types.js').Schema<'VoucherContents'>} voucher */
export function voucherFacts(county, voucher) {
  const { document } = voucher;
  return facts([
    [t('种类', 'Kind'), word('Kind', voucher.kind)],
    [t('生效日', 'Effective on'), voucher.effective_on],
    [t('供应方式', 'Method'), word('SupplyMethod', voucher.method)],
    [t('核销类型', 'Write-off'), word('WriteOff', voucher.write_off)],
    [t('更正的凭证', 'Corrects'), voucher.corrects && h('a', { href: link(`vouchers/${voucher.corrects}`) }, t(`第 ${voucher.corrects} 号`, `no. ${voucher.corrects}`))],
    [t('文号', 'Document'), document.number],
    [t('出文机关', 'Authority'), document.authority],
    [t('文件日期', 'Dated'), document.dated],
    [
      t('附件', 'Attachments'),
      document.attachments.length > 0 &&
        document.attachments.map((sha256) => [h('button', { type: 'button', class: 'link', onclick: () => openAttachment(county, sha256, '') }, sha256.slice(0, 12)), ' ']).flat(),
    ],
    [t('历史补录', 'Historical'), voucher.historical && t('是', 'yes')],
    [t('客户端编号', 'Client id'), h('code', null, voucher.client_id)],
    [t('说明', 'Memo'), voucher.memo, true],
  ]);
}
