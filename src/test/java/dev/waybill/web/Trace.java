package dev.waybill.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.waybill.e2e.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A trace that Chromium takes of itself, as its developer tools do.
final class Trace {
    private static final String CATEGORIES = "devtools.timeline,v8,disabled-by-default-v8.compile,toplevel";

    /// What is done for a script, outermost first: each names the script's address somewhere in its arguments.
    private static final List<String> WORK =
            List.of("EvaluateScript", "v8.compile", "FunctionCall", "v8.run", "TimerFire", "EventDispatch");

    private final CDPSession session;
    private final List<JsonObject> events = new ArrayList<>();
    private final AtomicBoolean complete = new AtomicBoolean();

    private Trace(CDPSession session) {
        this.session = session;
    }

    static Trace start(CDPSession session) {
        Trace trace = new Trace(session);
        session.on("Tracing.dataCollected", data -> {
            for (JsonElement each : data.getAsJsonArray("value")) {
                trace.events.add(each.getAsJsonObject());
            }
        });
        session.on("Tracing.tracingComplete", _ -> trace.complete.set(true));
        JsonObject how = new JsonObject();
        how.addProperty("categories", CATEGORIES);
        how.addProperty("transferMode", "ReportEvents");
        session.send("Tracing.start", how);
        return trace;
    }

    /// Ends the trace and waits for all of it.
    Trace stop(Page page) {
        session.send("Tracing.end");
        Eventually.holds("the trace is complete", Visitor.PATIENCE, () -> {
            page.evaluate("0");
            return complete.get();
        });
        return this;
    }

    /// How much processor time threads spent on a script (so that other work of the machine doesn't count): its
    /// compilation, its first run and every call into it. Work inside of
    /// other work of the script counts once.
    ///
    /// @param address a part of the script's address
    double scriptMillis(String address) {
        record Span(long thread, double start, double end) {}
        List<Span> spans = events.stream()
                .filter(event -> WORK.contains(event.get("name").getAsString()))
                .filter(event -> event.has("tdur") && event.has("tts") && event.has("args"))
                .filter(event -> event.get("args").toString().contains(address))
                .map(event -> new Span(
                        event.get("tid").getAsLong(),
                        event.get("tts").getAsDouble(),
                        event.get("tts").getAsDouble() + event.get("tdur").getAsDouble()))
                .sorted(java.util.Comparator.comparingDouble(Span::start))
                .toList();
        if (spans.isEmpty()) {
            throw new AssertionError("the trace of " + events.size() + " events names no script " + address);
        }
        double sum = 0;
        java.util.Map<Long, Double> until = new java.util.HashMap<>();
        for (Span span : spans) {
            double from = Math.max(span.start(), until.getOrDefault(span.thread(), 0.0));
            if (span.end() > from) {
                sum += span.end() - from;
                until.put(span.thread(), span.end());
            }
        }
        return sum / 1000;
    }
}
