// As much of the library's types as the map uses.

export type LngLat = { lng: number; lat: number };
export type Bounds = { getWest(): number; getSouth(): number; getEast(): number; getNorth(): number };
export type MapMouseEvent = { lngLat: LngLat; point: { x: number; y: number }; preventDefault(): void; originalEvent: MouseEvent };
export type Feature = { id?: number | string; properties: Record<string, unknown>; geometry: { type: string; coordinates: unknown }; layer: { id: string }; source: string };

export class Map {
  constructor(options: Record<string, unknown>);
  on(type: string, listener: (event: MapMouseEvent) => void): this;
  once(type: string, listener: () => void): this;
  addSource(id: string, source: Record<string, unknown>): void;
  addLayer(layer: Record<string, unknown>, before?: string): void;
  addControl(control: unknown, place?: string): void;
  getSource(id: string): { setData(data: unknown): void } | undefined;
  getBounds(): Bounds;
  getCenter(): LngLat;
  getZoom(): number;
  getCanvas(): HTMLCanvasElement;
  setLayoutProperty(layer: string, name: string, value: unknown): void;
  queryRenderedFeatures(at?: unknown, options?: Record<string, unknown>): Feature[];
  fitBounds(bounds: [number, number, number, number], options?: Record<string, unknown>): void;
  easeTo(options: Record<string, unknown>): void;
  resize(): void;
  remove(): void;
  readonly doubleClickZoom: { enable(): void; disable(): void };
}
export class Marker {
  constructor(options?: Record<string, unknown>);
  setLngLat(at: [number, number]): this;
  addTo(map: Map): this;
  remove(): this;
}
export class NavigationControl {
  constructor(options?: Record<string, unknown>);
}
export class ScaleControl {
  constructor(options?: Record<string, unknown>);
}
export function setWorkerUrl(url: string): void;
