/**
 * How far the asking of a form has come. `heard`: number of the event that was taken last, by which what is said next is
 * known to be said once; `then`: what it asked for. `before`: words that come before the next question, such as what was
 * wrong. `tries`: how often the question was answered by what does not fit. `asides`: how often something else was said
 * instead; `offered`: words said to an agent, of which it was asked whether they are the answer.
 */
export type Asking = {
  heard: number;
  then: "ask" | "send" | "cancel" | "give-up";
  before: string | null;
  tries: number;
  asides?: number;
  offered?: string;
};

export const NOT_ASKED_YET: Asking = { heard: 0, then: "ask", before: null, tries: 0 };

/** After so many answers that do not fit, one after the other, the form is given up. */
export const MOST_TRIES = 5;
