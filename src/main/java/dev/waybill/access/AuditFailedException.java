package dev.waybill.access;

import java.io.Serial;

/// The audit journal can't be written. Whoever asked must hear it: an unwritten change is a change nobody made.
public final class AuditFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message why, in one line for people
    AuditFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
