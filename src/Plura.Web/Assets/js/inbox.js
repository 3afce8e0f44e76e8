// A thread stands at its newest message, and what somebody has in front of them for a moment is read.
const patience = 1000;
let reading;

function toTheEnd(tail) {
  tail.scrollTop = tail.scrollHeight;
}

// In the hand the page itself is as long as the thread; what can be seen already stays where it is.
function show(newest) {
  const end = document.querySelector('.thread-answer')?.getBoundingClientRect().top ?? innerHeight;
  if (newest && newest.getBoundingClientRect().bottom > end)
    newest.scrollIntoView({ block: 'center' });
}

function look(first) {
  clearTimeout(reading);
  const tail = document.querySelector('[data-tail]');
  if (!tail)
    return;
  toTheEnd(tail);
  if (first && tail.scrollHeight <= tail.clientHeight && matchMedia('(max-width: 1000px)').matches && !location.hash)
    show(tail.lastElementChild);
  if (document.querySelector('form[data-seen]'))
    reading = setTimeout(read, patience);
}

async function read() {
  const form = document.querySelector('form[data-seen]');
  if (form && document.visibilityState === 'visible')
    await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' });
}

look(true);
globalThis.Blazor?.addEventListener('enhancedload', () => look(true));
document.addEventListener('plura:live', () => look(false));
document.addEventListener('visibilitychange', () => look(false));
