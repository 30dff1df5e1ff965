package dev.waybill.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds who sent a request when proxies stand between. Safe for threads.
///
/// Each proxy appends the address it was called from to `X-Forwarded-For`, and a client may write there what it likes.
/// So the list is read from the right, as long as the address that wrote an entry is a listed proxy; the first one that
/// isn't is the client.
public final class ClientAddress {
    private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;

    private final Set<InetAddress> trusted;

    /// @param trustedProxies IPv4 or IPv6 addresses; one that is no address trusts nobody
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(ClientAddress::literal)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The address of the client, without a port.
    public String of(ServerRequest request) {
        if (!(request.remotePeer().address() instanceof InetSocketAddress peer) || peer.getAddress() == null) {
            return request.remotePeer().host();
        }
        if (!trusted.contains(peer.getAddress())) {
            return peer.getAddress().getHostAddress();
        }
        return of(peer.getAddress(), request.headers().values(FORWARDED_FOR));
    }

    /// Whether the client speaks TLS, to us or to a listed proxy that says so in `X-Forwarded-Proto`.
    public boolean secure(ServerRequest request) {
        return request.isSecure()
                || (request.remotePeer().address() instanceof InetSocketAddress peer
                        && trusted.contains(peer.getAddress())
                        && request.headers()
                                .first(HeaderNames.X_FORWARDED_PROTO)
                                .filter("https"::equalsIgnoreCase)
                                .isPresent());
    }

    /// The address of the client by who connected and what stands in `X-Forwarded-For`, all its headers in order.
    String of(InetAddress peer, List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        for (String header : forwardedFor) {
            for (String hop : header.split(",", -1)) {
                hops.add(hop.trim());
            }
        }
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(client); i--) {
            Optional<InetAddress> hop = literal(hops.get(i));
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return client.getHostAddress();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
