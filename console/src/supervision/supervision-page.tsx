import { t } from "../strings/strings.ts";

export function SupervisionPage() {
  return <h1>{t("rail.supervision")}</h1>;
}
