import forms from "./flow-forms.css?inline";

export { FlowForm } from "./flow-form.tsx";
export { FormCard } from "./form-card.tsx";
export const css = forms;
