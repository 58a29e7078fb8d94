import type { ReconnectLink } from "@clew/contract/reconnect";
import { inLanguage } from "@clew/domain/languages/fall-back";

type Words = { subject: string; text: string };

/** `{organisation}`, `{url}` and `{until}` are put in. */
const WORDS: Record<string, Words> = {
  en: {
    subject: "Your chat with {organisation}",
    text: "Hello,\n\nwith this link you come back to your chat with {organisation}:\n\n{url}\n\nIt works once, until {until}. Do not pass it on: whoever has it can read the chat.\n",
  },
  de: {
    subject: "Ihr Chat mit {organisation}",
    text: "Guten Tag,\n\nmit diesem Link kommen Sie zu Ihrem Chat mit {organisation} zurück:\n\n{url}\n\nEr gilt einmal, bis {until}. Geben Sie ihn nicht weiter: Wer ihn hat, kann den Chat lesen.\n",
  },
  fr: {
    subject: "Votre conversation avec {organisation}",
    text: "Bonjour,\n\nce lien vous ramène à votre conversation avec {organisation} :\n\n{url}\n\nIl est valable une fois, jusqu’au {until}. Ne le transmettez pas : toute personne qui l’a peut lire la conversation.\n",
  },
  es: {
    subject: "Su conversación con {organisation}",
    text: "Hola:\n\ncon este enlace puede volver a su conversación con {organisation}:\n\n{url}\n\nSirve una sola vez, hasta el {until}. No lo comparta: quien lo tenga puede leer la conversación.\n",
  },
  ja: {
    subject: "{organisation}とのチャット",
    text: "こんにちは。\n\n次のリンクから{organisation}とのチャットに戻れます。\n\n{url}\n\n{until}まで、一度だけ使えます。リンクを知っている人はチャットを読めるため、他の人に渡さないでください。\n",
  },
  ar: {
    subject: "محادثتك مع {organisation}",
    text: "مرحبًا،\n\nيعيدك هذا الرابط إلى محادثتك مع {organisation}:\n\n{url}\n\nيعمل مرة واحدة حتى {until}. لا تشاركه مع أحد: من يملكه يستطيع قراءة المحادثة.\n",
  },
};

/** Subject and text of the mail that carries a reconnect link, in the language asked for or the nearest there is. */
export function reconnectMail({
  link,
  language,
  organisation,
}: {
  link: ReconnectLink;
  language: string;
  organisation: string;
}): Words {
  const words = inLanguage(WORDS, language) as Words;
  const until = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(
    link.expiresAt,
  );
  const holes: Record<string, string> = { organisation, url: link.url, until: `${until} UTC` };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole);
  return { subject: fill(words.subject), text: fill(words.text) };
}
