// One row for each event: where it is, and why. An event is `held` in the browser, then `sent` to the collector, then
// what the server's feed says: waiting, delivered, filtered or rejected.
import { element } from './dom.js';

const KEPT_ROWS = 100;
const rows = new Map();
const list = document.querySelector('#events');
let made = 0;

const WHY = {
  missing_identity: 'Kargo can’t use an event without its identity (puid), so it isn’t sent.',
  unmapped_event: 'No mapping of the playbook takes this event, so it isn’t sent. It is counted by name.',
  duplicate: 'An event with this messageId was taken before.',
  consent_denied: 'The visitor’s consent signals deny it.',
  suppressed: 'The person has opted out.',
  rule: 'A filter of the integration keeps it back.',
  expired: 'It waited longer than the integration’s maxEventAge. It is kept as a dead letter.',
  refused_by_destination: 'The destination refused it. It is kept as a dead letter and can be replayed.',
};

// The script's state while it holds events, what they wait for, and for how long.
const HELD = {
  waiting: ['the answer to the banner', 'Nothing leaves the browser before.'],
  syncing: ['the identity', 'Two seconds at most: then the server joins them.'],
};

const DROPPED = 'The script dropped it: consent denies it, so it never left the browser.';

// The shop made an event; the script may not have it yet.
export function called(name, taken) {
  const row = add(`call-${++made}`, name, false);
  row.called = true;
  row.state = taken ? 'held' : 'dropped';
  row.waitsFor = taken ? 'the script' : null;
  row.why = taken ? '' : DROPPED;
  draw(row);
}

// What the script holds now. What it held before and has no longer was sent, or dropped when `lost` says so.
export function queue(items, status, lost) {
  const here = new Set(items.map((item) => item.messageId));
  for (const item of items) {
    const row = rows.get(item.messageId) ?? claim(item) ?? add(item.messageId, item.name, false);
    row.queued = true;
    row.sent ??= item.event;
    const [waitsFor, why] = HELD[status?.state] ?? (status ? [null, 'It is about to be sent.'] : ['the script', '']);
    row.waited ||= waitsFor !== null;
    row.waitsFor = waitsFor;
    hold(row, why);
  }
  for (const [messageId, row] of rows) {
    if (row.queued && !here.has(messageId)) {
      row.queued = false;
      row.state = row.outcome ?? (lost > 0 ? 'dropped' : 'sent');
      row.why = lost > 0 ? DROPPED : '';
      draw(row);
    }
  }
}

function hold(row, why) {
  if (!row.outcome && (row.state !== 'held' || row.why !== why)) {
    row.state = 'held';
    row.why = why;
    draw(row);
  }
}

// The row of the call that made this event: the script takes calls in their order.
function claim(item) {
  for (const [key, row] of rows) {
    if (row.called && row.state === 'held' && row.event === item.name) {
      rows.delete(key);
      row.called = false;
      rows.set(item.messageId, row);
      return row;
    }
  }
  return null;
}

// One item of the server's feed.
export function fed(item) {
  const row = rows.get(item.messageId) ?? claim({ ...item, name: item.event }) ??
    add(item.messageId, item.event, item.messageId.startsWith('sample-'));
  row.outcome = item.outcome;
  row.state = item.outcome;
  const detail = item.detail ? ` In detail: ${item.detail}.` : '';
  row.why = item.reason ? (WHY[item.reason] ?? '') + detail : detail;
  row.reason = item.reason;
  row.joined = item.notices.includes('joined_late');
  row.received = item.received;
  row.shown = item.received ? item.received.body : (item.request?.body ?? item.request);
  draw(row);
}

export function showSamples(shown) {
  list.classList.toggle('own-only', !shown);
  tally();
}

function add(key, event, sample) {
  const details = element('details', {});
  const summary = element('summary', {});
  const row = { event, sample, details, summary, item: element('li', {}, details) };
  details.append(summary);
  // A row's body is long, and most are never opened.
  details.addEventListener('toggle', () => drawBody(row));
  rows.set(key, row);
  list.prepend(row.item);
  trim();
  return row;
}

// The sample traffic goes first: it must not push out what the visitor did.
function trim() {
  if (rows.size > KEPT_ROWS) {
    const all = [...rows];
    const [key, row] = all.find(([, one]) => one.sample) ?? all[0];
    row.item.remove();
    rows.delete(key);
  }
}

const word = (row) => (row.state === 'pending' ? 'waiting' : row.state);

function draw(row) {
  row.item.className = `${row.state} ${row.sample ? 'sample' : ''}`;
  row.item.dataset.event = row.event;
  row.summary.replaceChildren(
    element('span', { class: 'head' }, element('strong', {}, row.event), element('span', { class: 'badge' }, word(row))),
    element('span', { class: 'way' }, ...steps(row)));
  drawBody(row);
  tally();
}

function steps(row) {
  const steps = [];
  const left = row.state !== 'held' && row.state !== 'dropped';
  if (row.state === 'held' || row.state === 'dropped' || row.waited) {
    steps.push([left || !row.waitsFor ? 'held' : `held for ${row.waitsFor}`, left]);
  }
  if (left) {
    steps.push(['sent', true]);
  }
  if (row.joined) {
    steps.push(['joined with the identity that came later', true]);
  }
  if (row.outcome) {
    steps.push([row.outcome === 'pending' ? 'waiting to be delivered' : row.outcome, row.outcome === 'delivered']);
  }
  if (row.reason) {
    steps.push([row.reason, false]);
  }
  if (row.state === 'dropped') {
    steps.push(['dropped in the browser', false]);
  }
  return steps.map(([name, done]) => element('span', { class: done ? 'step done' : 'step' }, name));
}

function drawBody(row) {
  row.details.replaceChildren(row.summary);
  if (!row.details.open) {
    return;
  }
  if (row.why?.trim()) {
    row.details.append(element('p', { class: 'why' }, row.why.trim()));
  }
  if (row.received) {
    block(row, `The sandbox answered ${row.received.status} to exactly this:`, row.shown);
  } else if (row.shown) {
    block(row, 'The request made of it:', row.shown);
  } else if (row.sent) {
    block(row, 'As the page made it:', row.sent);
  }
}

function block(row, title, json) {
  row.details.append(element('p', { class: 'why' }, title), element('pre', { tabindex: 0 }, JSON.stringify(json, null, 2)));
}

function tally() {
  const counts = new Map();
  let latest = null;
  for (const row of rows.values()) {
    if (!row.sample || !list.classList.contains('own-only')) {
      counts.set(word(row), (counts.get(word(row)) ?? 0) + 1);
      latest = row;
    }
  }
  const parts = [...counts].sort().map(([name, count]) => element('span', { class: name }, element('b', {}, String(count)), ` ${name}`));
  document.querySelector('#tally').replaceChildren(...parts);
  document.querySelector('#latest').textContent = latest ? `${latest.event}: ${word(latest)}` : '';
}
