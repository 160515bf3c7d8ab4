package dev.catchment.cli.web;

import dev.catchment.web.gate.Bcrypt;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A password as its owner types it: never an argument, which every other user of the machine could read. */
final class NewPassword {
    /** What the guidelines of NIST (SP 800-63B) ask for, and no more than a page of text. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 1_000;

    private NewPassword() {}

    /** Asks for it twice at a terminal, else reads one line of standard input. @return its hash */
    static String hash(CommandSpec spec) {
        String password = read(spec);
        if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(), "A password takes %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
        return Bcrypt.hash(password);
    }

    private static String read(CommandSpec spec) {
        Console console = System.console();
        if (console == null) {
            return line();
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new ParameterException(spec.commandLine(), "The passwords differ. Nothing was changed.");
        }
        return new String(first);
    }

    private static String line() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
