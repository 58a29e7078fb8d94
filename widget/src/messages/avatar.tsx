/** A face, or the first letters of the name where there is none. The name itself stands beside it, so it is silent. */
export function Avatar({ name, image, online }: { name: string; image: string | undefined; online?: boolean }) {
  return (
    <span class={online ? "avatar online" : "avatar"} aria-hidden="true">
      {image ? <img src={image} alt="" /> : <span>{initials(name)}</span>}
    </span>
  );
}

export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = (word: string | undefined) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? "";
  const letters = words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]);
  return letters.toUpperCase() || "•";
}
