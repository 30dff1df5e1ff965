package dev.waybill.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.access.Audited;
import dev.waybill.access.Permission;
import dev.waybill.access.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessDocsTest {
    @Test
    void the_table_of_roles_says_what_the_code_does() {
        List<List<String>> rows = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            List<String> row = new ArrayList<>(List.of("`" + permission.text() + "`"));
            for (Role role : Role.values()) {
                row.add(role.may(permission) ? "yes" : "no");
            }
            row.add(permission.words());
            rows.add(row);
        }
        assertThat(DocTable.of("docs/access.md", "Roles").rows()).isEqualTo(rows);
    }

    @Test
    void the_table_of_the_journal_lists_what_it_tells() {
        assertThat(DocTable.of("docs/access.md", "The audit journal").rows())
                .isEqualTo(Arrays.stream(Audited.values())
                        .map(what -> List.of("`" + what.text() + "`", what.words()))
                        .toList());
    }
}
