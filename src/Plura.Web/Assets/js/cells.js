// Values changed where they stand in a list: Enter keeps, Escape leaves it, Tab goes on to the next. Without script the contact's page does it.
import { signed } from './signed.js';

let open = null;

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest('.cell-edit') : null;
  if (button)
    begin(button.closest('td'));
});

// "e" in a row changes its first value that can be changed.
document.addEventListener('keydown', event => {
  const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
  if (event.key !== 'e' || typing || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const cell = event.target.closest?.('tr[data-href]')?.querySelector('td[data-edit]');
  if (cell) {
    event.preventDefault();
    begin(cell);
  }
});

function begin(cell) {
  if (open?.cell === cell)
    return;
  leave();
  const before = [...cell.childNodes];
  const input = cell.dataset.edit === 'choice' ? choices(cell) : field(cell);
  input.className = cell.dataset.edit === 'choice' ? 'form-select cell-input' : 'form-control cell-input';
  input.setAttribute('aria-label', cell.dataset.label);
  open = { cell, before, input, saving: false };
  cell.replaceChildren(input);
  input.focus();
  input.select?.();
  input.addEventListener('keydown', event => pressed(event));
  input.addEventListener('blur', () => keep(cell));
}

function field(cell) {
  const input = document.createElement('input');
  input.type = cell.dataset.edit;
  input.value = cell.dataset.value;
  input.maxLength = 2000;
  input.autocomplete = 'off';
  return input;
}

function choices(cell) {
  const select = document.createElement('select');
  select.append(new Option('–', ''), ...JSON.parse(cell.dataset.choices).map(([value, text]) => new Option(text, value)));
  select.value = cell.dataset.value;
  return select;
}

async function pressed(event) {
  // The list's own form must not be sent by Enter, nor its row walked through.
  event.stopPropagation();
  const { cell, before } = open ?? {};
  if (!cell)
    return;
  if (event.key === 'Escape') {
    leave();
    before.find(node => node.classList?.contains('cell-edit'))?.focus();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (await keep(cell))
      cell.querySelector('.cell-edit')?.focus();
  } else if (event.key === 'Tab') {
    const cells = [...document.querySelectorAll('td[data-edit]')];
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    if (!next)
      return;
    event.preventDefault();
    if (await keep(cell))
      begin(next);
  }
}

function leave() {
  if (!open)
    return;
  const { cell, before } = open;
  open = null;
  cell.replaceChildren(...before);
}

// Answers whether the cell is closed: kept, or as it was.
async function keep(cell) {
  if (open?.cell !== cell || open.saving)
    return false;
  const mine = open;
  const value = mine.input.value.trim();
  if (value === cell.dataset.value) {
    leave();
    return true;
  }
  mine.saving = true;
  const row = cell.closest('tr');
  const body = signed({ Column: cell.dataset.cell, Value: value, Was: cell.dataset.value });
  const reply = await fetch(`${row.dataset.href}/cell`, { method: 'POST', body }).catch(() => null);
  mine.saving = false;
  if (open !== mine)
    return false;
  if (!reply?.ok || reply.redirected) {
    complain(cell, await sentence(reply));
    return false;
  }
  leave();
  await draw(cell, value);
  return true;
}

async function sentence(reply) {
  const problem = await reply?.json().catch(() => null);
  return Object.values(problem?.errors ?? {})[0]?.[0] ?? problem?.detail ?? problem?.title ?? 'This was not saved. Is the connection there? Press Enter to try again.';
}

function complain(cell, text) {
  const line = cell.querySelector('.error') ?? document.createElement('p');
  line.className = 'error';
  line.setAttribute('role', 'alert');
  line.textContent = text;
  cell.append(line);
  open.input.setAttribute('aria-invalid', 'true');
  open.input.focus();
}

// The row as the server writes it now: a number in its one form, a company's name in its own. Whoever no longer fits the list stays until it is loaded again.
async function draw(cell, value) {
  const row = cell.closest('tr');
  cell.dataset.value = value;
  cell.firstChild?.nodeType === Node.TEXT_NODE ? cell.firstChild.textContent = value : cell.prepend(value);
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!reply?.ok || !row.isConnected)
    return;
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const fresh = page.getElementById(row.id);
  // Another cell of the row may be open by now: only those at rest are drawn anew.
  for (const [at, old] of [...row.cells].entries()) {
    const now = fresh?.cells[at];
    if (!now || old === open?.cell || !old.dataset.edit)
      continue;
    old.dataset.value = now.dataset.value;
    old.replaceChildren(...now.childNodes);
    old.querySelectorAll('.cell-edit').forEach(part => { part.hidden = false; });
  }
}
