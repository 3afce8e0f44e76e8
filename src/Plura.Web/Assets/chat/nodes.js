// Nodes made one by one: no markup is parsed, so no policy of the site stands in the way.
export function element(tag, attributes = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      node.addEventListener(name.slice(2), value);
    else if (value === true || value === false)
      node.toggleAttribute(name, value);
    else
      node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// Web addresses in what somebody wrote lead there; nothing else of it is more than letters.
export function linked(words) {
  return words.split(/(https?:\/\/[^\s<>"]+)/i).flatMap((part, at) => {
    const address = at % 2 ? part.replace(part.includes('(') ? /[.,;:!?'’”]+$/ : /[.,;:!?'’”)]+$/, '') : '';
    return address && URL.canParse(address) && !new URL(address).username
      ? [element('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, [address]), part.slice(address.length)] : [part];
  });
}

// Tab walks in a circle inside.
export function trap(inside, event) {
  const stops = [...inside.querySelectorAll('a[href], button, input, textarea, [tabindex="0"]')].filter(n => !n.disabled && n.offsetParent);
  const now = stops.indexOf(inside.getRootNode().activeElement);
  const next = event.shiftKey ? now - 1 : now + 1;
  if (next >= 0 && next < stops.length)
    return;
  event.preventDefault();
  stops.at(event.shiftKey ? -1 : 0)?.focus();
}
