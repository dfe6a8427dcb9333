// Follows work that goes on elsewhere. <div id="…" data-progress="/address/" data-every="2"> is fetched again every two seconds;
// the answer is the same element (or a page that holds it, by id). When the new one has no data-progress, the work is over.
// A 204 says that there is nothing new. A [data-announce] inside it is read out whenever its words change. Typing and focus elsewhere are not touched.

const voice = document.createElement("p");
voice.className = "visually-hidden";
voice.setAttribute("role", "status");
const page = document.getElementById("words").dataset;

// A press is lost if what it began on is replaced before it ends.
const down = new Set();
addEventListener("pointerdown", (event) => down.add(event.pointerId), true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, (event) => setTimeout(() => down.delete(event.pointerId), 50), true); // the click comes after it
}
addEventListener("keydown", (event) => event.key === " " && down.add(event.key), true);
addEventListener("keyup", (event) => setTimeout(() => down.delete(event.key), 50), true);

/** Wait until nobody is in the middle of a press, two seconds at most. */
export async function untouched() {
  for (let waits = 0; down.size && waits < 40; waits++) await new Promise((done) => { setTimeout(done, 50); });
}

/** Replace `old` by its newer self. What was folded open stays so, and the focus stays where it was, if that is still there. */
export function swap(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const said = fresh.querySelector("[data-announce]");
  const words = said?.textContent.trim() ?? "";
  if (words && words !== old.querySelector("[data-announce]")?.textContent.trim()) voice.textContent = words;
  for (const fold of old.querySelectorAll("details[id][open]")) fresh.querySelector(`[id="${fold.id}"]`)?.setAttribute("open", "");
  if (old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
  if (!held || held.isConnected) return;
  if (said) said.tabIndex = -1; // gone is what was held: the next thing to know is what there is instead
  (again(held, fresh) ?? said ?? fresh).focus();
}

/** The same element in newer content: by its id, or as a link or summary that says the same. */
function again(held, fresh) {
  if (held.id) return document.getElementById(held.id);
  const same = (one) => one.textContent === held.textContent && one.getAttribute("href") === held.getAttribute("href");
  return [...fresh.querySelectorAll(held.localName)].find(same);
}

/** Say it to those who listen, and show it where the page has a [data-waits]. */
function tell(words) {
  const line = document.querySelector("[data-waits]");
  voice.textContent = words;
  if (line) [line.textContent, line.hidden] = [words, !words];
}

async function follow(id) {
  let pause = 0;
  for (;;) {
    const every = 1000 * Number(document.getElementById(id)?.dataset.every || 2);
    await new Promise((done) => {
      setTimeout(done, every + pause);
      if (pause) addEventListener("online", done, { once: true });
    });
    const old = document.getElementById(id);
    if (!old?.dataset.progress) return;
    if (document.hidden) continue;
    try {
      const answer = await fetch(old.dataset.progress, { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(10000) });
      if (pause) tell("");
      if (answer.status === 204) { pause = 0; continue; } // nothing new
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      if (!fresh) return;
      await untouched();
      // A button that was pressed meanwhile has shown what it led to: this answer may be from before it.
      if (document.getElementById(id) === old) swap(old, document.adoptNode(fresh));
      pause = 0;
    } catch {
      tell(page.waiting);
      pause = Math.min(pause * 2 + 1000, 20000);
    }
  }
}

const followed = new Set();

export function enhance(root) {
  if (!voice.isConnected) document.body.append(voice);
  for (const element of [root, ...root.querySelectorAll("[data-progress]:not(script)")]) {
    if (!element.dataset?.progress || !element.id || followed.has(element.id)) continue;
    followed.add(element.id);
    follow(element.id).finally(() => followed.delete(element.id));
  }
}
