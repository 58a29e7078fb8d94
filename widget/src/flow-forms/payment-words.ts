/** What a payment says; `@` is the amount. All languages together, for they come with the first payment only. */
const ENGLISH = {
  pay: "Pay @",
  paid: "@ paid",
  frame: "Payment of @",
  loading: "The payment page is loading…",
  stop: "Cancel payment",
  cancelled: "The payment was cancelled. Nothing was paid.",
  refused: "The payment was not accepted. Please try again or use another way to pay.",
  silent: "The payment page cannot be reached. Nothing was paid.",
  nothing: "Nothing is to be paid yet.",
  nowhere: "Payment is not possible here.",
};
export type PaymentWord = keyof typeof ENGLISH;

const WORDS: Readonly<Record<string, Record<PaymentWord, string>>> = {
  de: {
    pay: "@ bezahlen",
    paid: "@ bezahlt",
    frame: "Zahlung von @",
    loading: "Die Zahlungsseite wird geladen …",
    stop: "Zahlung abbrechen",
    cancelled: "Die Zahlung wurde abgebrochen. Es wurde nichts bezahlt.",
    refused: "Die Zahlung wurde nicht angenommen. Bitte versuchen Sie es noch einmal oder auf einem anderen Weg.",
    silent: "Die Zahlungsseite ist nicht erreichbar. Es wurde nichts bezahlt.",
    nothing: "Noch ist nichts zu bezahlen.",
    nowhere: "Eine Zahlung ist hier nicht möglich.",
  },
  es: {
    pay: "Pagar @",
    paid: "@ pagados",
    frame: "Pago de @",
    loading: "Cargando la página de pago…",
    stop: "Cancelar el pago",
    cancelled: "El pago se canceló. No se ha pagado nada.",
    refused: "El pago no fue aceptado. Inténtelo de nuevo o pague de otra forma.",
    silent: "No se puede acceder a la página de pago. No se ha pagado nada.",
    nothing: "Todavía no hay nada que pagar.",
    nowhere: "Aquí no es posible pagar.",
  },
  fr: {
    pay: "Payer @",
    paid: "@ payés",
    frame: "Paiement de @",
    loading: "La page de paiement se charge…",
    stop: "Annuler le paiement",
    cancelled: "Le paiement a été annulé. Rien n’a été payé.",
    refused: "Le paiement n’a pas été accepté. Veuillez réessayer ou payer autrement.",
    silent: "La page de paiement est inaccessible. Rien n’a été payé.",
    nothing: "Il n’y a encore rien à payer.",
    nowhere: "Le paiement n’est pas possible ici.",
  },
  ar: {
    pay: "ادفع @",
    paid: "تم دفع @",
    frame: "دفع @",
    loading: "جارٍ تحميل صفحة الدفع…",
    stop: "إلغاء الدفع",
    cancelled: "أُلغي الدفع. لم يُدفع شيء.",
    refused: "لم يُقبل الدفع. يُرجى المحاولة مرة أخرى أو الدفع بطريقة أخرى.",
    silent: "تعذّر الوصول إلى صفحة الدفع. لم يُدفع شيء.",
    nothing: "لا يوجد ما يُدفع بعد.",
    nowhere: "الدفع غير ممكن هنا.",
  },
  ja: {
    pay: "@ を支払う",
    paid: "@ 支払い済み",
    frame: "@ のお支払い",
    loading: "お支払いページを読み込んでいます…",
    stop: "支払いをやめる",
    cancelled: "お支払いは中止されました。支払いは発生していません。",
    refused: "お支払いは受け付けられませんでした。もう一度お試しいただくか、別の方法をご利用ください。",
    silent: "お支払いページに接続できません。支払いは発生していません。",
    nothing: "まだお支払いはありません。",
    nowhere: "ここではお支払いできません。",
  },
};

export function paymentWord(word: PaymentWord, language: string, amount: string): string {
  const text = (WORDS[language.slice(0, 2).toLowerCase()] ?? ENGLISH)[word];
  return text.replace("@", () => amount);
}
