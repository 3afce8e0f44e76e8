import bold from '@tabler/icons/outline/bold.svg';
import italic from '@tabler/icons/outline/italic.svg';
import heading1 from '@tabler/icons/outline/h-1.svg';
import heading2 from '@tabler/icons/outline/h-2.svg';
import bullets from '@tabler/icons/outline/list.svg';
import numbers from '@tabler/icons/outline/list-numbers.svg';
import quote from '@tabler/icons/outline/quote.svg';
import link from '@tabler/icons/outline/link.svg';
import photo from '@tabler/icons/outline/photo.svg';
import button from '@tabler/icons/outline/hand-click.svg';
import field from '@tabler/icons/outline/braces.svg';
import undo from '@tabler/icons/outline/arrow-back-up.svg';
import redo from '@tabler/icons/outline/arrow-forward-up.svg';
import source from '@tabler/icons/outline/code.svg';
import { ask } from './ask.js';

const tools = [
  { icon: bold, label: 'Bold', keys: 'Ctrl+B', on: e => e.isActive('bold'), run: h => h.editor.chain().focus().toggleBold().run() },
  { icon: italic, label: 'Italic', keys: 'Ctrl+I', on: e => e.isActive('italic'), run: h => h.editor.chain().focus().toggleItalic().run() },
  { icon: heading1, label: 'Heading', on: e => e.isActive('heading', { level: 1 }), run: h => h.editor.chain().focus().toggleHeading({ level: 1 }).run() },
  { icon: heading2, label: 'Smaller heading', on: e => e.isActive('heading', { level: 2 }), run: h => h.editor.chain().focus().toggleHeading({ level: 2 }).run() },
  { icon: bullets, label: 'List', on: e => e.isActive('bulletList'), run: h => h.editor.chain().focus().toggleBulletList().run() },
  { icon: numbers, label: 'Numbered list', on: e => e.isActive('orderedList'), run: h => h.editor.chain().focus().toggleOrderedList().run() },
  { icon: quote, label: 'Quote', on: e => e.isActive('blockquote'), run: h => h.editor.chain().focus().toggleBlockquote().run() },
  { icon: link, label: 'Link', on: e => e.isActive('link'), run: insertLink },
  { icon: photo, label: 'Picture', run: insertPicture },
  { icon: button, label: 'Button', words: true, on: e => e.isActive('mailButton'), run: insertButton },
  { icon: field, label: 'Field', words: true, both: true, only: h => h.fields.length > 0, run: insertField },
  { icon: undo, label: 'Undo', keys: 'Ctrl+Z', run: h => h.editor.chain().focus().undo().run() },
  { icon: redo, label: 'Redo', run: h => h.editor.chain().focus().redo().run() },
  { icon: source, label: 'HTML', words: true, both: true, on: (_, h) => h.source, run: h => h.show(!h.source) },
];

export class Toolbar {
  constructor(host) {
    this.host = host;
    this.root = document.createElement('div');
    this.root.className = 'editor-tools';
    this.root.setAttribute('role', 'toolbar');
    this.root.setAttribute('aria-label', 'Formatting');
    this.buttons = tools.filter(t => !t.only || t.only(host)).map(tool => {
      const it = document.createElement('button');
      it.type = 'button';
      it.innerHTML = tool.icon;
      it.title = tool.keys ? `${tool.label} (${tool.keys})` : tool.label;
      it.setAttribute('aria-label', tool.label);
      if (tool.words)
        it.append(tool.label);
      it.addEventListener('click', () => tool.run(host));
      this.root.append(it);
      return { it, tool };
    });
    this.root.addEventListener('keydown', event => this.walk(event));
    this.buttons.forEach(({ it }, i) => { it.tabIndex = i === 0 ? 0 : -1; });
  }

  /** One stop for the tab key; the arrows walk inside. */
  walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by)
      return;
    event.preventDefault();
    const open = this.buttons.map(b => b.it).filter(it => !it.disabled);
    const next = open[(open.indexOf(document.activeElement) + by + open.length) % open.length];
    this.buttons.forEach(({ it }) => { it.tabIndex = it === next ? 0 : -1; });
    next.focus();
  }

  refresh() {
    for (const { it, tool } of this.buttons) {
      it.disabled = this.host.source && !tool.both;
      if (tool.on)
        it.setAttribute('aria-pressed', String(Boolean(tool.on(this.host.editor, this.host))));
    }
  }
}

async function insertLink(host) {
  const now = host.editor.getAttributes('link').href ?? '';
  const given = await ask('Link', [{ name: 'href', label: 'Address', value: now, placeholder: 'https://' }], now ? 'Change link' : 'Add link', now ? 'Remove link' : null);
  if (!given)
    return;
  const chain = host.editor.chain().focus().extendMarkRange('link');
  if (given.removed || !given.href)
    chain.unsetLink().run();
  else if (host.editor.state.selection.empty && !now)
    chain.insertContent({ type: 'text', text: given.href, marks: [{ type: 'link', attrs: { href: given.href } }] }).run();
  else
    chain.setLink({ href: given.href }).run();
}

async function insertPicture(host) {
  const given = await ask('Picture', [
    { name: 'src', label: 'Address of the picture', placeholder: 'https://' },
    { name: 'alt', label: 'What it shows', hint: 'Read aloud, and shown where pictures are off.' },
  ], 'Add picture');
  if (given?.src)
    host.editor.chain().focus().setImage({ src: given.src, alt: given.alt }).run();
}

async function insertButton(host) {
  const now = host.editor.isActive('mailButton') ? host.editor.getAttributes('mailButton').href : null;
  const given = await ask('Button', now === null
    ? [{ name: 'text', label: 'Words on it', value: 'Book a visit' }, { name: 'href', label: 'Where it leads', placeholder: 'https://' }]
    : [{ name: 'href', label: 'Where it leads', value: now }], now === null ? 'Add button' : 'Change button');
  if (!given?.href)
    return;
  if (now === null)
    host.editor.chain().focus().insertContent([{ type: 'mailButton', attrs: { href: given.href }, content: [{ type: 'text', text: given.text || given.href }] }, { type: 'paragraph' }]).run();
  else
    host.editor.chain().focus().updateAttributes('mailButton', { href: given.href }).run();
}

async function insertField(host) {
  const given = await ask('Field', [
    { name: 'path', label: 'What to fill in', options: host.fields.map(f => [f.path, f.example ? `${f.label} (${f.example})` : f.label]) },
    { name: 'fallback', label: 'If it is empty, write', hint: 'For example: there. Leave it empty to write nothing.' },
  ], 'Insert');
  if (given)
    host.insert(given.fallback ? `{{ ${given.path} | default: "${given.fallback.replaceAll('"', '')}" }}` : `{{ ${given.path} }}`);
}
