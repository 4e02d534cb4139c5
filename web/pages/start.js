// The first page: what the reader may open.

import { h } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { mayOpen } from '../app/layout.js';
import { go, link } from '../app/router.js';
import { GROUPS, PAGES, READ } from './list.js';

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export function render(root, { title, me, can }) {
  // Staff begin with how the county stands.
  if (me && can(...READ)) return go('overview', {}, { replace: true });
  title(t('地账', 'Dizhang'));
  root.append(
    h(
      'p',
      { class: 'lead' },
      me
        ? t('县级土地台账、供地测算与闲置土地管理。', 'Land accounts, supply calculations and idle land of the county.')
        : t('企业可在此自查用地项目、测算供应方案,无需账号。', 'Enterprises check projects and compare ways of supply here, without an account.'),
    ),
  );
  for (const [group, zh, en] of GROUPS) {
    const pages = PAGES.filter((page) => page.group === group && mayOpen(page));
    if (pages.length === 0) continue;
    root.append(
      h(
        'section',
        null,
        zh && h('h2', null, t(zh, en)),
        h('ul', { class: 'tiles' }, pages.map((page) => h('li', null, h('a', { href: link(page.route) }, t(...page.title))))),
      ),
    );
  }
  root.append(h('p', { class: 'quiet' }, h('a', { href: 'docs/' }, t('接口文档', 'API documentation'))));
}
