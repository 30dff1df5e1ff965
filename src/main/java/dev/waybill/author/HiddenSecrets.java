package dev.waybill.author;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.Parameter;
import dev.waybill.yaml.YamlEdit;
import dev.waybill.yaml.YamlText;
import dev.waybill.yaml.YamlTree;
import java.util.Optional;

/// A revision's file fit to be shown: somebody may have written a secret's value into it by hand.
///
/// @param file without those values; sent back as it is, they are kept
/// @param yaml the text with a note in their place
public record HiddenSecrets(JsonObject file, String yaml) {
    private static final String NOTE = "(not shown: a secret stands here in the open)";

    /// The file as it may be shown.
    ///
    /// @param text a file's text
    public static HiddenSecrets of(String text, KitLibrary kits) {
        if (!(YamlTree.json(text).orElse(Json.Null.INSTANCE) instanceof JsonObject file)) {
            return new HiddenSecrets(JsonObject.EMPTY, "# " + NOTE + ": this file is no YAML\n");
        }
        JsonObject parameters = file.object("parameters");
        if (parameters == null) {
            return new HiddenSecrets(file, text);
        }
        String name = file.text("kit");
        Optional<Kit> kit = name == null ? Optional.empty() : kits.find(name);
        JsonObject.Builder left = JsonObject.builder();
        JsonObject.Builder noted = JsonObject.builder();
        boolean open = false;
        for (var parameter : parameters) {
            boolean hidden = isSecret(kit, parameter.getKey()) && !isReference(parameter.getValue());
            open |= hidden;
            if (!hidden) {
                left.put(parameter.getKey(), parameter.getValue());
            }
            noted.put(parameter.getKey(), hidden ? Json.of(NOTE) : parameter.getValue());
        }
        if (!open) {
            return new HiddenSecrets(file, text);
        }
        JsonObject shown = file.toBuilder().put("parameters", noted.build()).build();
        String yaml = YamlEdit.apply(text, shown, RevisionDraft.ORDER)
                .orElseGet(() -> YamlText.document(shown, RevisionDraft.ORDER));
        return new HiddenSecrets(
                file.toBuilder().put("parameters", left.build()).build(), yaml);
    }

    /// Of a kit that isn't known, any parameter may be one.
    private static boolean isSecret(Optional<Kit> kit, String name) {
        return kit.isEmpty()
                || kit.get().parameters().stream()
                        .filter(Parameter::secret)
                        .anyMatch(parameter -> parameter.name().equals(name));
    }

    private static boolean isReference(Json value) {
        String text = value.asText();
        return value instanceof Json.Null || (text != null && (text.isBlank() || SecretParameters.isReference(text)));
    }
}
