package dev.catchment.export;

import dev.catchment.flow.RunOrder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An export to a lake that is wanted.
 *
 * @param to the lake, spelled in one way however it was named: {@code s3://bucket/prefix}, or a folder as {@code file:///…}; runs of
 *     one lake exclude each other by it
 * @param isWhole whether it is to be a whole one, also where one of changes would do
 * @param trigger what asked for it
 */
public record LakeOrder(String to, boolean isWhole, String trigger) {
    private static final Pattern S3 = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*");
    private static final String SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9!_.*'()-]+";
    private static final Pattern PREFIX = Pattern.compile("(%1$s(/%1$s)*)?".formatted(SEGMENT));
    private static final String FOLDER = "file:";

    /** @throws IllegalArgumentException if it is none; says what one looks like */
    public LakeOrder {
        boolean isS3 = S3.matcher(to).matches() && PREFIX.matcher(prefix(to)).matches();
        if (!isS3 && !(to.startsWith(FOLDER) && isFolder(to))) {
            throw new IllegalArgumentException(
                    "%s names no lake. A lake is s3://bucket/prefix, with a prefix of letters, digits, /, -, _ and ., or a folder as file:///path. Keys do not belong into it: they are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
                            .formatted(to.replaceFirst("//[^/]*@", "//")));
        }
        to = isS3 ? ("s3://" + bucket(to) + "/" + prefix(to)).replaceFirst("/$", "") : address(path(to));
    }

    private static boolean isFolder(String to) {
        try {
            URI uri = new URI(to);
            return uri.getAuthority() == null
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/")
                    && uri.getQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether what {@code --to} says is an address, and not the path of a folder that exports become folders of. */
    public static boolean isAddress(String to) {
        return to.matches("(?i)[a-z][a-z0-9+.-]+:/.*");
    }

    private static Path path(String to) {
        return Path.of(URI.create(to).getPath()).normalize();
    }

    /** Not as {@link Path#toUri} has it, which ends with a slash as soon as the folder is there. */
    private static String address(Path folder) {
        try {
            return new URI("file", "", folder.toString(), null).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String bucket(String to) {
        Matcher s3 = S3.matcher(to);
        return s3.matches() ? s3.group(1) : null;
    }

    private static String prefix(String to) {
        Matcher s3 = S3.matcher(to);
        return s3.matches() && s3.group(2) != null ? s3.group(2) : "";
    }

    /** The folder; null if it is a bucket. */
    public Path folder() {
        return to.startsWith(FOLDER) ? path(to) : null;
    }

    /** The bucket; null if it is a folder. */
    public String bucket() {
        return bucket(to);
    }

    /** What all keys in the bucket begin with, with its {@code /} at the end; empty if with nothing. */
    public String prefix() {
        String prefix = prefix(to);
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    /** One at a time to one lake. */
    public RunOrder run() {
        return RunOrder.whole("export", "lake", to, trigger, false);
    }
}
