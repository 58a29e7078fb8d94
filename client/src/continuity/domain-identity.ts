import { type HeldIdentity, isHeldIdentity } from "./identity.ts";
import type { Storage } from "./storage.ts";

/** As long as the server remembers a device that is not used. */
const YEAR_S = 31_536_000;
const IDENTITY = "identity";
/** Whose the rest of what this origin keeps is. */
const OWNER = "owner";
const CHANNELS_OWN = ["format", "boot"];

export type Cookies = { read(): string; write(cookie: string): void };

/**
 * A storage for sites that span several sub-domains. Each origin keeps its own copy of the conversation, but who this
 * browser is stands in one cookie of their common domain and nowhere else: a resume secret is good for one use, so a
 * second copy of it would soon be an old one, and an old one looks stolen. Where the browser does not take the cookie,
 * the storage is used as it is.
 */
export async function overDomain(
  storage: Storage,
  { domain, channelId, cookies = browserCookies }: { domain: string; channelId: string; cookies?: Cookies },
): Promise<Storage> {
  const name = `clew-${channelId}`;
  const secure = globalThis.location?.protocol === "https:" ? "; Secure" : "";
  const set = (value: string, life: number) =>
    cookies.write(`${name}=${value}; Domain=${domain}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`);
  const shared = () => identityIn(cookies.read(), name);
  const share = (identity: HeldIdentity) => set(encodeURIComponent(JSON.stringify(identity)), YEAR_S);

  const kept = new Map(await storage.read(""));
  const own = kept.get(IDENTITY);
  if (isHeldIdentity(own) && !shared()) {
    share(own);
    if (!shared()) return storage;
  }
  const owner = isHeldIdentity(own) ? own.customerId : kept.get(OWNER);
  const now = shared()?.customerId;
  // On another sub-domain somebody else came, or the one who was here signed out: nothing of theirs is shown here.
  const stale = owner !== undefined && owner !== now;
  const remove = stale ? [...kept.keys()].filter((key) => !CHANNELS_OWN.includes(key)) : [IDENTITY];
  await storage.write({ put: now === undefined ? {} : { [OWNER]: now }, remove });

  return {
    ...storage,
    async read(prefix) {
      const entries = await storage.read(prefix);
      const identity = IDENTITY.startsWith(prefix) && shared();
      return identity ? [...entries, [IDENTITY, identity] as [string, unknown]].sort(byKey) : entries;
    },
    async write({ put = {}, remove: gone = [] }) {
      const { [IDENTITY]: identity, ...rest } = put;
      if (isHeldIdentity(identity)) {
        share(identity);
        rest[OWNER] = identity.customerId;
      } else if (gone.includes(IDENTITY)) set("", 0);
      await storage.write({ put: rest, remove: gone });
    },
    async wipe() {
      set("", 0);
      await storage.wipe();
    },
  };
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

function identityIn(all: string, name: string): HeldIdentity | null {
  const value = all
    .split("; ")
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  try {
    const identity: unknown = JSON.parse(decodeURIComponent(value ?? ""));
    return isHeldIdentity(identity) ? identity : null;
  } catch {
    return null;
  }
}

const browserCookies: Cookies = {
  read: () => document.cookie,
  write(cookie) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
    document.cookie = cookie;
  },
};
