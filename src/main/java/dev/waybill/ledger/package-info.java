/// What a lane has done, in numbers: the ledger's rows and the counts by minute and day. Knows nothing of the journal
/// that feeds it.
@NullMarked
package dev.waybill.ledger;

import org.jspecify.annotations.NullMarked;
