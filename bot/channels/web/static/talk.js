// Talks to the bot: one function, and one kind of trouble with a sentence for the person.

const PATIENCE = 30_000; // milliseconds

export class Trouble extends Error {}

// Posts an object and returns the answer; throws Trouble with a sentence that can be shown as it is.
export async function post(path, body) {
  const response = await send(path, body);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Trouble(answer.error ?? "I could not make sense of that answer. Please try again.");
  }
  return answer;
}

async function send(path, body) {
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (problem) {
    throw new Trouble(
      problem.name === "TimeoutError"
        ? "The answer is taking too long. Your words are kept here."
        : "I cannot be reached just now. Your words are kept here. Is the bot still running?",
    );
  }
}
