package dev.waybill.deliver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Keeps requests from the server's own network: an endpoint is typed in by a person, and its name may resolve to
/// anything. Refused are loopback, private, link-local (the clouds' metadata), unique-local, multicast, unspecified
/// and reserved addresses, and IPv6 forms of them, unless private endpoints are allowed.
///
/// It looks at addresses, never at names: at what a name resolved to, before connecting, and again at what a connection
/// is connected to, before each request, so that neither a name that resolves anew nor a connection from before the
/// setting changed gets past. Safe for threads.
public final class AddressGuard {
    private final BooleanSupplier allowPrivate;

    /// A guard that follows the setting.
    ///
    /// @param allowPrivate asked each time, so that it may change while the server runs
    public AddressGuard(BooleanSupplier allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /// The addresses of the host that may be connected to, at least one.
    InetAddress[] permitted(String host, InetAddress[] addresses) throws RefusedAddressException {
        if (allowPrivate.getAsBoolean()) {
            return addresses;
        }
        InetAddress[] permitted = Arrays.stream(addresses)
                .filter(address -> AddressRange.notPublic(address).isEmpty())
                .toArray(InetAddress[]::new);
        if (permitted.length == 0 && addresses.length > 0) {
            throw refused(host, addresses[0]);
        }
        return permitted;
    }

    /// Checks an open connection.
    ///
    /// @param connected the far end of an open connection
    void check(SocketAddress connected) throws RefusedAddressException {
        if (!allowPrivate.getAsBoolean()
                && connected instanceof InetSocketAddress socket
                && AddressRange.notPublic(socket.getAddress()).isPresent()) {
            throw refused(socket.getHostString(), socket.getAddress());
        }
    }

    private static RefusedAddressException refused(String host, InetAddress address) {
        Optional<String> range = AddressRange.notPublic(address);
        String literal = address.getHostAddress();
        return new RefusedAddressException(
                (host.equals(literal) ? literal : host + " resolves to " + literal + ", which")
                        + " is " + range.orElse("not public")
                        + "; only public addresses are sent to. Set allowPrivateEndpoints: true in waybill.yaml to allow it.");
    }
}
