import { PluraEditor } from './editor/element.js';

customElements.define('plura-editor', PluraEditor);
