// As much of a PNG as a test of icons needs to know.
import { inflateSync } from "node:zlib";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** How opaque the very corner is: 0 to 255. */
  readonly cornerOpacity: number;
}

const SIGNATURE_BYTES = 8;
const WITH_TRANSPARENCY = 6;

export function readPicture(png: Buffer): Picture {
  const data: Buffer[] = [];
  let at = SIGNATURE_BYTES;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  if (png[25] !== WITH_TRANSPARENCY) throw new Error("a picture without transparency");
  // The first pixel of the first row is never changed by the row's filter, whose number is the first byte.
  const [, , , , cornerOpacity = 0] = inflateSync(Buffer.concat(data));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), cornerOpacity };
}
