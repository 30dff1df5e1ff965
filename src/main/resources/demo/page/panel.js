// Shows each event's way. What the page sends comes from the script's queue; how it ended, and all of the sample
// traffic, from the server's feed.
import { onCall, queued, status } from './events.js';
import * as rows from './rows.js';
import * as visitor from './visitor.js';

const LOOK_MS = 250;
const POLL_MS = 1000;
const panel = document.querySelector('.panel');
let dropped = 0;

export function start() {
  visitor.start();
  onCall((name, taken) => {
    rows.called(name, taken);
    look();
  });
  const samples = document.querySelector('#samples');
  samples.addEventListener('change', () => rows.showSamples(samples.checked));
  document.querySelector('#fold').addEventListener('click', (click) => {
    const open = panel.toggleAttribute('data-open');
    click.currentTarget.setAttribute('aria-expanded', String(open));
  });
  panel.addEventListener('click', (click) => press(click.target.closest('[data-trouble]')));
  window.demoCmp.onChange(look);
  setInterval(look, LOOK_MS);
  settings();
  poll(0);
}

function look() {
  const now = status();
  const lost = Math.max((now?.dropped ?? dropped) - dropped, 0);
  dropped = now?.dropped ?? dropped;
  rows.queue(queued(), now, lost);
  visitor.draw();
}

async function press(button) {
  if (button) {
    const on = button.getAttribute('aria-pressed') === 'true';
    const answer = await fetch(`/demo/${on ? button.dataset.off : button.dataset.on}`, { method: 'POST' });
    showTrouble(await answer.json());
  }
}

async function settings() {
  showTrouble((await (await fetch('/demo/settings')).json()).kargo);
}

function showTrouble(kargo) {
  for (const one of document.querySelectorAll('[data-trouble]')) {
    one.setAttribute('aria-pressed', String(kargo[one.dataset.trouble] === true));
  }
}

async function poll(since) {
  let next = since;
  try {
    if (!document.hidden) {
      const feed = await (await fetch(`/demo/feed?since=${since}`)).json();
      feed.items.forEach(rows.fed);
      next = feed.next;
      panel.toggleAttribute('data-offline', false);
    }
  } catch {
    panel.toggleAttribute('data-offline', true);
  }
  setTimeout(poll, POLL_MS, next);
}
