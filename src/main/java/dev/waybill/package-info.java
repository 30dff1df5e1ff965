/// Waybill: web events in, Kargo out, nothing lost.
///
/// `Main` holds the verbs of the command line, `Waybill` the only wiring. Every other package is one box of the flow
/// and knows nothing of the boxes after it; `ArchitectureTest` holds the direction.
@NullMarked
package dev.waybill;

import org.jspecify.annotations.NullMarked;
