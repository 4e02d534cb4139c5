// 地图: the layers of the ledger for the view, a card of what is pointed at, search, and measuring.

import * as api from '../app/api.js';
import { fill, h, later, newId } from '../app/dom.js';
import { measure } from '../app/geodesy.js';
import { t } from '../app/i18n.js';
import { plotCard, parcelCard, approvalCard } from '../app/map-cards.js';
import { AGE_COLOURS, LAYERS, ageColour, drawn, drawnCells } from '../app/map-layers.js';
import { searchBox } from '../app/map-search.js';
import { problemBox, isAbort } from '../app/problem.js';
import { setQuery } from '../app/router.js';
import { styles } from '../app/styles.js';
import { toastProblem } from '../app/toast.js';

/** @typedef {import('../app/map-layers.js').MapLayer} MapLayer */
/** @typedef {import('../vendor/maplibre-gl/maplibre-gl.mjs').Map} MapView */
/** @typedef {{ type: 'FeatureCollection', features: object[] }} Collection */

/** Features of a layer up to which they are drawn one by one; of more it is shown where they lie. */
const DRAWN_MAX = 1500;
const COLUMNS = 36;
/** Codes that are written on the map at most. */
const LABELS_MAX = 60;
const LABEL_ZOOM = 15;
const MOVED_MS = 150;
/** Address of the tiles of the office's base map; none: there is none. */
const BASE_MAP = document.querySelector('meta[name=base-map]')?.getAttribute('content');

/** @returns {Collection} */
const none = () => ({ type: 'FeatureCollection', features: [] });

/** @param {HTMLElement} root @param {import('../types.js').Context} context */
export async function render(root, context) {
  const { county, query, signal } = context;
  const library = new URL('../vendor/maplibre-gl/', import.meta.url);
  const [{ Map, Marker, NavigationControl, ScaleControl, setWorkerUrl }, { items: counties }, cohorts] = await Promise.all([
    import('../vendor/maplibre-gl/maplibre-gl.mjs'),
    api.get('/api/v1/counties', { signal }),
    cohortDays(county, signal),
    styles('vendor/maplibre-gl/maplibre-gl.css'),
    styles('map'),
  ]);
  setWorkerUrl(new URL('maplibre-gl-worker.mjs', library).href);
  const extent = counties.find((one) => one.county === county)?.extent;
  const bounds = /** @type {[number, number, number, number]} */ (
    extent ? [extent.west, extent.south, extent.east, extent.north].map(Number) : [73, 18, 135, 54]
  );

  const place = h('div', { class: 'map-view', role: 'application', 'aria-label': t('地图;用方向键移动,加减键缩放', 'Map: arrow keys move it, plus and minus zoom') });
  const status = h('p', { class: 'map-status', role: 'status' });
  const card = h('section', { class: 'map-card panel', hidden: true, 'aria-live': 'polite' });
  const tools = h('div', { class: 'map-tools no-print' });
  root.classList.add('map-page');
  root.append(tools, h('div', { class: 'map-frame' }, place, legend(), status, card));

  const at = (query.get('at') ?? '').split(',').map(Number);
  const isPlaced = at.length === 3 && at.every(Number.isFinite);
  const map = new Map({
    container: place,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#f4f1ea' } }] },
    ...(isPlaced ? { center: [at[0], at[1]], zoom: at[2] } : { bounds, fitBoundsOptions: { padding: 24 } }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 22,
    locale: { 'NavigationControl.ZoomIn': t('放大', 'Zoom in'), 'NavigationControl.ZoomOut': t('缩小', 'Zoom out'), 'Map.Title': t('地图', 'Map') },
  });
  signal.addEventListener('abort', () => map.remove());
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  await new Promise((ready) => map.once('load', () => ready(undefined)));
  if (signal.aborted) return;
  place.dataset['ready'] = 'true';

  if (BASE_MAP) {
    map.addSource('base', { type: 'raster', tiles: [BASE_MAP], tileSize: 256, maxzoom: 18 });
    map.addLayer({ id: 'base', type: 'raster', source: 'base', layout: { visibility: query.has('base') ? 'visible' : 'none' } });
  }
  for (const one of LAYERS) {
    map.addSource(one.layer, { type: 'geojson', data: none() });
    map.addSource(`${one.layer}-cells`, { type: 'geojson', data: none() });
    const colour = one.layer === 'residuals' && cohorts ? ageColour(cohorts) : one.colour;
    for (const layer of [...drawnCells(one.layer, one.colour), ...drawn(one, colour)]) map.addLayer(layer);
  }
  for (const name of ['chosen', 'ruler']) map.addSource(name, { type: 'geojson', data: none() });
  map.addLayer({ id: 'chosen', type: 'line', source: 'chosen', paint: { 'line-color': '#14599c', 'line-width': 3.5 } });
  map.addLayer({ id: 'ruler-fill', type: 'fill', source: 'ruler', paint: { 'fill-color': '#14599c', 'fill-opacity': 0.18 } });
  map.addLayer({ id: 'ruler', type: 'line', source: 'ruler', paint: { 'line-color': '#14599c', 'line-width': 2, 'line-dasharray': [2, 1] } });
  map.addLayer({ id: 'ruler-points', type: 'circle', source: 'ruler', paint: { 'circle-color': '#14599c', 'circle-radius': 4 } });

  /** Layers that somebody looks at. */
  const shown = new Set(given(query.get('layers')) ?? LAYERS.filter(({ isOff }) => !isOff).map(({ layer }) => layer));
  /** @type {import('../vendor/maplibre-gl/maplibre-gl.mjs').Marker[]} */
  let labels = [];
  let loading = new AbortController();
  signal.addEventListener('abort', () => loading.abort());

  function legend() {
    return h(
      'fieldset',
      { class: 'map-legend no-print' },
      h('legend', null, t('图层', 'Layers')),
      LAYERS.toReversed().map((one) => {
        const id = newId('layer');
        const wanted = given(query.get('layers'));
        return h(
          'div',
          null,
          h('input', {
            id, type: 'checkbox', checked: wanted ? wanted.includes(one.layer) : !one.isOff,
            onchange: (/** @type {Event} */ { target }) => {
              if (/** @type {HTMLInputElement} */ (target).checked) shown.add(one.layer);
              else shown.delete(one.layer);
              setQuery({ layers: [...shown].join(',') });
              void load();
            },
          }),
          h('label', { for: id }, h('span', { class: `map-key key-${one.layer}`, 'aria-hidden': 'true' }), one.title()),
          one.layer === 'residuals' && cohorts && ages(cohorts),
        );
      }),
      BASE_MAP && baseSwitch(),
    );
  }

  /** The office's base map lies below everything else, and is asked for when somebody wants it. */
  function baseSwitch() {
    const id = newId('layer');
    return h(
      'div',
      null,
      h('input', {
        id, type: 'checkbox', checked: query.has('base'),
        onchange: (/** @type {Event} */ { target }) => {
          const { checked } = /** @type {HTMLInputElement} */ (target);
          map.setLayoutProperty('base', 'visibility', checked ? 'visible' : 'none');
          setQuery({ base: checked });
        },
      }),
      h('label', { for: id }, t('底图', 'Base map')),
    );
  }

  /** Fetches what the view shows. */
  async function load() {
    loading.abort();
    loading = new AbortController();
    const of = loading.signal;
    const view = map.getBounds();
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((side) => side.toFixed(7)).join(',');
    place.dataset['loaded'] = 'false';
    try {
      const found = await Promise.all(LAYERS.map((one) => loadLayer(one, box, of)));
      if (of.aborted) return;
      // Squares of several layers one above the other could not be told apart: those of the uppermost are drawn.
      const dense = LAYERS.findLastIndex((_, at) => found[at]?.isMany);
      for (const [at, { layer }] of LAYERS.entries()) {
        map.getSource(`${layer}-cells`)?.setData(at === dense ? squares(found[at]?.items ?? []) : none());
      }
      const names = LAYERS.flatMap((one, at) => (found[at] ? [t(`${one.title()} ${found[at].total} 个`, `${one.title()}: ${found[at].total}`)] : []));
      const hint = LAYERS[dense] && t(`;方格深浅为${LAYERS[dense].title()}的疏密,放大可见图形`, `; squares are darker where ${LAYERS[dense].title()} are denser: zoom in to see them`);
      fill(status, names.join(t('、', ', ')), hint);
      label(found.at(-1)?.features ?? []);
      place.dataset['loaded'] = 'true';
    } catch (error) {
      if (!isAbort(error)) fill(status, problemBox(error));
    }
  }

  /**
   * Draws the features of a layer, if they are not too many, and says how many there are and where.
   * @param {MapLayer} one @param {string} bbox @param {AbortSignal} of
   */
  async function loadLayer({ layer }, bbox, of) {
    const features = map.getSource(layer);
    if (!shown.has(layer)) {
      features?.setData(none());
      return null;
    }
    const { total, items } = await api.get('/api/v1/counties/{county}/feature-cells', { path: { county }, query: { layer, bbox, columns: COLUMNS }, signal: of });
    const isMany = total > DRAWN_MAX;
    /** @type {Collection} */
    let found = none();
    if (!isMany && total > 0) {
      const response = await api.fetchFrom(`/ogc/collections/${layer}/items`, { query: { bbox, limit: DRAWN_MAX }, headers: { accept: 'application/geo+json' }, signal: of });
      found = await response.json();
    }
    if (!of.aborted) features?.setData(found);
    return { total, items, isMany, features: found.features };
  }

  /** Writes codes on the plots where they are seen large enough. @param {any[]} plots */
  function label(plots) {
    for (const one of labels) one.remove();
    labels = [];
    if (map.getZoom() < LABEL_ZOOM || plots.length > LABELS_MAX) return;
    labels = plots
      .filter(({ geometry }) => geometry)
      .map(({ properties, geometry }) => new Marker({ element: h('span', { class: 'map-label' }, properties.code) }).setLngLat(middle(geometry)).addTo(map));
  }

  const moved = later(MOVED_MS, () => {
    const { lng, lat } = map.getCenter();
    setQuery({ at: `${lng.toFixed(5)},${lat.toFixed(5)},${map.getZoom().toFixed(2)}` });
    void load();
  });
  map.on('moveend', moved);

  /** @param {string} layer @param {number} id @param {boolean} [isLookedFor] the view goes there */
  async function choose(layer, id, isLookedFor = false) {
    setQuery({ plot: layer === 'plots' ? id : '', parcel: layer === 'parcels' ? id : '', approval: layer === 'approvals' ? id : '' });
    try {
      const feature = await api.fetchFrom(`/ogc/collections/${layer}/items/${id}`, { headers: { accept: 'application/geo+json' }, signal }).then((response) => response.json());
      map.getSource('chosen')?.setData(feature.geometry ? feature : none());
      const around = feature.geometry && extentOf(feature.geometry);
      if (isLookedFor && around) map.fitBounds(around, { padding: 80, maxZoom: 17, animate: false });
      const body = layer === 'plots' ? await plotCard(context, id) : layer === 'parcels' ? await parcelCard(context, id) : await approvalCard(context, id);
      card.hidden = false;
      fill(card, h('button', { type: 'button', class: 'icon map-close', 'aria-label': t('关闭', 'Close'), onclick: close }, '×'), body, !feature.geometry && h('p', { class: 'box warn' }, t('未落图:没有图形', 'Not on the map: it has no polygon')));
    } catch (error) {
      toastProblem(error);
    }
  }

  function close() {
    card.hidden = true;
    map.getSource('chosen')?.setData(none());
    setQuery({ plot: '', parcel: '', approval: '' });
  }

  /** Points of the ruler; none while nobody measures. @type {[number, number][] | null} */
  let ruler = null;
  map.on('click', ({ point, lngLat }) => {
    if (ruler) {
      ruler.push([lngLat.lng, lngLat.lat]);
      return drawRuler();
    }
    const [cell] = map.queryRenderedFeatures([point.x, point.y], { layers: LAYERS.map(({ layer }) => `${layer}-cells`) });
    if (cell) {
      map.fitBounds(extentOf(/** @type {any} */ (cell.geometry)) ?? bounds, { padding: 10 });
      return;
    }
    const [hit] = map.queryRenderedFeatures([point.x, point.y], { layers: LAYERS.map(({ layer }) => `${layer}-fill`) });
    if (!hit) return;
    // A residual is what is left of a plot and bears its number.
    void choose(hit.source === 'residuals' ? 'plots' : hit.source, Number(hit.id));
  });

  const measured = h('output', { class: 'map-measured' });
  const measuring = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => setRuler(ruler ? null : []) }, t('量测', 'Measure'));

  /** @param {[number, number][] | null} points */
  function setRuler(points) {
    ruler = points;
    measuring.setAttribute('aria-pressed', String(Boolean(points)));
    map.getCanvas().style.cursor = points ? 'crosshair' : '';
    if (points) map.doubleClickZoom.disable();
    else map.doubleClickZoom.enable();
    drawRuler();
  }

  function drawRuler() {
    const points = ruler ?? [];
    const [first] = points;
    map.getSource('ruler')?.setData({
      type: 'FeatureCollection',
      features: [
        ...points.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } })),
        ...(points.length === 2 ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: points } }] : []),
        ...(points.length > 2 && first ? [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...points, first]] } }] : []),
      ],
    });
    const { length, area } = measure(points);
    fill(
      measured,
      ruler && (points.length < 2
        ? t('在地图上点选各点', 'Point at the corners on the map')
        : t(
            `长 ${length.toFixed(2)} 米${points.length > 2 ? `,面积 ${area.toFixed(2)} 平方米 = ${((area * 3) / 2000).toFixed(4)} 亩 = ${(area / 10000).toFixed(4)} 公顷` : ''}(图上量测,仅供参考)`,
            `length ${length.toFixed(2)} m${points.length > 2 ? `, area ${area.toFixed(2)} m² = ${((area * 3) / 2000).toFixed(4)} mu = ${(area / 10000).toFixed(4)} ha` : ''} (measured on the map, for orientation)`,
          )),
      ruler && points.length > 0 && h('button', { type: 'button', onclick: () => { ruler?.pop(); drawRuler(); } }, t('撤销一点', 'Undo')),
    );
  }

  fill(
    tools,
    searchBox(context, (layer, id) => void choose(layer, id, true)),
    measuring,
    h('button', { type: 'button', onclick: () => map.fitBounds(bounds, { padding: 24 }) }, t('全县', 'Whole county')),
    measured,
  );
  for (const [name, layer] of /** @type {const} */ ([['plot', 'plots'], ['parcel', 'parcels'], ['approval', 'approvals']])) {
    const id = Number(query.get(name));
    if (id) await choose(layer, id, !isPlaced);
  }
  await load();
}

/** @param {string | null} text */
const given = (text) => (text === null ? null : /** @type {MapLayer['layer'][]} */ (text.split(',').filter(Boolean)));

/** @param {[string, string]} days */
const ages = ([second, third]) =>
  h(
    'ul',
    { class: 'map-ages' },
    [t(`${second.slice(0, 4)} 年前批准`, `before ${second.slice(0, 4)}`), t(`${second.slice(0, 4)} 年至 ${Number(third.slice(0, 4)) - 1} 年`, `${second.slice(0, 4)} to ${Number(third.slice(0, 4)) - 1}`), t(`${third.slice(0, 4)} 年以后`, `since ${third.slice(0, 4)}`)].map((text, step) =>
      h('li', null, h('span', { class: `map-key age-${step}`, 'data-colour': AGE_COLOURS[step], 'aria-hidden': 'true' }), text),
    ),
  );

/** The days on which the buckets of the yearly assessment begin, as the policy has them. @param {string} county @param {AbortSignal} signal @returns {Promise<[string, string] | null>} */
async function cohortDays(county, signal) {
  const { parameters } = await api.get('/api/v1/policy', { query: { county }, signal });
  const year = (/** @type {string} */ id) => parameters.find((one) => one.id === id)?.value;
  const [second, third] = [year('ledger.cohort.second'), year('ledger.cohort.third')];
  return second && third ? [`${second}-01-01`, `${third}-01-01`] : null;
}

/** Cells as squares, each with its share of the fullest. @param {{ bbox: number[], total: number }[]} items @returns {Collection} */
function squares(items) {
  const most = Math.max(1, ...items.map(({ total }) => total));
  return {
    type: 'FeatureCollection',
    features: items.map(({ bbox: [west = 0, south = 0, east = 0, north = 0], total }) => ({
      type: 'Feature',
      properties: { total, share: total / most },
      geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
    })),
  };
}

/** @param {{ coordinates: unknown }} geometry @returns {[number, number, number, number] | null} */
function extentOf({ coordinates }) {
  const flat = /** @type {number[]} */ (/** @type {any} */ (coordinates).flat(Infinity));
  if (flat.length < 2) return null;
  const [xs, ys] = [flat.filter((_, at) => at % 2 === 0), flat.filter((_, at) => at % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** @param {{ coordinates: unknown }} geometry @returns {[number, number]} */
function middle(geometry) {
  const [west, south, east, north] = extentOf(geometry) ?? [0, 0, 0, 0];
  return [(west + east) / 2, (south + north) / 2];
}
