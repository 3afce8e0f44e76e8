// The hint that the product can stand on a phone's first screen: where the browser offers it, and on iOS in words. Whoever puts it away is not asked again.
const no = 'plura-install';
const installed = () => matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
const ios = () => /iphone|ipad|ipod/i.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
let offer = null;

function show() {
  for (const line of document.querySelectorAll('[data-install]')) {
    const away = line.querySelector('.install-not') && localStorage.getItem(no);
    line.hidden = installed() || Boolean(away) || !(offer || ios());
    line.querySelector('.install-ask').hidden = !offer;
    line.querySelector('.install-now').hidden = !offer;
    line.querySelector('.install-ios').hidden = Boolean(offer);
  }
}

addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  offer = event;
  show();
});

addEventListener('appinstalled', () => {
  offer = null;
  show();
});

document.addEventListener('click', async event => {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('.install-not')) {
    localStorage.setItem(no, String(Date.now()));
    show();
  }
  if (target?.closest('.install-now') && offer) {
    await offer.prompt();
    offer = null;
    show();
  }
});

show();
globalThis.Blazor?.addEventListener('enhancedload', show);
