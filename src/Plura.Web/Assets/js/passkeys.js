// Passkeys: a button marked data-passkey asks the browser for one, or for a new one, and its form then posts the answer.
import { signed } from './signed.js';

const able = typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

const sentences = {
  NotAllowedError: 'You stopped, or it took too long. Nothing was changed. Press the button to try again.',
  InvalidStateError: 'This device keeps a passkey for you already.',
  SecurityError: 'Passkeys need a secure address of this site. Ask whoever runs it.',
};

document.addEventListener('click', async event => {
  const button = event.target instanceof Element ? event.target.closest('button[data-passkey]') : null;
  if (!button || button.dataset.answered === 'true')
    return;
  event.preventDefault();
  const form = button.form;
  say(form, '');
  if (!form.reportValidity())
    return;
  if (!able) {
    say(form, 'This browser knows no passkeys. Use another browser, or your password.');
    return;
  }
  button.setAttribute('aria-busy', 'true');
  try {
    const credential = await answer(button, form);
    form.querySelector('[name$=".Credential"]').value = JSON.stringify(credential.toJSON());
    button.dataset.answered = 'true';
    button.removeAttribute('aria-busy');
    form.requestSubmit(button);
  } catch (error) {
    button.removeAttribute('aria-busy');
    say(form, sentences[error.name] ?? error.message);
  }
});

async function answer(button, form) {
  const reply = await fetch(button.dataset.passkeyOptions, { method: 'POST', body: signed({}, form) });
  if (!reply.ok || reply.redirected)
    throw new Error('The page was open for too long. Load it again, and try once more.');
  const options = await reply.json();
  // Whether the device keeps it: one that does not is refused, because it could never be used to sign in.
  return button.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({ ...options, extensions: { ...options.extensions, credProps: true } }) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function say(form, sentence) {
  const place = form.querySelector('[data-passkey-error]');
  place.textContent = sentence;
  place.hidden = sentence === '';
}
