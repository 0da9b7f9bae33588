// What is filled in on a card: reading it, finding in a long list, the Enter key, and keeping what was typed.

// Returns what stands in every field of a card, by the field's name: a list of texts, empty where nothing does.
export function valuesOf(card) {
  const values = {};
  for (const control of controls(card)) {
    const texts = (values[control.name] ??= []);
    if (control.value && (!isTick(control) || control.checked)) texts.push(control.value);
  }
  return values;
}

// Returns the button that a key stands for, or nothing: Enter in a line, Ctrl or Cmd with it in several lines.
export function buttonFor(event) {
  if (event.key !== "Enter" || event.isComposing) return null;
  const inLine = event.target.matches(".fields [type=text]");
  if (!inLine && !(event.target.matches(".fields *") && (event.ctrlKey || event.metaKey))) return null;
  const buttons = event.target.closest(".card").querySelector(".buttons");
  return buttons?.querySelector(".main") ?? (buttons?.children.length === 1 ? buttons.firstElementChild : null);
}

// Puts what somebody has changed on one card into the fields of the card that takes its place.
export function carryOver(before, after) {
  const fresh = [...controls(after)];
  for (const control of controls(before)) {
    const heir = fresh.find((one) => one.name === control.name && (!isTick(one) || one.value === control.value));
    if (!heir || heir.type !== control.type || !isChanged(control)) continue;
    if (isTick(control)) heir.checked = control.checked;
    else heir.value = control.value;
  }
}

// Makes the long lists within an element findable: typing narrows them, arrows walk them, what is ticked is told.
export function serve(element) {
  element.addEventListener("input", ({ target }) => {
    const group = target.closest("fieldset");
    if (!group?.querySelector(".finder")) return;
    if (target.matches(".finder")) narrow(group, target.value);
    tellTicked(group);
  });
  element.addEventListener("keydown", (event) => {
    const group = event.target.closest("fieldset");
    const finder = group?.querySelector(".finder");
    if (!finder) return;
    const ticks = [...group.querySelectorAll(".choice:not([hidden]) input")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) (ticks[ticks.indexOf(event.target) + step] ?? finder).focus();
    else if (event.key === "Enter" && event.target === finder && ticks.length === 1) ticks[0].click();
    else return;
    event.preventDefault();
  });
  element.addEventListener("submit", (event) => event.preventDefault());
}

function narrow(group, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  for (const choice of group.querySelectorAll(".choice")) {
    const label = choice.textContent.toLowerCase();
    choice.hidden = !words.every((word) => label.includes(word));
  }
}

function tellTicked(group) {
  const ticked = [...group.querySelectorAll(":checked")].map((tick) => tick.parentElement.textContent);
  const none = group.querySelector(".choice:not([hidden])") ? "" : "Nothing fits what you typed. ";
  const told = ticked.length ? `Ticked: ${ticked.join(", ")}` : "Nothing ticked yet";
  group.querySelector(".ticked").textContent = none + told;
}

function controls(card) {
  return card.querySelectorAll(".fields [name]");
}

function isTick({ type }) {
  return type === "radio" || type === "checkbox";
}

function isChanged(control) {
  if (isTick(control)) return control.checked !== control.defaultChecked;
  if (control.options) return ![...control.options].every((option) => option.selected === option.defaultSelected);
  return control.value !== control.defaultValue;
}
