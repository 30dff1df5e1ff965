/**
 * @fileoverview Hands events of other SDKs to waybill.js, whichever of them loads first.
 */

/** @param {*} event in Segment's format; it may be changed afterwards, a copy is taken */
export function hand(event) {
  try {
    const copy = JSON.parse(JSON.stringify(event));
    if (copy && copy['type']) {
      const waybill = window.waybill = window.waybill || [];
      waybill['push'](['forward', copy]);
    }
  } catch (e) {
    // The page's own SDK goes on, whatever is wrong here.
  }
}

/**
 * @param {string} attribute such as `data-register`
 * @return {boolean} whether the script's own tag has it
 */
export function tagged(attribute) {
  const tag = document.currentScript;
  return !!tag && tag.hasAttribute(attribute);
}
