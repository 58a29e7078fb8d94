import { inLanguage } from "@clew/domain/languages/fall-back";

const en = {
  times: "All times in UTC.",
  session: "Session {number}",
  customer: "Customer",
  team: "Team",
  note: "note",
  lateAnswers:
    "The form “{title}” was sent after its time was over. A flow that has gone on without it does nothing with it: the answers are on its receipt.",
  joined: "{name} joined the chat",
  endedBy: "{name} ended the chat",
  ended: "The chat was ended",
  inactivity: "The chat ended because it was quiet for a while",
  disconnect: "The chat ended because the connection was lost",
  optout: "The chat was stopped by a keyword",
  "queue-limit": "Nobody was free in time",
  "transfer-failed": "Nobody could take the chat over in time",
  reset: "The chat was reset",
  "signed-out": "The chat ended because the customer signed out",
};
export type TranscriptWords = typeof en;

/** `{name}`, `{number}` and `{title}` are put in. */
const WORDS: Record<string, TranscriptWords> = {
  en,
  de: {
    times: "Alle Zeiten in UTC.",
    session: "Sitzung {number}",
    customer: "Kunde",
    team: "Team",
    note: "Notiz",
    lateAnswers:
      "Das Formular „{title}“ wurde nach Ablauf seiner Zeit gesendet. Ein Ablauf, der ohne es weitergegangen ist, macht nichts damit: Die Antworten stehen auf seinem Beleg.",
    joined: "{name} ist jetzt im Chat",
    endedBy: "{name} hat den Chat beendet",
    ended: "Der Chat wurde beendet",
    inactivity: "Der Chat endete, weil es eine Weile still war",
    disconnect: "Der Chat endete, weil die Verbindung abbrach",
    optout: "Der Chat wurde mit einem Stichwort gestoppt",
    "queue-limit": "Niemand war rechtzeitig frei",
    "transfer-failed": "Niemand konnte den Chat rechtzeitig übernehmen",
    reset: "Der Chat wurde zurückgesetzt",
    "signed-out": "Der Chat endete mit der Abmeldung",
  },
  fr: {
    times: "Toutes les heures sont en UTC.",
    session: "Session {number}",
    customer: "Client",
    team: "Équipe",
    note: "note",
    lateAnswers:
      "Le formulaire « {title} » a été envoyé après la fin de son délai. Un scénario qui a continué sans lui n’en fait rien : les réponses figurent sur son reçu.",
    joined: "{name} a rejoint le chat",
    endedBy: "{name} a terminé le chat",
    ended: "Le chat a été terminé",
    inactivity: "Le chat a pris fin après un moment de silence",
    disconnect: "Le chat a pris fin car la connexion a été perdue",
    optout: "Le chat a été arrêté par un mot-clé",
    "queue-limit": "Personne n’était libre à temps",
    "transfer-failed": "Personne n’a pu reprendre le chat à temps",
    reset: "Le chat a été réinitialisé",
    "signed-out": "Le chat a pris fin à la déconnexion",
  },
  es: {
    times: "Todas las horas en UTC.",
    session: "Sesión {number}",
    customer: "Cliente",
    team: "Equipo",
    note: "nota",
    lateAnswers:
      "El formulario «{title}» se envió cuando su plazo había terminado. Un flujo que siguió sin él no hace nada con él: las respuestas están en su recibo.",
    joined: "{name} se unió al chat",
    endedBy: "{name} terminó el chat",
    ended: "El chat se terminó",
    inactivity: "El chat terminó porque hubo silencio un rato",
    disconnect: "El chat terminó porque se perdió la conexión",
    optout: "El chat se detuvo con una palabra clave",
    "queue-limit": "Nadie quedó libre a tiempo",
    "transfer-failed": "Nadie pudo continuar el chat a tiempo",
    reset: "El chat se restableció",
    "signed-out": "El chat terminó al cerrarse la sesión",
  },
  ja: {
    times: "時刻はすべて UTC です。",
    session: "セッション {number}",
    customer: "お客様",
    team: "チーム",
    note: "メモ",
    lateAnswers:
      "フォーム「{title}」は期限が過ぎてから送信されました。それを待たずに先へ進んだフローは、この回答を使いません。回答は控えにあります。",
    joined: "{name} さんが参加しました",
    endedBy: "{name} さんがチャットを終了しました",
    ended: "チャットは終了しました",
    inactivity: "しばらくやり取りがなかったため、チャットは終了しました",
    disconnect: "接続が切れたため、チャットは終了しました",
    optout: "キーワードによりチャットは停止されました",
    "queue-limit": "時間内に対応できる担当者がいませんでした",
    "transfer-failed": "時間内に引き継げる担当者がいませんでした",
    reset: "チャットはリセットされました",
    "signed-out": "サインアウトによりチャットは終了しました",
  },
  ar: {
    times: "جميع الأوقات بتوقيت UTC.",
    session: "الجلسة {number}",
    customer: "العميل",
    team: "الفريق",
    note: "ملاحظة",
    lateAnswers: "أُرسل النموذج «{title}» بعد انتهاء وقته. المسار الذي واصل من دونه لا يستخدمه: الإجابات في إيصاله.",
    joined: "انضم {name} إلى الدردشة",
    endedBy: "أنهى {name} الدردشة",
    ended: "انتهت الدردشة",
    inactivity: "انتهت الدردشة لعدم وجود نشاط لفترة",
    disconnect: "انتهت الدردشة بسبب انقطاع الاتصال",
    optout: "أُوقفت الدردشة بكلمة مفتاحية",
    "queue-limit": "لم يتوفر أحد في الوقت المناسب",
    "transfer-failed": "لم يتمكن أحد من متابعة الدردشة في الوقت المناسب",
    reset: "أُعيد ضبط الدردشة",
    "signed-out": "انتهت الدردشة بتسجيل الخروج",
  },
};

/** The words of a transcript in that language, or the nearest there is. */
export const transcriptWords = (language: string): TranscriptWords => inLanguage(WORDS, language) ?? en;

/** Puts what is known into the places of a sentence. */
export const filled = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, key: string) => String(values[key] ?? place));
