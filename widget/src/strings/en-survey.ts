/** The sentences of the survey and of ratings, in English: they come with the chunk of the questions. */
export const surveying = {
  surveyTitle: "How was it?",
  surveySkip: "Not now",
  surveyThanks: "Thank you for your answer.",
  ratingOf: "{value} of {count}",
};
