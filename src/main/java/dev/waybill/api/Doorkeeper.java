package dev.waybill.api;

import dev.waybill.access.Accounts;
import dev.waybill.access.Caller;
import dev.waybill.access.Permission;
import dev.waybill.access.Session;
import dev.waybill.access.SignIn;
import dev.waybill.access.Visitor;
import dev.waybill.http.AccessToken;
import dev.waybill.http.ClientAddress;
import dev.waybill.http.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Finds out who asks, and whether the caller may. Safe for threads.
///
/// A token in the request itself counts before any cookie, and needs no protection from foreign pages, which don't
/// know it. A session does: a browser sends its cookie whoever made it ask. So a request by session must come from
/// the console's own origin, as far as the browser says, and one that changes something must repeat the session's
/// CSRF token.
///
/// @param clients finds who sent a request
record Doorkeeper(Accounts accounts, Supplier<ClientAddress> clients) {
    static final HeaderName CSRF = HeaderNames.create("X-Waybill-CSRF");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    /// The page itself, and a person who typed the address. A page of a sibling domain is as foreign as any other.
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /// Who sent a request.
    ///
    /// @throws Refusal 429 when too many wrong tokens came from there
    Visitor visitor(ServerRequest request) {
        if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return AccessToken.of(request)
                    .map(presented -> byToken(request, presented))
                    .orElse(Visitor.STRANGER);
        }
        return SessionCookie.ids(request, clients.get()).stream()
                .map(accounts.sessions()::find)
                .flatMap(Optional::stream)
                .findFirst()
                .<Visitor>map(Visitor.SignedIn::new)
                .orElse(Visitor.STRANGER);
    }

    private Visitor byToken(ServerRequest request, String presented) {
        SignIn.Result refused =
                accounts.signIn().refuse(clients.get().of(request), presented).orElse(null);
        if (refused instanceof SignIn.Result.TooMany(int seconds)) {
            throw tooMany(seconds);
        }
        return refused == null ? Visitor.TOKEN : Visitor.STRANGER;
    }

    static Refusal tooMany(int seconds) {
        return new Refusal(
                429,
                "too_many_attempts",
                "too many sign-ins failed from here or for this name; come again in %d seconds".formatted(seconds),
                seconds);
    }

    /// Lets a visitor pass to a route.
    ///
    /// @throws Refusal 401 for a stranger, 403 without the permission or when a foreign page may have sent it
    void admit(ServerRequest request, Visitor visitor, Route route) {
        boolean signsIn = route.needs() == null && route.method().equals("POST");
        if (signsIn || visitor instanceof Visitor.SignedIn) {
            requireOwnSite(request);
        }
        if (!signsIn
                && visitor instanceof Visitor.SignedIn(Session session)
                && !route.method().equals("GET")) {
            requireCsrf(request, session);
        }
        Permission needs = route.needs();
        if (needs != null) {
            require(caller(visitor), needs);
        }
    }

    private static void requireOwnSite(ServerRequest request) {
        Optional<String> site = request.headers().first(FETCH_SITE);
        if (site.isPresent() && !OWN_SITE.contains(site.get())) {
            throw new Refusal(
                    403,
                    "csrf",
                    "the browser says that a page of another origin sent this (Sec-Fetch-Site); sessions are for the"
                            + " console's own pages, programs send Authorization: Bearer and the admin token");
        }
    }

    private static void requireCsrf(ServerRequest request, Session session) {
        byte[] given = request.headers().first(CSRF).orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(
                    403,
                    "csrf",
                    "the header X-Waybill-CSRF is %s; repeat in it the csrf that GET /api/session answers"
                            .formatted(given.length == 0 ? "missing" : "not that of this session"));
        }
    }

    /// Who it is.
    ///
    /// @throws Refusal 401 for a stranger
    static Caller caller(Visitor visitor) {
        return switch (visitor) {
            case Visitor.Token _ -> Caller.TOKEN;
            case Visitor.SignedIn(Session session) -> session.caller();
            case Visitor.Stranger _ -> throw stranger();
        };
    }

    static Refusal stranger() {
        return new Refusal(
                401,
                "unauthorized",
                "sign in, or send Authorization: Bearer and the admin token: WAYBILL_ADMIN_TOKEN of the server, else"
                        + " what stands in the file admin-token of its data directory");
    }

    /// Checks a permission.
    ///
    /// @throws Refusal 403 without it
    static void require(Caller caller, Permission needs) {
        if (!caller.may(needs)) {
            throw new Refusal(
                    403,
                    "forbidden",
                    "%s has the role %s, which may not %s; it may: %s. Roles that may: %s"
                            .formatted(
                                    caller.name(),
                                    caller.role().text(),
                                    needs.words(),
                                    caller.role().words(),
                                    needs.roles()));
        }
    }
}
