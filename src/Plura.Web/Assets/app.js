import './js/live.js';
import './js/pages.js';
