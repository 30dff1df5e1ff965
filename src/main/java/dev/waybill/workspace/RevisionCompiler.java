package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.kit.Integration;
import dev.waybill.kit.KitLibrary;
import java.util.Optional;

/// Compiles the file of one revision. What is wrong with it goes to the problems, all of it at once.
@FunctionalInterface
public interface RevisionCompiler {
    /// Compiles one file.
    ///
    /// @param kits those that it may be made of
    /// @param requireEndpoint whether a missing address is a problem: not for a dry run
    /// @return empty when the file can't be used
    Optional<Integration> compile(
            KitLibrary kits,
            String name,
            int revision,
            ConfigNode root,
            Variables variables,
            Problems problems,
            boolean requireEndpoint);
}
