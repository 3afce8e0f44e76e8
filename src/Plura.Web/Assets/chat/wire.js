// Calls of the server: always by POST, never with a cookie, the key in a header so that no log of addresses has it.
const shortest = 1000;
const longest = 30000;

function ask(base, act, token, body, signal) {
  return fetch(`${base}/${act}`, {
    method: 'POST', credentials: 'omit', cache: 'no-store', referrerPolicy: 'origin', signal,
    headers: { 'content-type': 'application/json', ...token && { 'x-chat-session': token } },
    body: JSON.stringify(body),
  });
}

export async function call(base, act, token, body) {
  let answer;
  try {
    answer = await ask(base, act, token, body);
  } catch {
    throw { words: 'There is no connection at the moment. Please try again.' };
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok)
    throw { status: answer.status, words: said.title ?? 'That did not work. Please try again.' };
  return said;
}

// Hears what comes until it is stopped; comes back by itself, each time after a longer pause.
export function listen(base, token, hear, over, last) {
  const control = new AbortController();
  let pause = shortest;
  (async () => {
    while (!control.signal.aborted) {
      try {
        const answer = await ask(base, 'listen', token, { after: last() }, control.signal);
        if (answer.status === 404) {
          over();
          return;
        }
        if (answer.ok)
          await read(answer.body, item => { pause = shortest; hear(item); });
      } catch {
        // Out of reach: tried again below.
      }
      await new Promise(done => setTimeout(done, pause));
      pause = Math.min(pause * 2, longest);
    }
  })();
  return () => control.abort();
}

async function read(body, hear) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done)
      return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const data = part.split('\n').filter(l => l.startsWith('data:')).map(l => l.slice(5).trimStart()).join('\n');
      const item = data && JSON.parse(data);
      if (item)
        hear(item);
    }
  }
}
