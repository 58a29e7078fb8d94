/** The first letters of a name. The name itself stands beside it, so it is silent. */
export function Avatar({ name, online }: { name: string; online?: boolean }) {
  return (
    <span class={online ? "avatar online" : "avatar"} aria-hidden="true">
      <span>{initials(name)}</span>
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
