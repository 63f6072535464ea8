// The page between a form and what follows it: once the button is pressed, counts and sends.

import { solve } from "/e/pow.js";

const form = document.querySelector("#prove");
let counting = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (counting) return;
  counting = true;
  form.querySelector("#prove-status").textContent = form.querySelector("#prove-counting").content.textContent;
  try {
    form.elements.namedItem("pow").value = await solve(form.dataset.pow);
  } finally {
    // Without a solution it is sent as from a browser that runs no script.
    HTMLFormElement.prototype.submit.call(form);
  }
});
