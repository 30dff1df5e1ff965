package dev.waybill.e2e;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./waybill demo` on a free port.
public final class DemoProcess extends Started {
    private static final Pattern SANDBOX = Pattern.compile("(http://\\S+)/received");
    private static final Pattern ID = Pattern.compile("(http://\\S+/id)\\b");

    private final int port;

    private DemoProcess(Path directory, int port) {
        super(
                directory,
                "demo",
                List.of(
                        "demo",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        directory.resolve("data").toString()));
        this.port = port;
    }

    /// Starts it and returns when it is ready and has said where everything is.
    public static DemoProcess start(Path directory) {
        DemoProcess demo = new DemoProcess(directory, freePort());
        Eventually.holds(
                "the demo is ready, or ended",
                WaybillProcess.START,
                () -> Http.answers(demo.local() + "/health/ready") || !demo.alive());
        if (!demo.alive()) {
            throw new AssertionError("the demo ended\n" + demo.logs());
        }
        Eventually.holds(
                "the demo says where it is",
                Duration.ofSeconds(10),
                () -> demo.out().contains("Sample events"));
        return demo;
    }

    /// The shop's address, as printed.
    public String shop() {
        return "http://shop.localhost:" + port;
    }

    /// The same, by a name that needs no browser.
    public String local() {
        return "http://127.0.0.1:" + port;
    }

    /// Where browsers ask for the identity.
    public String idUrl() {
        return printed(ID);
    }

    /// The bodies that the stand-in accepted from pages of the shop, newest first; without the sample traffic.
    public List<JsonObject> delivered() {
        JsonObject answer =
                Http.get(printed(SANDBOX) + "/received?limit=1000000").ok().json();
        return answer.get("received") instanceof Json.Arr(List<Json> all)
                ? all.stream()
                        .map(each -> ((JsonObject) each).object("body"))
                        .filter(body -> body != null
                                && String.valueOf(body.text("page_url")).startsWith(shop()))
                        .toList()
                : List.of();
    }

    /// Everything it printed.
    public String printed() {
        return out() + err();
    }

    private String printed(Pattern wanted) {
        Matcher found = wanted.matcher(out());
        if (!found.find()) {
            throw new AssertionError("the demo printed nothing like " + wanted + "\n" + logs());
        }
        return found.group(1);
    }
}
