import type { FieldComponent } from "@clew/contract/flows/components";
import type { Option } from "@clew/domain/flows/screens/choices";
import type { PageField } from "@clew/domain/flows/screens/page";

/** Whether a field has several controls, which stand in a group with the label as its name. */
export function isComposite(component: FieldComponent, { options = [] }: PageField): boolean {
  switch (component.kind) {
    case "choice":
      return component.other === true || !isSelect(component, options);
    case "boolean":
    case "consent":
    case "money":
    case "duration":
    case "rating":
    case "address":
    case "signature":
    case "file":
    case "payment":
      return true;
    case "date":
      return component.known === true;
    default:
      return false;
  }
}

export function isSelect(
  { style, multiple }: { style?: string; multiple?: boolean },
  options: readonly Option[],
): boolean {
  return !multiple && (style ? style === "select" : options.length > 6);
}
