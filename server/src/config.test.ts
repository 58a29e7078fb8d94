import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CONFIG_NAMES, ConfigError, readConfig } from "./config.ts";
import { loadSecret } from "./secret.ts";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("[CF1] without an environment the server serves this machine from ./data with the demo", () => {
  expect(readConfig({ PATH: "/bin", PORT: "", CLEW_DEMO: " " })).toEqual({
    port: 4600,
    host: "localhost",
    publicUrl: null,
    data: resolve("data"),
    databaseUrl: null,
    secret: null,
    demo: true,
    log: "info",
    trustProxy: false,
    rateLimit: 1,
    smtpUrl: null,
    mailFrom: "Clew <clew@localhost>",
    keepRuns: 90,
    flowLimits: {},
    unknown: [],
  });
});

test("[CF1] good values are taken", () => {
  const secret = "x".repeat(32);
  const databaseUrl = "postgres://clew:pass@db:5432/clew";
  const env = {
    PORT: "0",
    HOST: "0.0.0.0",
    CLEW_PUBLIC_URL: "https://Chat.Example/",
    CLEW_DATA: "/srv/clew",
    DATABASE_URL: databaseUrl,
    CLEW_SECRET: secret,
    CLEW_DEMO: "off",
    CLEW_LOG: "debug",
    CLEW_TRUST_PROXY: "10.0.0.0/8, ::1",
    CLEW_RATE_LIMIT: "2.5",
    CLEW_SMTP_URL: "smtps://chat:pass@mail.example:465",
    CLEW_MAIL_FROM: "Larkspur <chat@larkspur.example>",
    CLEW_KEEP_RUNS: "30",
    CLEW_FLOW_LIMITS: "messagesPerMinute=60, loopItems = 5000",
    CLEW_DEM0: "off",
  };
  expect(readConfig(env)).toEqual({
    port: 0,
    host: "0.0.0.0",
    publicUrl: "https://chat.example",
    data: "/srv/clew",
    databaseUrl,
    secret,
    demo: false,
    log: "debug",
    trustProxy: ["10.0.0.0/8", "::1"],
    rateLimit: 2.5,
    smtpUrl: "smtps://chat:pass@mail.example:465",
    mailFrom: "Larkspur <chat@larkspur.example>",
    keepRuns: 30,
    flowLimits: { messagesPerMinute: 60, loopItems: 5_000 },
    unknown: ["CLEW_DEM0"],
  });
  expect(readConfig({ CLEW_TRUST_PROXY: "2" }).trustProxy).toBe(2);
});

const WRONG: Record<string, string[]> = {
  PORT: ["abc", "-1", "65536", "80.5", "0x50"],
  HOST: ["a b", "-", "http://x", "999.1.1.1:80"],
  CLEW_PUBLIC_URL: ["chat.example", "ftp://x", "https://x/path", "https://x/?a", "https://user@x"],
  DATABASE_URL: ["mysql://x/y", "postgres://host", "nonsense"],
  CLEW_SECRET: ["short"],
  CLEW_DEMO: ["yes", "ON"],
  CLEW_LOG: ["loud"],
  CLEW_TRUST_PROXY: ["on", "0", "10", "10.0.0.0/33", "proxy"],
  CLEW_RATE_LIMIT: ["-1", "1001", "many"],
  CLEW_SMTP_URL: ["mail.example", "https://mail.example"],
  CLEW_MAIL_FROM: ["nobody", "a@b@c", "Bcc: x <a@b> <c@d>"],
  CLEW_KEEP_RUNS: ["0", "3651", "many", "1.5"],
  CLEW_FLOW_LIMITS: [
    "60",
    "messages=60",
    "visits=99",
    "visits=10001",
    "visits=1e3",
    "visits=200,visits=300",
    "visits=200,",
  ],
};

for (const [name, values] of Object.entries(WRONG)) {
  test(`[CF1] a wrong ${name} is refused by its name`, () => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect(problems, value).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${name} .*(is|has) `));
    }
  });
}

test("[MT10] a limit of flows that there is not, or that is not raised, is refused by its name", () => {
  expect(problemsOf({ CLEW_FLOW_LIMITS: "visits=200, steps=1" })[0]).toMatch(
    /has no limit called steps: .*stepsPerRun/,
  );
  expect(problemsOf({ CLEW_FLOW_LIMITS: "toString=200" })[0]).toMatch(/has no limit called toString/);
  expect(problemsOf({ CLEW_FLOW_LIMITS: "messagesPerMinute=5" })).toEqual([
    'CLEW_FLOW_LIMITS "messagesPerMinute=5" has messagesPerMinute as 5: it is raised once, from 20 to at most 600',
  ]);
});

test("[CF1] all wrong values are reported together", () => {
  expect(problemsOf({ PORT: "abc", CLEW_DEMO: "maybe", HOST: "localhost" })).toEqual([
    'PORT "abc" is not a port between 1 and 65535 (or 0 for any free one)',
    'CLEW_DEMO "maybe" is neither "on" nor "off"',
  ]);
});

test("[CF2] the guide and the code have the same names", async () => {
  const guide = await readFile(join(import.meta.dirname, "../../docs/self-hosting.md"), "utf8");
  const documented = [...guide.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  expect(documented).toEqual([...CONFIG_NAMES]);
});

test("[CF3] a message repeats neither a secret nor a database address", () => {
  const message = problemsOf({ CLEW_SECRET: "hunter2", DATABASE_URL: "mysql://clew:hunter2@db/clew" }).join();
  expect(message).toContain("CLEW_SECRET");
  expect(message).toContain("DATABASE_URL");
  expect(message).not.toContain("hunter2");
});

describe("the secret", () => {
  let data: string;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), "clew-secret-"));
  });
  afterEach(() => rm(data, { recursive: true }));

  test("[CF4] is made once, kept for the server's user alone, and not replaced at the next start", async () => {
    const folder = join(data, "new");
    const secret = await loadSecret({ secret: null, data: folder });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
    expect(await loadSecret({ secret: null, data: folder })).toBe(secret);
  });

  test("[CF4] is the same for servers that start at once", async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadSecret({ secret: null, data })));
    expect(new Set(secrets).size).toBe(1);
  });

  test("[CF4] comes from the environment when that has one", async () => {
    expect(await loadSecret({ secret: "e".repeat(40), data })).toBe("e".repeat(40));
    await expect(stat(join(data, "secret"))).rejects.toThrow("ENOENT");
  });

  test("[CF4] that is too short is refused and left alone", async () => {
    await writeFile(join(data, "secret"), "abc\n");
    await expect(loadSecret({ secret: null, data })).rejects.toThrow(/fewer than 32 characters/);
    expect(await readFile(join(data, "secret"), "utf8")).toBe("abc\n");
  });
});
