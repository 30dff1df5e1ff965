package dev.waybill.deliver;

import java.net.UnknownHostException;

/// Nothing may be sent to the address. It is an [UnknownHostException] because a resolver may throw no other.
final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
        super(message);
    }
}
