// What to paste where, for one pipeline.

const STUB = `!function(w,m){var q=w.waybill=w.waybill||[];if(!q.status)m.split(" ").forEach(function(n){q[n]=function(){
q.push([n].concat([].slice.call(arguments)))}})}(window,"track page identify reset consent optOut ready forward");`

/** @param {string} writeKey @param {string} collector the address that browsers reach, without a slash at its end */
export const snippets = (writeKey, collector) => {
  const key = encodeURIComponent(writeKey)
  const script = `<script async src="${collector}/waybill.js?writeKey=${key}"></script>`
  return [
    ['Tracker', 'In the page’s head, for a site without an SDK:', `<script>\n${STUB}\nwaybill.page();\n</script>\n${script}`],
    ['analytics-next', 'Segment’s browser SDK keeps its own endpoint; Waybill gets a copy of each event, with the identifier:',
      `<!-- below Segment's own snippet -->\n${script}\n<script src="${collector}/waybill-segment.js" data-register></script>`],
    ['RudderStack', 'RudderStack’s browser SDK keeps its own data plane; Waybill gets a copy of each event:',
      `<!-- below RudderStack's own snippet -->\n${script}\n<script src="${collector}/waybill-rudderstack.js" data-register></script>`],
    ['Tag Manager', 'A Custom HTML tag that fires on all pages:', `<script>\n${STUB}\nwaybill.page();\n(function(){var s=document.createElement('script');s.async=true;\ns.src='${collector}/waybill.js?writeKey=${key}';document.head.appendChild(s)})();\n</script>`],
    ['Server SDKs', 'In Java and Node; each event needs the identifier at context.providers.kargo.puid:',
      `Analytics.builder("${writeKey}").endpoint("${collector}").build();            // Segment, Java\nnew Analytics({ writeKey: '${writeKey}', host: '${collector}' })               // Segment, Node\nnew RudderAnalytics('${writeKey}', { dataPlaneUrl: '${collector}' })           // RudderStack, Node`],
    ['curl', 'One event by hand:',
      `curl -u ${writeKey}: ${collector}/v1/track -H 'Content-Type: application/json' -d '\n  {"event":"Order Completed","anonymousId":"try-1","properties":{"order_id":"4711","total":30.50},\n   "context":{"page":{"url":"https://www.example.com/thanks"},\n              "providers":{"kargo":{"puid":"6c21b7a0-4b5e-4f7a-9a9d-0c3a52d5f1b2"}}}}'`]
  ]
}
