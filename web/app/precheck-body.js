// A pre-check between its form (texts by field) and the body that the service takes.

import { given, givenDecimal, givenInteger } from './form.js';
import { withoutEmpty } from './fields.js';

/** @typedef {import('./form.js').Values} Values */

export const INDICATORS = /** @type {const} */ ([
  'investment_intensity', 'output_intensity', 'tax_intensity', 'floor_area_ratio', 'building_coefficient', 'energy_intensity', 'emission_intensity', 'research_share', 'employment',
]);
/** Those the programme tells, so that nobody types them. */
export const COMPUTED = ['floor_area_ratio', 'building_coefficient'];
export const USES = /** @type {const} */ (['dominant', 'admin_living', 'other_ancillary']);
export const CONDITIONS = /** @type {const} */ ([
  'floor_area_ratio_min', 'floor_area_ratio_max', 'building_coefficient_min', 'building_density_max', 'green_ratio_min', 'green_ratio_max', 'height_max_m',
]);
export const BIDDERS = 3;
export const PARCELS = 4;

/** @param {string | undefined} value */
const yesNo = (value) => (value === 'yes' ? true : value === 'no' ? false : undefined);
/** @param {unknown} value */
const fromYesNo = (value) => (value === true ? 'yes' : value === false ? 'no' : '');

/** @param {string | undefined} json @returns {any} */
export function parsed(json) {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}

/** @template {object} T @param {T} part @returns {T | undefined} */
const some = (part) => (Object.keys(part).length > 0 ? part : undefined);

/** A building without what was left empty. @param {any} building */
const building = ({ name, height_m, land_m2, footprint, storeys }) =>
  withoutEmpty({
    name: given(name),
    height_m: givenDecimal(height_m),
    land_m2: footprint ? undefined : givenDecimal(land_m2),
    footprint: footprint ?? undefined,
    storeys: (storeys ?? []).map((/** @type {any} */ storey) =>
      withoutEmpty({ use: storey.use, area_m2: givenDecimal(storey.area_m2), height_m: givenDecimal(storey.height_m), count: givenInteger(storey.count), underground: storey.underground || undefined })),
  });

/** @param {Values} values */
function programme(values) {
  const kind = values['programme'];
  if (!kind) return undefined;
  const uses = Object.fromEntries(USES.map((use) => [use, { actual_m2: givenDecimal(values[`${use}_actual`]) ?? '0', counted_m2: givenDecimal(values[`${use}_counted`]) ?? givenDecimal(values[`${use}_actual`]) ?? '0' }]));
  return withoutEmpty({
    uses: kind === 'uses' ? uses : undefined,
    buildings: kind === 'buildings' ? (parsed(values['buildings']) ?? []).map(building) : undefined,
    admin_living_land: givenDecimal(values['admin_living_land']),
    base_m2: kind === 'uses' ? givenDecimal(values['base_m2']) : undefined,
    yards_m2: givenDecimal(values['yards_m2']),
    green_m2: givenDecimal(values['green_m2']),
    stated_total_actual_m2: givenDecimal(values['stated_total_actual_m2']),
  });
}

/** @param {Values} values */
function land(values) {
  const kind = values['land_kind'];
  const own = kind === 'own';
  const drawn = parsed(values['polygon']);
  const [announcement, item] = (values['offer'] ?? '').split(':').map(Number);
  const announced = kind === 'announced';
  const parts = (values['compatible_parts'] ?? '').split('\n').map((line) => /^(.*?)[\s,,]+([\d.]+)$/.exec(line.trim())).filter((found) => found !== null);
  const area = givenDecimal(values['area']);
  return withoutEmpty({
    kind,
    land_use: announced ? undefined : given(values['land_use']),
    area: announced || !area ? undefined : { value: area, unit: values['area_unit'] || 'mu' },
    township: given(values['township']),
    polygon: drawn ?? undefined,
    announcement: announced && announcement ? announcement : undefined,
    item: announced && item ? item : undefined,
    certificate: own ? given(values['certificate']) : undefined,
    counted_before_m2: own ? givenDecimal(values['counted_before_m2']) : undefined,
    self_used: own ? yesNo(values['self_used']) : undefined,
    within_plan: own ? yesNo(values['within_plan']) : undefined,
    use_unchanged: own ? yesNo(values['use_unchanged']) : undefined,
    compatible_parts: own && parts.length > 0 ? parts.map(([, name = '', m2 = '']) => ({ name, land_m2: m2 })) : undefined,
  });
}

/** @param {Values} values @param {string} county */
export function bodyOf(values, county) {
  const own = values['land_kind'] === 'own';
  const method = given(values['method']);
  const leased = method !== 'flexible' && method !== 'long_lease';
  const adjustment = withoutEmpty({ every: given(values['rent_every']), rise: givenDecimal(values['rent_rise']) });
  const exception = withoutEmpty({ document_no: given(values['exception_no']), body: given(values['exception_body']), decided_on: given(values['exception_on']) });
  const supply = own ? undefined : withoutEmpty({
    method,
    lease_term: leased ? given(values['lease_term']) : undefined,
    total_term: given(values['total_term']),
    rent_adjustment: method === 'long_lease' || method === 'mixed_lease_transfer' ? some(adjustment) : undefined,
    exception: some(exception),
  });
  const price = own || !givenDecimal(values['max_term_unit_price']) ? undefined : withoutEmpty({
    max_term_unit_price: givenDecimal(values['max_term_unit_price']),
    rate: givenDecimal(values['rate']) ?? '0.06',
    grade: givenInteger(values['grade']),
    leased_share: method === 'mixed_lease_transfer' ? givenDecimal(values['leased_share']) : undefined,
  });
  const conditions = withoutEmpty(Object.fromEntries([['document', given(values['conditions_document'])], ...CONDITIONS.map((name) => [name, givenDecimal(values[name])])]));
  const indicators = INDICATORS.filter((name) => givenDecimal(values[`indicator_${name}`])).map((indicator) => ({ indicator, value: givenDecimal(values[`indicator_${indicator}`]) }));
  const standard = withoutEmpty({ commitment: yesNo(values['commitment']), indicators: indicators.length > 0 ? indicators : undefined });
  const others = Array.from({ length: BIDDERS }, (_, n) => withoutEmpty({ code: given(values[`bidder${n}_code`]), name: given(values[`bidder${n}_name`]), share: givenDecimal(values[`bidder${n}_share`]) })).filter((one) => some(one));
  const parcels = Array.from({ length: PARCELS }, (_, n) => withoutEmpty({
    name: given(values[`parcel${n}_name`]), land_use: given(values[`parcel${n}_use`]), area_m2: givenDecimal(values[`parcel${n}_area`]),
    planning_conditions: given(values[`parcel${n}_conditions`]), inside_boundary: yesNo(values[`parcel${n}_inside`]),
  })).filter((one) => some(one));
  const shares = (values['split_shares'] ?? '').split(/[\s,,、]+/).filter(Boolean);
  const project = withoutEmpty({ name: given(values['project_name']), needed_by: given(values['needed_by']) });
  const contact = withoutEmpty({ name: given(values['contact_name']), phone: given(values['contact_phone']), email: given(values['contact_email']) });
  return withoutEmpty({
    county,
    company: withoutEmpty({ code: given(values['company_code']), name: given(values['company_name']) }),
    contact: some(contact),
    industry: withoutEmpty({ code: given(values['industry'])?.toUpperCase(), products: given(values['products']) }),
    project: some(project),
    land: land(values),
    supply,
    price,
    programme: programme(values),
    conditions: some(conditions),
    standard_land: own ? undefined : some(standard),
    package: values['with_package'] === 'true' ? withoutEmpty({ kind: given(values['package_kind']), adjacent: yesNo(values['package_adjacent']), parcels }) : undefined,
    split: values['with_split'] === 'true' ? withoutEmpty({ single_parcel_conditions: yesNo(values['split_conditions']), planning_inspection: yesNo(values['split_inspection']), contract_permits: yesNo(values['split_contract']), shares: shares.length > 0 ? shares : undefined }) : undefined,
    joint_bid: values['with_joint_bid'] === 'true' ? withoutEmpty({ own_share: givenDecimal(values['own_share']), agreement: yesNo(values['bid_agreement']), others }) : undefined,
  });
}

/** The form of a body that was sent. @param {any} body @returns {Values} */
export function valuesOf(body) {
  const { company, industry, project = {}, land: on, supply = {}, price = {}, programme: of, conditions = {}, standard_land: standard = {}, package: packed, split, joint_bid: bid } = body;
  const area = typeof on.area === 'object' && on.area ? on.area : { value: on.area, unit: 'm2' };
  /** @type {Record<string, unknown>} */
  const all = {
    company_code: company.code, company_name: company.name, industry: industry.code, products: industry.products, project_name: project.name, needed_by: project.needed_by,
    land_kind: on.kind, land_use: on.land_use, area: area.value, area_unit: area.value ? area.unit : '', township: on.township,
    polygon: on.polygon ? JSON.stringify(on.polygon) : '', offer: on.announcement ? `${on.announcement}:${on.item}` : '', certificate: on.certificate, counted_before_m2: on.counted_before_m2,
    self_used: fromYesNo(on.self_used), within_plan: fromYesNo(on.within_plan), use_unchanged: fromYesNo(on.use_unchanged),
    compatible_parts: (on.compatible_parts ?? []).map((/** @type {any} */ part) => `${part.name},${part.land_m2}`).join('\n'),
    method: supply.method, lease_term: supply.lease_term, total_term: supply.total_term, rent_every: supply.rent_adjustment?.every, rent_rise: supply.rent_adjustment?.rise,
    exception_no: supply.exception?.document_no, exception_body: supply.exception?.body, exception_on: supply.exception?.decided_on,
    max_term_unit_price: price.max_term_unit_price, rate: price.rate, grade: price.grade, leased_share: price.leased_share,
    programme: of ? (of.buildings ? 'buildings' : of.uses ? 'uses' : '') : '',
    buildings: of?.buildings ? JSON.stringify(of.buildings) : '',
    admin_living_land: typeof of?.admin_living_land === 'object' ? of.admin_living_land?.value : of?.admin_living_land,
    base_m2: of?.base_m2, yards_m2: of?.yards_m2, green_m2: of?.green_m2, stated_total_actual_m2: of?.stated_total_actual_m2,
    conditions_document: conditions.document, commitment: fromYesNo(standard.commitment),
    with_package: packed ? 'true' : '', package_kind: packed?.kind, package_adjacent: fromYesNo(packed?.adjacent),
    with_split: split ? 'true' : '', split_conditions: fromYesNo(split?.single_parcel_conditions), split_inspection: fromYesNo(split?.planning_inspection), split_contract: fromYesNo(split?.contract_permits), split_shares: (split?.shares ?? []).join(' '),
    with_joint_bid: bid ? 'true' : '', own_share: bid?.own_share, bid_agreement: fromYesNo(bid?.agreement),
  };
  for (const use of USES) {
    all[`${use}_actual`] = of?.uses?.[use]?.actual_m2;
    all[`${use}_counted`] = of?.uses?.[use]?.counted_m2;
  }
  for (const name of CONDITIONS) all[name] = conditions[name];
  for (const { indicator, value } of standard.indicators ?? []) all[`indicator_${indicator}`] = value;
  (bid?.others ?? []).forEach((/** @type {any} */ one, /** @type {number} */ n) => Object.assign(all, { [`bidder${n}_code`]: one.code, [`bidder${n}_name`]: one.name, [`bidder${n}_share`]: one.share }));
  (packed?.parcels ?? []).forEach((/** @type {any} */ one, /** @type {number} */ n) => Object.assign(all, { [`parcel${n}_name`]: one.name, [`parcel${n}_use`]: one.land_use, [`parcel${n}_area`]: one.area_m2, [`parcel${n}_conditions`]: one.planning_conditions, [`parcel${n}_inside`]: fromYesNo(one.inside_boundary) }));
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value === null || value === undefined ? '' : String(value)]));
}

/**
 * The body with the figures of a remedy in their places.
 * @param {any} body @param {{ pointer: string, to: string }[]} changes
 */
export function followed(body, changes) {
  const changed = structuredClone(body);
  for (const { pointer, to } of changes) {
    const steps = pointer.split('/').slice(1);
    const last = steps.pop() ?? '';
    let at = changed;
    for (const step of steps) at = at[step] ??= {};
    at[last] = to;
  }
  return changed;
}
