// Lets the sections of a write-up be dragged into another order. <ol data-order> holds <li data-section="id">, each with the
// form whose buttons move it by one place: that form is what is sent here too, with to="id of the one it now stands before"
// (or "end"). Without this module, and by keyboard, the buttons do the same.

const EDGE = 60; // px from the top or bottom of the window within which the page scrolls along

/** Let `item` stand before `next`. The others are moved round it: an element that is moved itself loses the pointer. */
function place(list, item, next) {
  const others = [...list.children].filter((one) => one !== item);
  const at = next ? others.indexOf(next) : others.length;
  others.slice(0, at).forEach((one) => item.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && item.before(one));
  others.slice(at).reverse().forEach((one) => item.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING && item.after(one));
}

function dragging(list, item, pointer) {
  const before = item.nextElementSibling;
  const follow = (event) => {
    if (event.clientY < EDGE) scrollBy(0, -12);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
    const others = [...list.children].filter((one) => one !== item);
    const next = others.find((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    place(list, item, next ?? null);
  };
  const stop = (event) => {
    pointer.target.removeEventListener("pointermove", follow);
    delete item.dataset.dragged;
    if (event.type === "pointercancel") place(list, item, before);
    else if (item.nextElementSibling !== before) send(item);
  };
  item.dataset.dragged = "";
  pointer.target.setPointerCapture(pointer.pointerId);
  pointer.target.addEventListener("pointermove", follow);
  pointer.target.addEventListener("pointerup", stop, { once: true });
  pointer.target.addEventListener("pointercancel", stop, { once: true });
}

/** Send the section's own form, saying before which other section it was put. */
function send(item) {
  const form = item.querySelector("form");
  const to = document.createElement("input");
  to.type = "hidden";
  to.name = "to";
  to.value = item.nextElementSibling?.dataset.section ?? "end";
  form.append(to);
  form.requestSubmit();
}

export function enhance(root) {
  for (const list of root.querySelectorAll("ol[data-order]:not([data-ordered])")) {
    list.dataset.ordered = "";
    for (const item of list.children) {
      const handle = document.createElement("span");
      handle.className = "handle";
      handle.setAttribute("aria-hidden", "true");
      handle.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        event.preventDefault();
        dragging(list, item, event);
      });
      item.prepend(handle);
    }
  }
}
