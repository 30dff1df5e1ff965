/// JSON as Waybill needs it: what was received is what is sent.
///
/// Jackson reads and writes the text; the tree between is our own because a number must keep the literal it was written
/// with (`1.10`, `9007199254740993`, `1E5`), a repeated key must leave the last value, and a playbook wants only the
/// parts of an event that it uses ([dev.waybill.json.Projection]).
///
/// Every type here is immutable and safe to share between threads.
@NullMarked
package dev.waybill.json;

import org.jspecify.annotations.NullMarked;
