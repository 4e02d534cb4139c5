// The files that belong to a record: scans, photographs, papers.

import * as api from './api.js';
import { dialog } from './dialog.js';
import { moment } from './dates.js';
import { fill, h } from './dom.js';
import { form, given } from './form.js';
import { t } from './i18n.js';
import { panel } from './parts.js';
import { isAbort, problemBox } from './problem.js';
import { plainTable } from './table.js';
import { toast, toastProblem } from './toast.js';
import { word } from './words.js';

const ACCEPT = 'application/pdf,image/jpeg,image/png';

/** @param {string} county @param {File} file */
export async function upload(county, file) {
  const { data } = await api.send('post', '/api/v1/counties/{county}/attachments', { path: { county }, body: file, type: file.type });
  return /** @type {import('../types.js').Schema<'AttachmentView'>} */ (data);
}

/** @param {string} county @param {string} sha256 @param {string} mediaType */
export function openAttachment(county, sha256, mediaType) {
  const ending = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }[mediaType] ?? 'bin';
  return api.download('/api/v1/counties/{county}/attachments/{sha256}', { path: { county, sha256 }, name: `${sha256.slice(0, 12)}.${ending}` }).catch(toastProblem);
}

/**
 * @param {import('../types.js').Context} context
 * @param {import('../types.js').Schema<'SubjectKind'>} subject
 * @param {number} id
 */
export function attachments(context, subject, id) {
  const { county, can, signal } = context;
  const place = h('div');
  async function refresh() {
    try {
      const { items } = await api.get('/api/v1/counties/{county}/attachments', { path: { county }, query: { subject, id }, signal });
      fill(
        place,
        plainTable({
          caption: t('附件', 'Attachments'),
          rows: items,
          columns: [
            { title: t('用途', 'Purpose'), cell: (row) => row.purpose ?? t('(未注明)', '(none given)') },
            { title: t('类型', 'Type'), cell: (row) => word('MediaType', row.attachment.media_type) },
            { title: t('大小', 'Size'), kind: 'number', cell: (row) => `${Math.ceil(row.attachment.size / 1024)} KB` },
            { title: t('拍摄时间', 'Taken'), cell: (row) => moment(row.taken_at) },
            { title: t('登记', 'Recorded'), kind: 'nowrap', cell: (row) => moment(row.recorded_at) },
            {
              title: t('操作', 'Action'),
              cell: (row) => h('button', { type: 'button', class: 'link', onclick: () => openAttachment(county, row.attachment.sha256, row.attachment.media_type) }, t('下载', 'Download')),
            },
          ],
          empty: t('没有附件', 'No attachments'),
        }),
      );
    } catch (error) {
      if (!isAbort(error)) fill(place, problemBox(error));
    }
  }
  void refresh();
  const add = () => {
    const made = form({
      parts: [
        { name: 'file', title: t('文件(PDF、JPEG、PNG)', 'File (PDF, JPEG, PNG)'), kind: 'file', accept: ACCEPT, required: true, wide: true },
        { name: 'purpose', title: t('用途', 'Purpose'), most: 200, wide: true },
      ],
      send: t('上传', 'Upload'),
      submit: async (values, files) => {
        const kept = await upload(county, /** @type {File} */ (files['file']));
        await api.post('/api/v1/counties/{county}/attachments/{sha256}/subjects', {
          path: { county, sha256: kept.sha256 },
          body: { subject, id, ...(given(values['purpose']) ? { purpose: given(values['purpose']) } : {}) },
        });
      },
      done: () => {
        made.element.closest('dialog')?.close();
        toast(t('已上传', 'Uploaded'));
        void refresh();
      },
    });
    void dialog({ title: t('添加附件', 'Add an attachment'), body: made.element });
  };
  return panel(t('附件', 'Attachments'), place, can('clerk') && h('div', { class: 'buttons no-print' }, h('button', { type: 'button', onclick: add }, t('添加附件', 'Add'))));
}
