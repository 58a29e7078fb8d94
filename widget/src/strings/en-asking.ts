/** What is said around the questions before a session, in English: it comes with their chunk. */
export const asking = {
  startChat: "Start chat",
  leaveMessage: "Leave a message",
  welcomeText: "How can we help?",
  needsAnswer: "Please fill this in.",
  needsTick: "Please tick this box to go on.",
  badNumber: "Enter a number.",
  badPhone: "Enter a phone number with digits only, such as +44 20 7946 0000.",
  badDate: "Enter a date.",
  badChoice: "Choose one of the list.",
  badPattern: "This does not have the expected form.",
  tooLong: "At most {count} characters, please.",
  tooSmall: "At least {count}.",
  tooBig: "At most {count}.",
  checkAnswers: { one: "{count} answer needs another look.", other: "{count} answers need another look." },
  closedText: "Leave a message: it stays in this conversation and we’ll answer here.",
};
