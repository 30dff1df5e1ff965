package dev.waybill.author;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds references to the server's own environment variables: whoever may edit must not get at the admin token by
/// putting it into a request that may be shown.
final class ServersVariables {
    private static final Pattern OWN = Pattern.compile("\\$\\{(WAYBILL_[^}]*)}");

    private ServersVariables() {}

    static void find(Json file, List<Finding> findings) {
        find(file, "", findings);
    }

    private static void find(Json value, String pointer, List<Finding> findings) {
        switch (value) {
            case JsonObject object -> {
                for (Map.Entry<String, Json> entry : object) {
                    find(entry.getValue(), pointer + "/" + Pointers.escaped(entry.getKey()), findings);
                }
            }
            case Json.Arr(List<Json> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    find(items.get(i), pointer + "/" + i, findings);
                }
            }
            case Json.Str(String text) -> {
                Matcher own = OWN.matcher(text);
                if (own.find()) {
                    findings.add(Finding.error(
                            pointer,
                            "found ${" + own.group(1) + "}; variables that begin with WAYBILL_ are the server's own:"
                                    + " use one of another name"));
                }
            }
            default -> {}
        }
    }
}
