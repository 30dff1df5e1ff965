/**
 * @fileoverview The person's identifier at the destination: from the cache, else from the collector's cookie, else
 * asked for, at most once at a time over all tabs and not again before a failure's rest is over.
 */
import {call} from './collector.js';
import {readCrb} from './crb.js';
import {ask, isPuid} from './fetched.js';
import {Allowed} from './permission.js';
import {alone} from './lock.js';
import {cookie, isObject, load, save} from './store.js';

/**
 * @typedef {{
 *   evaluate: function(), optOut: function(), leaving: function(boolean), state: function(): string,
 *   pending: function(): boolean, holds: function(): boolean, puid: function(): (string|undefined),
 *   failure: function(): (string|undefined), until: function(): (number|undefined)}}
 */
export let Sync;

const DAY = 86400000;
const WITHDRAWN = {'failure': 'consent', 'withdrawn': true};

/**
 * @param {function(): !Allowed} allowed
 * @param {function(): string} anonymousId
 * @param {function()} erase removes what else the device holds of the person
 * @param {function()} changed
 * @return {!Sync}
 */
export function createSync(allowed, anonymousId, erase, changed) {
  const config = CONFIG.sync;
  const key = 'wb_' + CONFIG.kit;
  const path = '/v1/identity/' + CONFIG.kit;
  let state = 'waiting';
  let since = 0;
  let left = false;
  let inMemory = false;
  let told = false;
  let telling = false;
  let withdrawing = false;
  let turn = 0;
  /** @type {!Kept} */
  let kept = {};

  function read() {
    if (!inMemory) {
      const found = load(key);
      kept = isObject(found) ? /** @type {!Kept} */ (found) : {};
    }
    return kept;
  }

  /** @param {!Kept} value */
  function keep(value) {
    kept = value;
    inMemory = !save(key, Object.keys(value).length ? value : null);
  }

  /** @param {string} next */
  function become(next) {
    state = next;
    changed();
  }

  function known() {
    const left = (kept.expires || 0) - Date.now();
    return isPuid(kept.puid) && left > 0 && left <= 401 * DAY;
  }

  function due() {
    return config.refreshDays > 0 && (kept.at || 0) + config.refreshDays * DAY < Date.now();
  }

  function resting() {
    const left = (kept.until || 0) - Date.now();
    return left > 0 && left <= config.failureTtl * 1000 && !cleared();
  }

  function cleared() {
    return !kept.until || (kept.failedAt || 0) < config.retryFailuresBefore;
  }

  function atCollector() {
    return (/^ok\.(\d+)\.(\d+)$/.exec(cookie(CONFIG.cookie.name)) || []).slice(1).map((seconds) => seconds * 1000);
  }

  /**
   * @param {!Object} report
   * @return {!Promise<?Response>}
   */
  async function tell(report) {
    return CONFIG.kit ? call(path, {'anonymousId': anonymousId(), ...report}).catch(() => null) : null;
  }

  function evaluate() {
    read();
    if (kept.optOut) {
      tellOptOut();
      return become('opted_out');
    }
    if (readCrb().optOut) {
      return optOut();
    }
    const now = allowed();
    const off = !config.sources.length;
    if (off ? now.drop : !now.sync) {
      turn++;
      if (now.decided) {
        purge(now.send);
      }
      return become(now.wait ? 'waiting' : 'denied');
    }
    if (off) {
      return become('off');
    }
    if (known()) {
      become('ok');
      if (kept.posted !== anonymousId()) {
        post();
      }
      if (due() && !resting()) {
        acquire();
      }
    } else if (resting()) {
      become('failed');
    } else if (state !== 'syncing') {
      since = Date.now();
      setTimeout(changed, config.holdMs);
      state = 'syncing';
      acquire();
    }
  }

  /** @param {boolean} send whether events may be sent, which need the anonymousId, and the denial itself be told */
  async function purge(send) {
    if (kept.puid || kept.withdrawn || atCollector().length && !told) {
      // Until the collector has it, on this page or a later one; so long the report needs the anonymousId.
      keep({withdrawn: true});
      told = true;
      if (!withdrawing) {
        withdrawing = true;
        const answer = await tell(WITHDRAWN);
        withdrawing = false;
        if (answer && answer.ok && read().withdrawn) {
          keep({});
          if (allowed().drop) {
            erase();
          }
        }
      }
      return;
    }
    keep({});
    if (!send) {
      erase();
    } else if (!told) {
      tell({'failure': 'consent'});
    }
    told = true;
  }

  async function acquire() {
    const mine = ++turn;
    await alone(key, async () => {
      read();
      if (mine === turn && !kept.optOut && !resting() && (!known() || due())) {
        await obtain(mine);
      }
    });
    if (mine === turn && !left) {
      become(kept.optOut ? 'opted_out' : known() ? 'ok' : 'failed');
    }
  }

  /** @param {number} mine */
  async function obtain(mine) {
    if (kept.withdrawn) {
      // The collector may not know yet, and would give back what consent was withdrawn for.
      await tell(WITHDRAWN);
    }
    if (!kept.withdrawn && await fromCollector(mine)) {
      return;
    }
    /** @type {string|undefined} */
    let failure;
    for (const source of config.sources) {
      const found = source === 'fetch' ? await ask(allowed().address(config.url)) :
          source === 'redirect' ? await CONFIG.redirect(call, anonymousId(), allowed().signals) :
          source === 'krgCrb' && isPuid(readCrb().lexId) ? {puid: readCrb().lexId} :
          {failure};
      // Another tab's opt-out counts at once.
      if (mine !== turn || left || read().optOut) {
        return;
      }
      if (found.puid) {
        const posted = found.posted && anonymousId();
        keep({puid: found.puid, at: Date.now(), expires: Date.now() + config.cookieDays * DAY, posted});
        if (!found.posted) {
          post();
        }
        return;
      }
      failure = found.failure;
    }
    fail(failure || 'shape');
  }

  /**
   * A browser empties localStorage sooner than it drops a cookie that a server has set.
   * @param {number} mine
   * @return {!Promise<boolean>}
   */
  async function fromCollector(mine) {
    const [at, expires] = atCollector();
    if (known() || !(expires > Date.now())) {
      return false;
    }
    try {
      const answer = await call(path);
      const puid = (await answer.json())['puid'];
      if (mine === turn && isPuid(puid)) {
        keep({puid, at, expires, posted: true});
        return true;
      }
    } catch (e) {
      // A new sync then.
    }
    return false;
  }

  async function post() {
    const puid = kept.puid;
    const posted = anonymousId();
    const answer = await tell({'puid': puid, 'consent': allowed().signals});
    if (!answer || !answer.ok) {
      return;
    }
    const said = await answer.json().catch(() => ({}));
    if (read().puid !== puid) {
      return;
    }
    if (said['reason'] === 'suppressed') {
      keep({optOut: true, posted: true});
      become('opted_out');
      return;
    }
    // Without a cookie the page's own copy has to do; anything else is a denial.
    if (said['stored'] === false && said['reason'] !== 'origins_open') {
      keep({});
      // The page's signals allow it, and so would ask again on every page.
      fail('consent');
      become('denied');
    } else {
      keep({...kept, posted});
    }
  }

  /** @param {string} failure */
  function fail(failure) {
    const count = cleared() ? 1 : (kept.count || 0) + 1;
    const rest = Math.min(config.firstFailureTtl * 2 ** (count - 1), config.failureTtl) * 1000;
    keep({...kept, failure, failedAt: Date.now(), until: Date.now() + rest, count});
    tell({'failure': failure});
  }

  function optOut() {
    turn++;
    read();
    keep({optOut: true});
    tellOptOut();
    become('opted_out');
  }

  /** Until the collector has kept it, on this page or a later one. It knows the identifier by its cookie. */
  async function tellOptOut() {
    if (!telling && !kept.posted) {
      telling = true;
      const answer = await tell({'optOut': true});
      telling = false;
      if (answer && answer.ok) {
        keep({optOut: true, posted: true});
      }
    }
  }

  /** @return {string} another tab's opt-out counts here too */
  function current() {
    return read().optOut ? 'opted_out' : state;
  }

  return {
    evaluate,
    optOut,
    leaving: (leaves) => {
      const back = left && !leaves;
      left = leaves;
      if (back && state === 'syncing') {
        state = 'waiting';
        evaluate();
      }
    },
    state: current,
    pending: () => state === 'waiting' || state === 'syncing',
    holds: () => state === 'syncing' && Date.now() < since + config.holdMs,
    puid: () => current() === 'ok' && kept.puid || undefined,
    failure: () => state === 'denied' ? 'consent' : state === 'failed' ? kept.failure : undefined,
    until: () => state === 'failed' ? kept.until : undefined
  };
}
