import type { ChannelSettings } from "@clew/contract/channels";

/** A value inside a script, so that no text of a setting can end the script or the string. */
const literal = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

/** The one line that a site needs. `server` is the origin of Clew, such as "https://chat.example". */
export function scriptTag(server: string, channelId: string, nonce = false): string {
  return `<script async${nonce ? ' nonce="NONCE"' : ""} src="${server}/widget/clew.js" data-channel="${channelId}"></script>`;
}

/** Calls are kept until the script has arrived, then carried out at once. */
const QUEUE = "window.clew ??= { q: [] };";

export function hiddenFieldsExample(settings: ChannelSettings): string {
  const hidden = settings.preChat.fields.filter((field) => field.hidden);
  const values =
    hidden.length === 0
      ? { orderNumber: "…" }
      : Object.fromEntries(hidden.map((field) => [field.key, exampleOf(field.type)]));
  return `<script>\n  ${QUEUE}\n  clew.q.push(["setHiddenFields", ${literal(values)}]);\n</script>`;
}

/** How a page sets one question. */
export function fieldExample(field: { key: string; type: string; hidden: boolean }): string {
  const values = literal({ [field.key]: exampleOf(field.type) });
  return field.hidden
    ? `clew.q.push(["setHiddenFields", ${values}]);`
    : `clew.q.push(["prefill", ${values}, { editable: false }]);`;
}

export function identifyExample(): string {
  return `<script>\n  ${QUEUE}\n  // Asked again when a token has expired.\n  clew.q.push(["identify", async () => (await fetch("/chat-token")).text()]);\n</script>`;
}

export function eventsExample(): string {
  return `<script>\n  ${QUEUE}\n  clew.q.push(["on", "unread", ({ count }) => { document.title = count ? \`(\${count}) Shop\` : "Shop"; }]);\n  clew.q.push(["on", "sessionEnded", ({ who, why }) => console.log("ended by", who, why)]);\n</script>`;
}

function exampleOf(type: string): string | number | boolean {
  if (type === "number") return 1;
  if (type === "checkbox") return true;
  return type === "date" ? "2027-01-31" : "…";
}
