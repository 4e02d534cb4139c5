// Style sheets that only some pages need.

/** @param {string} name a file of web/style, without `.css`; or a path under web/ @returns {Promise<void>} */
export function styles(name) {
  const href = new URL(name.includes('/') ? `../${name}` : `../style/${name}.css`, import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${name}.css`)));
    document.head.append(link);
  });
}
