import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Networks that nobody outside has an address in: own machine, private, shared, link-local, test, multicast, reserved. */
const CLOSED: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
/** What is open in IPv6 is a list of its own: all but global unicast is closed, and in it what leads back to IPv4. */
const CLOSED_6: readonly (readonly [address: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const closed = new BlockList();
for (const [address, bits] of CLOSED) closed.addSubnet(address, bits, "ipv4");
for (const [address, bits] of CLOSED_6) closed.addSubnet(address, bits, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

export type Address = { address: string; family: 4 | 6 };

/** Whether an address is one of the public internet. IPv4 inside IPv6 (mapped, translated, 6to4) never is. */
export function isPublic({ address, family }: Address): boolean {
  if (family === 4) return !closed.check(address, "ipv4");
  return global.check(address, "ipv6") && !closed.check(address, "ipv6");
}

export type Resolve = (host: string) => Promise<readonly Address[]>;

/** All addresses of a name; an address is its own. */
export const resolveHost: Resolve = async (host) => {
  const bare = host.replace(/^\[|\]$/g, "");
  const family = isIP(bare);
  if (family === 4 || family === 6) return [{ address: bare, family }];
  const found = await lookup(bare, { all: true, verbatim: true });
  return found.map(({ address, family: of }) => ({ address, family: of === 6 ? 6 : 4 }));
};
