import type { Page } from "playwright-core";

/** What a person cannot get to or cannot read in the window as it is: beside the screen, covered, cut off. As lines. */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK = 1;
    const root = document.querySelector("clew-chat")?.shadowRoot as ShadowRoot;
    const found: string[] = [];
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").slice(0, 40)}”`;
    const scrolling = document.scrollingElement as Element;
    if (scrolling.scrollWidth > innerWidth + SLACK) found.push("the page scrolls sideways");

    // What lies on top covers the rest on purpose.
    const top = root.querySelector(".veil, .menu, .emoji-picker") ?? root;
    for (const element of top.querySelectorAll("button, a[href], input, textarea, select, summary")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("[inert], .hidden")) continue;
      element.scrollIntoView({ block: "center", inline: "nearest" });
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.matches("[type=file]")) continue;
      const inside =
        box.left >= -SLACK &&
        box.right <= innerWidth + SLACK &&
        box.top >= -SLACK &&
        Math.min(box.bottom, box.top + 24) <= innerHeight + SLACK;
      if (!inside) found.push(`beside the screen: ${name(element)}`);
      const hit = root.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 2));
      if (!(hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.contains(element))))
        found.push(`covered by ${hit ? name(hit) : "the page"}: ${name(element)}`);
    }
    for (const element of root.querySelectorAll(".clew *")) {
      if (element.closest(".hidden, svg") || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") continue;
      const wide = element.scrollWidth > element.clientWidth + SLACK && element.clientWidth > 0;
      const cut = style.overflowX !== "visible" && !element.matches("pre, textarea, input");
      if (wide && cut) found.push(`wider than its place: ${name(element)}`);
      const tall = element.scrollHeight > element.clientHeight + SLACK && element.clientHeight > 0;
      if (tall && style.overflowY === "hidden") found.push(`taller than its place: ${name(element)}`);
    }
    return found;
  });
}

/** Goes through the window with the Tab key; answers what has focus without showing it, and how many it came by. */
export async function focusUnseen(page: Page): Promise<{ unseen: string[]; steps: number }> {
  // From the start of the window, or from what stands before the launcher.
  await page.evaluate(() => {
    const frame = document.querySelector("clew-chat")?.shadowRoot?.querySelector<HTMLElement>(".window");
    (frame ?? [...document.querySelectorAll<HTMLElement>("main a")].at(-1))?.focus();
  });
  const unseen: string[] = [];
  const seen = new Set<string>();
  for (;;) {
    await page.keyboard.press("Tab");
    const { key, shown } = await page.evaluate(() => {
      const root = document.querySelector("clew-chat")?.shadowRoot as ShadowRoot;
      const element = root.activeElement;
      if (!element) return { key: "", shown: true };
      const drawn = (each: Element | null) => {
        if (!each) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      };
      const order = [...root.querySelectorAll("*")].indexOf(element);
      return {
        key: `${order} ${element.tagName}.${element.className}`,
        shown: drawn(element) || drawn(element.closest(".write")),
      };
    });
    if (key === "" || seen.has(key)) return { unseen, steps: seen.size };
    seen.add(key);
    if (!shown) unseen.push(key);
  }
}
