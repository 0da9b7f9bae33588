// What stands in the conversation: turns, and in each turn what was said and what came back.

const log = document.getElementById("log");

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

export function showWaiting(turn) {
  const waiting = element("p", "waiting", "Reading the policy");
  const dots = element("span", "dots", "…");
  dots.setAttribute("aria-hidden", "true");
  waiting.append(dots);
  fill(turn, [waiting]);
}

export function showCards(turn, cards) {
  fill(turn, cards);
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

// Turns the server's fragments into nodes. The server has escaped every text in them,
// and a parsed document runs no scripts.
export function cardsOf(messages) {
  return messages.flatMap(({ html }) => [
    ...new DOMParser().parseFromString(html, "text/html").body.children,
  ]);
}

// Empties the conversation but for a note, and returns the place for a greeting.
export function startAfresh(note) {
  const greeting = element("div", "greeting");
  log.replaceChildren(element("p", "switched", note), greeting);
  return greeting;
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
