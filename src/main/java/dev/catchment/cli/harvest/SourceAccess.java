package dev.catchment.cli.harvest;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a source is asked with beside its URL. */
final class SourceAccess {
    @Option(
            names = "--option",
            paramLabel = "K=V",
            description = {"Value of a placeholder {option.K} of its kind; may", "be repeated."})
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "VAR",
            description = {
                "Name of the environment variable that holds its",
                "secret; the secret itself is never stored."
            })
    private String secret;

    Map<String, String> options() {
        return options;
    }

    /** Null for none. */
    String secret() {
        return secret;
    }
}
