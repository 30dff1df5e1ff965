package dev.waybill.access;

/// One sign-in of a person, or of whoever holds the admin token, until it ends.
///
/// @param caller who signed in, with the role of that moment: a changed role ends the session
/// @param csrf what each changing request must repeat in a header, because a foreign page can't read it
public record Session(Caller caller, String csrf) {
    @Override
    public String toString() {
        return "Session[" + caller.name() + "]";
    }
}
