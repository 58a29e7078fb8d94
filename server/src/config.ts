import { isIP } from "node:net";
import { resolve } from "node:path";
import { type RaisedLimits, readLimits } from "@clew/contract/flows/flow-limits";

/** Everything that the environment decides. Times and sizes are constants beside their rules; here is only how far an operator raises those of flows. */
export type Config = {
  /** 0: any free port. */
  port: number;
  host: string;
  /** Absolute path of the folder for the SQLite file, attachments and the generated secret. */
  data: string;
  /** Origin under which browsers reach the server, without a slash at the end; null: the address listened on. */
  publicUrl: string | null;
  /** Null: generated once and kept in the data folder (see secret.ts). */
  secret: string | null;
  /** Null: SQLite in the data folder. */
  databaseUrl: string | null;
  demo: boolean;
  log: LogLevel;
  /** Whose `X-Forwarded-For` counts: nobody's, that of so many proxies in front, or that of these addresses. */
  trustProxy: false | number | string[];
  /** Factor on all rate limits: 1 as designed, 2 twice as many requests, 0 no limits. */
  rateLimit: number;
  /** Null: no mail is sent. */
  smtpUrl: string | null;
  mailFrom: string;
  /** How many days runs of flows are kept once they are finished. */
  keepRuns: number;
  /** What runs of flows may use beyond the usual. */
  flowLimits: RaisedLimits;
  /** Names that begin with CLEW_ and mean nothing: probably misspelt. */
  unknown: string[];
};

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every name read, in the order of docs/self-hosting.md. */
export const CONFIG_NAMES = [
  "PORT",
  "HOST",
  "CLEW_PUBLIC_URL",
  "CLEW_DATA",
  "DATABASE_URL",
  "CLEW_SECRET",
  "CLEW_DEMO",
  "CLEW_LOG",
  "CLEW_TRUST_PROXY",
  "CLEW_RATE_LIMIT",
  "CLEW_SMTP_URL",
  "CLEW_MAIL_FROM",
  "CLEW_KEEP_RUNS",
  "CLEW_FLOW_LIMITS",
] as const;
export type ConfigName = (typeof CONFIG_NAMES)[number];

export const MIN_SECRET_LENGTH = 32;

/** The environment cannot be used. `problems` has one sentence for each wrong value, which begins with its name. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the environment; an empty value counts as not set.
 * @throws ConfigError with all wrong values at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const read = <T>(name: ConfigName, fallback: T, parse: (text: string) => T | Wrong): T => {
    const text = env[name]?.trim();
    if (!text) return fallback;
    const value = parse(text);
    if (!(value instanceof Wrong)) return value;
    problems.push(`${name} ${value.hides ? "" : `"${text}" `}${value.because}`);
    return fallback;
  };

  const config: Config = {
    port: read("PORT", 4600, parsePort),
    host: read("HOST", "localhost", parseHost),
    publicUrl: read<string | null>("CLEW_PUBLIC_URL", null, parsePublicUrl),
    data: resolve(read("CLEW_DATA", "data", (text) => text)),
    databaseUrl: read<string | null>("DATABASE_URL", null, parseDatabaseUrl),
    secret: read<string | null>("CLEW_SECRET", null, parseSecret),
    demo: read("CLEW_DEMO", true, parseSwitch),
    log: read<LogLevel>("CLEW_LOG", "info", parseLogLevel),
    trustProxy: read<Config["trustProxy"]>("CLEW_TRUST_PROXY", false, parseTrustProxy),
    rateLimit: read("CLEW_RATE_LIMIT", 1, parseRateLimit),
    smtpUrl: read<string | null>("CLEW_SMTP_URL", null, parseSmtpUrl),
    mailFrom: read("CLEW_MAIL_FROM", "Clew <clew@localhost>", parseMailFrom),
    keepRuns: read("CLEW_KEEP_RUNS", 90, parseDays),
    flowLimits: read<RaisedLimits>("CLEW_FLOW_LIMITS", {}, parseFlowLimits),
    unknown: Object.keys(env).filter((name) => name.startsWith("CLEW_") && !CONFIG_NAMES.includes(name as ConfigName)),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** `because` goes on after the name and value; `hides` keeps a value that is or holds a secret out of the message. */
class Wrong {
  readonly because: string;
  readonly hides: boolean;

  constructor(because: string, hides = false) {
    this.because = because;
    this.hides = hides;
  }
}

function parsePort(text: string): number | Wrong {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : new Wrong("is not a port between 1 and 65535 (or 0 for any free one)");
}

function parseHost(text: string): string | Wrong {
  const isName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text);
  return isIP(text) !== 0 || isName ? text : new Wrong("is not a host name or IP address to listen on");
}

function parsePublicUrl(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  return isOrigin ? url.origin : new Wrong('is not an address such as "https://chat.example" without path or query');
}

function parseDatabaseUrl(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPostgres = url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  return isPostgres ? text : new Wrong('is not an address such as "postgres://user:password@host:5432/name"', true);
}

function parseSmtpUrl(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSmtp = url && /^smtps?:$/.test(url.protocol) && url.hostname !== "";
  return isSmtp ? text : new Wrong('is not an address such as "smtps://user:password@mail.example:465"', true);
}

function parseMailFrom(text: string): string | Wrong {
  const isSender = /^[^@\s<>]+@[^@\s<>]+$|^[^<>\r\n]+<[^@\s<>]+@[^@\s<>]+>$/.test(text);
  return isSender ? text : new Wrong('is not a sender such as "Larkspur <chat@larkspur.example>"');
}

function parseDays(text: string): number | Wrong {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= 3650 ? days : new Wrong("is not a number of days from 1 to 3650");
}

function parseFlowLimits(text: string): RaisedLimits | Wrong {
  const raised = readLimits(text);
  return typeof raised === "string" ? new Wrong(raised) : raised;
}

function parseSecret(text: string): string | Wrong {
  return text.length >= MIN_SECRET_LENGTH ? text : new Wrong(`has fewer than ${MIN_SECRET_LENGTH} characters`, true);
}

function parseSwitch(text: string): boolean | Wrong {
  return text === "on" || text === "off" ? text === "on" : new Wrong('is neither "on" nor "off"');
}

function parseLogLevel(text: string): LogLevel | Wrong {
  return LOG_LEVELS.find((level) => level === text) ?? new Wrong(`is not one of ${LOG_LEVELS.join(", ")}`);
}

function parseTrustProxy(text: string): Config["trustProxy"] | Wrong {
  if (text === "off") return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const addresses = text.split(",").map((part) => part.trim());
  const wrong = new Wrong('is neither "off", nor 1 to 9 proxies, nor a list of addresses such as "10.0.0.0/8, ::1"');
  return addresses.every(isNetwork) ? addresses : wrong;
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function parseRateLimit(text: string): number | Wrong {
  const factor = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  return factor <= 1000 ? factor : new Wrong("is not a factor from 0 (no limits) to 1000");
}
