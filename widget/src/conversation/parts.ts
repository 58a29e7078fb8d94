import { Loading } from "../reconnect/loading.tsx";
import { later } from "./later.tsx";

/** Questions: the form before a session, between sessions and after one. */
const questions = later(() => import("../pre-chat/questions-part.ts"));
export const fetchQuestions = questions.fetch;
export const PreChat = questions.view((part) => part.PreChat, Loading);
export const AskAgain = questions.view((part) => part.AskAgain);
export const Survey = questions.view((part) => part.Survey);

/** What most conversations need later, if at all. Fetched in a quiet moment after the window has opened. */
const extras = later(() => import("./extras-part.ts"));
export const fetchExtras = extras.fetch;
export const ClosedHours = extras.view((part) => part.ClosedHours);
export const Countdown = extras.view((part) => part.Countdown);
export const EmojiPicker = extras.view((part) => part.EmojiPicker);
export const EndDialog = extras.view((part) => part.EndDialog);
export const EndedFooter = extras.view((part) => part.EndedFooter);
export const Failed = extras.view((part) => part.Failed);
export const Menu = extras.view((part) => part.Menu);
export const NextMessage = extras.view((part) => part.NextMessage);
export const QuickReplies = extras.view((part) => part.QuickReplies);
export const Uploads = extras.view((part) => part.Uploads);
export const AttachmentView = extras.view((part) => part.AttachmentView);

/** What few people ever see: ways back, the reset, a locked window. */
const back = later(() => import("../return/return-part.ts"));
export const fetchReturn = back.fetch;
export const AfterEnd = back.view((part) => part.AfterEnd);
export const Elsewhere = back.view((part) => part.Elsewhere);
export const ForgetDialog = back.view((part) => part.ForgetDialog);
export const Return = back.view((part) => part.Return, Loading);

/** Forms that flows open in the chat. */
export const FormCard = later(() => import("../flow-forms/forms-part.ts")).view((part) => part.FormCard);

/** Sound and files: what is not drawn, when it is there. */
export const withExtras = async (use: (part: NonNullable<ReturnType<typeof extras.get>>) => void): Promise<void> => {
  await extras.fetch();
  const part = extras.get();
  if (part) use(part);
};
