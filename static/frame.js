// Tells the page around a framed form how high the form is, and nobody else.
// The page is known from the browser; past the first step, from the address, which we hand on ourselves.
const of = text => { try { return new URL(text).origin; } catch { return ''; } };
const around = location.ancestorOrigins?.[0] || of(decodeURIComponent(location.hash.slice(1))) || of(document.referrer);
if (parent !== self && around && around !== 'null') {
  for (const form of document.forms) {
    form.setAttribute('action', form.getAttribute('action') + '#' + encodeURIComponent(around));
    const page = document.createElement('input');
    page.type = 'hidden';
    page.name = 'page';
    page.value = around;
    form.append(page);
  }
  let told = 0;
  const tell = () => {
    const h = Math.ceil(document.body.getBoundingClientRect().height);
    if (h !== told) parent.postMessage({ aye: 'height', h: told = h }, around);
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
