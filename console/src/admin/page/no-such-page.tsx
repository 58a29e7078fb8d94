import { Button } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { a } from "../strings/words.ts";
import { AdminLink } from "./admin-link.tsx";
import { Empty } from "./empty.tsx";
import { Page } from "./page.tsx";

export function NoSuchPage() {
  const home = (
    <Button component={AdminLink} to="channels" variant="default">
      {a("place.home")}
    </Button>
  );
  return (
    <Page title={a("admin.title")}>
      <Empty icon={IconCompass} title={a("place.unknown")} about={a("place.unknownAbout")} action={home} />
    </Page>
  );
}
