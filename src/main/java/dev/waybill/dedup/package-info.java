/// Which event was the first with its messageId, so that what a client sent twice goes out once.
///
/// Exact: the whole 128-bit hash is compared, and nothing probabilistic decides about an event. Bounded: by
/// number and by time, the oldest go first. Rebuilt from the log on start; nothing here is on disk.
///
/// Threads: writers of logs add, lanes ask, all under one lock that is held for some hundred nanoseconds. A
/// writer adds an event before readers of its log can see it; so whoever can read an event finds its
/// predecessors here.
@NullMarked
package dev.waybill.dedup;

import org.jspecify.annotations.NullMarked;
