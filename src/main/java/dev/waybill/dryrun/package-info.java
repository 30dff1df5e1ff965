/// What would become of an event: the collector's check of its shape and the lane's decision, by the server's own
/// code, without log, lane or send. The verbs `map`, `test` and `capture` and the API's `map` stand on it.
///
/// Pure; the time comes in as an argument. Safe for threads.
@NullMarked
package dev.waybill.dryrun;

import org.jspecify.annotations.NullMarked;
