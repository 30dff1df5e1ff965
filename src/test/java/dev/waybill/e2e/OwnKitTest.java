package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The webhook kit and a kit of a user's own, in files only, on a real server.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class OwnKitTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<String> badSignatures = new ConcurrentLinkedQueue<>();
    private final Queue<JsonObject> hooked = new ConcurrentLinkedQueue<>();
    private final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();

    @Test
    void events_go_signed_to_a_webhook_and_in_batches_to_a_destination_of_ones_own(@TempDir Path directory)
            throws IOException {
        HttpServer destination = destination();
        String host = "http://127.0.0.1:" + destination.getAddress().getPort();
        TestWorkspace workspace = TestWorkspace.create(directory.resolve("workspace"))
                .write("kits/crm/kit.yaml", """
                        name: crm
                        title: CRM
                        description: Tells the CRM who ordered.
                        parameters:
                          - {name: HOST, kind: url, required: true, description: where the CRM is}
                          - {name: API_KEY, required: true, secret: true, description: its key}
                        request:
                          url: $$HOST$$/contacts
                          auth: {bearer: API_KEY}
                          outputs:
                            - {key: email, required: true}
                            - {key: value, kind: number}
                        batch: {events: 8, wait: 200ms, under: contacts}
                        """)
                .write("integrations/crm/1.yaml", """
                        kit: crm
                        parameters: {HOST: '%s', API_KEY: '${secret:CRM}'}
                        playbook:
                          events:
                            order_completed:
                              mappings:
                                - {output: email, input: properties.id, transforms: [lowercase]}
                                - {output: value, input: properties.total}
                        """.formatted(host))
                .write("integrations/hook/1.yaml", """
                        kit: webhook
                        parameters: {ENDPOINT: '%s/hook', SIGNING_SECRET: '${secret:HOOK}'}
                        """.formatted(host))
                .write("pipelines/web.yaml", """
                        writeKey: wk_web
                        integrations:
                          - {integration: crm, revision: 1}
                          - {integration: hook, revision: 1}
                        """);
        Files.createDirectories(directory.resolve("data/secrets"));
        Files.writeString(directory.resolve("data/secrets/HOOK"), "whsec_" + KEY + "\n");
        Files.writeString(directory.resolve("data/secrets/CRM"), "crm-key-1\n");
        try (WaybillProcess server = WaybillProcess.start(directory, workspace)) {
            List<String> ids = new ArrayList<>(Orders.send(server, "web", "O", 20, ""));
            ids.addAll(Orders.send(server, "web", "POISON", 1, ""));
            ids.addAll(Orders.send(server, "web", "P", 20, ""));

            Eventually.holds(
                    "every event has its outcome",
                    PATIENCE,
                    () -> server.lanes().stream().allMatch(lane -> lane.pending() == 0 && lane.accepted() == 41));
            assertThat(server.lanes())
                    .allSatisfy(lane -> assertThat(lane.balances()).isTrue());

            assertThat(hooked).hasSize(41);
            assertThat(badSignatures).isEmpty();
            assertThat(hooked)
                    .allSatisfy(body -> {
                        assertThat(body.text("type")).isEqualTo("order_completed");
                        assertThat(String.valueOf(body.text("timestamp"))).startsWith("20");
                    })
                    .extracting(
                            body -> Objects.requireNonNull(body.object("data")).text("messageId"))
                    .containsExactlyInAnyOrderElementsOf(ids);

            List<String> wanted = ids.stream()
                    .filter(id -> !id.startsWith("POISON"))
                    .map(id -> id.toLowerCase(java.util.Locale.ROOT))
                    .toList();
            assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(8));
            assertThat(batches).as("requests for 40 events").hasSizeLessThan(20);

            String dead = server.api("GET", "/api/dead-letters", "").ok().body();
            assertThat(dead).contains("POISON-0", "refused_by_destination").doesNotContain("crm-key-1", KEY);
        } finally {
            destination.stop(0);
        }
    }

    private HttpServer destination() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::hook);
        server.createContext("/contacts", this::contacts);
        server.start();
        return server;
    }

    private void hook(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (!("v1," + hmac(id + "." + at + "." + new String(body, UTF_8))).equals(signature)) {
            badSignatures.add(id + " " + signature);
        }
        hooked.add((JsonObject) JsonText.read(body));
        answer(exchange, 204, "");
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Refuses every batch with the poisoned contact in it, as all-or-nothing destinations do.
    private void contacts(HttpExchange exchange) throws IOException {
        JsonObject body = (JsonObject) JsonText.read(exchange.getRequestBody().readAllBytes());
        boolean known = "Bearer crm-key-1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Json contacts = Objects.requireNonNull(body.get("contacts"));
        List<String> emails = ((Json.Arr) contacts)
                .items().stream()
                        .map(contact -> String.valueOf(((JsonObject) contact).text("email")))
                        .toList();
        boolean poisoned = emails.stream().anyMatch(email -> email.startsWith("poison"));
        if (known && !poisoned) {
            batches.add(emails);
        }
        answer(exchange, !known ? 401 : poisoned ? 400 : 200, poisoned ? "{\"error\":\"bad contact\"}" : "{}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
