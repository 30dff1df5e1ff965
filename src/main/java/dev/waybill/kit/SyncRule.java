package dev.waybill.kit;

import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.kit.BrowserSync.Signal;
import dev.waybill.playbook.Template;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a kit says of the browser's ID sync, before an integration gives its parameters.
record SyncRule(Template url, String field, Map<Signal, String> parameters) {
    private static final String FIELD = "puid";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{0,100}");

    /// The rule of a kit's `sync`; null when it has none.
    static @Nullable SyncRule read(Section sync, KitValues values, Problems problems) {
        Template url = values.template(sync, "url").orElse(null);
        String field = sync.text("field").orElse(FIELD);
        if (!PATH.matcher(field).matches()) {
            problems.error(
                    KitValues.at(sync, "field"),
                    "found '" + field + "'; allowed: a key of the answer, such as puid, or keys with dots between");
        }
        Section names = sync.section("parameters");
        Map<Signal, String> parameters = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            String name = names.text(signal.key()).orElse(signal.usual());
            if (!NAME.matcher(name).matches()) {
                problems.error(
                        KitValues.at(names, signal.key()),
                        "found '" + name + "'; allowed: letters, digits, _, . and -, at most 100, or nothing: not sent");
            }
            parameters.put(signal, name);
        }
        names.done();
        sync.done();
        return url == null ? null : new SyncRule(url, field, parameters);
    }

    BrowserSync fill(Map<String, String> values) {
        String filled = url.fill(values);
        return new BrowserSync(filled == null ? "" : filled, field, parameters);
    }
}
