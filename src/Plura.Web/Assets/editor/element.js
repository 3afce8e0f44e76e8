// <plura-editor> around a <textarea>: the textarea is what the form posts, and all there is without JavaScript.
import { Editor } from '@tiptap/core';
import { extensions } from './schema.js';
import { fromMail, toMail, whatWouldBeLost } from './mail.js';
import { Toolbar } from './toolbar.js';

export class PluraEditor extends HTMLElement {
  connectedCallback() {
    if (this.editor)
      return;
    this.area = this.querySelector('textarea');
    this.fields = JSON.parse(this.dataset.fields || '[]');
    this.surface = document.createElement('div');
    this.surface.className = 'editor-surface';
    this.toolbar = new Toolbar(this);
    this.note = document.createElement('p');
    this.note.className = 'editor-note';
    this.note.setAttribute('role', 'status');
    this.area.before(this.toolbar.root, this.surface, this.note);
    const label = this.area.labels?.[0];
    label?.addEventListener('click', () => this.source || this.editor.commands.focus());
    this.editor = new Editor({
      element: this.surface,
      extensions,
      content: fromMail(this.area.value),
      injectCSS: false,
      editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label?.textContent.trim() || 'Text' } },
      onUpdate: () => this.keep(),
      onTransaction: () => this.toolbar.refresh(),
    });
    this.area.addEventListener('input', event => event.isTrusted && this.classList.add('typed'));
    this.show(Boolean(whatWouldBeLost(this.area.value)));
  }

  disconnectedCallback() {
    // Moved or gone: an element that comes back keeps its editor, one that does not is collected with it.
    queueMicrotask(() => {
      if (this.isConnected || !this.editor)
        return;
      this.editor.destroy();
      this.editor = null;
      this.toolbar.root.remove();
      this.surface.remove();
      this.note.remove();
    });
  }

  keep() {
    this.area.value = this.editor.isEmpty ? '' : toMail(this.editor.getHTML());
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Shows the HTML itself, or the letter as it looks. Going back says first what the letter view cannot keep. */
  show(source) {
    if (!source && this.source) {
      const lost = whatWouldBeLost(this.area.value);
      if (lost && !confirm(`The letter view cannot keep ${lost}. It would be removed. Go on?`))
        return;
      this.editor.commands.setContent(fromMail(this.area.value), { emitUpdate: true });
    }
    this.source = source;
    this.area.hidden = !source;
    this.surface.hidden = source;
    this.note.textContent = source ? 'You are editing the HTML itself.' : '';
    this.toolbar.refresh();
  }

  /** Puts text where the cursor is, in either view. */
  insert(text) {
    if (this.source) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, 'end');
      this.area.dispatchEvent(new Event('input', { bubbles: true }));
      this.area.focus();
    } else {
      this.editor.chain().focus().insertContent({ type: 'text', text }).run();
    }
  }
}
