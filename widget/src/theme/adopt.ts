const adopted = new WeakMap<ShadowRoot, Set<string>>();

/** Styles of a chunk, put once into the root that draws it. */
export function adopt(root: ShadowRoot, css: string): void {
  const known = adopted.get(root) ?? new Set();
  adopted.set(root, known);
  if (known.has(css)) return;
  known.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
}
