// Setting a password with a one-time secret.

import * as api from '../app/api.js';
import { h } from '../app/dom.js';
import { form } from '../app/form.js';
import { t } from '../app/i18n.js';
import { go } from '../app/router.js';
import { toast } from '../app/toast.js';

/** @param {HTMLElement} root */
export function render(root) {
  const made = form({
    parts: [
      { name: 'secret', title: t('一次性口令', 'One-time secret'), required: true, help: t('由系统管理员当面交给您', 'Handed to you by your administrator') },
      { name: 'new_password', title: t('新密码', 'New password'), kind: 'password', required: true, autocomplete: 'new-password', help: t('至少 12 个字符,不含登录名,不全是数字', 'At least 12 characters, without the login, not digits alone') },
      { name: 'again', title: t('再次输入新密码', 'New password again'), kind: 'password', required: true, autocomplete: 'new-password', check: (value, values) => value !== values['new_password'] && t('两次输入不一致', 'The two differ') },
    ],
    send: t('设置密码', 'Set password'),
    submit: ({ secret = '', new_password }) => api.send('post', '/api/v1/password', { body: { secret: secret.trim(), new_password } }),
    done: () => {
      toast(t('密码已设置,请登录', 'Set: sign in now'));
      go('login');
    },
  });
  root.append(h('div', { class: 'login panel' }, made.element));
}
