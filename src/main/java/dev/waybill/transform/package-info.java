/// What a playbook can do to a value on its way from the event to the request: one small class a transform, all listed
/// in one place, each specified by a table of docs/transforms.md that is also its test.
///
/// Pure: no I/O, no clock. Everything is immutable and safe for threads. Events are hostile: a transform takes time
/// linear
/// in the value's size, never throws, and answers a value of the wrong kind with "no value" and words for a notice.
@NullMarked
package dev.waybill.transform;

import org.jspecify.annotations.NullMarked;
