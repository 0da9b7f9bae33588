// What stands in the conversation: turns, and in each turn what was said and what came back.

import { carryOver } from "./fields.js";

const log = document.getElementById("log");

const NEAR = 120; // pixels from the end that still count as being there

const refusals = new WeakMap(); // the cards that said why the latest press on a card was not taken, by that card

// Starts a turn. It is put into the conversation at once, or later by `show`.
export function newTurn(text) {
  const turn = element("div", "turn");
  const said = element("div", "said");
  said.append(element("span", "unseen", "You: "), document.createTextNode(text));
  turn.append(said, element("div", "reply"));
  return turn;
}

export function show(turn) {
  if (!turn.isConnected) log.append(turn);
  turn.scrollIntoView({ block: "start" });
}

export function showWaiting(turn, sentence) {
  const waiting = element("p", "waiting", sentence);
  const dots = element("span", "dots", "…");
  dots.setAttribute("aria-hidden", "true");
  waiting.append(dots);
  fill(turn, [waiting]);
}

export function showTrouble(turn, sentence, tryAgain) {
  const trouble = element("div", "trouble");
  trouble.tabIndex = -1;
  const again = element("button", "main", "Try again");
  again.type = "button";
  again.addEventListener("click", tryAgain);
  trouble.append(element("p", "", sentence), again);
  fill(turn, [trouble]);
  return again;
}

// Shows what came back: in the place of what it replaces, the rest in the turn. Where words were typed, all of it is
// in the turn, as an answer stands below what it answers. Returns the card to look at first.
export function showAnswer(turn, messages, button = null) {
  const pressed = button?.closest(".card") ?? null;
  const choose = (old) => pressed && (old.includes(pressed) ? pressed : old.at(-1));
  const { placed, added } = place(messages, pressed, choose);
  fill(turn, added);
  if (pressed) settle(pressed, placed, button.matches(".main") ? added.filter(isRefusal) : []);
  if (added.length || !placed.length) show(turn);
  else turn.remove();
  if (!added.length) placed[0]?.scrollIntoView({ block: "nearest" });
  return added[0] ?? placed[0];
}

// Shows what others did; a card that is here already is only drawn anew.
// Nobody's focus is taken, and the page moves only for somebody who was at its end.
export function showNews(messages, heading) {
  const page = document.documentElement;
  const atEnd = page.scrollHeight - innerHeight - scrollY < NEAR && !document.activeElement.matches(".fields *");
  const drawn = messages.map((message) => ({ ...message, replaces: message.replaces || message.card !== "" }));
  const { added } = place(drawn, null, (old) => old.at(-1));
  if (!added.length) return;
  const turn = element("div", "turn news");
  turn.append(element("p", "switched", heading), ...added);
  log.append(turn);
  if (atEnd) turn.scrollIntoView({ block: "nearest" });
}

// Turns the server's fragments into nodes. The server has escaped every text in them,
// and a parsed document runs no scripts.
export function cardsOf(messages) {
  return messages.flatMap(({ html }) => [
    ...new DOMParser().parseFromString(html, "text/html").body.children,
  ]);
}

// Empties the conversation but for a note and what stands below a greeting, and returns the place for the greeting.
export function startAfresh(note, below) {
  const greeting = element("div", "greeting");
  log.replaceChildren(element("p", "switched", note), greeting, below);
  return greeting;
}

// Puts each message that replaces something into the place that is chosen of those it replaces. Returns the cards
// that stand there now, and those that are new. Where a card stood several times, the others tell the same.
function place(messages, pressed, choose) {
  const placed = [];
  const added = [];
  for (const message of messages.filter(isLatest)) {
    const [card] = cardsOf([message]);
    const old = message.replaces ? replacedBy(message, pressed) : [];
    const chosen = old.length ? choose(old) : null;
    for (const copy of old) if (copy !== chosen) copy.replaceWith(toldOnly(card));
    if (chosen) putInPlace(card, chosen, pressed);
    (chosen ? placed : added).push(card);
  }
  return { placed, added };
}

// Of a card that comes several times at once, only the last is shown.
function isLatest({ card: name }, at, messages) {
  return !name || !messages.slice(at + 1).some((later) => later.replaces && later.card === name);
}

// Nothing marks a refusal but its tone, and that it is no card anybody comes back to.
function isRefusal(card) {
  return card.matches(".tone-care:not([data-card])");
}

// Takes away why a card was not taken before, once it was taken or refused anew; keeps in mind what is said now.
function settle(pressed, placed, refused) {
  if (!placed.length && !refused.length) return;
  for (const card of refusals.get(pressed) ?? []) {
    const turn = card.closest(".turn");
    card.remove();
    if (!turn?.querySelector(".card")) turn?.remove();
  }
  refusals.set(placed[0] ?? pressed, refused);
}

function replacedBy({ card: name }, pressed) {
  const named = name ? [...log.querySelectorAll(`[data-card="${CSS.escape(name)}"]`)] : [];
  return named.length || !pressed?.isConnected ? named : [pressed];
}

function putInPlace(card, old, pressed) {
  if (old !== pressed) carryOver(old, card);
  const used = old.contains(document.activeElement) ? document.activeElement : null;
  if (refusals.has(old)) refusals.set(card, refusals.get(old));
  old.replaceWith(card);
  if (used) ([...card.querySelectorAll("[name]")].find(({ name }) => name === used.name) ?? card).focus();
}

function toldOnly(card) {
  const copy = card.cloneNode(true);
  for (const part of copy.querySelectorAll(".fields, .buttons")) part.remove();
  return copy;
}

function fill(turn, children) {
  turn.querySelector(".reply").replaceChildren(...children);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
