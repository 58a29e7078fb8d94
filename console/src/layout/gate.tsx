import { Center, Loader } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useDesk, useDeskState } from "../desk.tsx";
import { SetUp } from "../sign-in/set-up.tsx";
import { SignIn } from "../sign-in/sign-in.tsx";
import { t } from "../strings/strings.ts";

/** Shows the console to who is signed in, and the way in to everyone else. */
export function Gate({ children }: { children: ReactNode }) {
  const desk = useDesk();
  const signIn = useDeskState((state) => state.signIn);
  useEffect(() => void desk.boot(), [desk]);
  switch (signIn.name) {
    case "unknown":
      return (
        <Center h="100dvh" role="status" aria-label={t("app.loading")}>
          <Loader size="sm" />
        </Center>
      );
    case "signed-out":
      return signIn.setupNeeded ? <SetUp /> : <SignIn demo={signIn.demo} problem={signIn.problem} />;
    case "signed-in":
      return children;
  }
}
