package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    private static String help(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        assertThat(err.toString()).isEmpty();
        assertThat(status).as(List.of(arguments).toString()).isZero();
        return out.toString();
    }

    @Test
    void every_verb_is_listed_and_explains_itself_and_its_own_verbs() {
        Map<String, CommandLine> verbs = Main.commandLine().getSubcommands();
        assertThat(verbs.keySet()).contains("demo", "serve", "sandbox", "user", "sync-check");
        String all = help("--help");
        verbs.forEach((verb, line) -> {
            assertThat(all).contains("\n  " + verb + " ");
            assertThat(help(verb, "--help")).contains("Usage: waybill " + verb);
            Set<String> own = line.getSubcommands().keySet();
            own.forEach(each -> assertThat(help(verb, each, "--help"))
                    .contains("Usage: waybill " + verb)
                    .contains(each));
        });
    }

    @Test
    void nothing_is_offered_without_words_of_what_it_is() {
        Main.commandLine().getSubcommands().forEach((verb, line) -> {
            assertThat(line.getCommandSpec().usageMessage().description())
                    .as(verb)
                    .isNotEmpty();
            line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> assertThat(option.description())
                            .as(verb + " " + option.longestName())
                            .isNotEmpty());
        });
    }
}
