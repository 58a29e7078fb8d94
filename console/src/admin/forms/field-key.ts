/** As the contract: a small letter first, then letters, digits and underscores, 50 at most. */
export const FIELD_KEY = /^[a-z][A-Za-z0-9_]{0,49}$/;

/** A key made from a label ("Order number" → "orderNumber"), unlike all that are taken. */
export function keyFromLabel(label: string, taken: readonly string[]): string {
  const words = label
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/^[^A-Za-z]+/, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const camel = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("");
  const start = camel.slice(0, 46) || "question";
  let key = start;
  for (let number = 2; taken.includes(key); number += 1) key = `${start}${number}`;
  return key;
}

/** A choice's value made from its label ("Late delivery" → "late-delivery"), unlike all that are taken. */
export function valueFromLabel(label: string, taken: readonly string[]): string {
  const start =
    label
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 90) || "choice";
  let value = start;
  for (let number = 2; taken.includes(value); number += 1) value = `${start}-${number}`;
  return value;
}
