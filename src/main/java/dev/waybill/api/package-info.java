/// The API: what the server knows, as JSON, and what people may tell it to do. docs/api.md shows every route.
///
/// One class for each resource gives its [dev.waybill.api.Route]s; [dev.waybill.api.RouteTable] finds the one asked
/// for. Every route under `/api` wants the admin token before anything else is looked at, so that a stranger
/// learns nothing, not even which routes there are. What is asked for is read by [dev.waybill.api.Arguments], which
/// reports everything wrong with it at once, names it doesn't know included.
///
/// Events and the destination's answers are hostile content: they leave as JSON only, never cached, never sniffed.
/// Every search is bounded in events, time and size, says so, and can be gone on with.
///
/// Threads: a handler runs on its connection's virtual thread and may block on the disk.
@NullMarked
package dev.waybill.api;

import org.jspecify.annotations.NullMarked;
