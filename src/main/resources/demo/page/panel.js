// Shows each event's way: sent, accepted, and how it ended. What the page sends comes from the tracker; how it ended, and
// all of the sample traffic, from the server's feed.
import * as tracker from './tracker.js';

const KEPT_ROWS = 100;
const POLL_MS = 1000;
const rows = new Map();
const list = document.querySelector('#events');
const samples = document.querySelector('#samples');

const WHY = {
  missing_identity: 'Kargo can’t use an event without its identity (puid), so it isn’t sent.',
  unmapped_event: 'No mapping of the playbook takes this event, so it isn’t sent. It is counted by name.',
  duplicate: 'An event with this messageId was taken before.',
  consent_denied: 'The visitor’s consent signals deny it.',
  expired: 'It waited longer than the integration’s maxEventAge. It is kept as a dead letter.',
  refused_by_destination: 'The destination refused it. It is kept as a dead letter and can be replayed.',
};

export function start() {
  tracker.onEvent(fromPage);
  samples.addEventListener('change', () => list.classList.toggle('own-only', !samples.checked));
  document.querySelector('.switches').addEventListener('click', (click) => press(click.target.closest('button')));
  poll(0);
}

export function showIdentity({ puid, failure }) {
  const line = document.querySelector('#identity');
  if (puid) {
    line.replaceChildren('This browser’s Kargo identity, from the sandbox: ', element('code', puid));
  } else {
    line.textContent = `No Kargo identity: the sandbox was asked, but ${failure}. Events will be filtered.`;
  }
}

async function press(button) {
  const act = button?.dataset.do;
  if (act === 'anonymous') {
    tracker.track('Product Viewed', { product_id: 'mg-021', name: 'Speckled mug' }, { identified: false });
  } else if (act === 'unknown') {
    tracker.track('Barista Waved At', { times: 2 });
  } else if (act) {
    const answer = await fetch(`/demo/${act}`, { method: 'POST' });
    if (answer.ok) {
      const broken = act === 'break';
      document.querySelector('[data-do="break"]').setAttribute('aria-pressed', String(broken));
    }
  }
}

function fromPage(news) {
  const row = rowOf(news.messageId, news.event, false);
  if (news.body) {
    row.sent = news.body;
  } else {
    row.accepted = news.status === 200;
    if (!row.accepted) {
      row.outcome ??= 'refused';
      row.why = news.status === 0 ? 'The collector could not be reached.' : `The collector answered ${news.status}.`;
      row.shown = news.answer;
    }
  }
  draw(row);
}

async function poll(since) {
  let next = since;
  try {
    if (!document.hidden) {
      const feed = await (await fetch(`/demo/feed?since=${since}`)).json();
      feed.items.forEach(fromFeed);
      next = feed.next;
      setConnected(true);
    }
  } catch {
    setConnected(false);
  }
  setTimeout(poll, POLL_MS, next);
}

function fromFeed(item) {
  const row = rowOf(item.messageId, item.event, !item.messageId.startsWith('page-'));
  row.accepted = true;
  row.outcome = item.outcome;
  const detail = item.detail ? ` ${capital(item.detail)}.` : '';
  row.why = item.reason ? (WHY[item.reason] ?? `${item.reason}.`) + detail : detail;
  row.reason = item.reason;
  row.received = item.received;
  row.shown = item.received ? item.received.body : (item.request?.body ?? item.request);
  draw(row);
}

function rowOf(messageId, event, sample) {
  let row = rows.get(messageId);
  if (!row) {
    const details = element('details');
    const item = element('li', details);
    const summary = element('summary');
    details.append(summary);
    // A row's body is long, and most are never opened.
    details.addEventListener('toggle', () => drawBody(row));
    row = { event, sample, item, details, summary };
    rows.set(messageId, row);
    list.prepend(item);
    document.querySelector('#empty').hidden = true;
    trim();
  }
  return row;
}

function trim() {
  for (const [messageId, row] of rows) {
    if (rows.size <= KEPT_ROWS) {
      return;
    }
    row.item.remove();
    rows.delete(messageId);
  }
}

function draw(row) {
  row.item.className = `${row.outcome ?? ''} ${row.sample ? 'sample' : ''}`;
  const head = element('span', element('strong', row.event), element('span', badge(row)));
  head.className = 'head';
  head.lastChild.className = 'badge';
  row.summary.replaceChildren(head, way(row));
  drawBody(row);
  tally();
}

function badge(row) {
  if (row.outcome === 'pending') {
    return 'waiting';
  }
  return row.outcome ?? (row.accepted ? 'accepted' : 'sent');
}

function way(row) {
  const steps = [['sent', true]];
  if (row.accepted) {
    steps.push(['accepted', true]);
  }
  if (row.outcome) {
    steps.push([row.outcome === 'pending' ? 'waiting to be delivered' : row.outcome, row.outcome === 'delivered']);
  }
  if (row.reason) {
    steps.push([row.reason, false]);
  }
  const way = element('span');
  way.className = 'way';
  for (const [name, done] of steps) {
    const step = element('span', name);
    step.className = done ? 'step done' : 'step';
    way.append(step);
  }
  return way;
}

function drawBody(row) {
  while (row.details.lastChild !== row.summary) {
    row.details.lastChild.remove();
  }
  if (!row.details.open) {
    return;
  }
  if (row.why?.trim()) {
    const why = element('p', row.why.trim());
    why.className = 'why';
    row.details.append(why);
  }
  if (row.received) {
    block(row, `The sandbox answered ${row.received.status} to exactly this:`, row.shown);
  } else if (row.shown) {
    block(row, row.outcome === 'refused' ? 'The collector’s answer:' : 'The request made of it:', row.shown);
  } else if (row.sent) {
    block(row, 'What the page sent:', row.sent);
  }
}

function block(row, title, json) {
  const label = element('p', title);
  label.className = 'why';
  row.details.append(label, element('pre', JSON.stringify(json, null, 2)));
}

function tally() {
  const counts = {};
  for (const row of rows.values()) {
    counts[badge(row)] = (counts[badge(row)] ?? 0) + 1;
  }
  const parts = Object.entries(counts).sort().map(([name, count]) => element('span', element('b', String(count)), ` ${name}`));
  document.querySelector('#tally').replaceChildren(...parts);
}

function setConnected(connected) {
  document.querySelector('.panel').toggleAttribute('data-offline', !connected);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
