import { fileTypeFromBuffer } from "file-type";

/** Pictures that browsers draw without running anything; only these may be shown in place. */
export const PREVIEWED = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Kinds that are told apart by what is inside and passed on under their name. */
const KNOWN = new Set([
  ...PREVIEWED,
  "image/avif",
  "image/heic",
  "image/heif",
  "image/bmp",
  "image/tiff",
  "application/pdf",
  "application/rtf",
  "application/zip",
  "application/gzip",
  "application/x-7z-compressed",
  "application/vnd.rar",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.presentation",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/opus",
  "audio/wav",
  "audio/aac",
  "audio/x-m4a",
  "audio/flac",
  "video/mp4",
  "video/webm",
  "video/quicktime",
  "video/x-matroska",
]);

/** Programs and what starts them. */
const REFUSED = new Set([
  "application/x-msdownload",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-msi",
  "application/x-ms-shortcut",
  "application/x.ms.shortcut",
  "application/x-apple-diskimage",
  "application/x-rpm",
  "application/x-deb",
  "application/vnd.android.package-archive",
  "application/java-vm",
  "application/java-archive",
  "application/x-google-chrome-extension",
  "application/x-xpinstall",
  "application/vnd.microsoft.portable-executable",
]);

/** How much of a file's start is looked at. */
export const HEAD_BYTES = 16_384;

/**
 * What a file is by its first bytes, whatever its name or sender says; null for programs, which are refused. Anything
 * that only a browser would give a meaning (HTML, SVG, scripts) is plain text or unknown bytes.
 */
export async function kindOf(head: Uint8Array): Promise<string | null> {
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime;
  if (found !== undefined && REFUSED.has(found)) return null;
  if (found !== undefined && KNOWN.has(found)) return found;
  return isText(head) ? "text/plain; charset=utf-8" : "application/octet-stream";
}

/** UTF-8 without control characters. The cut at the end of the head may go through a character. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}
