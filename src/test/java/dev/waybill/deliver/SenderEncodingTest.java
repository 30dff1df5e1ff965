package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.BodyEncoding;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Signing;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Bodies that are not JSON, and signatures.
class SenderEncodingTest extends SenderFixture {
    /// The example of the specification's own libraries.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final String NESTED =
            "{\"name\":\"a b&c=d\",\"n\":1.50,\"ok\":true,\"o\":{\"x\":[1,\"é\"]},\"sign\":\"𝄞+\",\"k ey\":\"\"}";
    private static final String PAIRS =
            "name=a+b%26c%3Dd&n=1.50&ok=true&o=%7B%22x%22%3A%5B1%2C%22%C3%A9%22%5D%7D" + "&sign=%F0%9D%84%9E%2B&k+ey=";

    private Received sent(KitRequest request, String id) {
        try (Sender dated = new Sender(delivery(1, Duration.ofSeconds(10)), OPEN, InstantSource.fixed(NOW))) {
            assertThat(answer(dated.send(request, id)).status()).isEqualTo(200);
        }
        return destination.received().getLast();
    }

    private KitRequest request(String method, String path, String body, BodyEncoding encoding, @Nullable Signing sign) {
        JsonObject json = (JsonObject) JsonText.read(body);
        return new KitRequest(method, destination.url(path), new TreeMap<>(Map.of()), json, encoding, sign);
    }

    @Test
    void a_form_has_a_pair_for_each_top_level_key_and_compact_json_for_what_is_nested() {
        Received received = sent(request("POST", "/form", NESTED, BodyEncoding.FORM, null), "m-1");

        assertThat(received.body()).isEqualTo(PAIRS);
        assertThat(received.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded")
                .containsEntry("content-length", String.valueOf(PAIRS.length()));
    }

    @Test
    void a_query_goes_in_the_url_and_there_is_no_body() {
        Received received = sent(request("GET", "/pixel", NESTED, BodyEncoding.QUERY, null), "m-1");

        assertThat(received.method()).isEqualTo("GET");
        assertThat(received.target()).isEqualTo("/pixel?" + PAIRS);
        assertThat(received.body()).isEmpty();
        assertThat(received.headers()).doesNotContainKey("content-type");
    }

    @Test
    void a_query_is_added_to_the_one_that_the_url_has() {
        assertThat(sent(request("GET", "/pixel?v=2", "{\"a\":1}", BodyEncoding.QUERY, null), "m")
                        .target())
                .isEqualTo("/pixel?v=2&a=1");
        assertThat(sent(request("POST", "/pixel", "{}", BodyEncoding.QUERY, null), "m")
                        .target())
                .isEqualTo("/pixel");
    }

    @Test
    void a_lone_surrogate_is_sent_as_the_replacement_character() {
        Received received = sent(request("POST", "/", "{\"a\":\"\\ud800\"}", BodyEncoding.FORM, null), "m");

        assertThat(received.body()).isEqualTo("a=%EF%BF%BD");
    }

    @Test
    void the_signature_is_that_of_the_specifications_example() {
        Map<String, String> headers = StandardWebhooks.headers(
                new Signing(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, "{\"test\": 2432232314}".getBytes(UTF_8));

        assertThat(headers)
                .isEqualTo(Map.of(
                        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void a_signed_request_can_be_verified_by_what_arrives() throws GeneralSecurityException {
        for (BodyEncoding encoding : BodyEncoding.values()) {
            assertVerifies(sent(request("POST", "/hook", NESTED, encoding, new Signing(SECRET)), "m-1"), "m-1");
        }
    }

    @Test
    void an_id_with_a_dot_is_signed_as_its_hash() throws GeneralSecurityException {
        Received received = sent(request("POST", "/hook", "{}", BodyEncoding.JSON, new Signing(SECRET)), "ajs.1");

        assertVerifies(received, "4850aa4eefd77eedb98ae8f4f283f1a94a2e3b8c1d6a2a0dc9d8d552f2a6f57c");
    }

    @Test
    void a_request_without_signing_has_no_such_headers() {
        assertThat(sent(request("POST", "/hook", "{}", BodyEncoding.JSON, null), "m")
                        .headers())
                .doesNotContainKeys("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    private static void assertVerifies(Received received, String id) throws GeneralSecurityException {
        Map<String, String> headers = received.headers();
        assertThat(headers).containsEntry("webhook-id", id).containsEntry("webhook-timestamp", "1614265330");
        String content = id + ".1614265330." + received.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        assertThat(headers.get("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8))));
    }
}
