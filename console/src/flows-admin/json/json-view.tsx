import { canonicalText } from "@clew/domain/flows/format/canonical";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { f } from "../strings/words.ts";
import { completeFlow } from "./complete-flow.ts";
import { HIGHLIGHT } from "./highlight.ts";
import { rangeAt } from "./json-places.ts";
import classes from "./json-view.module.css";

/** The definition as text, with completion by the schema and the findings where they are. */
export default function JsonView() {
  const { definition, findings, readOnly, change } = useFlowEditing();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  /** What the text in the editor means; another definition came from elsewhere, such as undo. */
  const meant = useRef<unknown>(undefined);
  const take = useRef((_text: string) => {});
  take.current = (text) => {
    try {
      const next: unknown = JSON.parse(text);
      setBroken(null);
      meant.current = next;
      change(next, "json");
    } catch (error) {
      setBroken((error as Error).message);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what it is told later comes below
  useEffect(() => {
    if (!host.current) return;
    meant.current = definition;
    const made = new EditorView({
      parent: host.current,
      doc: canonicalText(definition),
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(HIGHLIGHT),
        autocompletion({ override: [completeFlow] }),
        lintGutter(),
        // Tab goes on to the next control: whoever has no mouse must be able to leave.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({ "aria-label": f("json.label"), tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) take.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor || meant.current === definition) return;
    meant.current = definition;
    const doc = canonicalText(definition);
    if (doc === editor.state.doc.toString()) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: doc } });
    meant.current = definition;
  }, [definition]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const diagnostics = findings.flatMap(({ path, severity, message, suggestion }): Diagnostic[] => {
      const range = rangeAt(editor.state, path);
      const words = suggestion === undefined ? message : `${message} – ${suggestion}`;
      return range ? [{ ...range, severity, message: words }] : [];
    });
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [findings]);
  return (
    <>
      {broken !== null && (
        <Text fz="sm" className={classes.broken} role="status">
          {f("json.broken", { why: broken })}
        </Text>
      )}
      <div className={classes.editor} ref={host} dir="ltr" />
    </>
  );
}
