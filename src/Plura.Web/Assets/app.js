import './js/live.js';
import './js/cells.js';
import './js/pages.js';
import './js/inbox.js';
import './js/passkeys.js';
