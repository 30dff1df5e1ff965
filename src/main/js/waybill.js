/**
 * @fileoverview `window.waybill`: events, identifier and consent of one pipeline. It never breaks the page: whatever
 * fails in here ends here.
 */
import {createPermission} from './permission.js';
import {createQueue} from './queue.js';
import {createSync} from './sync.js';
import {anonymousId, erase, identify, pageView, setAnonymousId, track} from './tracker.js';
import {isObject, readOnce, uuid} from './store.js';

/**
 * @param {!Function} action
 * @return {!Function} the same, of which no exception comes out
 */
function safe(action) {
  return (...given) => {
    try {
      return action(...given);
    } catch (e) {
      return undefined;
    }
  };
}

function start() {
  const stub = window.waybill;
  if (stub && stub['status']) {
    return;
  }
  /** @type {!Array<!Function>} */
  let waiting = [];
  /** @type {?Array} what this page told `identify` last */
  let said = null;
  let unkept = false;

  const permission = createPermission(safe(() => sync.evaluate()), safe(() => sync.optOut()));
  const sync = createSync(permission.now, anonymousId, unsay, safe(changed));
  const queue = createQueue(verdict, complete, permission.now);

  /**
   * @param {boolean} leaving
   * @return {string}
   */
  function verdict(leaving) {
    const now = permission.now();
    return now.drop || sync.state() === 'opted_out' ? 'drop' :
        now.wait || !now.send || sync.holds() && !leaving ? 'hold' : 'go';
  }

  /** Until consent is given on this page, and then what it said of the person counts again. */
  function unsay() {
    unkept = true;
    erase();
  }

  /** @param {!Object} event of another SDK: its anonymousId is that of all events, and of what is reported */
  function follow(event) {
    const id = event['anonymousId'];
    if (id && id !== anonymousId()) {
      setAnonymousId(String(id));
      sync.evaluate();
    }
  }

  /**
   * @param {!Object} event
   * @return {!Object} with the identifier, or why there is none, and what is known of consent
   */
  function complete(event) {
    const before = event['context'] || {};
    const puid = sync.puid();
    const failure = sync.failure();
    const consent = {...before['consent'], ...permission.now().signals};
    const context = {...before};
    // An empty one would be a refusal of every category, by Segment's table.
    if (Object.keys(consent).length) {
      context['consent'] = consent;
    }
    if (puid || failure) {
      context['providers'] = {...before['providers'], [CONFIG.kit]: puid ? {'puid': puid} : {'failure': failure}};
    }
    return {...event, 'context': context};
  }

  function changed() {
    queue.flush();
    if (!sync.pending()) {
      waiting.splice(0).forEach((callback) => setTimeout(safe(() => callback(status()))));
    }
  }

  function status() {
    const puid = sync.puid();
    return {
      'state': sync.state(),
      'puid': puid && puid.slice(0, 8) + '…',
      'failure': sync.failure(),
      'until': sync.until(),
      'consent': permission.now().rule,
      ...queue.status()
    };
  }

  /**
   * @param {function(!Array): !Object} make
   * @return {!Function}
   */
  function call(make) {
    return safe((...given) => {
      const last = given[given.length - 1];
      if (typeof last === 'function') {
        given.pop();
        setTimeout(safe(last));
      }
      if (make === identify) {
        said = given;
      }
      unkept = !queue.add(() => {
        if (unkept && said) {
          identify(said);
        }
        return make(given);
      });
    });
  }

  const api = {
    'track': call(track),
    'page': call(pageView),
    'identify': call(identify),
    'reset': safe(() => {
      said = null;
      erase();
    }),
    'consent': safe(permission.give),
    'optOut': safe(sync.optOut),
    'status': safe(status),
    'ready': safe((callback) => {
      waiting.push(callback);
      changed();
    }),
    'forward': safe((event) => {
      if (isObject(event) && event['type']) {
        queue.add(() => {
          follow(event);
          return {'messageId': 'wb-' + uuid(), 'anonymousId': anonymousId(), ...event};
        });
      }
    }),
    'enrich': safe((event) => {
      if (verdict(false) !== 'drop') {
        follow(event);
      }
      return complete(event);
    }),
    'push': safe(([name, ...given]) => api[name](...given))
  };
  window.waybill = api;
  sync.evaluate();
  if (Array.isArray(stub)) {
    stub.forEach((made) => api['push'](made));
  }
  window.addEventListener('pagehide', safe(() => {
    sync.leaving(true);
    queue.leave();
  }));
  window.addEventListener('pageshow', safe(() => sync.leaving(false)));
  document.addEventListener('visibilitychange', safe(() => document.visibilityState === 'hidden' && queue.flush(true)));
  window.addEventListener('online', safe(() => sync.evaluate()));
}

readOnce(true);
safe(start)();
readOnce(false);
