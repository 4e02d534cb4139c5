// One pre-check for the staff: the answer, the contact, and the demand it becomes.

import * as api from '../app/api.js';
import { confirm, dialog } from '../app/dialog.js';
import { h } from '../app/dom.js';
import { withoutEmpty } from '../app/fields.js';
import { form, given } from '../app/form.js';
import { t } from '../app/i18n.js';
import { facts, panel } from '../app/parts.js';
import { precheckResult } from '../app/precheck-result.js';
import { go } from '../app/router.js';
import { styles } from '../app/styles.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, { county, params, signal, can, title }) {
  await styles('precheck');
  const path = { county, id: params['id'] ?? '' };
  const file = await api.get('/api/v1/counties/{county}/prechecks/{id}', { path, signal });
  const { summary, contact } = file;
  title(t(`企业预审 ${summary.id}`, `Pre-check ${summary.id}`));
  const tools = document.getElementById('page-tools');
  if (can('clerk')) tools?.append(h('button', { type: 'button', class: 'primary', onclick: () => void toDemand() }, t('转为需求申报', 'Make it a demand')));
  tools?.append(h('button', { type: 'button', onclick: () => window.print() }, t('打印', 'Print')));
  if (contact) {
    root.append(
      panel(
        t('联系人', 'Contact'),
        facts([[t('姓名', 'Name'), contact.name], [t('电话', 'Telephone'), contact.phone], [t('电子邮箱', 'E-mail'), contact.email], [t('清除日期', 'Erased on'), file.erase_on]]),
        can('approver') && h('button', { type: 'button', class: 'no-print', onclick: () => void erase() }, t('立即清除', 'Erase it now')),
      ),
    );
  }
  root.append(...precheckResult({ reference: summary.reference, recorded_at: summary.recorded_at, body: file.body, answer: file.answer }).flat().filter((part) => part instanceof Node));

  async function toDemand() {
    const made = form({
      parts: [
        { name: 'needed_by', title: t('希望取得用地的日期', 'Land needed by'), kind: 'day' },
        { name: 'remark', title: t('备注', 'Remark'), kind: 'textarea', most: 1000 },
      ],
      initial: { needed_by: summary.needed_by ?? '' },
      send: t('登记需求', 'Record the demand'),
      submit: (values) => api.post('/api/v1/counties/{county}/prechecks/{id}/demand', { path, body: withoutEmpty({ needed_by: given(values['needed_by']), remark: given(values['remark']) }), signal }),
      done(demand) {
        made.element.closest('dialog')?.close();
        toast(t('已登记', 'Recorded'));
        go(`demands/${demand.data.id}`);
      },
      signal,
    });
    await dialog({ title: t('转为需求申报', 'Make it a demand'), body: made.element });
  }

  async function erase() {
    const done = await confirm({
      title: t('清除联系人', 'Erase the contact'),
      body: h('p', null, t('清除后不能恢复;预审内容保留。', 'It cannot be brought back; the pre-check itself stays.')),
      yes: t('清除', 'Erase'),
      act: () => api.send('delete', '/api/v1/counties/{county}/prechecks/{id}/contact', { path }),
    });
    if (done) go(`prechecks/${summary.id}`);
  }
}
