// <aye-form src="https://consent.example.org/f/newsletter"><a href="…">Sign up</a></aye-form>
// Shows the service's own form in place of the link. Whenever that cannot be, the link stays.
let policy;
const parse = text => {
  policy ??= self.trustedTypes?.createPolicy('aye-form', { createHTML: it => it }) ?? { createHTML: it => it };
  return new DOMParser().parseFromString(policy.createHTML(text), 'text/html').body;
};
const plain = it => it.textContent.replace(/\s+/g, ' ').trim().normalize('NFC');

class AyeForm extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: 'open' });
      root.append(document.createElement('slot'));
      root.addEventListener('submit', event => {
        event.preventDefault();
        this.send(event.target, event.submitter);
      });
      root.addEventListener('click', event => {
        const link = event.target.closest('a[href^="#"]');
        if (!link) return;
        event.preventDefault();
        root.getElementById(link.hash.slice(1))?.focus();
      });
    }
    if (!this.shown && !this.busy) this.load();
  }

  async load() {
    try {
      const url = new URL(this.getAttribute('src'), document.baseURI);
      url.searchParams.set('embed', '1');
      const lang = this.lang || this.closest('[lang]')?.lang;
      for (const [name, value] of [['lang', lang], ['purposes', this.getAttribute('purposes')], ['theme', this.getAttribute('theme')]])
        if (value) url.searchParams.set(name, value);
      await this.ask(url);
    } catch (error) {
      console.warn('aye-form:', error.message);
      this.tell('error', { reason: error.message });
    }
  }

  async send(form, button, again) {
    if (this.busy) return;
    const body = new URLSearchParams(new FormData(form, button));
    const isCode = !body.has('email');
    if (!again && !isCode && !this.tell('submit', { purposes: body.getAll('p') }, true)) return;
    try {
      body.set('page', location.href.split(/[?#]/)[0]);
      for (const name of ['ref', 'next']) if (this.getAttribute(name)) body.set(name, this.getAttribute(name));
      if (self.crypto?.subtle && !isCode) {
        const shown = [...form.querySelectorAll('[data-evidence]')].map(plain).join('\n');
        const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(shown));
        body.set('shown', btoa(String.fromCharCode(...new Uint8Array(hash))));
      }
      const url = form.getAttribute('action');
      if (form.dataset.pow) body.set('pow', await (await import(new URL('/e/pow.js', url))).solve(form.dataset.pow));
      await this.ask(url, body, (again || 0) + 1);
    } catch (error) {
      const down = this.shadowRoot.querySelector('[data-down]');
      down.hidden = false;
      this.focusOn(down);
      this.tell('error', { reason: error.message });
    }
  }

  async ask(url, body, times) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 3e4);
    let answer, page;
    this.busy = true;
    this.setAttribute('aria-busy', 'true');
    try {
      answer = await fetch(url, { method: body ? 'POST' : 'GET', body, credentials: 'omit', referrerPolicy: 'origin', signal: stop.signal, headers: { Accept: 'text/html' } });
      page = parse(await answer.text());
    } finally {
      clearTimeout(timer);
      this.busy = false;
      this.removeAttribute('aria-busy');
    }
    const state = answer.headers.get('aye-state'), root = this.shadowRoot;
    if (!state || state == 'origin' && !body) throw Error(state || 'service ' + answer.status);
    for (const it of page.querySelectorAll('[href^="/"],form'))
      for (const name of ['href', 'action'])
        if (it.hasAttribute(name)) it.setAttribute(name, new URL(it.getAttribute(name), url));
    const style = page.querySelector('[data-style]'), sheet = new CSSStyleSheet();
    sheet.replaceSync(style.content.textContent);
    style.remove();
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(...page.childNodes);
    this.shown = true;
    const form = root.querySelector('form');
    if (state == 'prove' && times < 3) return this.send(form, null, times);
    if (body) this.focusOn(root.querySelector('[role=alert]:not([hidden]),[data-focus]'));
    const detail = { form: root.querySelector('[data-form]')?.dataset.form };
    if (state == 'invalid') detail.fields = [...root.querySelectorAll('[data-wrong]')].map(it => it.dataset.wrong);
    else detail.purposes = (answer.headers.get('aye-purposes') || '').split(',').filter(Boolean);
    if (/^(ready|invalid|pending|confirmed)$/.test(state)) this.tell(state, detail);
    else this.tell('error', { reason: state });
    const next = answer.headers.get('aye-next');
    if (next && this.isConnected) location.assign(next);
  }

  focusOn(it) {
    if (!it) return;
    it.tabIndex = -1;
    it.focus();
  }

  // Nothing personal is ever in it: tag managers listen.
  tell(name, detail, cancelable) {
    if (!cancelable) this.dataset.state = name;
    return this.dispatchEvent(new CustomEvent('aye:' + name, { bubbles: true, composed: true, cancelable, detail }));
  }
}
customElements.get('aye-form') || customElements.define('aye-form', AyeForm);
