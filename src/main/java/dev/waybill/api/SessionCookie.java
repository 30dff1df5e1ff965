package dev.waybill.api;

import dev.waybill.http.ClientAddress;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The cookie that holds a session's id: for this host only, hidden from scripts, never sent with another site's
/// request, and over TLS only, unless the browser runs on the server's own machine.
final class SessionCookie {
    private static final String NAME = "wb_session";

    /// Browsers take a cookie of that name only over TLS and from this very host: no other host of the domain can set
    /// one. Without TLS there is no such protection.
    private static final String HOST_NAME = "__Host-" + NAME;

    private static final String LOOK = "; Path=/; HttpOnly; SameSite=Strict";

    /// Another server on this machine may set a cookie of this name; it must not crowd out ours.
    private static final int MOST = 4;

    private SessionCookie() {}

    /// The ids that a request carries, usually one or none.
    static List<String> ids(ServerRequest request, ClientAddress clients) {
        String name = name(request, clients) + "=";
        List<String> ids = new ArrayList<>();
        for (String header : request.headers().values(HeaderNames.COOKIE)) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(name) && ids.size() < MOST) {
                    ids.add(cookie.substring(name.length()));
                }
            }
        }
        return ids;
    }

    /// The value of `Set-Cookie` that gives a session's id.
    static String set(String id, ServerRequest request, ClientAddress clients) {
        return name(request, clients) + "=" + id + LOOK + secure(request, clients);
    }

    /// The value of `Set-Cookie` that takes it away.
    static String clear(ServerRequest request, ClientAddress clients) {
        return name(request, clients) + "=" + LOOK + "; Max-Age=0" + secure(request, clients);
    }

    private static String name(ServerRequest request, ClientAddress clients) {
        return isSecure(request, clients) ? HOST_NAME : NAME;
    }

    private static String secure(ServerRequest request, ClientAddress clients) {
        return isSecure(request, clients) ? "; Secure" : "";
    }

    private static boolean isSecure(ServerRequest request, ClientAddress clients) {
        return !isLoopback(request.headers().first(HeaderNames.HOST).orElse("")) || clients.secure(request);
    }

    /// By what the browser takes for the host: a proxy on this machine passes on the public name.
    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":[0-9]{1,5}$", "");
        if (name.length() > 253) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("localhost")
                || lower.endsWith(".localhost")
                || lower.equals("[::1]")
                || lower.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }
}
