/// An event as the Segment spec has it: pure values, no I/O. Everything here is immutable and safe for threads.
@NullMarked
package dev.waybill.event;

import org.jspecify.annotations.NullMarked;
