package dev.waybill.author;

import dev.waybill.access.Caller;
import dev.waybill.access.Permission;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The references in a file, `${ENV_NAME}` and `${secret:NAME}`, that whoever saves it may not bring: nobody gets at
/// the server's environment or at another integration's secret by putting it into a request, which may be shown or go
/// to any host. One that stood at the same place already was let in by somebody who may. Files written by hand are
/// their authors' own.
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String SERVERS_OWN = "WAYBILL_";
    static final String SECRET = "secret:";

    /// One reference.
    ///
    /// @param pointer where it stands
    /// @param place the same without the places in lists, which move
    private record At(String pointer, String place, String name) {}

    private References() {}

    /// Finds what a file may not bring.
    ///
    /// @param before the file that it replaces or follows; null for none
    /// @param who saves it: with the permission `admin` any reference but to the server's own variables
    /// @param own whether a secret, named second, is that of the place named first
    /// @return the names of those that were found, as they stand in the braces
    static Set<String> find(
            Json file, @Nullable Json before, Caller who, BiPredicate<String, String> own, List<Finding> findings) {
        Set<String> stood = new HashSet<>();
        if (before != null) {
            all(before, "", "").forEach(at -> stood.add(at.place() + " " + at.name()));
        }
        Set<String> refused = new HashSet<>();
        boolean mayAll = who.may(Permission.ADMIN);
        for (At at : all(file, "", "")) {
            if (at.name().startsWith(SERVERS_OWN)) {
                refused.add(at.name());
                findings.add(Finding.error(
                        at.pointer(),
                        "found ${" + at.name() + "}; variables that begin with WAYBILL_ are the server's own: use one"
                                + " of another name"));
            } else if (!mayAll && !stood.contains(at.place() + " " + at.name()) && !isOwn(at, own)) {
                refused.add(at.name());
                findings.add(Finding.error(at.pointer(), words(at.name())));
            }
        }
        return refused;
    }

    private static boolean isOwn(At at, BiPredicate<String, String> own) {
        return at.name().startsWith(SECRET) && own.test(at.pointer(), at.name().substring(SECRET.length()));
    }

    private static String words(String name) {
        return name.startsWith(SECRET)
                ? "found ${" + name + "}, which is not a secret of this parameter; give the value under secrets, or let"
                        + " somebody with the permission admin, or who writes files, put the reference here first"
                : "found ${" + name + "}, a variable of the server's environment that did not stand here before; write"
                        + " the value, or let somebody with the permission admin, or who writes files, put the"
                        + " reference here first";
    }

    private static List<At> all(Json value, String pointer, String place) {
        List<At> found = new ArrayList<>();
        switch (value) {
            case JsonObject object -> {
                for (Map.Entry<String, Json> entry : object) {
                    String key = "/" + Pointers.escaped(entry.getKey());
                    found.addAll(all(entry.getValue(), pointer + key, place + key));
                }
            }
            case Json.Arr(List<Json> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    found.addAll(all(items.get(i), pointer + "/" + i, place + "/*"));
                }
            }
            case Json.Str(String text) -> {
                Matcher references = REFERENCE.matcher(text);
                while (references.find()) {
                    found.add(new At(pointer, place, references.group(1)));
                }
            }
            default -> {}
        }
        return found;
    }
}
