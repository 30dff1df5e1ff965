package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeaningTest {
    @Test
    void a_number_and_a_text_of_the_same_digits_in_a_table_mean_another() {
        assertThat(saying("{a: 1}")).isNotEqualTo(saying("{a: '1'}"));
        assertThat(saying("{a: true}")).isNotEqualTo(saying("{a: 'true'}"));
        assertThat(saying("{a: b}")).isEqualTo(saying("{a: 'b'}"));
    }

    private static Meaning saying(String table) {
        return Kits.compiled("""
                        kit: kargo
                        parameters: {PARTNER_ID: p-1, ENDPOINT: 'https://kargo.example/events'}
                        playbook:
                          global:
                            mappings:
                              - {output: params.x, input: properties.x, transforms: [{lookup: {table: %s}}]}
                        """.formatted(table), Kits.NO_VARIABLES).meaning();
    }
}
