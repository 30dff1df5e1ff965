/**
 * @fileoverview Events on their way to the collector. Each is kept in localStorage under a key of its own, so that
 * tabs don't overwrite each other's and none is lost with its page.
 */
import {beacon, call, size} from './collector.js';
import {Allowed} from './permission.js';
import {isObject, keys, load, save} from './store.js';

/** @typedef {{key: string, event: !Object, bytes: number, out: boolean}} */
let Item;

/**
 * @typedef {{add: function(function(): !Object): boolean, flush: function(boolean=), leave: function(),
 *     status: function(): !Object}}
 */
export let Queue;

const PATH = '/v1/batch';
const MOST = 500;
const MOST_BYTES = 1000000;
const BATCH_BYTES = 50000;
const BATCH = 50;

/** After this a page that left an event behind counts as gone. */
const GONE = 10000;
const WEEK = 604800000;

/**
 * @param {function(boolean): string} verdict what becomes of events now: `go`, `hold` or `drop`; told whether the page
 *     is being left
 * @param {function(!Object): !Object} complete adds what is known only when an event is sent
 * @param {function(): !Allowed} allowed
 * @return {!Queue}
 */
export function createQueue(verdict, complete, allowed) {
  // A write key holds no colon: none is the beginning of another's.
  const prefix = 'wb_q_' + CONFIG.writeKey + ':';
  /** @type {!Array<!Item>} */
  let items = [];
  let bytes = 0;
  let dropped = 0;
  let tries = 0;
  let busy = false;
  let waiting = false;
  let timer = 0;
  let adopted = false;

  /** @param {number} ms */
  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      waiting = false;
      flush();
    }, ms);
  }

  /** @param {!Array<!Item>} gone */
  function remove(gone) {
    items = items.filter((item) => !gone.includes(item));
    gone.forEach((item) => {
      bytes -= item.bytes;
      save(item.key, null);
    });
  }

  /** @param {!Array<!Item>} lost */
  function drop(lost) {
    dropped += lost.length;
    remove(lost);
  }

  /**
   * @param {string} key
   * @param {!Object} event
   */
  function take(key, event) {
    const item = {key, event, bytes: size(JSON.stringify(event)), out: false};
    items.push(item);
    bytes += item.bytes;
    while (items.length > MOST || bytes > MOST_BYTES) {
      drop([items[0]]);
    }
  }

  /**
   * @param {string} key
   * @param {number} time when its page was there; negative once that is gone
   * @param {!Object} event
   */
  function keep(key, time, event) {
    save(key, {'t': time, 'e': event, 'q': allowed().asked && !answered()});
  }

  /** @return {boolean} whether a platform or banner of this page was: no other page can know what the person would say */
  function answered() {
    const now = allowed();
    return now.asked && now.decided;
  }

  /** Takes over what pages that are gone have left behind. */
  function adopt() {
    keys(prefix).forEach((key, i) => {
      const found = load(key) || {};
      const time = found['t'];
      const age = Date.now() - Math.abs(time);
      const fits = age < WEEK && i < MOST && isObject(found['e']);
      if (items.some((item) => item.key === key) || time > 0 && age >= 0 && age < GONE ||
          fits && found['q'] && !answered()) {
        return;
      }
      if (fits) {
        take(key, /** @type {!Object} */ (found['e']));
      } else {
        dropped++;
        save(key, null);
      }
    });
    // A collector that asked to wait is not asked before.
    if (!waiting) {
      soon(0);
    }
  }

  /** @return {!Array<!Item>} the next that fit into one request */
  function next() {
    let sum = 0;
    const free = items.filter((item) => !item.out);
    return free.slice(0, BATCH).filter((item, i) => (sum += item.bytes + 1000) < BATCH_BYTES || !i);
  }

  /**
   * @param {!Array<!Item>} batch
   * @return {string}
   */
  function text(batch) {
    return JSON.stringify({
      'batch': batch.map((item) => complete(item.event)),
      'sentAt': new Date().toISOString(),
      'writeKey': CONFIG.writeKey
    });
  }

  /** @param {boolean=} leaving */
  function flush(leaving) {
    const now = verdict(!!leaving);
    if (answered() && !adopted) {
      adopted = true;
      adopt();
    }
    if (now === 'drop') {
      drop(items.filter((item) => !item.out));
    }
    if (now === 'go') {
      let batch = next();
      // What goes by beacon is gone, whatever the answer: not while the collector is known to be down.
      while (leaving && !waiting && batch.length && beacon(PATH, text(batch))) {
        remove(batch);
        batch = next();
      }
      if (!leaving && !busy && !waiting && batch.length) {
        send(batch);
      }
    }
  }

  /** @param {!Array<!Item>} batch */
  async function send(batch) {
    busy = true;
    batch.forEach((item) => {
      item.out = true;
    });
    let status = 0;
    let after = 0;
    try {
      const answer = await call(PATH, undefined, text(batch));
      status = answer.status;
      after = Number(answer.headers.get('Retry-After')) || 0;
      if (status === 207) {
        dropped += (await answer.json())['errors'].length;
      }
    } catch (e) {
      // No answer is one to try again, an answer that can't be read is one.
    }
    busy = false;
    batch.forEach((item) => {
      item.out = false;
    });
    if (!status || status === 408 || status === 429 || status > 499) {
      waiting = true;
      soon(Math.max(after * 1000, Math.min(1000 * 2 ** tries++, 60000) * (0.5 + Math.random() / 2)));
      return;
    }
    tries = 0;
    if (status < 300) {
      remove(batch);
    } else {
      drop(batch);
    }
    soon(0);
  }

  adopt();
  setTimeout(adopt, GONE + 2000);
  return {
    // The event is made only when it may be sent: making one stores who the person is.
    add(make) {
      if (verdict(false) === 'drop') {
        dropped++;
        return false;
      }
      const copy = /** @type {!Object} */ (JSON.parse(JSON.stringify(make())));
      const key = prefix + copy['messageId'];
      keep(key, Date.now(), copy);
      take(key, copy);
      if (!waiting) {
        soon(10);
      }
      return true;
    },
    flush,
    leave() {
      flush(true);
      items.forEach((item) => {
        if (!item.out) {
          keep(item.key, -Date.now(), item.event);
        }
      });
    },
    status: () => ({'queued': items.length, 'dropped': dropped})
  };
}
