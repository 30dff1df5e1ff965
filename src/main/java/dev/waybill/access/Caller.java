package dev.waybill.access;

/// Who asks for something: a signed-in person, or whoever holds the admin token.
///
/// @param name of the person, or `admin token`; goes into the audit journal
/// @param role what the caller is trusted with
public record Caller(String name, Role role) {
    /// Whoever holds the admin token.
    public static final Caller TOKEN = new Caller("admin token", Role.ADMIN);

    /// Whether the caller may do that.
    public boolean may(Permission permission) {
        return role.may(permission);
    }
}
