import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "./html.ts";

const STYLE = readFileSync(join(import.meta.dirname, "demo-shop.css"), "utf8");

const GOODS = [
  {
    name: "Larkspur seedlings",
    about: "Six plants, deep blue, for sun",
    price: "€ 14.50",
    leaf: "#4f7a4a",
    pot: "#5b6fb5",
  },
  { name: "Swiss cheese plant", about: "60 cm, for a bright room", price: "€ 32.00", leaf: "#2f6b4f", pot: "#c2704a" },
  { name: "Lavender, pair", about: "For balcony and garden", price: "€ 11.90", leaf: "#7d8f6a", pot: "#8a74b0" },
  { name: "Olive tree", about: "90 cm, hardy to −8 °C", price: "€ 48.00", leaf: "#6d8055", pot: "#b59a6d" },
  {
    name: "Maidenhair fern",
    about: "For half shade and a damp room",
    price: "€ 17.20",
    leaf: "#8fae6b",
    pot: "#4a4f57",
  },
  {
    name: "Rosemary",
    about: "Three pots, for sill and kitchen",
    price: "€ 9.80",
    leaf: "#5a9a8b",
    pot: "#3d5a73",
  },
];

export type ShopPage = {
  page: "shop" | "delivery";
  channels: readonly { id: string; name: string }[];
  channelId: string | null;
  nonce: string;
};

/** A small shop with Clew on it as any site would have it: one script tag, a strict policy with a nonce. */
export function shopPage({ page, channels, channelId, nonce }: ShopPage): string {
  const chosen = channels.find(({ id }) => id === channelId) ?? channels[0];
  const href = (path: string, id = chosen?.id) => escapeHtml(id ? `${path}?channel=${id}` : path);
  const here = (is: boolean) => (is ? ' aria-current="page"' : "");
  const path = page === "shop" ? "/" : "/second-page";
  const choices = channels.map(
    ({ id, name }) => `<a href="${href(path, id)}"${here(id === chosen?.id)}>${escapeHtml(name)}</a>`,
  );
  const title = page === "shop" ? "Larkspur &amp; Co" : "Delivery and returns · Larkspur &amp; Co";

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<aside class="demo" aria-label="About this demo"><div class="wrap">
<strong>Demo shop</strong>
<nav aria-label="Channel">${choices.join("\n")}</nav>
<a class="end" href="/console/">Open the agents' console</a>
</div></aside>
<header class="top"><div class="wrap">
<a class="brand" href="${href("/")}">${plant("#2f6b4f", "#c2704a")}Larkspur &amp; Co</a>
<nav aria-label="Shop"><a href="${href("/")}"${here(page === "shop")}>Plants</a><a href="${href("/second-page")}"${here(page === "delivery")}>Delivery and returns</a></nav>
</div></header>
<main class="wrap">${page === "shop" ? shop() : delivery()}</main>
<footer><div class="wrap">Larkspur &amp; Co is made up. The chat in the corner is real: someone in the console can answer.</div></footer>
${chosen ? `<script nonce="${nonce}">window.clew = { q: [["setHiddenFields", { shopPage: ${JSON.stringify(page)} }]] };</script>` : ""}
${chosen ? `<script nonce="${nonce}" src="/clew.js" data-channel="${escapeHtml(chosen.id)}" async></script>` : ""}
</body>
</html>
`;
}

function shop(): string {
  const goods = GOODS.map(
    ({ name, about, price, leaf, pot }) =>
      `<li>${plant(leaf, pot)}<div><h2>${name}</h2><p>${about}</p><span class="price">${price}</span></div></li>`,
  );
  return `<section class="hero"><h1>Plants that settle in</h1>
<p>Grown slowly, sent with care. Not sure what suits your window, or where your parcel is? Ask us in the chat.</p></section>
<ul class="goods">${goods.join("\n")}</ul>`;
}

function delivery(): string {
  return `<section class="text"><h1>Delivery and returns</h1>
<dl>
<dt>When will my plants arrive?</dt><dd>Within three working days; never over a weekend in a parcel.</dd>
<dt>What does delivery cost?</dt><dd>€ 4.90, and nothing for orders over € 60.</dd>
<dt>Something arrived damaged.</dt><dd>Send us a photo in the chat within a week, and we send a new one.</dd>
<dt>Can I send something back?</dt><dd>Devices and pots within 30 days. Plants stay with you, but we help them recover.</dd>
</dl></section>`;
}

function plant(leaf: string, pot: string): string {
  const leaves = [
    "M56 62C40 52 34 34 40 18c14 8 20 26 16 44z",
    "M56 62c16-10 22-28 16-44-14 8-20 26-16 44z",
    "M56 64C40 66 26 58 20 44c16-2 30 6 36 20z",
    "M56 64c16 2 30-6 36-20-16-2-30 6-36 20z",
  ];
  const shapes = leaves.map((path, index) => `<path d="${path}" opacity="${1 - index * 0.12}"/>`).join("");
  return `<svg viewBox="0 0 112 112" aria-hidden="true"><g fill="${leaf}">${shapes}</g><path d="M34 66h44l-5 32a5 5 0 0 1-5 4H44a5 5 0 0 1-5-4z" fill="${pot}"/><path d="M32 62h48a3 3 0 0 1 3 3v5H29v-5a3 3 0 0 1 3-3z" fill="${pot}"/><path d="M29 70h54" stroke="#000" stroke-opacity=".15" stroke-width="2"/></svg>`;
}
