// What others did: asked for again and again while the page is looked at, as the page cannot be called.

import { post } from "./talk.js";

const EVERY = 4_000; // milliseconds
const FIRST = "What you were sent lately";
const LATER = "New for you";

let reader = null; // who reads, what shows it to them, and how far they have read
let timer = 0;
let asking = Promise.resolve();

// Follows the news of one person from now on, beginning with the latest they were sent before;
// `show` is given the messages, each once, and a heading.
export function follow(person, show) {
  reader = { person, show, heading: FIRST, after: 0 };
  look();
}

// Follows nobody.
export function pause() {
  reader = null;
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
  const asked = reader;
  // Where this call fails there is nothing to say: the next one brings what was missed.
  const answer = await post("/api/news", { person: asked.person, after: asked.after }).catch(() => null);
  if (answer && asked === reader) {
    if (answer.messages.length) asked.show(answer.messages, asked.heading);
    Object.assign(asked, { after: answer.last, heading: LATER });
  }
  timer = setTimeout(look, EVERY);
}
