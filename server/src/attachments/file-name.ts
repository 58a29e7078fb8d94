const LONGEST = 120;

/**
 * A name that is safe to show and to save under: no path, no control characters, nothing that turns the reading
 * direction (a "gpj.exe" shown as "exe.jpg"), no leading dots, of a bearable length with its ending kept.
 */
export function safeName(sent: string): string {
  const last = sent.normalize("NFC").toWellFormed().split(/[/\\]/).pop() ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return shorten(plain) || "file";
}

function shorten(name: string): string {
  const signs = [...name];
  if (signs.length <= LONGEST) return name;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? "";
  return `${signs.slice(0, LONGEST - ending.length).join("")}${ending}`;
}
