package dev.waybill.web;

import dev.waybill.e2e.Eventually;
import dev.waybill.e2e.SandboxProcess;
import dev.waybill.e2e.TestWorkspace;
import dev.waybill.e2e.WaybillProcess;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A site with all that is behind it: pages on `shop.localhost`, the collector on `collect.shop.localhost` (the same
/// site), and the sandbox, whose ID endpoint is on `crb.localhost` (another site).
final class Site implements AutoCloseable {
    static final String WRITE_KEY = "wk_web";
    private static final String HOST = "shop.localhost";
    private static final String CRB = "crb.localhost";

    private final PageServer pages;
    private final SandboxProcess sandbox;
    private final String syncUrl;
    private final WaybillProcess server;

    private Site(PageServer pages, SandboxProcess sandbox, String syncUrl, WaybillProcess server) {
        this.pages = pages;
        this.sandbox = sandbox;
        this.syncUrl = syncUrl;
        this.server = server;
    }

    /// Starts everything.
    ///
    /// @param pipeline more lines of the pipeline's file, such as `identityWait: 5s`
    static Site start(Path directory, String... pipeline) {
        return start(directory, (_, sandbox) -> crb(sandbox), pipeline);
    }

    /// One that asks the page server for identifiers, at `/id` of `crb.localhost`, whatever a test lets it answer.
    static Site startWithOwnIds(Path directory, String... pipeline) {
        return start(directory, (pages, _) -> pages.origin(CRB) + "/id", pipeline);
    }

    private static Site start(
            Path directory, BiFunction<PageServer, SandboxProcess, String> syncUrl, String... pipeline) {
        PageServer pages = new PageServer();
        SandboxProcess sandbox = SandboxProcess.start(directory, 200_000, List.of(pages.origin(HOST)));
        TestWorkspace workspace = TestWorkspace.create(directory.resolve("workspace"));
        String ids = syncUrl.apply(pages, sandbox);
        workspace.write("integrations/kargo-main/1.yaml", """
                kit: kargo
                parameters:
                  PARTNER_ID: %s
                  ENDPOINT: %s
                  SYNC_URL: %s
                  REDIRECT_URL: %s
                """.formatted(
                        TestWorkspace.PARTNER, sandbox.events(), ids, redirects(sandbox)));
        workspace.write(
                "pipelines/web.yaml", """
                writeKey: %s
                origins: ["%s"]
                integrations:
                  - {integration: kargo-main, revision: 1}
                %s
                """.formatted(WRITE_KEY, pages.origin(HOST), String.join("\n", pipeline)));
        return new Site(pages, sandbox, ids, WaybillProcess.start(directory, workspace));
    }

    private static String crb(SandboxProcess sandbox) {
        return "http://" + CRB + ":" + URI.create(sandbox.url()).getPort() + "/id";
    }

    private static String redirects(SandboxProcess sandbox) {
        return crb(sandbox).replaceAll("/id$", "/dsync?partner=shop");
    }

    PageServer pages() {
        return pages;
    }

    SandboxProcess sandbox() {
        return sandbox;
    }

    WaybillProcess server() {
        return server;
    }

    /// Where the pages are.
    String origin() {
        return pages.origin(HOST);
    }

    /// Where browsers reach the collector.
    String collector() {
        return "http://collect." + HOST + ":" + server.port();
    }

    /// Where browsers ask for an identifier.
    String syncUrl() {
        return syncUrl;
    }

    /// Where they go for an identifier by redirect.
    String redirectUrl() {
        return redirects(sandbox);
    }

    /// What a page writes into its head: the stub that takes calls before the script is there, and the script.
    String snippet() {
        return "<script>window.waybill=window.waybill||[];</script>" + scriptTag();
    }

    String scriptTag() {
        return "<script async src=\"" + collector() + "/waybill.js?writeKey=" + WRITE_KEY + "\"></script>";
    }

    /// The bodies that the destination took, newest first.
    List<JsonObject> delivered() {
        return sandbox.accepted();
    }

    /// The identifiers on what the destination took.
    Set<String> identifiers() {
        return delivered().stream().map(Site::lexId).collect(Collectors.toSet());
    }

    private static String lexId(JsonObject body) {
        JsonObject params = body.object("params");
        return params == null ? "none" : String.valueOf(params.text("lex_id"));
    }

    /// The names of the events that the destination took, oldest first.
    List<String> names() {
        return delivered().reversed().stream()
                .map(body -> String.valueOf(body.text("event")))
                .toList();
    }

    /// What became of the received events, newest first, as the API tells it.
    List<JsonObject> events() {
        Json events =
                server.api("GET", "/api/events?limit=1000", "").ok().json().get("events");
        return events instanceof Json.Arr(List<Json> all)
                ? all.stream().map(each -> (JsonObject) each).toList()
                : List.of();
    }

    /// The one lane's row of the ledger.
    JsonObject ledger() {
        Json lanes = server.api("GET", "/api/ledger", "").ok().json().get("lanes");
        return lanes instanceof Json.Arr(List<Json> all) && !all.isEmpty()
                ? (JsonObject) all.getFirst()
                : JsonObject.EMPTY;
    }

    /// Waits until what the destination took is as wanted.
    void delivers(String what, Predicate<List<JsonObject>> wanted) {
        Eventually.value(what, Visitor.PATIENCE, this::delivered, wanted);
    }

    /// Waits for so many events of this name at the destination.
    void delivers(String event, int times) {
        delivers(
                times + " × " + event + " at the destination",
                bodies -> bodies.stream()
                                .filter(body -> event.equals(body.text("event")))
                                .count()
                        == times);
    }

    /// How many events of the lane ended so.
    ///
    /// @param group a key of the ledger's row that counts by name, such as `filtered` or `missingIdentity`
    long count(String group, String name) {
        JsonObject counts = ledger().object(group);
        return counts != null && counts.get(name) instanceof Json.Num(String literal) ? Long.parseLong(literal) : 0;
    }

    /// Waits until nothing of what was received is undecided.
    void settles() {
        Eventually.holds(
                "nothing is pending; " + ledger(),
                Visitor.PATIENCE,
                () -> ledger().get("pending") instanceof Json.Num(String literal) && literal.equals("0"));
    }

    @Override
    public void close() {
        server.close();
        sandbox.close();
        pages.close();
    }
}
