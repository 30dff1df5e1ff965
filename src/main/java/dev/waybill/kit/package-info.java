/// A kit is a destination declared in files: connection parameters, request, playbook, limits, verdict rules. Here it
/// is two pure functions, an event in and a request out, an answer in and a verdict out. No I/O, no clock.
/// Everything is immutable and safe for threads.
@NullMarked
package dev.waybill.kit;

import org.jspecify.annotations.NullMarked;
