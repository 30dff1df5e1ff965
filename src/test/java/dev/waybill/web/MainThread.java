package dev.waybill.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a script did on its page's main thread, as Chromium's own trace tells it.
///
/// A span is the script's when it names the script's address: compiling it, evaluating it, calling one of its
/// functions.
/// What goes on after an `await` names no address; it counts too, as spans of microtasks, so that the page must have no
/// other script. What is nested in a counted span, garbage collection included, is counted with it and once.
record MainThread(List<Span> spans) {
    private static final List<String> CATEGORIES = List.of("devtools.timeline", "v8", "v8.execute");
    private static final Set<String> OF_A_SCRIPT = Set.of("EvaluateScript", "v8.compile", "FunctionCall");
    private static final String MICROTASKS = "RunMicrotasks";

    /// A piece of work, in microseconds of the trace's clock.
    ///
    /// @param busy how much of it the thread ran; the rest it waited, for another process or for a processor
    record Span(String name, String thread, double start, double end, double busy) {}

    /// @param url the script's
    static MainThread during(Page page, String url, Runnable load) {
        Browser browser = Objects.requireNonNull(page.context().browser(), "a browser that was launched");
        browser.startTracing(page, new Browser.StartTracingOptions().setCategories(CATEGORIES));
        byte[] trace;
        try {
            load.run();
        } finally {
            trace = browser.stopTracing();
        }
        return of(trace, url);
    }

    static MainThread of(byte[] trace, String url) {
        Json all = ((JsonObject) JsonText.read(trace)).get("traceEvents");
        if (!(all instanceof Json.Arr(List<Json> events))) {
            throw new AssertionError("Chromium's trace has no events");
        }
        Set<String> mains = new HashSet<>();
        for (Json each : events) {
            JsonObject event = (JsonObject) each;
            if ("thread_name".equals(event.text("name")) && "CrRendererMain".equals(inside(event, "args", "name"))) {
                mains.add(thread(event));
            }
        }
        List<Span> ofScript = events.stream()
                .map(JsonObject.class::cast)
                .filter(event -> OF_A_SCRIPT.contains(String.valueOf(event.text("name")))
                        && mains.contains(thread(event))
                        && url.equals(inside(event, "args", "data", "url")))
                .map(MainThread::span)
                .toList();
        Set<String> threads = ofScript.stream().map(Span::thread).collect(Collectors.toSet());
        double begun = ofScript.stream().mapToDouble(Span::start).min().orElse(0);
        List<Span> spans = new ArrayList<>(ofScript);
        events.stream()
                .map(JsonObject.class::cast)
                .filter(event -> MICROTASKS.equals(event.text("name")) && threads.contains(thread(event)))
                .map(MainThread::span)
                .filter(span -> span.start() >= begun)
                .forEach(spans::add);
        spans.sort(Comparator.comparingDouble(Span::start));
        return new MainThread(List.copyOf(spans));
    }

    /// The time of all spans, each moment once.
    Duration spent() {
        return sum(span -> span.end() - span.start());
    }

    /// How much of it the thread ran.
    Duration busy() {
        return sum(Span::busy);
    }

    private Duration sum(ToDoubleFunction<Span> time) {
        double sum = 0;
        double until = 0;
        for (Span span : spans) {
            // Spans of one thread nest or follow each other.
            if (span.end() > until) {
                sum += time.applyAsDouble(span);
                until = span.end();
            }
        }
        return Duration.ofNanos(Math.round(sum * 1000));
    }

    /// Microseconds by kind of span, nested ones within their parents too.
    Map<String, Long> byName() {
        return spans.stream()
                .collect(Collectors.groupingBy(
                        Span::name,
                        TreeMap::new,
                        Collectors.summingLong(span -> Math.round(span.end() - span.start()))));
    }

    private static Span span(JsonObject event) {
        double start = number(event, "ts");
        return new Span(
                String.valueOf(event.text("name")),
                thread(event),
                start,
                start + number(event, "dur"),
                number(event, "tdur"));
    }

    private static String thread(JsonObject event) {
        return event.get("pid") + "/" + event.get("tid");
    }

    private static double number(JsonObject event, String name) {
        return event.get(name) instanceof Json.Num(String literal) ? Double.parseDouble(literal) : 0;
    }

    private static @Nullable String inside(JsonObject event, String... path) {
        JsonObject at = event;
        for (int i = 0; i < path.length - 1 && at != null; i++) {
            at = at.object(path[i]);
        }
        return at == null ? null : at.text(path[path.length - 1]);
    }
}
