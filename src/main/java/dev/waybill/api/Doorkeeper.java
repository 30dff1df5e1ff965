package dev.waybill.api;

import dev.waybill.access.Caller;
import dev.waybill.access.Permission;
import dev.waybill.access.Visitor;
import dev.waybill.http.AccessToken;
import dev.waybill.http.Refusal;
import io.helidon.webserver.http.ServerRequest;

/// Finds out who asks, and whether the caller may. Safe for threads.
record Doorkeeper(AccessToken token) {
    /// Who sent a request.
    Visitor visitor(ServerRequest request) {
        return token.admits(request) ? Visitor.TOKEN : Visitor.STRANGER;
    }

    /// Lets a visitor pass to a route.
    ///
    /// @throws Refusal 401 for a stranger, 403 without the permission
    void admit(Visitor visitor, Route route) {
        Permission needs = route.needs();
        if (needs == null) {
            return;
        }
        Caller caller = caller(visitor);
        if (!caller.may(needs)) {
            throw forbidden(caller, needs);
        }
    }

    /// Who it is.
    ///
    /// @throws Refusal 401 for a stranger
    static Caller caller(Visitor visitor) {
        return switch (visitor) {
            case Visitor.Token _ -> Caller.TOKEN;
            case Visitor.SignedIn(var session) -> session.caller();
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

    /// The refusal of whoever lacks a permission.
    static Refusal forbidden(Caller caller, Permission needs) {
        return new Refusal(
                403,
                "forbidden",
                "%s has the role %s, which may not %s; it may: %s. Allowed for: %s"
                        .formatted(
                                caller.name(),
                                caller.role().text(),
                                needs.words(),
                                caller.role().words(),
                                needs.roles()));
    }
}
