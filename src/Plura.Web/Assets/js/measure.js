// As how many messages an answer by text goes: the server knows the phones' alphabets, and says it while one writes.
import { signed } from './signed.js';

const pause = 400;
let timer;
let asked = 0;

async function measure(form) {
  const told = form.querySelector('[data-measure]');
  const channel = told.dataset.channel || form.elements.namedItem('Command.Channel')?.value;
  const text = form.querySelector('[data-compose], textarea[data-offers]').value;
  const mine = ++asked;
  if (channel !== 'sms' || !text.trim()) {
    told.hidden = true;
    return;
  }
  try {
    const answer = await fetch(told.dataset.measure, { method: 'POST', body: signed({ text }, form), redirect: 'manual' });
    if (!answer.ok || mine !== asked)
      return;
    told.textContent = (await answer.json()).words;
    told.hidden = told.textContent === '';
  } catch {
    // Without a line nothing is said; the next letter asks again.
  }
}

function changed(event) {
  const form = event.target.closest?.('form');
  if (!form?.querySelector('[data-measure]'))
    return;
  clearTimeout(timer);
  timer = setTimeout(() => measure(form), pause);
}

document.addEventListener('input', changed);
document.addEventListener('change', changed);
