// Finds the proof of work while the visitor types, and tells a surrounding page how tall the form is. Both are optional:
// without them the form still works, and permission is confirmed by e-mail.
const form = document.querySelector('[data-hosted]');

async function solve(note, bits) {
  if (!globalThis.crypto?.subtle)
    return '';
  const encoder = new TextEncoder();
  for (let n = 0; n < 2000000; n++) {
    const hash = new DataView(await crypto.subtle.digest('SHA-256', encoder.encode(`${note}:${n}`)));
    if (Math.clz32(hash.getUint32(0)) >= bits)
      return String(n);
  }
  return '';
}

if (form) {
  let work = null;
  const start = () => work ??= solve(form.elements.visit.value, Number(form.dataset.bits)).then(found => { form.elements.work.value = found; });
  form.addEventListener('input', start, { once: true });
  form.addEventListener('focusin', start, { once: true });
  let sent = false;
  form.addEventListener('submit', async event => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    if (form.elements.work.value)
      return;
    event.preventDefault();
    form.querySelector('button[type="submit"]').setAttribute('aria-busy', 'true');
    await Promise.race([start(), new Promise(done => setTimeout(done, 8000))]);
    form.submit();
  });
  addEventListener('pageshow', event => { if (event.persisted) sent = false; });
}

if (window.parent !== window) {
  document.documentElement.classList.add('framed');
  const tell = () => window.parent.postMessage({ pluraHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
}
