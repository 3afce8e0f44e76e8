// A thread stands at its newest message until somebody scrolls away from it, and what somebody has in front of them for a moment is read.
const patience = 1000;
const near = 40;
let reading;
let place = { top: 0, end: true };

function toTheEnd(tail) {
  tail.scrollTop = tail.scrollHeight;
  place = { top: tail.scrollTop, end: true };
}

// In the hand the page itself is as long as the thread; what can be seen already stays where it is.
function show(newest) {
  const end = document.querySelector('.thread-answer')?.getBoundingClientRect().top ?? innerHeight;
  if (newest && newest.getBoundingClientRect().bottom > end)
    newest.scrollIntoView({ block: 'center' });
}

function arrive() {
  const tail = document.querySelector('[data-tail]');
  if (!tail)
    return;
  toTheEnd(tail);
  if (tail.scrollHeight <= tail.clientHeight && matchMedia('(max-width: 1000px)').matches && !location.hash)
    show(tail.lastElementChild);
  look();
}

// The thread was renewed: whoever stood at its end sees what came, and whoever reads further up goes on reading.
function renewed(tail) {
  if (place.end)
    toTheEnd(tail);
  else
    tail.scrollTop = place.top;
  look();
  meet(tail.dataset.with);
}

function look() {
  clearTimeout(reading);
  if (document.querySelector('form[data-seen]'))
    reading = setTimeout(read, patience);
}

async function read() {
  const form = document.querySelector('form[data-seen]');
  if (form && document.visibilityState === 'visible')
    await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' });
}

// A visitor has said who they are: what stands around the thread is renewed too, unless somebody is writing there. Then only the name changes.
function meet(name) {
  const text = document.querySelector('textarea[data-compose]');
  const gone = document.querySelector('.thread-gone a');
  if (!text || !gone && (!name || name === text.dataset.with))
    return;
  if (!text.value.trim()) {
    gone ? location.assign(gone.href) : location.reload();
  } else if (name) {
    const label = document.querySelector(`label[for="${text.id}"]`);
    const say = words => words.replace(text.dataset.with, name);
    text.placeholder = say(text.placeholder);
    if (label)
      label.textContent = say(label.textContent);
    text.dataset.with = name;
  }
}

document.addEventListener('scroll', event => {
  const tail = event.target;
  if (tail instanceof Element && tail.matches('[data-tail]'))
    place = { top: tail.scrollTop, end: tail.scrollHeight - tail.scrollTop - tail.clientHeight < near };
}, true);

arrive();
globalThis.Blazor?.addEventListener('enhancedload', arrive);
document.addEventListener('plura:live', event => {
  const tail = event.target.querySelector('[data-tail]');
  if (tail)
    renewed(tail);
  else if (event.target.querySelector('.thread-gone'))
    meet();
});
document.addEventListener('visibilitychange', look);
