import { fileURLToPath } from "node:url";
import { build, defineConfig, type Plugin, type Rollup } from "vite";

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

/**
 * Vite wraps dynamic imports to preload their style sheets; ours carry theirs inside. But a module that could not be
 * fetched once, many browsers never ask for again. A failed `fetch` is forgotten at once: so the file is fetched first,
 * which leaves it in the browser's cache, and imported only when it has come.
 */
function fetchedImports(): Plugin {
  const wrapper = `export const __vitePreload = async (load) => {
    const [, file] = /import\\(.([^"'\`]+)/.exec(load);
    const answer = await fetch(new URL(file, import.meta.url));
    if (!answer.ok) throw new Error(answer.status);
    await answer.text();
    return load();
  };`;
  return {
    name: "clew-fetched-imports",
    enforce: "pre",
    load: (id) => (id.includes("vite/preload-helper") ? wrapper : undefined),
  };
}

/**
 * Formulas were checked when they were published, and what is wrong with one was told to its author. In the customer's
 * browser an error of a formula is only caught, so it carries no words there.
 */
function silentFormulas(): Plugin {
  return {
    name: "clew-silent-formulas",
    enforce: "post",
    transform(code, id) {
      if (!id.includes("domain/src/flows/expressions/")) return undefined;
      const spoken: [start: number, end: number][] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        const { callee, arguments: given } = node as {
          callee?: { name?: string };
          arguments?: { start: number; end: number }[];
        };
        const words = callee?.name === "fail" || callee?.name === "ExpressionError" ? given?.[2] : undefined;
        if (words) spoken.push([words.start, words.end]);
        else for (const part of Object.values(node)) visit(part);
      };
      visit(this.parse(code));
      return spoken.reduceRight((text, [start, end]) => `${text.slice(0, start)}""${text.slice(end)}`, code);
    },
  };
}

const CHUNKS: Record<string, string> = {
  "questions-part": "questions",
  "extras-part": "extras",
  "room-part": "room",
  "return-part": "return",
  "forms-part": "forms",
  "fields-part": "form-fields",
  "files-part": "form-files",
  "formulas-part": "form-formulas",
  "functions-part": "form-functions",
  "icons-part": "form-icons",
  "lists-part": "form-lists",
  "lookup-part": "form-lookup",
  "more-part": "form-more",
  "payments-part": "form-payments",
};

/**
 * Which file a module belongs in that several share. What the chat itself uses is in its file. What a form and its parts
 * share belongs to the form, without which no part is drawn. Left to itself, the bundler makes files of both that would
 * have to be fetched besides.
 */
function sharedFile(id: string, modules: { getModuleInfo(id: string): Rollup.ModuleInfo | null }): string | null {
  const entries = new Set<string>();
  const seen = new Set([id]);
  for (const module of seen) {
    const { importers = [], dynamicImporters = [], isEntry = false } = modules.getModuleInfo(module) ?? {};
    if (isEntry || dynamicImporters.length > 0) entries.add(module);
    for (const importer of importers) seen.add(importer);
  }
  const names = [...entries].map((entry) => entry.slice(at("src/").length));
  if (names.includes("chat.ts")) return "chat";
  const isShared = names.length > 1 || names[0] === "flow-forms/forms-part.ts";
  return isShared && names.every((name) => /^flow-forms\/.+-part\.ts$/.test(name)) ? "forms" : null;
}

export default defineConfig({
  root: at("."),
  base: "./",
  publicDir: false,
  plugins: [fetchedImports(), silentFormulas(), loader()],
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
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: sharedFile, debugName: "shared" }] },
        chunkFileNames: ({ name, facadeModuleId }) => {
          const language = facadeModuleId?.includes("flow-forms") ? "form-words" : "strings";
          return `${name.length === 2 ? `${language}-${name}` : (CHUNKS[name] ?? name)}-[hash].js`;
        },
      },
    },
  },
});
