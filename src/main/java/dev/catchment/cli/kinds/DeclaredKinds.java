package dev.catchment.cli.kinds;

import dev.catchment.cli.session.Session;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.settings.Settings.WrongSetting;
import java.util.List;

/** The kinds that a command knows: those of the program and those of the folder that the settings name. */
public final class DeclaredKinds {
    private DeclaredKinds() {}

    /** @throws WrongSetting with each problem of each file: what a service cannot walk is better known when it starts than by the source */
    public static void require(Session session) {
        List<String> problems = of(session).all().values().stream()
                .flatMap(kind -> Kinds.problems(kind).stream())
                .map(KindFile.Problem::toString)
                .toList();
        if (!problems.isEmpty()) {
            throw new WrongSetting(
                    "kinds.dir=%s holds a kind that cannot be used. Correct it, or move it elsewhere.%n  %s"
                            .formatted(session.settings().get("kinds.dir"), String.join("%n  ".formatted(), problems)));
        }
    }

    public static Kinds of(Session session) {
        String folder = session.settings().get("kinds.dir");
        return new Kinds(
                folder.isBlank() ? "" : session.settings().path("kinds.dir").toString());
    }
}
