package dev.catchment.cli.kinds;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.kind.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment kinds list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the kinds there are.")
final class KindsListCommand implements Callable<Integer> {
    private static final String[] LISTED = "kind title pages_by schedule problem".split(" ");

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per kind.")
    private boolean json;

    @Override
    public Integer call() {
        List<Map<String, Object>> rows = DeclaredKinds.of(Session.open(spec, false)).all().values().stream()
                .map(KindsListCommand::row)
                .toList();
        Table.print(spec.commandLine().getOut(), rows, json, "", LISTED);
        return ExitCode.DONE;
    }

    private static Map<String, Object> row(Kinds.Declared declared) {
        Kind kind = declared.kind();
        List<KindFile.Problem> problems = Kinds.problems(declared);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kind", declared.name());
        row.put("title", kind == null ? null : kind.title());
        row.put("pages_by", kind == null ? null : kind.page().by());
        row.put("schedule", kind == null ? null : kind.schedule());
        row.put("problem", problems.isEmpty() ? null : problems.get(0).toString());
        return row;
    }
}
