/**
 * @fileoverview Calls in the forms of Segment's SDK, made into events of Segment's spec.
 */
import {cookie, isObject, load, save, setCookie, uuid} from './store.js';

const ANONYMOUS = 'wb_anonymous_id';
const USER = 'wb_user';

/** @type {string} */
let anonymous = '';

/** @return {string} */
export function anonymousId() {
  if (!anonymous) {
    const kept = load(ANONYMOUS) || cookie(ANONYMOUS);
    setAnonymousId(typeof kept === 'string' && kept || uuid());
  }
  return anonymous;
}

/** @param {string} id that of the site's own SDK, or a new one */
export function setAnonymousId(id) {
  if (id !== anonymous) {
    anonymous = id;
    save(ANONYMOUS, id);
    setCookie(ANONYMOUS, id);
  }
}

/** Leaves nothing of the person on the device. */
export function erase() {
  save(USER, null);
  save(ANONYMOUS, null);
  setCookie(ANONYMOUS, '');
  anonymous = '';
}

/** @return {{id: (string|undefined), traits: !Object}} */
function user() {
  const kept = load(USER) || {};
  return {id: kept['id'], traits: isObject(kept['traits']) ? kept['traits'] : {}};
}

/** @return {!Object} */
function page() {
  return {
    'path': location.pathname,
    'referrer': document.referrer,
    'search': location.search,
    'title': document.title,
    'url': location.href.split('#')[0]
  };
}

/** @return {!Object} */
function context() {
  return {
    'page': page(),
    'userAgent': navigator.userAgent,
    'locale': navigator.language,
    'library': {'name': 'waybill.js', 'version': CONFIG.version},
    'screen': {'width': screen.width, 'height': screen.height}
  };
}

/**
 * @param {string} type
 * @param {!Object} fields
 * @param {*} options Segment's: context, integrations, timestamp, anonymousId
 * @return {!Object}
 */
function event(type, fields, options) {
  const own = /** @type {!Object} */ (isObject(options) ? options : {});
  const now = new Date().toISOString();
  return {
    'type': type,
    'messageId': 'wb-' + uuid(),
    'anonymousId': own['anonymousId'] || anonymousId(),
    'userId': user().id,
    'originalTimestamp': now,
    'timestamp': own['timestamp'] || now,
    'context': {...context(), ...own['context']},
    'integrations': own['integrations'] || {},
    ...fields
  };
}

/**
 * @param {!Array} given
 * @return {!Object}
 */
export function track(given) {
  return event('track', {'event': String(given[0]), 'properties': given[1] || {}}, given[2]);
}

/**
 * `page([category], [name], [properties], [options])`: a single text is the name.
 * @param {!Array} given
 * @return {!Object}
 */
export function pageView(given) {
  const texts = [];
  while (texts.length < 2 && (typeof given[0] === 'string' || given[0] === null)) {
    texts.push(given.shift());
  }
  const name = texts.pop() || undefined;
  const category = texts.pop() || undefined;
  const properties = {...page(), 'name': name, 'category': category, ...given[0]};
  return event('page', {'name': name, 'category': category, 'properties': properties}, given[1]);
}

/**
 * `identify([userId], [traits], [options])`: traits are added to those known of the same person.
 * @param {!Array} given
 * @return {!Object}
 */
export function identify(given) {
  const before = user();
  const id = isObject(given[0]) || given[0] == null ? before.id : String(given[0]);
  const rest = isObject(given[0]) ? given : given.slice(1);
  const same = !before.id || before.id === id;
  const traits = {...(same ? before.traits : {}), ...rest[0]};
  save(USER, {'id': id, 'traits': traits});
  return event('identify', {'userId': id, 'traits': traits}, rest[1]);
}
