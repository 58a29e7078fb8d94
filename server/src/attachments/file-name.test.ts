import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName } from "./file-name.ts";
import { imageSize } from "./image-size.ts";

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\photo.png", "photo.png"],
  ["photo\u202egpj.exe", "photogpj.exe"],
  ["a\0b\r\n.txt", "ab.txt"],
  ["<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"],
  ["...", "file"],
  ["", "file"],
  ["résumé 履歴書.pdf", "résumé 履歴書.pdf"],
  [`${"long".repeat(100)}.pdf`, `${"long".repeat(29)}.pdf`],
])("[I25] %j becomes %j", (sent, name) => {
  expect(safeName(sent)).toBe(name);
});

test("[I25] whatever is sent, the name is short, of one line and no path, and safe stays safe", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (sent) => {
      const name = safeName(sent);
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(120);
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}<>"]|^\./u);
      expect(safeName(name)).toBe(name);
    }),
  );
});

test.each([
  ["image/gif", "474946383961 0500 0700", { width: 5, height: 7 }],
  ["image/jpeg", "ffd8 ffe0 0004 0000 ffc0 0011 08 0009 000b 03", { width: 11, height: 9 }],
  ["image/webp", `52494646 00000000 57454250 56503858 0a000000 00000000 020000 030000`, { width: 3, height: 4 }],
  ["image/webp", "52494646 00000000 57454250 5650384c 00000000 2f 02400000", { width: 3, height: 2 }],
  ["image/png", "89504e47", null],
  ["image/jpeg", "ffd8 0000", null],
  ["text/plain", "00", null],
])("the size of a picture is read from its head: %s %s", (type, hex, size) => {
  expect(imageSize(type, Buffer.from(hex.replaceAll(" ", ""), "hex"))).toEqual(size);
});
