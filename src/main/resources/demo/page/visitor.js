// Who the visitor is to the shop and to Kargo: where from, what consent, which identity.
import { element } from './dom.js';
import { startOver, status, track, optOut } from './events.js';

const cmp = window.demoCmp;
const acts = { optOut, startOver, unknown: () => track('Barista Waved At', { times: 2 }) };

const FAILURES = {
  consent: 'consent denies it',
  cors_or_network: 'the ID endpoint could not be read: it is down, or doesn’t know this site',
  timeout: 'the ID endpoint took too long',
  http: 'the ID endpoint answered with an error',
  shape: 'the ID endpoint answered with no identifier',
};

const STATES = {
  waiting: 'not asked for before there is an answer to the banner',
  syncing: 'asking Kargo for it…',
  denied: 'none: consent denies it',
  opted_out: 'none: this browser has opted out, for good',
  off: 'none: the pipeline has no sync',
};

export function start() {
  document.querySelector('.panel').addEventListener('click', (click) => {
    const { region, act } = click.target.closest('button')?.dataset ?? {};
    if (region) {
      cmp.visitFrom(region);
    } else if (act) {
      acts[act]();
      draw();
    }
  });
  cmp.onChange(draw);
}

export function draw() {
  const { applies, choice, tcString } = cmp.state();
  for (const one of document.querySelectorAll('[data-region]')) {
    one.setAttribute('aria-pressed', String((one.dataset.region === 'eu') === applies));
  }
  put('#consent-state', ...consent(applies, choice, tcString));
  put('#identity-state', ...identity(status()));
}

function consent(applies, choice, tcString) {
  if (!applies) {
    return ['not needed: GDPR doesn’t apply, and nothing else denies'];
  }
  return choice === null ? ['undecided: nothing leaves until you answer'] :
    [choice === 'accept' ? 'given to Kargo ' : 'refused ', element('code', { title: tcString }, `${tcString.slice(0, 12)}…`)];
}

function identity(now) {
  if (!now) {
    return ['the script loads…'];
  }
  if (now.state === 'ok') {
    return [element('code', {}, now.puid), ' from Kargo’s ID endpoint'];
  }
  if (now.state === 'failed') {
    const again = now.until ? ` Asked again after ${new Date(now.until).toLocaleTimeString()}.` : '';
    return [`none: ${FAILURES[now.failure] ?? now.failure}.${again}`];
  }
  return [STATES[now.state] ?? now.state];
}

// Only what differs is put in place, so that a screen reader says it once.
function put(selector, ...children) {
  const place = document.querySelector(selector);
  const made = element('div', {}, ...children);
  if (place.innerHTML !== made.innerHTML) {
    place.replaceChildren(...made.childNodes);
  }
}
