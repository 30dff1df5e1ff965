/// The durable log of events.
@NullMarked
package dev.waybill.log;

import org.jspecify.annotations.NullMarked;
