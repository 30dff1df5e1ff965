package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a request shows who sends it. All components name parameters; without their values nothing is added.
sealed interface Auth {
    /// The parameters that it takes its values from.
    List<String> parameters();

    /// A token: in the header that `header` names, in the query key that `query` names, else as `authorization:
    /// Bearer …`.
    record Token(String token, String header, String query) implements Auth {
        @Override
        public List<String> parameters() {
            return List.of(token, header, query);
        }
    }

    /// `authorization: Bearer …`.
    record Bearer(String token) implements Auth {
        @Override
        public List<String> parameters() {
            return List.of(token);
        }
    }

    /// `authorization: Basic …`, user and password in base64.
    record Basic(String user, String password) implements Auth {
        @Override
        public List<String> parameters() {
            return List.of(user, password);
        }

        /// User and password as the header has them; empty when one of them has no value.
        ///
        /// @param encode whether in base64: for the wire it is, but shown placeholders stay readable
        Optional<String> credentials(Map<String, String> values, boolean encode) {
            String user = values.get(this.user);
            String password = values.get(this.password);
            if (user == null || password == null) {
                return Optional.empty();
            }
            String pair = user + ":" + password;
            return Optional.of(encode ? Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)) : pair);
        }
    }
}
