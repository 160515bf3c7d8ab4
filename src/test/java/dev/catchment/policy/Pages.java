package dev.catchment.policy;

import dev.catchment.policy.judge.Judge;
import dev.catchment.policy.judge.PageReader;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.policy.page.Verdict;
import dev.catchment.policy.text.HtmlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Assumptions;

/** Answers made by hand, and those that were recorded. */
public final class Pages {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final URI URL = URI.create("https://www.example.gov/visas/fees");
    public static final Judge JUDGE =
            new Judge(5_000_000, 20_000_000, new PageReader(1, 128 << 20, 500, 2 << 20, 60_000));

    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)\\s]*)\\)");
    private static final Path DATA = Path.of("../shared/data/policy");

    private Pages() {}

    public static Fetched html(String html) {
        return html(html.getBytes(StandardCharsets.UTF_8));
    }

    public static Fetched html(byte[] html) {
        return new Fetched(URL, URL, 200, Map.of("Content-Type", "text/html; charset=utf-8"), html);
    }

    public static Fetched pdf(byte[] pdf) {
        return new Fetched(URL, URL, 200, Map.of("Content-Type", "application/pdf"), pdf);
    }

    public static Fetched status(int status, Map<String, String> headers) {
        return new Fetched(URL, URL, status, headers, new byte[0]);
    }

    public static Verdict judge(Fetched page) {
        return judge(page, FetchType.HTML);
    }

    public static Verdict judge(Fetched page, FetchType type) {
        return JUDGE.judge(page, new Expected(type, Rules.NONE, 0), NOW);
    }

    public static PageText normalised(String html) {
        try {
            return HtmlText.of(Jsoup.parse(html, URL.toString()), Rules.NONE);
        } catch (Unreadable e) {
            throw new AssertionError(e);
        }
    }

    public static String text(String html) {
        return normalised(html).text();
    }

    /** A recorded file; the test is skipped where the recorded data is not beside the project. */
    public static byte[] recorded(String name) {
        try {
            return Files.readAllBytes(there(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a recorded folder, in order of their names. */
    public static List<byte[]> recordedAll(String folder) {
        try (Stream<Path> files = Files.list(there(folder))) {
            return files.sorted()
                    .map(file -> recorded(folder + "/" + file.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Open Terms Archive keeps the extracted text as Markdown; its links are made links of a page again. */
    public static byte[] ofMarkdown(byte[] markdown) {
        String text = new String(markdown, StandardCharsets.UTF_8);
        String linked = MARKDOWN_LINK.matcher(text).replaceAll("<a href=\"$2\">$1</a>");
        return ("<!doctype html><title>Policy</title><p>" + linked.replace("\n\n", "<p>"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Path there(String name) {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "recorded data is not here: " + DATA);
        return DATA.resolve(name);
    }
}
