import { IconUser } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import classes from "./presence.module.css";

/** A person as a round mark with their initials, the colour told by the name; without a name a neutral one. */
export function Face({ name, size }: { name: string | null | undefined; size: number }) {
  const style = { "--size": `${size / 16}rem`, "--hue": hueOf(name ?? "") } as CSSProperties;
  return (
    <span className={classes.faceMark} style={style} data-nobody={!name || undefined} aria-hidden="true">
      {name ? initials(name) : <IconUser size={size * 0.5} stroke={1.6} />}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase();
}

function hueOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return Math.round(sum / 30) * 30;
}
