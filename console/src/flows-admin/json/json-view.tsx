import { canonicalText } from "@clew/domain/flows/format/canonical";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useFlowEditing } from "../editor/editing.tsx";
import { f } from "../strings/words.ts";
import { completeFlow } from "./complete-flow.ts";
import { HIGHLIGHT } from "./highlight.ts";
import { rangeAt } from "./json-places.ts";
import classes from "./json-view.module.css";
import { UnreadNotice } from "./unread.tsx";

/** Marks what is written into the text because the definition changed elsewhere: it is no news for the definition. */
const fromElsewhere = Annotation.define<true>();

/** The definition as text, with completion by the schema and the findings where they are. */
export default function JsonView({ atText }: { atText: boolean }) {
  const { definition, findings, readOnly, change, unread, keepUnread } = useFlowEditing();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  /** What the text in the editor means, undefined where it cannot be read; another definition came from elsewhere. */
  const meant = useRef<unknown>(undefined);
  const take = useRef((_text: string) => {});
  take.current = (text) => {
    try {
      const next: unknown = JSON.parse(text);
      keepUnread(null);
      meant.current = next;
      change(next, "json");
    } catch (error) {
      meant.current = undefined;
      keepUnread({ text, why: (error as Error).message, about: unread ? unread.about : definition });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what it is told later comes below
  useEffect(() => {
    if (!host.current) return;
    meant.current = unread ? undefined : definition;
    const made = new EditorView({
      parent: host.current,
      doc: unread?.text ?? canonicalText(definition),
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
          const own = update.transactions.some((one) => one.docChanged && !one.annotation(fromElsewhere));
          if (own) take.current(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    if (atText) made.focus();
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    // Text that cannot be read is somebody's work: it is written over when they say so.
    if (!editor || unread || meant.current === definition) return;
    meant.current = definition;
    const doc = canonicalText(definition);
    if (doc === editor.state.doc.toString()) return;
    const changes = { from: 0, to: editor.state.doc.length, insert: doc };
    editor.dispatch({ changes, annotations: fromElsewhere.of(true) });
  }, [definition, unread]);
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
      {unread && <UnreadNotice onGone={() => view.current?.focus()} />}
      <div className={classes.editor} ref={host} dir="ltr" />
    </>
  );
}
