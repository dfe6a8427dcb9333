// The room's clock and buttons. [data-clock] holds the server's time now and the stage's deadline, both in milliseconds: the page
// counts between the two by its own clock, whatever that says. A paused one has no deadline and stands still. [data-day] says what
// time it is there and when the agenda will be over, from the same server's time (sessions/outlook.py).
// <form data-presses="id"> is sent without leaving the page, by any button with form="…" and again and again until it is answered:
// its version makes a second arrival harmless. The element with that id is then replaced by the answer's. What is pressed
// meanwhile is sent after it, as it stood when it was pressed; pressed twice it is sent once.

const page = document.getElementById("words").dataset;
const { swap, untouched } = await import(document.getElementById("site-script").dataset.progress);
const MARKS = [[300, "five"], [60, "one"], [0, "nought"]];
const ABOUT = 5 * 60 * 1000; // milliseconds to which an end is foretold
let clock, before, stage, visited;
const answers = new WeakMap();

/** Milliseconds since 1970 at which the page that holds this clock was answered, by this machine. */
function answered() {
  if (visited) return Date.now(); // it came by fetch, and is looked at as soon as it is there
  const [visit] = performance.getEntriesByType("navigation");
  return visit?.responseStart ? performance.timeOrigin + visit.responseStart : Date.now();
}

/** Milliseconds by which this machine's clock was ahead of the server's when the page that holds this element was answered. */
function ahead(element) {
  if (!answers.has(element)) answers.set(element, answered() - Number(element.dataset.now));
  return answers.get(element);
}

/** The time of day where the set meets, and when it ends if every item from now on keeps to its minutes. */
function look() {
  const line = document.querySelector("[data-day]");
  if (!line) return;
  const [time, said] = line.querySelectorAll("strong, strong + span");
  const { zone, planned, rest, deadline, ends, late } = line.dataset;
  const now = Date.now() - ahead(line);
  const show = (moment) => new Date(moment + Number(zone) * 1000).toISOString().slice(11, 16);
  put(time, show(now));
  if (!rest) return;
  const end = Math.round((Math.max(Number(deadline), now) + Number(rest) * 1000) / ABOUT) * ABOUT;
  const minutes = Math.floor((end - Number(planned)) / 60000);
  said.className = minutes >= 5 ? "tag tag--warning" : "";
  put(said, (minutes >= 5 ? late : ends).replace("{time}", show(end)).replace("{n}", minutes));
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  look();
  const found = document.querySelector("[data-clock]");
  if (!found) return;
  if (found !== clock) {
    if (found.dataset.clock !== stage) {
      before = undefined;
      document.querySelector("[data-voice]").textContent = ""; // what was said of the stage before
    }
    [clock, stage] = [found, found.dataset.clock];
  }
  const behind = ahead(found);
  if (!found.dataset.deadline) return;
  const left = Math.round((Number(found.dataset.deadline) + behind - Date.now()) / 1000);
  const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
  const text = `${left < 0 ? "−" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
  put(found, text);
  if (left <= 60) found.dataset.state = left <= 0 ? "over" : "soon";
  const mark = MARKS.find(([at]) => before > at && left <= at);
  if (mark) document.querySelector("[data-voice]").textContent = page[mark[1]];
  before = left;
}

function wait(seconds) {
  return new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
}

/** Send until there is an answer, then show it. */
async function press(form, address, body) {
  const line = document.querySelector("[data-waits]");
  for (let pause = 1; ; pause = Math.min(pause * 2, 8)) {
    try {
      const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(10000) });
      if (answer.status >= 500) throw new Error(`status ${answer.status}`);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.presses);
      if (!answer.ok || !fresh) return location.reload(); // signed out, say: the page itself shows it
      await untouched();
      const old = document.getElementById(form.dataset.presses);
      swap(old, document.adoptNode(fresh));
      line.hidden = true;
      return tick();
    } catch {
      line.textContent = page.pressing;
      line.hidden = false;
      await wait(pause);
    }
  }
}

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-presses]:not([data-pressed])")) {
    form.dataset.pressed = "";
    let last = Promise.resolve();
    const waiting = new Set();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter;
      const [address, body] = [button?.getAttribute("formaction") ?? form.action, new FormData(form)];
      if (button?.name) body.set(button.name, button.value);
      const what = JSON.stringify([address, ...body]);
      if (waiting.has(what)) return;
      waiting.add(what);
      last = last.then(() => press(form, address, body)).finally(() => waiting.delete(what));
    });
  }
  if (!visited) {
    tick();
    visited = true;
    setInterval(tick, 200);
  }
}
