// What the device keeps, once its visitor has asked for it: the key of the chat and whether they said who they are. A browser may forbid it.
const name = base => `plura-chat:${base}`;

export function recall(base) {
  try {
    return JSON.parse(localStorage.getItem(name(base)) ?? '{}');
  } catch {
    return {};
  }
}

export function remember(base, token, introduced) {
  try {
    localStorage.setItem(name(base), JSON.stringify({ token, introduced }));
    return true;
  } catch {
    return false;
  }
}

export function forget(base) {
  try {
    localStorage.removeItem(name(base));
  } catch {
    // Where nothing may be kept, nothing is.
  }
}
