package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.access.Permission;
import dev.waybill.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route by every role. The table is the rule; a route that is not in it fails, and so does a line without a
/// route.
class RolesTest {
    private static final String OPEN = "open";

    /// Method, path, and what it needs.
    private static final String TABLE = """
            GET    openapi.json                                       view
            GET    ledger                                             view
            GET    overview                                           view
            GET    ledger/series                                      view
            GET    events                                             view
            GET    events/{messageId}                                 view
            GET    events/names                                       view
            GET    events/stream                                      view
            GET    events/fields                                      view
            GET    lanes/{pipeline}/{integration}/first-event         view
            GET    lanes/{pipeline}/{integration}/evidence            reveal
            GET    dead-letters                                       view
            GET    dead-letters/{id}                                  view
            POST   dead-letters/replay                                deploy
            GET    replays                                            view
            GET    replays/{id}                                       view
            POST   lanes/{pipeline}/{integration}/replay              deploy
            POST   lanes/{pipeline}/{integration}/pause               deploy
            POST   lanes/{pipeline}/{integration}/resume              deploy
            GET    kits                                               view
            GET    transforms                                         view
            GET    integrations                                       view
            POST   integrations                                       edit
            GET    integrations/{name}/{revision}                     view
            GET    integrations/{name}/diff                           view
            POST   integrations/{name}/revisions                      edit
            POST   integrations/{name}/check                          edit
            POST   integrations/{name}/{revision}/test                try
            GET    integrations/{name}/confirmation                   view
            PUT    integrations/{name}/confirmation                   deploy
            GET    pipelines                                          view
            GET    pipelines/{name}                                   view
            PUT    pipelines/{name}                                   deploy
            GET    pipelines/{name}/sync-check                        try
            GET    pipelines/{name}/letter                            view
            POST   map                                                view
            POST   compare                                            view
            POST   suppress                                           suppress
            POST   session                                            open
            GET    session                                            open
            DELETE session                                            open
            GET    audit                                              audit
            GET    users                                              admin
            GET    alerts                                             view
            PUT    alerts                                             admin
            DELETE alerts                                             admin
            POST   alerts/test                                        admin
            """;

    /// Who has which permission, said once more than in the code.
    private static final Map<String, List<Role>> MAY = Map.of(
            "view", List.of(Role.ADMIN, Role.EDITOR, Role.DEPLOYER, Role.VIEWER),
            "reveal", List.of(Role.ADMIN, Role.EDITOR, Role.DEPLOYER),
            "edit", List.of(Role.ADMIN, Role.EDITOR),
            "deploy", List.of(Role.ADMIN, Role.DEPLOYER),
            "suppress", List.of(Role.ADMIN, Role.EDITOR, Role.DEPLOYER),
            "audit", List.of(Role.ADMIN, Role.EDITOR, Role.DEPLOYER),
            "try", List.of(Role.ADMIN, Role.EDITOR, Role.DEPLOYER),
            "admin", List.of(Role.ADMIN));

    private static TestServer server;
    private static final Map<Role, SignedIn> PEOPLE = new HashMap<>();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        SignedIn.writeUsers(server.data);
        for (Role role : Role.values()) {
            PEOPLE.put(role, SignedIn.as(server, role.text()));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Map<String, String> table() {
        Map<String, String> table = new TreeMap<>();
        TABLE.lines().forEach(line -> {
            String[] cells = line.split(" +", -1);
            table.put(cells[0] + " " + cells[1], cells[2]);
        });
        return table;
    }

    @Test
    void the_table_names_every_route_and_what_it_needs() {
        Map<String, String> routes = new TreeMap<>();
        for (Route route : server.routes()) {
            Permission needs = route.needs();
            routes.put(route.method() + " " + String.join("/", route.pattern()), needs == null ? OPEN : needs.text());
        }
        assertThat(routes).isEqualTo(table());
    }

    @Test
    void each_permission_belongs_to_the_roles_of_the_table() {
        for (Permission permission : Permission.values()) {
            for (Role role : Role.values()) {
                assertThat(role.may(permission))
                        .as(role + " " + permission)
                        .isEqualTo(
                                MAY.getOrDefault(permission.text(), List.of()).contains(role));
            }
        }
    }

    @Test
    void every_route_lets_those_pass_who_may_and_nobody_else() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> line : table().entrySet()) {
            if (line.getValue().equals(OPEN)) {
                continue;
            }
            String method = line.getKey().substring(0, line.getKey().indexOf(' '));
            String path = "/api/" + line.getKey().substring(method.length() + 1).replaceAll("\\{[^}]*}", "none")
                    // An unknown parameter ends what would go on for ever, such as a stream.
                    + (method.equals("GET") ? "?no=1" : "");
            check(wrong, line, "a stranger", status(server.call(method, path, "{}", Map.of())), 401);
            for (Role role : Role.values()) {
                boolean may = MAY.getOrDefault(line.getValue(), List.of()).contains(role);
                TestServer.Sent sent = Objects.requireNonNull(PEOPLE.get(role))
                        .call(method, path, method.equals("GET") ? "" : "{\"no\":1}");
                check(wrong, line, role.text(), status(sent), may ? null : 403);
                if (!may
                        && !sent.answer()
                                .body()
                                .contains("%s has the role %s, which may not ".formatted(role.text(), role.text()))) {
                    wrong.add(line + " " + sent.answer().body());
                }
            }
            String token = "Bearer " + server.token();
            check(
                    wrong,
                    line,
                    "the token",
                    status(server.call(method, path, "{\"no\":1}", Map.of("Authorization", token))),
                    null);
        }
        assertThat(wrong).isEmpty();
    }

    private static int status(TestServer.Sent sent) {
        return sent.answer().status();
    }

    /// @param expected null for anything but 401 and 403
    private static void check(
            List<String> wrong, Map.Entry<String, String> line, String who, int found, @Nullable Integer expected) {
        boolean right = expected == null ? found != 401 && found != 403 && found < 500 : found == expected;
        if (!right) {
            wrong.add("%s for %s: %d".formatted(line, who, found));
        }
    }
}
