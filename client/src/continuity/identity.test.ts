import type { CustomerIdentity } from "@clew/contract/customers";
import { expect, it } from "vitest";
import type { Http, HttpCall } from "../http.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { memoryStorage } from "../testing/memory-storage.ts";
import { createIdentity } from "./identity.ts";

const identityOf = (customerId: string, kind: "guest" | "verified", resumeSecret: string): CustomerIdentity => ({
  customerId,
  kind,
  name: null,
  resumeSecret,
  accessToken: `token of ${resumeSecret}`,
  accessExpiresAt: 600_000,
  conversations: [],
});

/** A guest on a server that answers when it is told to. */
function guest() {
  const asked: { body: Record<string, unknown>; answer(identity: CustomerIdentity | null): void }[] = [];
  const json = ({ body }: HttpCall) =>
    new Promise((resolve) =>
      asked.push({ body: body as Record<string, unknown>, answer: (value) => resolve({ ok: true, value }) }),
    );
  const disk = new Map<string, unknown>();
  const identity = createIdentity({
    http: { json } as unknown as Http,
    storage: memoryStorage(disk, "durable"),
    clock: fakeClock(),
    channelId: "channel",
    held: { customerId: "guest", kind: "guest", name: null, resumeSecret: "first" },
    changed() {},
  });
  return { identity, asked, disk };
}

it("[CL58] a guest's answer that comes after the sign-in does not bring the guest back", async () => {
  const { identity, asked, disk } = guest();
  const resumed = identity.resume();
  await expect.poll(() => asked.length).toBe(1);
  const verified = identity.verify("signed");
  asked[1]?.answer(identityOf("person", "verified", "second"));
  await verified;
  asked[0]?.answer(identityOf("guest", "guest", "late"));
  await expect.poll(() => asked[2]?.body.resumeSecret).toBe("second");
  asked[2]?.answer(identityOf("person", "verified", "third"));
  expect(await resumed).toMatchObject({ ok: true, value: { customerId: "person" } });
  expect(identity.held()).toMatchObject({ customerId: "person", resumeSecret: "third" });
  expect(identity.accessToken()).toBe("token of third");
  expect(disk.get("identity")).toMatchObject({ customerId: "person" });
});

it("[CL58] an answer that comes after the sign-out brings nobody back", async () => {
  const { identity, asked, disk } = guest();
  const resumed = identity.resume();
  await expect.poll(() => asked.length).toBe(1);
  void identity.signOut(false);
  await expect.poll(() => asked.length).toBe(2);
  asked[0]?.answer(identityOf("guest", "guest", "late"));
  expect(await resumed).toMatchObject({ ok: false });
  expect(identity.held()).toBeNull();
  expect(disk.has("identity")).toBe(false);
});

it("[CL71] what another tab has traded meanwhile is traded on, not the older secret", async () => {
  const { identity, asked, disk } = guest();
  disk.set("identity", { customerId: "guest", kind: "guest", name: null, resumeSecret: "newer" });
  const resumed = identity.resume();
  await expect.poll(() => asked[0]?.body.resumeSecret).toBe("newer");
  asked[0]?.answer(identityOf("guest", "guest", "newest"));
  expect(await resumed).toMatchObject({ ok: true });
  expect(disk.get("identity")).toMatchObject({ resumeSecret: "newest" });
});
