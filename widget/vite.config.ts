import { fileURLToPath } from "node:url";
import { build, defineConfig, type Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The loader is a classic script, so it can be found by its tag and loaded from anywhere; it has to know the name of the
 * chat's chunk, which carries a hash of its content. So it is built second, by the end of the first build.
 */
function loader(): Plugin {
  return {
    name: "clew-loader",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const chat = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
      if (!chat) throw new Error("The chat's chunk is missing from the build");
      await build({
        configFile: false,
        root: at("."),
        logLevel: "warn",
        define: { CHAT_FILE: JSON.stringify(chat.fileName) },
        build: {
          outDir: dir ?? at("dist"),
          emptyOutDir: false,
          target: "es2022",
          modulePreload: false,
          rolldownOptions: {
            input: at("src/loader/clew.ts"),
            output: { format: "iife", entryFileNames: "clew.js" },
          },
        },
      });
    },
  };
}

/** Vite wraps dynamic imports to preload their style sheets; ours carry theirs inside, and every byte here is budgeted. */
function plainImports(): Plugin {
  return {
    name: "clew-plain-imports",
    enforce: "pre",
    load: (id) => (id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : undefined),
  };
}

const CHUNKS: Record<string, string> = {
  "questions-part": "questions",
  "extras-part": "extras",
  "room-part": "room",
  "return-part": "return",
  "forms-part": "forms",
};

export default defineConfig({
  root: at("."),
  base: "./",
  publicDir: false,
  plugins: [plainImports(), loader()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: at("dist"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    cssMinify: true,
    rolldownOptions: {
      input: { chat: at("src/chat.ts") },
      preserveEntrySignatures: "allow-extension",
      output: {
        format: "es",
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: ({ name }) => `${name.length === 2 ? `strings-${name}` : (CHUNKS[name] ?? name)}-[hash].js`,
      },
    },
  },
});
