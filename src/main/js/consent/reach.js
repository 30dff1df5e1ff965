/**
 * @fileoverview Reaches a consent platform's function: `__tcfapi`, `__gpp` or `__uspapi`. It stands in the page itself
 * or, when the page is a frame, in a window above that holds a frame named `…Locator` and answers messages.
 */
import {located} from './present.js';

/**
 * @param {!Window} win
 * @param {string} name such as `__tcfapi`
 * @param {function(!Function, string, function(*, boolean))} direct calls the function that stands in the page
 * @return {?function(string, function(*, boolean))} asks it a command; null when there is none. A command that listens
 *     is answered again and again. One that throws is never answered.
 */
export function reach(win, name, direct) {
  const found = win[name];
  if (typeof found === 'function') {
    return (command, callback) => {
      try {
        direct(/** @type {!Function} */ (win[name]), command, callback);
      } catch (e) {
        // Then it has decided nothing.
      }
    };
  }
  const frame = located(win, name);
  if (!frame) {
    return null;
  }
  /** @type {!Object<string, function(*, boolean)>} */
  const asked = {};
  win.addEventListener('message', (message) => {
    if (message.source !== frame) {
      return;
    }
    let data = message.data;
    try {
      data = typeof data === 'string' ? JSON.parse(data) : data;
    } catch (e) {
      return;
    }
    const answer = data && data[name + 'Return'];
    if (answer && asked[answer['callId']]) {
      asked[answer['callId']](answer['returnValue'], answer['success']);
    }
  });
  let count = 0;
  return (command, callback) => {
    const id = 'wb' + name + ++count;
    asked[id] = callback;
    const call = {};
    call[name + 'Call'] =
        {'command': command, 'parameter': undefined, 'version': name === '__uspapi' ? 1 : name === '__gpp' ? '1.1' : 2,
          'callId': id};
    frame.postMessage(call, '*');
  };
}
