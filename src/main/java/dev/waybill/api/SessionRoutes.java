package dev.waybill.api;

import dev.waybill.access.Accounts;
import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.access.Permission;
import dev.waybill.access.Session;
import dev.waybill.access.SignIn;
import dev.waybill.access.Visitor;
import dev.waybill.http.ClientAddress;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Signing in and out.
record SessionRoutes(Accounts accounts, AuditJournal audit, Supplier<Workspace> workspace) {
    List<Route> routes() {
        return List.of(
                Route.open("POST", "session", this::signIn),
                Route.open("GET", "session", this::show),
                Route.open("DELETE", "session", this::signOut));
    }

    private Answer signIn(Call call) {
        call.query().end();
        Arguments body = call.body();
        String token = body.secret("token");
        String name = body.text("name");
        String password = body.secret("password");
        boolean byToken = body.value("token") != null;
        boolean byName = body.value("name") != null && body.value("password") != null;
        boolean half = (body.value("name") != null) != (body.value("password") != null);
        if (half || byToken == byName) {
            body.problem("give either token, the admin token, or name and password");
        }
        body.end();
        ClientAddress clients = clients();
        String address = clients.of(call.request());
        SignIn.Result result = token != null
                ? accounts.signIn().byToken(address, token)
                : accounts.signIn().byPassword(address, String.valueOf(name), String.valueOf(password));
        return switch (result) {
            case SignIn.Result.Open(var opened) -> {
                if (call.visitor() instanceof Visitor.SignedIn(Session before)) {
                    accounts.sessions().close(before);
                }
                Session session = opened.session();
                yield Answer.ok(json(session.caller(), session.csrf()))
                        .with("Set-Cookie", SessionCookie.set(opened.id(), call.request(), clients));
            }
            case SignIn.Result.Wrong _ ->
                throw new Refusal(
                        401,
                        "wrong_credentials",
                        token != null
                                ? "this is not the server's admin token: WAYBILL_ADMIN_TOKEN, else what stands in the"
                                        + " file admin-token of its data directory"
                                : "there is no such name with that password; an administrator sets a new one with"
                                        + " waybill user password");
            case SignIn.Result.TooMany(int seconds) -> throw Doorkeeper.tooMany(seconds);
        };
    }

    private ClientAddress clients() {
        return new ClientAddress(workspace.get().settings().trustedProxies());
    }

    private Answer show(Call call) {
        call.query().end();
        String csrf = call.visitor() instanceof Visitor.SignedIn(Session session) ? session.csrf() : null;
        return Answer.ok(json(call.caller(), csrf));
    }

    private Answer signOut(Call call) {
        call.query().end();
        Caller caller = call.caller();
        boolean signedIn = call.visitor() instanceof Visitor.SignedIn;
        if (call.visitor() instanceof Visitor.SignedIn(Session session)) {
            accounts.sessions().close(session);
            audit.record(caller.name(), Audited.SIGNED_OUT, "from " + clients().of(call.request()), null, null);
        }
        return Answer.ok(JsonObject.builder().put("signedOut", signedIn).build())
                .with("Set-Cookie", SessionCookie.clear(call.request(), clients()));
    }

    private static JsonObject json(Caller caller, @Nullable String csrf) {
        return JsonObject.builder()
                .put("name", caller.name())
                .put("role", caller.role().text())
                .put(
                        "permissions",
                        new Json.Arr(Arrays.stream(Permission.values())
                                .filter(caller::may)
                                .map(Permission::text)
                                .<Json>map(Json::of)
                                .toList()))
                .put("csrf", csrf)
                .build();
    }
}
