import { bootOf, type ChatWindow } from "../conversation/window-state.ts";
import { launcherWords } from "../launcher/words.ts";
import { chooseLanguage, loadSpeech } from "./strings.ts";

/** Keeps a widget in the language asked for, of those the channel offers, with its direction. */
export function createSpeaker(chatWindow: ChatWindow, place: HTMLElement) {
  const { speech, host } = chatWindow;
  const offered = () => bootOf(chatWindow)?.languages ?? [];
  let asked: string | undefined;
  let requests = 0;
  // Of several requests under way the last one counts, in whatever order their files arrive.
  const speak = async () => {
    requests += 1;
    const mine = requests;
    const wanted = [host.options.language, document.documentElement.lang, ...navigator.languages];
    const spoken = await loadSpeech(chooseLanguage(wanted, offered()));
    if (mine === requests) speech.value = spoken;
  };
  const stops = [
    chatWindow.watch(() => {
      if (asked === offered().join()) return;
      asked = offered().join();
      void speak();
    }),
    chatWindow.watch(() => {
      const { language, direction } = speech.value;
      if (place.lang === language) return;
      place.lang = language;
      place.dir = direction;
      const [open, retry] = launcherWords(language);
      host.launcher.setWords([open, retry, chatWindow.say("closeChat")], direction);
    }),
  ];
  return {
    speak(language: string): void {
      host.options.language = language;
      void speak();
    },
    stop(): void {
      for (const stop of stops) stop();
    },
  };
}
