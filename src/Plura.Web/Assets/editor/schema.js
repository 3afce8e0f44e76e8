// What a letter may hold in the letter view.
import { Extension, Node, mergeAttributes } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import Image from '@tiptap/extension-image';
import StarterKit from '@tiptap/starter-kit';

/** A button: a paragraph of its own with one link. Its look in mail is written on the way out (mail.js). */
const Button = Node.create({
  name: 'mailButton',
  group: 'block',
  content: 'text*',
  marks: '',
  defining: true,
  addAttributes: () => ({ href: { default: '', rendered: false } }),
  parseHTML: () => [{ tag: 'p[data-button]', priority: 100, contentElement: 'a', getAttrs: p => ({ href: p.querySelector('a')?.getAttribute('href') ?? '' }) }],
  renderHTML: ({ node, HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { 'data-button': '' }), ['a', { class: 'mail-button', href: node.attrs.href }, 0]],
});

/** {{ contact.first_name }} stays plain text, so that nothing stands between what is written and what is sent; it is only shown as a chip. */
const MergeFields = Extension.create({
  name: 'mergeFields',
  addProseMirrorPlugins: () => [new Plugin({
    props: {
      decorations({ doc }) {
        const found = [];
        doc.descendants((node, at) => {
          if (!node.isText)
            return;
          for (const match of node.text.matchAll(/\{\{[^{}]*\}\}|\{%[^{}]*%\}/g))
            found.push(Decoration.inline(at + match.index, at + match.index + match[0].length, { class: 'merge-field' }));
        });
        return DecorationSet.create(doc, found);
      },
    },
  })],
});

export const extensions = [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    code: false,
    codeBlock: false,
    link: { openOnClick: false, autolink: true, HTMLAttributes: { target: null, rel: null } },
  }),
  Image.configure({ inline: false, allowBase64: false }),
  Button,
  MergeFields,
];
