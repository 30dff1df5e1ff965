// The shop's calls to waybill.js, which may still be loading: until then `window.waybill` is an array of calls, which
// the script works off when it starts.
window.waybill = window.waybill ?? [];

const QUEUE = 'wb_q_wk_demo:';
const listeners = [];

// Calls back with each event's name as the shop makes it, and whether the script took it.
export const onCall = (listener) => listeners.push(listener);

export const track = (event, properties) => call(event, ['track', event, properties]);

export const page = (name) => call('page', ['page', name]);

export const identify = (id, traits) => call('identify', ['identify', id, traits]);

// What the script says of itself; null while it loads.
export const status = () => window.waybill.status?.() ?? null;

export const optOut = () => window.waybill.push(['optOut']);

function call(name, args) {
  const before = status()?.dropped;
  window.waybill.push(args);
  const taken = before === undefined || status()?.dropped === before;
  listeners.forEach((listener) => listener(name, taken));
}

// The events that the script holds or is sending, oldest first: it keeps each in localStorage until the collector has it.
export function queued() {
  const found = [];
  for (const key of storedKeys()) {
    try {
      const { t, e } = JSON.parse(localStorage.getItem(key));
      found.push({ at: t, event: e, messageId: e.messageId, name: e.event ?? e.type });
    } catch {
      // Sent meanwhile.
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

function storedKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(QUEUE));
  } catch {
    return [];
  }
}

// Makes this browser a stranger to the shop, and loads the page anew.
export async function startOver() {
  await fetch('/demo/forget', { method: 'POST' });
  localStorage.clear();
  sessionStorage.clear();
  for (const pair of document.cookie.split('; ')) {
    document.cookie = `${pair.split('=')[0]}=; path=/; max-age=0`;
  }
  // The script keeps its queue once more as the page goes.
  addEventListener('pagehide', () => localStorage.clear());
  location.assign('/');
}
