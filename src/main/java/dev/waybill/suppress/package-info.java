/// Who must not be tracked any more. Outlives the log, and holds no personal data: only hashes of identifiers.
@NullMarked
package dev.waybill.suppress;

import org.jspecify.annotations.NullMarked;
