// Drawing an outline in metres on a plain grid: by clicks, by typed coordinates, or from a file.

import * as api from './api.js';
import { fill, h, newId, svg } from './dom.js';
import { t } from './i18n.js';
import { Problem, problemBox } from './problem.js';
import { number } from './numbers.js';

/** @typedef {[number, number]} Point east and north, in metres */
/** @typedef {Point[][]} Rings the outer ring first; rings do not repeat their first point */

const WIDTH = 640;
const HEIGHT = 360;
/** The frame where nothing is drawn yet, in metres. */
const EMPTY = 400;
const MARGIN = 0.12;
/** What a click and an arrow key snap to, in metres. */
const SNAP = 1;

/** The polygon as the service takes it. @param {Rings} rings @param {string} crs */
export const polygonOf = (rings, crs) => ({
  type: /** @type {const} */ ('Polygon'),
  crs: { type: 'name', properties: { name: crs } },
  coordinates: rings.map((ring) => [...ring, /** @type {Point} */ (ring[0])]),
});

/** The rings of a polygon that {@link polygonOf} made. @param {any} polygon @returns {Rings} */
export const ringsOf = (polygon) => {
  if (!polygon?.crs || polygon.type !== 'Polygon') return [];
  return polygon.coordinates.map((/** @type {Point[]} */ ring) => ring.slice(0, -1));
};

/** Square metres inside the rings, for reading. @param {Rings} rings */
export function areaOf(rings) {
  const twice = (/** @type {Point[]} */ ring) =>
    Math.abs(ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = /** @type {Point} */ (ring[(at + 1) % ring.length]);
      return sum + x * nextY - nextX * y;
    }, 0));
  const [outer = 0, ...holes] = rings.map(twice);
  return (outer - holes.reduce((sum, hole) => sum + hole, 0)) / 2;
}

/** One corner a line: east and north. @param {Rings} rings */
const typed = (rings) => (rings[0] ?? []).map(([east, north]) => `${east.toFixed(3)} ${north.toFixed(3)}`).join('\n');

/**
 * Reads typed corners; null where a line is no pair of figures.
 * @param {string} text @returns {Point[] | null}
 */
function corners(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const points = lines.map((line) => line.split(/[\s,,;;]+/).map(Number));
  if (points.some((point) => point.length !== 2 || !point.every(Number.isFinite))) return null;
  return /** @type {Point[]} */ (points);
}

/**
 * @param {{
 *   county: string, crs: string, centre: Point, signal: AbortSignal, label: string,
 *   rings?: Rings, around?: () => { rings: Rings, name: string }[], changed: (rings: Rings) => void,
 * }} options
 */
export function outlineEditor({ county, crs, centre, signal, label, around = () => [], changed, ...options }) {
  /** @type {Rings} */
  let rings = options.rings ?? [];
  /** @type {number | null} */
  let held = null;
  const fileId = newId('file');
  const textId = newId('corners');
  const status = h('p', { class: 'small', role: 'status' });
  const said = h('div');
  const area = h('textarea', { id: textId, rows: 5, spellcheck: 'false', placeholder: `${centre[0].toFixed(3)} ${centre[1].toFixed(3)}` });
  const board = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'board', role: 'img', 'aria-label': label });
  const file = h('input', { id: fileId, type: 'file', accept: '.json,.geojson,.txt,application/geo+json,text/plain' });

  /** West, south and metres a pixel of what is shown. */
  function frame() {
    const points = [...rings, ...around().flatMap((one) => one.rings)].flat();
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const whole = points.length > 1;
    const [west, east] = whole ? [Math.min(...xs), Math.max(...xs)] : [centre[0] - EMPTY / 2, centre[0] + EMPTY / 2];
    const [south, north] = whole ? [Math.min(...ys), Math.max(...ys)] : [centre[1] - EMPTY / 2, centre[1] + EMPTY / 2];
    const scale = Math.max((east - west) / WIDTH, (north - south) / HEIGHT, 20 / WIDTH) * (1 + 2 * MARGIN);
    return { west: (west + east) / 2 - (scale * WIDTH) / 2, south: (south + north) / 2 - (scale * HEIGHT) / 2, scale };
  }

  let shown = frame();
  const place = (/** @type {Point} */ [east, north]) => [(east - shown.west) / shown.scale, HEIGHT - (north - shown.south) / shown.scale];
  const path = (/** @type {Rings} */ of) =>
    of.map((ring) => `M${ring.map((point) => place(point).map((one) => one.toFixed(1)).join(' ')).join('L')}Z`).join('');

  function draw(anew = true) {
    if (anew && held === null) shown = frame();
    const step = [5, 10, 20, 50, 100, 200, 500, 1000].find((one) => one / shown.scale >= 36) ?? 2000;
    /** @type {SVGElement[]} */
    const lines = [];
    for (let x = Math.ceil(shown.west / step) * step; x < shown.west + WIDTH * shown.scale; x += step) {
      const at = (x - shown.west) / shown.scale;
      lines.push(svg('line', { x1: at, x2: at, y1: 0, y2: HEIGHT, class: 'grid' }));
    }
    for (let y = Math.ceil(shown.south / step) * step; y < shown.south + HEIGHT * shown.scale; y += step) {
      const at = HEIGHT - (y - shown.south) / shown.scale;
      lines.push(svg('line', { x1: 0, x2: WIDTH, y1: at, y2: at, class: 'grid' }));
    }
    const outer = rings[0] ?? [];
    fill(
      board,
      lines,
      around().map(({ rings: others, name }) => svg('path', { d: path(others), class: 'beside', 'fill-rule': 'evenodd' }, svg('title', null, name))),
      rings.length > 0 && svg('path', { d: path(rings), class: 'drawn', 'fill-rule': 'evenodd' }),
      outer.map((point, at) => {
        const [x, y] = place(point);
        return svg('circle', { cx: x, cy: y, r: 6, class: 'corner', 'data-at': at });
      }),
      svg('text', { x: 8, y: HEIGHT - 8, class: 'scale' }, t(`每格 ${step} 米`, `${step} m a square`)),
    );
    if (document.activeElement !== area) area.value = typed(rings);
    const measured = outer.length > 2 ? t(`面积约 ${number(areaOf(rings).toFixed(2), 2)} 平方米`, `about ${number(areaOf(rings).toFixed(2), 2)} m²`) : '';
    fill(status, outer.length > 0 ? t(`${outer.length} 个点`, `${outer.length} corners`) : t('在网格上点击加点,或输入坐标、上传文件', 'Click on the grid, type coordinates or send a file'), measured && ` · ${measured}`);
  }

  function done() {
    draw();
    changed(rings.length > 0 && /** @type {Point[]} */ (rings[0]).length > 2 ? rings : []);
  }

  /** @param {PointerEvent} event @returns {Point} */
  function where(event) {
    const box = board.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const snap = (/** @type {number} */ one) => Math.round(one / SNAP) * SNAP;
    return [snap(shown.west + x * shown.scale), snap(shown.south + (HEIGHT - y) * shown.scale)];
  }

  board.addEventListener('pointerdown', (event) => {
    const target = /** @type {Element} */ (event.target);
    const at = target.getAttribute('data-at');
    event.preventDefault();
    if (at !== null) {
      held = Number(at);
      board.setPointerCapture(event.pointerId);
    } else {
      rings = [[...(rings[0] ?? []), where(event)]];
      done();
    }
  });
  board.addEventListener('pointermove', (event) => {
    if (held === null) return;
    const ring = [.../** @type {Point[]} */ (rings[0])];
    ring[held] = where(event);
    rings = [ring, ...rings.slice(1)];
    draw(false);
  });
  board.addEventListener('pointerup', () => {
    if (held === null) return;
    held = null;
    done();
  });
  area.addEventListener('input', () => {
    const points = corners(area.value);
    fill(said, points === null && h('p', { class: 'field-error' }, t('每行应为“东坐标 北坐标”,单位米', 'Each line is east and north in metres')));
    if (points === null) return;
    rings = points.length > 0 ? [points] : [];
    done();
  });
  file.addEventListener('change', async () => {
    const given = file.files?.[0];
    if (!given) return;
    said.replaceChildren();
    if (given.size > 1024 * 1024) {
      fill(said, h('p', { class: 'field-error' }, t('文件超过 1 MB', 'The file exceeds 1 MB')));
      return;
    }
    try {
      const { data: read } = await api.send('post', '/api/v1/outlines/{county}', { path: { county }, body: given, type: 'text/plain', signal });
      if (read.crs !== crs) throw new Error(t('图形不在本县测量坐标带', 'The outline lies in another zone'));
      rings = read.rings.map((/** @type {[string, string][]} */ ring) => ring.map(([east, north]) => /** @type {Point} */ ([Number(east), Number(north)])));
      fill(said, read.repairs.length > 0 && h('ul', { class: 'small quiet' }, read.repairs.map((/** @type {{ line: number, message: { zh: string, en: string } }} */ one) => h('li', null, t(`第 ${one.line} 行:`, `Line ${one.line}: `), t(one.message.zh, one.message.en)))));
      done();
    } catch (error) {
      fill(said, error instanceof Problem ? problemBox(error) : h('p', { class: 'field-error' }, String(error instanceof Error ? error.message : error)));
    } finally {
      file.value = '';
    }
  });

  const element = h(
    'div',
    { class: 'outline-editor' },
    board,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', onclick: () => { rings = rings[0] && rings[0].length > 1 ? [rings[0].slice(0, -1)] : []; done(); } }, t('撤销一点', 'Undo')),
      h('button', { type: 'button', onclick: () => { rings = []; area.value = ''; done(); } }, t('清除', 'Clear')),
      h('span', { class: 'upload' }, h('label', { for: fileId }, t('上传 GeoJSON 或界址点 TXT', 'GeoJSON or boundary points (TXT)')), file),
    ),
    status,
    said,
    h('details', null, h('summary', null, t('输入坐标', 'Type coordinates')), h('label', { for: textId }, t(`每行一个界址点:东坐标 北坐标(米,${crs},不带带号)`, `One corner a line: east and north in metres (${crs}, without zone prefix)`)), area),
  );
  draw();
  return {
    element,
    draw,
    /** @param {Rings} wanted */
    set(wanted) {
      rings = wanted;
      draw();
    },
  };
}
