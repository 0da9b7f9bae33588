// What others did: asked for again and again while the page is looked at, as the page cannot be called.

import { post } from "./talk.js";

const EVERY = 4_000; // milliseconds

const visit = document.body.dataset.visit;
let reader = "";
let tell = () => {};
let timer = 0;
let asking = Promise.resolve();

// Follows the news of one person from now on; `show` is given the messages, each once.
export function follow(person, show) {
  reader = person;
  tell = show;
  look();
}

// Looks at once, one look after the other.
export function look() {
  clearTimeout(timer);
  asking = asking.then(fetchNews);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});

async function fetchNews() {
  clearTimeout(timer);
  if (document.hidden || !reader) return; // coming back looks again
  const person = reader;
  const seen = `askfirst ${visit} ${person}`; // another visit begins with the latest news again
  // Where this call fails there is nothing to say: the next one brings what was missed.
  const after = Number(sessionStorage.getItem(seen) ?? 0);
  const answer = await post("/api/news", { person, after }).catch(() => null);
  if (answer && person === reader) {
    sessionStorage.setItem(seen, answer.last);
    if (answer.messages.length) tell(answer.messages);
  }
  timer = setTimeout(look, EVERY);
}
