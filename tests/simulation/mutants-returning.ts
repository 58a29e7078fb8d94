import type { Plant } from "./world/plant.ts";

/** Bugs of the reset and of links, to be found as well. */
export const RETURNING: readonly { name: string; plant: Plant }[] = [
  { name: "a reset revokes the way in and leaves what runs", plant: { forgets: ["reset"] } },
  { name: "a reset forgets the links", plant: { links: (links) => ({ ...links, revoke: async () => {} }) } },
  {
    name: "a link is not used up",
    plant: {
      links: (links, { raw }) => ({
        ...links,
        async open(opening) {
          const outcome = await links.open(opening);
          await raw.run("UPDATE reconnect_links SET used_at = NULL, used_by = NULL");
          return outcome;
        },
      }),
    },
  },
  {
    name: "a link outlives its end",
    plant: {
      links: (links, { raw }) => ({
        ...links,
        async create(...made) {
          const link = await links.create(...made);
          await raw.run("UPDATE reconnect_links SET expires_at = ? WHERE expires_at = ?", [
            link.expiresAt + 3_600_000,
            link.expiresAt,
          ]);
          return link;
        },
      }),
    },
  },
  {
    name: "a link gets the answer of the one before",
    plant: {
      servers: 1,
      links(links) {
        let before: Awaited<ReturnType<typeof links.open>> | null = null;
        return {
          ...links,
          async open(opening) {
            const outcome = await links.open(opening);
            const given = before ?? outcome;
            if ("identity" in outcome) before = outcome;
            return given;
          },
        };
      },
    },
  },
  {
    name: "a client that takes a reset for done before it is confirmed",
    plant: {
      async call(name, ask) {
        if (name !== "clearSession") return ask();
        return ask().catch(() => ({ status: 204, body: null }));
      },
    },
  },
];
