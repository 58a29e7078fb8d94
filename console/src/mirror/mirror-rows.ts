import type { Component, FieldComponent, RepeatComponent } from "@clew/contract/flows/components";
import type { FieldSuggestion, FieldView } from "@clew/contract/flows/form-live";
import "@clew/domain/flows/screens/every-kind";
import { nameOfQuestion } from "@clew/domain/flows/screens/field-label";
import type { LiveFormState } from "@clew/widget/flow-forms/live-form";
import { plain, wordsOf } from "../flows/screen-form/answer-list.tsx";
import { t } from "../strings/strings.ts";

type Question = FieldComponent | RepeatComponent;
/** A question of the page that is shown. `text`: what may be told of its answer; `known`: whether that is the answer. */
export type MirrorRow = {
  field: string;
  label: string;
  question: Question;
  view: FieldView | null;
  text: string;
  known: boolean;
};

/** The questions of the page as they stand, those that are not asked left out. */
export function rowsOf(state: Pick<LiveFormState, "page" | "fields">): MirrorRow[] {
  const { page, fields } = state;
  if (!page) return [];
  const seen = { ...page.scope, ...toldOn(page.node, fields) };
  return questionsIn(page.components).flatMap((question): MirrorRow[] => {
    const field = `${page.node}.${question.id}`;
    const view = fields[field] ?? null;
    if (view && !view.visible) return [];
    return [{ field, label: labelOf(question, seen), question, view, ...answerOf(question, view) }];
  });
}

/** The answers of a page that may be told, by question: the words of the others can have them in their holes. */
function toldOn(node: string, fields: Readonly<Record<string, FieldView>>): Record<string, unknown> {
  const own = Object.values(fields).filter(({ field, visible, value }) => {
    return visible && value !== undefined && field.startsWith(`${node}.`) && !field.includes("/");
  });
  return Object.fromEntries(own.map(({ field, value }) => [field.slice(node.length + 1), value]));
}

/** Answered questions and all of them: of every page that is known, never fewer than the form says it has. */
export function countOf(state: Pick<LiveFormState, "fields">, questions: number): { done: number; all: number } {
  const shown = Object.values(state.fields).filter(({ visible, field }) => visible && !field.includes("/"));
  const done = shown.filter(({ status }) => status === "valid" || status === "filled").length;
  return { done, all: Math.max(questions, done) };
}

/** Fields that a remark can be about. */
export function asked(state: LiveFormState): { field: string; label: string }[] {
  return rowsOf(state).map(({ field, label }) => ({ field, label }));
}

function questionsIn(components: readonly Component[]): Question[] {
  return components.flatMap((component): Question[] => {
    switch (component.kind) {
      case "group":
        return questionsIn(component.components);
      case "display":
      case "heading":
      case "image":
      case "divider":
      case "answers":
        return [];
      default:
        return [component];
    }
  });
}

function labelOf(question: Question, scope: Readonly<Record<string, unknown>>): string {
  const shown = { now: 0, zone: "UTC", locale: "en" };
  return nameOfQuestion(question, scope as Parameters<typeof nameOfQuestion>[1], shown) || wordsOf(question.id);
}

function answerOf(question: Question, view: FieldView | null): { text: string; known: boolean } {
  if (question.kind === "payment") return { text: paymentText(question, view), known: false };
  if (!view || view.status === "empty") return { text: t("mirror.status.empty"), known: false };
  const told = Object.hasOwn(view, "value") && view.value !== undefined && view.value !== null;
  if (told) return { text: valueText(question, view.value), known: true };
  const privately = "privacy" in question && question.privacy !== undefined && question.privacy !== "open";
  const text = privately && view.status !== "invalid" ? t("mirror.private") : t(`mirror.status.${view.status}`);
  return { text, known: false };
}

/** How a payment stands; where the amount became another since, what was paid and what becomes of it. */
function paymentText(question: Question, view: FieldView | null): string {
  const { amount = null, due = null } = (view?.value ?? {}) as { amount?: unknown; due?: unknown };
  // Where amounts are not shown, what is wrong with it is told beside it.
  if (amount === null) return t(`mirror.payment.${view?.problem ? "empty" : (view?.status ?? "empty")}`);
  if (view?.status === "valid") return t("mirror.payment.valid");
  const paid = valueText(question, amount);
  return due === null
    ? t("mirror.payment.undue", { paid })
    : t("mirror.payment.changed", { paid, due: valueText(question, due) });
}

/** What is suggested and by whom: the reader, somebody else, or the script. */
export function suggestedText(question: Question, { value, by }: FieldSuggestion, me: string): string {
  const text = valueText(question, value);
  return by.id === me
    ? t("mirror.suggested", { value: text })
    : t("mirror.suggestedBy", { name: by.name, value: text });
}

/** A value as people read it: of a choice its label. */
export function valueText(question: Question, value: unknown): string {
  if (question.kind === "repeat") return Array.isArray(value) ? String(value.length) : plain(value);
  if (question.kind === "choice") {
    const label = (one: unknown) => {
      const written = question.options?.find((option) => option.value === one)?.label;
      return typeof written === "string" ? written : written ? (Object.values(written)[0] ?? plain(one)) : plain(one);
    };
    return [value].flat().map(label).join(", ");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { amount, currency, name } = value as Record<string, unknown>;
    if (amount !== undefined) return `${plain(amount)} ${plain(currency)}`;
    if (name !== undefined) return plain(name);
    return Object.values(value).filter(Boolean).map(plain).join(", ");
  }
  return plain(value);
}
