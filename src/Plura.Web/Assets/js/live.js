// One stream per page carries every live part; each message is the part's markup as it is now.
let stream = null;
let asked = '';
const waiting = new Map();

function collect() {
  const parts = [...document.querySelectorAll('[data-live]')];
  const source = parts[0]?.dataset.liveFrom ?? '';
  const wanted = source && source + '?' + [...new Set(parts.map(p => 'part=' + encodeURIComponent(p.dataset.live)))].sort().join('&');
  if (wanted === asked && (!wanted || stream?.readyState !== EventSource.CLOSED))
    return;
  stream?.close();
  stream = null;
  asked = wanted;
  if (!wanted)
    return;
  stream = new EventSource(wanted);
  stream.addEventListener('part', event => {
    const { name, html } = JSON.parse(event.data);
    swap(name, html);
  });
}

function swap(name, html) {
  for (const part of document.querySelectorAll('[data-live]')) {
    if (part.dataset.live !== name || part.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName))
      continue;
    // Somebody holds a piece of it in their hand: it is renewed when they let go.
    if (part.querySelector('[data-held]')) {
      waiting.set(name, html);
      continue;
    }
    const draft = document.createElement('template');
    draft.innerHTML = html;
    if (hasMovedOn(part, draft.content)) {
      location.reload();
      return;
    }
    if (draft.innerHTML === part.innerHTML)
      continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : null;
    const open = [...part.querySelectorAll('details[open][id]')].map(d => d.id);
    part.innerHTML = html;
    part.querySelectorAll('form[method="post"]').forEach(sign);
    open.forEach(id => part.querySelector('#' + CSS.escape(id))?.setAttribute('open', ''));
    if (focused)
      part.querySelector('#' + CSS.escape(focused))?.focus();
    part.dispatchEvent(new CustomEvent('plura:live', { bubbles: true }));
  }
}

// The page around the part shows the same thing's buttons and results: in another state they are others.
function hasMovedOn(part, now) {
  const state = now.querySelector('[data-state]')?.dataset.state;
  return part.dataset.liveState && state && state !== part.dataset.liveState;
}

// A fragment comes without a request of its own, so its forms take the page's antiforgery token.
function sign(form) {
  const token = document.querySelector('input[name="__RequestVerificationToken"]');
  if (token && !form.elements.namedItem(token.name))
    form.prepend(token.cloneNode());
}

addEventListener('plura:released', () => {
  const held = [...waiting];
  waiting.clear();
  held.forEach(([name, html]) => swap(name, html));
});

collect();
globalThis.Blazor?.addEventListener('enhancedload', collect);
addEventListener('pageshow', collect);
addEventListener('pagehide', () => { stream?.close(); stream = null; asked = ''; });
