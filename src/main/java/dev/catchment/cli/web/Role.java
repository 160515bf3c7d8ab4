package dev.catchment.cli.web;

import picocli.CommandLine.Option;

/** What a key or a person may do. */
final class Role {
    /** As the help and the database spell them. */
    enum Name {
        viewer,
        admin
    }

    @Option(
            names = "--role",
            paramLabel = "R",
            defaultValue = "viewer",
            description = {"viewer, who may read (the default), or admin, who may", "also act."})
    private Name name = Name.viewer;

    String name() {
        return name.name();
    }
}
