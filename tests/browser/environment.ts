import type { Environment } from "vitest/runtime";
import { closeSharedChromium } from "../support/chromium.ts";

/** What is around the browser tests of one worker, from before its first file until after its last. */
export default {
  name: "browser-tests",
  viteEnvironment: "ssr",
  setup: () => ({ teardown: closeSharedChromium }),
} satisfies Environment;
