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
///
/// @param url null when it can't be asked so
/// @param redirect null when it sends no browser back; its URL is still a template
record SyncRule(
        @Nullable Template url,
        String field,
        Map<Signal, String> parameters,
        @Nullable Redirect redirect) {
    private static final String FIELD = "puid";
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{0,100}");
    private static final Pattern MACRO = Pattern.compile("[!-~&&[^%&#+=]]{1,100}");

    /// @param parameter of the URL's query, with the address to return to
    /// @param macro what the destination replaces in that address
    record Redirect(Template url, String parameter, String macro) {
        private static @Nullable Redirect read(Section redirect, KitValues values, Problems problems) {
            Template url = values.template(redirect, "url").orElse(null);
            String parameter = redirect.text("parameter").orElse("r");
            if (parameter.isEmpty() || !NAME.matcher(parameter).matches()) {
                problems.error(
                        KitValues.at(redirect, "parameter"),
                        "found '" + parameter + "'; allowed: letters, digits, _, . and -, at most 100");
            }
            String macro = redirect.text("macro").orElse("$UID");
            if (!MACRO.matcher(macro).matches()) {
                problems.error(
                        KitValues.at(redirect, "macro"),
                        "found '" + macro + "'; allowed: visible ASCII without %, &, #, + and =, at most 100, such as"
                                + " $UID or {uid}");
            }
            redirect.done();
            return url == null ? null : new Redirect(url, parameter, macro);
        }
    }

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
                        "found '" + name
                                + "'; allowed: letters, digits, _, . and -, at most 100, or nothing: not sent");
            }
            parameters.put(signal, name);
        }
        names.done();
        Redirect redirect = Redirect.read(sync.section("redirect"), values, problems);
        sync.done();
        return url == null && redirect == null ? null : new SyncRule(url, field, parameters, redirect);
    }

    BrowserSync fill(Map<String, String> values) {
        String filled = url == null ? null : url.fill(values);
        return new BrowserSync(filled == null ? "" : filled, field, parameters, fill(redirect, values));
    }

    private static BrowserSync.@Nullable Redirect fill(@Nullable Redirect redirect, Map<String, String> values) {
        String filled = redirect == null ? null : redirect.url().fill(values);
        return redirect == null || filled == null || filled.isBlank()
                ? null
                : new BrowserSync.Redirect(filled, redirect.parameter(), redirect.macro());
    }
}
