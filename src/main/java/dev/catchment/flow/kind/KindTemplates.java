package dev.catchment.flow.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a declaration may hold placeholders, and which are known there: what is not would end each walk. */
final class KindTemplates {
    private static final List<String> OF_A_SOURCE = List.of("source.url", "source.host", "source.name");

    private final List<Template> found = new ArrayList<>();

    private KindTemplates() {}

    /** @param path where it stands @param known placeholders, without those of a source */
    record Template(List<String> path, String text, List<String> known) {
        /** What is wrong with it. */
        List<String> problems() {
            return new TreeSet<>(Placeholders.in(text))
                    .stream()
                            .filter(name -> !OF_A_SOURCE.contains(name)
                                    && !known.contains(name)
                                    && !name.matches("option\\..+"))
                            .map(name -> "%s holds {%s}, which is not known there. Allowed: %s."
                                    .formatted(String.join(".", path), name, allowed()))
                            .toList();
        }

        private String allowed() {
            return Stream.of(OF_A_SOURCE, List.of("option.NAME"), known)
                    .flatMap(List::stream)
                    .map(name -> "{" + name + "}")
                    .collect(Collectors.joining(", "));
        }
    }

    static List<Template> of(Kind kind) {
        KindTemplates templates = new KindTemplates();
        String[] parent = kind.parents() == null ? new String[0] : new String[] {"parent"};
        templates.add(kind.request().url(), List.of("request", "url"), parent);
        templates.add(kind.request().query(), List.of("request", "query"), parent);
        templates.add(kind.request().headers(), List.of("request", "headers"));
        if (kind.parents() != null) {
            templates.add(kind.parents().url(), List.of("parents", "url"));
        }
        if (kind.since() != null) {
            templates.add(kind.since().query(), List.of("since", "query"), with("since", parent));
        }
        if (kind.page().beyond() != null) {
            templates.add(kind.page().beyond().query(), List.of("page", "beyond", "query"), with("bound", parent));
        }
        if (kind.gone() != null) {
            templates.add(kind.gone().url(), List.of("gone", "url"), "key");
            if (kind.gone().batch() != null) {
                templates.add(kind.gone().batch().query(), List.of("gone", "batch", "query"), "keys");
            }
        }
        return List.copyOf(templates.found);
    }

    private static String[] with(String first, String... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
    }

    private void add(Map<String, String> texts, List<String> path, String... known) {
        if (texts != null) {
            texts.forEach((name, text) -> {
                List<String> whole = new ArrayList<>(path);
                whole.add(name);
                add(text, whole, known);
            });
        }
    }

    private void add(String text, List<String> path, String... known) {
        if (text != null) {
            found.add(new Template(path, text, List.of(known)));
        }
    }
}
