/// Events that can't be sent, kept whole so that a person can look and send them again.
@NullMarked
package dev.waybill.deadletter;

import org.jspecify.annotations.NullMarked;
