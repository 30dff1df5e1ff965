// Sends events in Segment's form to the collector of this server, with the identity that the sandbox gave this browser.

const listeners = [];
let writeKey;
let puid;
let userId;

const anonymousId = remembered('demo_anonymous_id', () => crypto.randomUUID());

// Calls back with {messageId, event, body} for each event sent and {messageId, status, answer} for each answer.
export function onEvent(listener) {
  listeners.push(listener);
}

// Asks for the settings, then for the identity; answers {puid} or {failure}. Events may be sent afterwards either way.
export async function connect() {
  const settings = await (await fetch('/demo/settings')).json();
  writeKey = settings.writeKey;
  try {
    const answer = await fetch(settings.idUrl, { credentials: 'include', signal: AbortSignal.timeout(3000) });
    const body = await answer.json();
    puid = body.puid;
    return puid ? { puid } : { failure: `it answered ${answer.status}` };
  } catch (failure) {
    return { failure: failure.name === 'TimeoutError' ? 'it took over 3 seconds' : 'it could not be reached' };
  }
}

export const track = (event, properties, options) => send('track', { event, properties }, options);

export const page = (name) => send('page', { name, properties: { path: location.pathname + location.hash, title: name } });

export function identify(id, traits) {
  userId = id;
  return send('identify', { traits });
}

async function send(type, fields, { identified = true } = {}) {
  const now = new Date().toISOString();
  const context = {
    page: { url: location.href, path: location.pathname, title: document.title, referrer: document.referrer || undefined },
    library: { name: 'waybill-demo-page', version: '1' },
  };
  if (identified && puid) {
    context.providers = { kargo: { puid } };
  }
  const event = {
    type, ...fields, context, anonymousId, userId, messageId: `page-${crypto.randomUUID()}`, writeKey,
    originalTimestamp: now, sentAt: now,
  };
  const messageId = event.messageId;
  tell({ messageId, event: fields.event ?? type, body: event });
  try {
    // text/plain spares the preflight, and keepalive lets the event outlive the page: as browser SDKs send.
    const answer = await fetch(`/v1/${type}`, {
      method: 'POST', keepalive: true, headers: { 'content-type': 'text/plain' }, body: JSON.stringify(event),
    });
    tell({ messageId, status: answer.status, answer: await answer.json().catch(() => null) });
  } catch {
    tell({ messageId, status: 0, answer: null });
  }
}

function tell(news) {
  listeners.forEach((listener) => listener(news));
}

// Where the browser denies storage, each page view is a new visitor.
function remembered(key, make) {
  try {
    const value = localStorage.getItem(key) ?? make();
    localStorage.setItem(key, value);
    return value;
  } catch {
    return make();
  }
}
