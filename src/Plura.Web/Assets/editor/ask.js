// A small dialog with a few fields; answers their values, or null when it was closed.
export function ask(title, fields, confirmText, removeText = null) {
  const box = document.createElement('dialog');
  box.className = 'box';
  const form = document.createElement('form');
  form.method = 'dialog';
  const body = element('div', 'box-body', element('h2', '', title));
  for (const field of fields)
    body.append(control(field));
  const foot = element('div', 'box-foot');
  const close = element('button', 'btn btn-plain', 'Cancel');
  close.type = 'button';
  foot.append(close);
  if (removeText) {
    const remove = element('button', 'btn btn-danger-plain', removeText);
    remove.value = 'remove';
    foot.append(remove);
  }
  const confirm = element('button', 'btn btn-primary', confirmText);
  confirm.value = 'ok';
  foot.append(confirm);
  form.append(body, foot);
  box.append(form);
  document.body.append(box);
  return new Promise(resolve => {
    close.addEventListener('click', () => box.close(''));
    // The Enter key presses the first submit button, which would be Remove.
    form.addEventListener('keydown', event => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
        event.preventDefault();
        confirm.click();
      }
    });
    box.addEventListener('close', () => {
      const values = Object.fromEntries(new FormData(form));
      box.remove();
      resolve(box.returnValue === 'ok' ? values : box.returnValue === 'remove' ? { removed: true } : null);
    });
    box.showModal();
    box.querySelector('input, select')?.focus();
  });
}

function control({ name, label, value = '', placeholder = '', hint, options }) {
  const input = element(options ? 'select' : 'input', options ? 'form-select' : 'form-control');
  input.name = name;
  input.id = 'ask-' + name;
  if (options) {
    for (const [key, text] of options)
      input.append(new Option(text, key));
  } else {
    input.value = value;
    input.placeholder = placeholder;
    input.autocomplete = 'off';
  }
  const words = element('label', '', label);
  words.htmlFor = input.id;
  const frame = element('div', 'field', words, input);
  if (hint)
    frame.append(element('p', 'hint', hint));
  return frame;
}

function element(name, className, ...inside) {
  const it = document.createElement(name);
  if (className)
    it.className = className;
  it.append(...inside);
  return it;
}
