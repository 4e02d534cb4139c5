// Archives: the files in one, and one made of files. XLSX, ODS and packed Shapefiles are archives.

/**
 * A file of an archive. The bytes of its name stay as they are: who packed it may have written them in GBK.
 * @typedef {{ name: string, rawName: Uint8Array<ArrayBuffer>, flags: number, method: number, packed: Uint8Array<ArrayBuffer>, crc: number, size: number }} Entry
 */

/** Names are UTF-8. */
const UTF8_NAME = 0x0800;

/** The files of an archive, by its directory at the end. @param {Uint8Array<ArrayBuffer>} bytes @returns {Entry[]} */
export function entriesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('the file is no archive');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  /** @type {Entry[]} */
  const entries = [];
  for (let n = 0; n < count; n += 1) {
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const rawName = bytes.slice(at + 46, at + 46 + nameLength);
    entries.push({
      name: new TextDecoder().decode(rawName),
      rawName,
      flags: view.getUint16(at + 8, true) & UTF8_NAME,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: bytes.slice(start, start + view.getUint32(at + 20, true)),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** @param {Entry} entry */
export async function unpacked({ method, packed }) {
  if (method === 0) return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Other contents for a file of an archive. @param {Entry} entry @param {Uint8Array<ArrayBuffer>} raw */
export const refill = (entry, raw) => Object.assign(entry, { method: 0, packed: raw, crc: crc32(raw), size: raw.length });

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {Entry[]} entries */
export function archive(entries) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let offset = 0;
  for (const { rawName, flags, method, packed, crc, size } of entries) {
    /** @param {number} length @param {number} signature @param {number} from */
    const header = (length, signature, from) => {
      const view = new DataView(new ArrayBuffer(length + rawName.length));
      view.setUint32(0, signature, true);
      view.setUint16(from, 20, true);
      view.setUint16(from + 2, flags, true);
      view.setUint16(from + 4, method, true);
      view.setUint16(from + 8, 0x21, true);
      view.setUint32(from + 10, crc, true);
      view.setUint32(from + 14, packed.length, true);
      view.setUint32(from + 18, size, true);
      view.setUint16(from + 22, rawName.length, true);
      const bytes = new Uint8Array(view.buffer);
      bytes.set(rawName, length);
      return { view, bytes };
    };
    const local = header(30, 0x04034b50, 4);
    const central = header(46, 0x02014b50, 6);
    central.view.setUint16(4, 20, true);
    central.view.setUint32(42, offset, true);
    parts.push(local.bytes, packed);
    directory.push(central.bytes);
    offset += local.bytes.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, end.buffer]);
}
