package dev.waybill.access;

/// Who stands at the door of the API.
public sealed interface Visitor {
    /// Somebody who shows neither the token nor a session.
    Visitor STRANGER = new Stranger();

    /// Whoever shows the admin token with the request itself.
    Visitor TOKEN = new Token();

    record Stranger() implements Visitor {}

    record Token() implements Visitor {}

    /// Somebody who signed in.
    record SignedIn(Session session) implements Visitor {}
}
