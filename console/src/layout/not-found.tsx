import { Button, Center, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { t } from "../strings/strings.ts";

export function NotFound() {
  return (
    <Center h="100%">
      <Stack align="center" gap="sm">
        <Text>{t("app.notFound")}</Text>
        <Button component={Link} to="/" variant="light">
          {t("app.backToInbox")}
        </Button>
      </Stack>
    </Center>
  );
}
