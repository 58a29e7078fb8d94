import "@clew/domain/flows/screens/file-kinds";
import type { Controls } from "./control-props.ts";
import { FileControl } from "./file-control.tsx";
import css from "./files-part.css?inline";
import { SignatureControl } from "./signature.tsx";

export const controls: Controls = { file: FileControl, signature: SignatureControl };
export { css };
