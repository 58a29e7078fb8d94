import type { Attachment } from "@clew/contract/attachments";
import type { ClientCommandOf } from "@clew/contract/commands";
import type { FormEntry, FormReceipt, RunOutcome, RunTag } from "@clew/contract/flows/entries";
import type { AnswerValue } from "@clew/contract/forms";
import type { SkillLevel } from "@clew/contract/routing";

/** `botRun`: the run that asks, when it is a bot's; from its dismissal on nothing of it is taken any more. */
type About = { id: string; conversationId: string; botRun?: string };

/** What goes along with words of a flow. `bot`: the name under which it speaks; `replies`: what the customer may press. */
export type Said = {
  bot?: string;
  files?: Attachment[];
  replies?: { label: string; text: string }[];
  silent?: boolean;
};

/** Where a flow sends a session. `bot`: to a run of that flow, which talks under the name. `fallback`: to the channel's own queue, with `note` for staff saying why. */
export type RouteTo =
  | { kind: "queue"; queueId: string }
  | { kind: "skills"; skills: readonly SkillLevel[]; queueId?: string }
  | { kind: "agent"; agentId: string }
  | { kind: "bot"; name: string; flow: { key: string; version: number } }
  | { kind: "fallback"; note: string };

/** What runs of flows ask of a conversation; `id` is the effect's own, the same for every repeat. Times in milliseconds. */
export type FlowCommand =
  | (About & { type: "flow.bind"; run: RunTag })
  | (About & {
      type: "flow.release";
      runId: string;
      outcome: RunOutcome;
      fault?: { code: string; node: string; message: string };
    })
  | (About & Said & { type: "flow.say"; as: "agent" | "bot" | "system"; text: string })
  | (About & { type: "flow.note"; text: string })
  | (About & { type: "flow.draft"; text: string })
  | (About & {
      type: "flow.route";
      sessionId: string;
      to: RouteTo;
      priority?: number;
      weight?: number;
      relaxAfter?: number;
      waitMax?: number;
      overflowQueueId?: string;
      /** Why, for staff. */
      reason?: string;
    })
  | (About & {
      type: "flow.describe";
      sessionId: string;
      facts?: readonly { key: string; value: AnswerValue; how: "carried" | "looked-up" | "typed" }[];
      attributes?: Readonly<Record<string, unknown>>;
      tags?: readonly string[];
      priority?: number;
      /** In which language the customer is served from now on. */
      language?: string;
      /** What was taken over from earlier sessions, for whoever serves to confirm. */
      toConfirm?: Readonly<Record<string, unknown>>;
    })
  | (About & { type: "flow.end-session"; sessionId: string; text?: string; reason?: string; close: boolean })
  | FormCommand;

/** Whence a customer's command came, as far as the server knows: of their connection or request. */
export type SentFrom = { ip: string; userAgent: string };

/** The life of a form. What is needed of the form's own store is looked up before the rule is asked. */
export type FormCommand =
  | (About & {
      type: "form.open";
      form: Pick<FormEntry, "id" | "flow" | "title" | "questions" | "live" | "asked" | "expiresAt" | "remindAt">;
      announce: string | null;
      as: "agent" | "bot" | "system";
      ifOpen: "reuse" | "supersede" | "parallel" | "fail";
    })
  | (ClientCommandOf<"form.submit"> & {
      receipt: Omit<FormReceipt, "revision"> | null;
      late?: boolean;
      from?: SentFrom;
    })
  | ClientCommandOf<"form.extend">
  | ClientCommandOf<"form.cancel">
  | ClientCommandOf<"form.send-back">;
