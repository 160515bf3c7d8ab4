package dev.catchment.cli.kinds;

import dev.catchment.cli.session.Session;
import dev.catchment.flow.kind.Kinds;

/** The kinds that a command knows: those of the program and those of the folder that the settings name. */
public final class DeclaredKinds {
    private DeclaredKinds() {}

    public static Kinds of(Session session) {
        String folder = session.settings().get("kinds.dir");
        return new Kinds(
                folder.isBlank() ? "" : session.settings().path("kinds.dir").toString());
    }
}
