export type ImageSize = { width: number; height: number };

/** Width and height of a PNG, JPEG, GIF or WebP in pixels from the start of the file; null when they are not there. */
export function imageSize(type: string, bytes: Uint8Array): ImageSize | null {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = READERS[type]?.(head) ?? null;
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // Reading past the end: the file is cut off or no such image after all.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const READERS: Record<string, (head: DataView) => ImageSize | null> = {
  "image/png": (head) => ({ width: head.getUint32(16), height: head.getUint32(20) }),
  "image/gif": (head) => ({ width: head.getUint16(6, true), height: head.getUint16(8, true) }),
  "image/jpeg": jpeg,
  "image/webp": webp,
};

/** Walks over the segments to the frame header. Frames turned by EXIF keep the size as stored. */
function jpeg(head: DataView): ImageSize | null {
  let at = 2;
  for (;;) {
    if (head.getUint8(at) !== 0xff) return null;
    const marker = head.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: head.getUint16(at + 7), height: head.getUint16(at + 5) };
    at += 2 + head.getUint16(at + 2);
  }
}

function webp(head: DataView): ImageSize | null {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => head.getUint8(at)));
  if (kind === "VP8 ") return { width: head.getUint16(26, true) & 0x3fff, height: head.getUint16(28, true) & 0x3fff };
  if (kind === "VP8X") return { width: 1 + uint24(head, 24), height: 1 + uint24(head, 27) };
  if (kind !== "VP8L") return null;
  const bits = head.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
}

function uint24(head: DataView, at: number): number {
  return head.getUint16(at, true) + head.getUint8(at + 2) * 65_536;
}
