/**
 * @fileoverview Takes a copy of every event of `@rudderstack/analytics-js` 3: `waybillRudderstack(rudderanalytics)`. The
 * SDK hands each event as it sends it to the callback of the call; this goes through that callback. It can also put the
 * identifier on the SDK's own events, by the SDK's custom context.
 */
import {hand, tagged} from './hand.js';
import {isPuid} from '../fetched.js';
import {keys, load} from '../store.js';

/** How many arguments each call takes, the callback included. */
const CALLS = {'track': 4, 'page': 5, 'identify': 4, 'group': 4, 'alias': 4};
const MARK = 'waybill';

/** @param {*} event RudderStack's, whose traits of a person stand in its context */
function forward(event) {
  const found = /** @type {?Object} */ (event);
  if (found && found['type'] === 'identify' && !found['traits'] && found['context']) {
    hand(Object.assign({}, found, {'traits': found['context']['traits']}));
  } else {
    hand(found);
  }
}

/**
 * @return {!Object} what an earlier page got, for as long as waybill.js isn't there or still waits: the SDK doesn't wait
 */
function remembered() {
  const providers = {};
  keys('wb_').forEach((key) => {
    const kept = /** @type {?Object} */ (load(key));
    if (kept && isPuid(kept['puid']) && kept['expires'] > Date.now()) {
      providers[key.slice(3)] = {'puid': kept['puid']};
    }
  });
  return providers;
}

/**
 * @param {!Object} sdk
 * @return {function()} puts what is known now on the events that the SDK makes from now on
 */
function enriching(sdk) {
  let before = {};
  return () => {
    try {
      const waybill = window.waybill;
      // The array that stands for an SDK would keep the question, and answer it to nobody.
      const id = !Array.isArray(sdk) && sdk['getAnonymousId'] ? sdk['getAnonymousId']() : undefined;
      const known = waybill && waybill['enrich'] ? waybill['enrich']({'anonymousId': id})['context'] : {};
      const waits = !known['consent'] || /^(waiting|syncing)$/.test(waybill['status']()['state']);
      const providers = Object.assign({}, waits ? remembered() : known['providers']);
      // The SDK adds to what it was given earlier; null takes away.
      Object.keys(before).forEach((kit) => {
        providers[kit] = Object.assign({'puid': null, 'failure': null}, providers[kit]);
      });
      before = providers;
      sdk['setCustomContext'](Object.assign({}, known, {'providers': providers}));
    } catch (e) {
      // An older SDK, or one that isn't there yet: the event goes as it is.
    }
  };
}

/**
 * @param {string} call
 * @param {!Array} given its arguments
 * @return {!Array} the same with a callback that also tells Waybill
 */
function listening(call, given) {
  const result = given.slice();
  while (result.length && result[result.length - 1] === undefined) {
    result.pop();
  }
  const last = result[result.length - 1];
  if (typeof last === 'function') {
    result.pop();
    if (last[MARK]) {
      return given;
    }
  }
  const callback = function(event) {
    forward(event);
    if (typeof last === 'function') {
      last.apply(this, arguments);
    }
  };
  callback[MARK] = true;
  return result.slice(0, CALLS[call] - 1).concat(callback);
}

/**
 * @param {*} target the SDK, or the array that stands for it until it is loaded
 * @param {!Object} options
 */
function listen(target, options) {
  const sdk = /** @type {?Object} */ (target);
  if (!sdk || sdk[MARK]) {
    return;
  }
  sdk[MARK] = true;
  const forward = options['forward'] !== false;
  const enrich = options['enrich'] ? enriching(sdk) : () => {};
  if (Array.isArray(sdk) && forward) {
    sdk.forEach((made, i) => {
      if (made && CALLS[made[0]]) {
        sdk[i] = [made[0]].concat(listening(made[0], Array.from(made).slice(1)));
      }
    });
  }
  Object.keys(CALLS).forEach((call) => {
    const before = sdk[call];
    if (typeof before === 'function') {
      sdk[call] = function() {
        enrich();
        return before.apply(sdk, forward ? listening(call, Array.from(arguments)) : arguments);
      };
    }
  });
}

/**
 * @param {*=} instance of the SDK; `window.rudderanalytics` when left out, also one that is loaded later
 * @param {{enrich: (boolean|undefined), forward: (boolean|undefined)}=} options `enrich`: put what is known of the
 *     identifier and of consent on the SDK's own events, without waiting; `forward: false`: hand nothing over, for an
 *     SDK that sends everything to Waybill anyway
 */
function waybillRudderstack(instance, options) {
  const own = options || {};
  if (instance) {
    listen(instance, own);
    return;
  }
  let now = window['rudderanalytics'];
  listen(now, own);
  if (!now || Array.isArray(now)) {
    // The SDK puts itself in the place of its array; from then on this is a plain property again.
    Object.defineProperty(window, 'rudderanalytics', {
      configurable: true,
      enumerable: true,
      get: () => now,
      set: (value) => {
        now = value;
        listen(value, own);
        if (value && !Array.isArray(value)) {
          Object.defineProperty(window, 'rudderanalytics',
              {configurable: true, enumerable: true, writable: true, value: value});
        }
      }
    });
  }
}

window['waybillRudderstack'] = waybillRudderstack;
if (tagged('data-register')) {
  waybillRudderstack(undefined, {'enrich': tagged('data-enrich')});
}
