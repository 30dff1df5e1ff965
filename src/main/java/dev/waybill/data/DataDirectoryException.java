package dev.waybill.data;

import java.io.Serial;

/// The data directory can't be had; the message is one line for people: which one, why, and what to do.
public final class DataDirectoryException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
