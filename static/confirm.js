// Says yes without a button in the browser that signed up: sends the answer once, as soon as somebody sees the page.
// Whether this is that browser, the server alone can tell, by a cookie that no script reads. In any other it answers
// 204, and the page stays as it is, with its buttons.

const form = document.querySelector("main form");

async function send() {
  const body = new URLSearchParams({ do: "same-browser", opened: form.elements.opened.value });
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  if (answer.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

/** A page that is rendered ahead or opened behind another one has been seen by nobody yet. */
function onceSeen(act) {
  if (!document.prerendering && document.visibilityState === "visible") return act();
  const change = document.prerendering ? "prerenderingchange" : "visibilitychange";
  document.addEventListener(change, () => onceSeen(act), { once: true });
}

// A network that is down leaves the buttons.
onceSeen(() => send().catch(() => {}));
