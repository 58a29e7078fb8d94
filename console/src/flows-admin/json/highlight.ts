import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** Colours that can be read on light and dark ground, as the theme has them. */
export const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--clew-accent)" },
  { tag: tags.string, color: "var(--clew-good)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--clew-warn)" },
]);
