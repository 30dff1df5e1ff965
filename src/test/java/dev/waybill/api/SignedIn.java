package dev.waybill.api;

import dev.waybill.access.BrokenUsersException;
import dev.waybill.access.PasswordHash;
import dev.waybill.access.Role;
import dev.waybill.access.User;
import dev.waybill.access.UsersFile;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Somebody who signed in to a test's server.
///
/// @param cookie the pair that a browser sends
record SignedIn(TestServer server, String cookie, String csrf) {
    static final String PASSWORD = "correct horse battery";
    private static final PasswordHash HASH = PasswordHash.of(PASSWORD);

    /// Writes a file with one user of each role, named as it, and `ann`, an editor.
    static void writeUsers(Path data) throws IOException, BrokenUsersException {
        UsersFile.of(data).change(users -> {
            for (Role role : Role.values()) {
                users.put(role.text(), new User(role.text(), role, HASH));
            }
            users.put("ann", new User("ann", Role.EDITOR, HASH));
        });
    }

    static String credentials(String name, String password) {
        return JsonText.write(dev.waybill.json.JsonObject.builder()
                .put("name", name)
                .put("password", password)
                .build());
    }

    static SignedIn as(TestServer server, String name) throws Exception {
        return of(server, credentials(name, PASSWORD));
    }

    static SignedIn of(TestServer server, String body) throws Exception {
        TestServer.Answer answer =
                server.call("POST", "/api/session", body, Map.of()).mustBe(200);
        String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        return new SignedIn(
                server,
                cookie.substring(0, cookie.indexOf(';')),
                String.valueOf(answer.json().text("csrf")));
    }

    TestServer.Sent call(String method, String path, String body) throws Exception {
        return call(method, path, body, Map.of("X-Waybill-CSRF", csrf));
    }

    TestServer.Sent call(String method, String path, String body, Map<String, String> headers) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Cookie", "other=1; " + cookie);
        return server.call(method, path, body, all);
    }

    TestServer.Answer get(String path) throws Exception {
        return call("GET", path, "", Map.of()).mustBe(200);
    }
}
