#!/usr/bin/env node
// The README's first command as whoever tries the product runs it: bin/dev on an empty data folder and a free port, until its front page
// offers the demo. Stops it again. Exit code 0 when a visitor would see what the README promises.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const port = await new Promise(done => {
  const door = createServer().listen(0, "127.0.0.1", () => {
    const free = door.address().port;
    door.close(() => done(free));
  });
});
const address = `http://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), "plura-look-"));
const server = spawn(new URL("dev", import.meta.url).pathname, { env: { ...process.env, PLURA_DATA: join(folder, "data"), ASPNETCORE_URLS: address }, stdio: "inherit" });
const ended = new Promise(done => server.on("exit", done));
let gone = false;
ended.then(() => gone = true);

async function look() {
  for (const until = Date.now() + 180_000; Date.now() < until && !gone; await new Promise(done => setTimeout(done, 500))) {
    const ready = await fetch(`${address}/ready`).catch(() => null);
    if (!ready?.ok)
      continue;
    const page = await (await fetch(`${address}/`)).text();
    return page.includes("Open the demo account") ? null : `The front page does not offer the demo:\n${page}`;
  }
  return gone ? "bin/dev ended by itself." : "Nothing answered at /ready within three minutes.";
}

const problem = await look().catch(error => `${error}`);
server.kill("SIGTERM");
await ended;
rmSync(folder, { recursive: true, force: true });
if (problem)
  console.error(problem);
process.exit(problem ? 1 : 0);
