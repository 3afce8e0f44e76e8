// Between the letter view and the HTML that is sent. Mail programs need the button's look beside it; our pages forbid inline styles.
const look = 'display:inline-block;padding:12px 22px;border-radius:8px;background:#0b6b74;color:#ffffff;font-weight:600;text-decoration:none';
const known = new Set('a blockquote body br em h1 h2 h3 head hr html i b img li ol p s del strong u ul'.split(' '));

export const toMail = html => html.replaceAll('<a class="mail-button"', `<a class="mail-button" style="${look}"`);

export const fromMail = html => html.replaceAll(/(<a class="mail-button") style="[^"]*"/g, '$1');

/** A few words for what the letter view would drop, or nothing. */
export function whatWouldBeLost(html) {
  // Our pages forbid inline styles even in a draft that is only looked at, so they are read under another name.
  const draft = fromMail(html).replaceAll(/\sstyle\s*=/gi, ' data-style=');
  const all = [...new DOMParser().parseFromString(draft, 'text/html').querySelectorAll('*')];
  const tags = [...new Set(all.map(e => e.localName).filter(name => !known.has(name)))];
  if (tags.length > 0)
    return 'these elements: ' + tags.slice(0, 5).join(', ');
  return all.some(e => e.hasAttribute('data-style') || e.hasAttribute('bgcolor')) ? 'the styles you gave to single elements' : '';
}
