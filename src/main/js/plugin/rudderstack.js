/**
 * @fileoverview Takes a copy of every event of `@rudderstack/analytics-js` 3: `waybillRudderstack(rudderanalytics)`. The
 * SDK hands each event as it sends it to the callback of the call; this goes through that callback.
 */
import {hand, tagged} from './hand.js';

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

/** @param {*} target the SDK, or the array that stands for it until it is loaded */
function listen(target) {
  const sdk = /** @type {?Object} */ (target);
  if (!sdk || sdk[MARK]) {
    return;
  }
  sdk[MARK] = true;
  if (Array.isArray(sdk)) {
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
        return before.apply(sdk, listening(call, Array.from(arguments)));
      };
    }
  });
}

/**
 * @param {*=} instance of the SDK; `window.rudderanalytics` when left out, also one that is loaded later
 */
function waybillRudderstack(instance) {
  if (instance) {
    listen(instance);
    return;
  }
  let now = window['rudderanalytics'];
  listen(now);
  if (!now || Array.isArray(now)) {
    // The SDK puts itself in the place of its array; from then on this is a plain property again.
    Object.defineProperty(window, 'rudderanalytics', {
      configurable: true,
      enumerable: true,
      get: () => now,
      set: (value) => {
        now = value;
        listen(value);
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
  waybillRudderstack();
}
