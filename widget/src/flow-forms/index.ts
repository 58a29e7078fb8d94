import { h, render } from "preact";
import { tokensOf } from "../theme/look.ts";
import tokens from "../theme/tokens.css?inline";
import controls from "./controls.css?inline";
import { FlowForm, type FlowFormProps } from "./flow-form.tsx";
import forms from "./flow-forms.css?inline";

export type { FormFile, LiveForm, LiveFormState } from "./live-form.ts";
export type MountedForm = { update(props: MountProps): void; unmount(): void };
export type MountProps = FlowFormProps & {
  dark: boolean;
  /** Set by what is around: a brand's colour as "#rrggbb". */
  colour?: string;
};

const RIGHT_TO_LEFT = /^(ar|he|fa|ur|ps|sd|ug|yi|dv|ckb)\b/i;

/** Draws a form into an element of a page that is made with something else. It brings its own look and disturbs none. */
export function mountForm(element: HTMLElement, props: MountProps): MountedForm {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + forms + controls);
  root.adoptedStyleSheets = [sheet];
  const frame = document.createElement("div");
  frame.className = "clew";
  root.replaceChildren(frame);
  const update = ({ dark, colour = "#1f6feb", ...form }: MountProps) => {
    frame.dataset.scheme = dark ? "dark" : "light";
    frame.lang = form.language;
    frame.dir = RIGHT_TO_LEFT.test(form.language) ? "rtl" : "ltr";
    const look = tokensOf(
      { colour, colourText: "#ffffff", radius: 8, font: "" } as Parameters<typeof tokensOf>[0],
      dark,
    );
    for (const [name, value] of Object.entries(look)) frame.style.setProperty(name, value);
    render(h(FlowForm, form), frame);
  };
  update(props);
  return {
    update,
    unmount() {
      render(null, frame);
      root.replaceChildren();
    },
  };
}
