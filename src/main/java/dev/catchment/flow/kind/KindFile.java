package dev.catchment.flow.kind;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.schema.YamlDocument;
import dev.catchment.text.Cron;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A declaration of a kind, read and held to its schema: there is a kind, or there are problems. */
public record KindFile(String name, Kind kind, JsonNode declaration, List<Problem> problems) {
    private static final ObjectMapper BIND = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final DocumentSchema SCHEMA = new DocumentSchema(
            "/kinds/kind.schema.json",
            Map.of(
                    "json-pointer", JsonPointer::compile,
                    "pointer-or-header",
                            text -> {
                                if (!text.startsWith("header:")) {
                                    JsonPointer.compile(text);
                                }
                            },
                    "duration", Kind::duration,
                    "quartz-cron", Cron::checked,
                    "time-zone", ZoneId::of));

    /** What is wrong. @param line on which it stands, 0 if nobody knows */
    public record Problem(String file, int line, String what) {
        @Override
        public String toString() {
            return line == 0 ? file + ": " + what : "%s:%d: %s".formatted(file, line, what);
        }
    }

    /** @param file its name, for problems and to be held against the name of the kind @param text YAML */
    public static KindFile read(String file, String text) {
        YamlDocument document;
        try {
            document = YamlDocument.of(text);
        } catch (IllegalArgumentException e) {
            return refused(file, List.of(new Problem(file, 0, e.getMessage())));
        }
        List<Problem> problems = SCHEMA.problems(document.root()).stream()
                .map(problem -> new Problem(file, line(document, problem.path()), problem.what()))
                .toList();
        if (!problems.isEmpty()) {
            return refused(file, problems);
        }
        Kind kind = BIND.convertValue(document.root(), Kind.class);
        String expected = kind.kind() + Kinds.END;
        if (!file.equals(expected)) {
            return refused(
                    file,
                    List.of(new Problem(
                            file,
                            1,
                            "kind=%s is not allowed. Allowed: the name of its file, or name the file %s."
                                    .formatted(kind.kind(), expected))));
        }
        List<Problem> unknown = KindTemplates.of(kind).stream()
                .flatMap(template -> template.problems().stream()
                        .map(what -> new Problem(file, line(document, List.copyOf(template.path())), what)))
                .toList();
        return unknown.isEmpty() ? new KindFile(kind.kind(), kind, document.root(), List.of()) : refused(file, unknown);
    }

    /** A kind whose file cannot be read. */
    static KindFile unreadable(String file) {
        return refused(file, List.of(notRead(file)));
    }

    static Problem notRead(String file) {
        return new Problem(file, 0, "it cannot be read: is it a file, in UTF-8, that this user may read?");
    }

    private static KindFile refused(String file, List<Problem> problems) {
        return new KindFile(file.replace(Kinds.END, ""), null, null, problems);
    }

    /** Of the node at a path, or of the last one on the way to it. */
    private static int line(YamlDocument document, List<Object> path) {
        JsonNode node = document.root();
        int line = document.line(node);
        for (Object step : path) {
            node = step instanceof Integer index ? node.path(index) : node.path(String.valueOf(step));
            if (node.isMissingNode()) {
                break;
            }
            line = document.line(node);
        }
        return line;
    }
}
