package dev.waybill.onboard;

import dev.waybill.kit.Kit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The letter to a destination's representative that asks for its ID endpoint: a text that comes with the kit, with
/// places for what it is about.
public record SyncLetter(String text) {
    private static final String ORIGINS = "(ORIGINS)";
    private static final String PARTNER = "(PARTNER_ID)";

    /// Empty when the kit has none.
    public static Optional<SyncLetter> of(Kit kit) {
        String path = "/kits/" + kit.about().name() + "/letter.txt";
        try (InputStream in = SyncLetter.class.getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new SyncLetter(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The letter about these.
    ///
    /// @param origins at least one
    /// @param partnerId null leaves its place in the text
    public String about(List<String> origins, @Nullable String partnerId) {
        String list =
                String.join("\n", origins.stream().map(origin -> "  " + origin).toList());
        String filled = text.replace("  " + ORIGINS, list);
        return partnerId == null ? filled : filled.replace(PARTNER, partnerId);
    }
}
