import controls from "./controls.css?inline";
import forms from "./flow-forms.css?inline";
import card from "./form-card.css?inline";

export { FlowForm } from "./flow-form.tsx";
export { FormCard } from "./form-card.tsx";
export const css = forms + controls + card;
