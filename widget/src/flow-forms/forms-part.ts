import forms from "./flow-forms.css?inline";

export { FlowForm } from "./flow-form.tsx";
export const css = forms;
