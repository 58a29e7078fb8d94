import type { FieldComponent } from "@clew/contract/flows/components";
import type { ComponentType } from "preact";
import { untilThere } from "../conversation/until-there.ts";
import type { ControlProps, Controls } from "./control-props.ts";

/** A file of its own; fetched once, however often that takes. */
function part<Module extends object>(load: () => Promise<Module>) {
  let module: Module | undefined;
  let loading: Promise<Module> | undefined;
  return {
    /** What is in it, once it is there. */
    get: () => module,
    fetch() {
      loading ??= untilThere(load).then((loaded) => {
        module = loaded;
        return loaded;
      });
      return loading;
    },
  };
}

/** What few pages need. A page is drawn when all that needs.ts finds in it is there. */
export const PARTS = {
  formulas: part(() => import("./formulas-part.ts")),
  functions: part(() => import("./functions-part.ts")),
  fields: part(() => import("./fields-part.ts")),
  files: part(() => import("./files-part.ts")),
  icons: part(() => import("./icons-part.ts")),
  lists: part(() => import("./lists-part.ts")),
  lookup: part(() => import("./lookup-part.ts")),
  more: part(() => import("./more-part.ts")),
  payments: part(() => import("./payments-part.ts")),
};
export type PartName = keyof typeof PARTS;

/** The control of a kind that is not among the ordinary ones. */
export function controlOf<K extends FieldComponent["kind"]>(kind: K): ComponentType<ControlProps<K>> | undefined {
  const { fields, files, functions, payments } = PARTS;
  const found = [fields, files, functions, payments].map((part): Controls | undefined => part.get()?.controls);
  return found.find((controls) => controls?.[kind])?.[kind];
}
