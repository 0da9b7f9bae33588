// The chat page: typing, pressing, and being somebody else.

import { buttonFor, serve, valuesOf } from "./fields.js";
import * as log from "./log.js";
import * as news from "./news.js";
import { post } from "./talk.js";

const WAIT_BEFORE_SAYING_SO = 200; // milliseconds; most answers come sooner

const byId = (id) => document.getElementById(id);
const question = byId("question");
const people = byId("people");
const examples = byId("examples");
const touch = matchMedia("(pointer: coarse)");

let user = document.body.dataset.user;

serve(byId("log"));
news.follow(user, log.showNews);

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (!text) return question.focus();
  question.value = "";
  ask(text);
});

question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("composer").requestSubmit();
});

examples.addEventListener("click", (event) => {
  const example = event.target.closest("button");
  if (!example) return;
  ask(example.textContent);
});

byId("log").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (button) press(button);
});

byId("log").addEventListener("keydown", (event) => {
  const button = buttonFor(event);
  if (!button) return;
  event.preventDefault();
  press(button);
});

byId("you").addEventListener("click", () => {
  people.showModal();
  people.querySelector("[aria-pressed=true]").focus();
});

people.addEventListener("click", (event) => {
  if (event.target === people) people.close(); // the backdrop
  const picked = event.target.closest("button[data-user]");
  if (picked) become(picked);
});

async function ask(text) {
  const turn = log.newTurn(text);
  const body = { event_id: crypto.randomUUID(), text, person: user };
  examples.hidden = true;
  log.show(turn);
  question.focus();
  await exchange("/api/say", body, turn, () => touch.matches);
}

async function press(button) {
  if (button.ariaBusy === "true") return;
  const turn = log.newTurn(button.textContent);
  const card = button.closest(".card");
  const { action, about } = button.dataset;
  const body = { event_id: crypto.randomUUID(), action, about, values: valuesOf(card), person: user };
  button.ariaBusy = "true";
  await exchange("/api/press", body, turn, () => true, button);
  button.ariaBusy = null;
  news.look();
}

// Sends one event and shows what comes of it. Trying again sends the same event,
// so that one which did arrive is not done twice.
async function exchange(path, body, turn, mayMoveFocus, button = null) {
  const waiting = setTimeout(() => {
    log.showWaiting(turn, button ? "One moment" : "Reading the policy");
    log.show(turn);
  }, WAIT_BEFORE_SAYING_SO);
  try {
    const { messages } = await post(path, body);
    clearTimeout(waiting);
    if (body.person !== user) return; // somebody else has sat down meanwhile
    const first = log.showAnswer(turn, messages, button);
    if (mayMoveFocus()) first?.focus({ preventScroll: true });
  } catch (trouble) {
    clearTimeout(waiting);
    if (body.person !== user) return;
    const again = log.showTrouble(turn, trouble.message, () => {
      question.focus();
      exchange(path, body, turn, mayMoveFocus, button);
    });
    log.show(turn);
    if (!question.value) again.focus(); // unless they are typing the next question
  }
}

async function become(picked) {
  people.close();
  question.focus();
  if (picked.dataset.user === user) return;
  user = picked.dataset.user;
  for (const each of people.querySelectorAll("[data-user]")) each.ariaPressed = String(each === picked);
  byId("you-name").textContent = picked.querySelector("b").textContent;
  byId("you-line").textContent = picked.querySelector("span").textContent;
  examples.hidden = false;
  const note = `You are now ${byId("you-name").textContent}. This is a new conversation.`;
  const greeting = log.startAfresh(note, examples);
  scrollTo({ top: 0 });
  const body = { person: user };
  news.pause(); // until the greeting is there, which shows what waits already
  // Where this call fails the switch still stands: each question says who asks it.
  const { messages } = await post("/api/person", body).catch(() => ({ messages: [] }));
  if (body.person !== user) return;
  greeting.append(...log.cardsOf(messages));
  news.follow(user, log.showNews);
}
