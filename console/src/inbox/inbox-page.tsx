import { t } from "../strings/strings.ts";

export function InboxPage() {
  return <h1>{t("rail.inbox")}</h1>;
}
