import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, ConfigError, MIN_SECRET_LENGTH } from "./config.ts";

/**
 * The secret that signs tokens: from the environment, or else made at the first start and kept in the data folder,
 * readable by the server's user alone.
 * @throws ConfigError when the kept file holds no usable secret.
 */
export async function loadSecret(config: Pick<Config, "secret" | "data">): Promise<string> {
  if (config.secret) return config.secret;

  const path = join(config.data, "secret");
  const kept = await readKept(path);
  if (kept) return kept;

  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // A link never replaces a file and appears whole: of two servers starting at once, both use the first one's secret.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft);
  }
  return (await readKept(path)) as string;
}

async function readKept(path: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (text.trim().length >= MIN_SECRET_LENGTH) return text.trim();
  throw new ConfigError([
    `CLEW_SECRET is not set and ${path} has fewer than ${MIN_SECRET_LENGTH} characters; ` +
      "delete the file to get a new secret (everyone has to sign in again) or set CLEW_SECRET",
  ]);
}
