package dev.catchment.benchmark;

import dev.catchment.support.Await;
import dev.catchment.web.console.Browser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * When something is first seen of each page of the console, and what comes over the wire for it, in the browser of the tests, from a
 * service that runs already. docs/performance.md says how to run it.
 */
public final class PageBenchmark {
    private static final int ROUNDS = Integer.getInteger("page.rounds", 7);
    private static final List<String> LISTS =
            List.of("/", "/datasets", "/portals", "/runs", "/registry", "/names", "/policy", "/webhooks", "/login");
    /** Of each list the first thing that it leads to. */
    private static final List<String> THINGS = List.of("/datasets/", "/sources/", "/runs/", "/policy/sources/");

    private static final String PAINTED =
            "const seen = performance.getEntriesByName('first-contentful-paint'); return seen.length ? seen[0].startTime : null";
    private static final String SENT =
            "return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
                    + ".reduce((sum, each) => sum + each.transferSize, 0)";

    private final ChromeDriver driver;
    private final String service;

    private PageBenchmark(ChromeDriver driver, String service) {
        this.driver = driver;
        this.service = service;
    }

    /** @param arguments the address of the service */
    public static void main(String[] arguments) {
        ChromeDriver driver = Browser.start();
        try {
            new PageBenchmark(driver, arguments[0].replaceAll("/$", "")).measure();
        } finally {
            driver.quit();
        }
    }

    private void measure() {
        System.out.printf(
                "%s, %d rounds, %d processors, load %.2f%n",
                service, ROUNDS, Runtime.getRuntime().availableProcessors(), Launched.load());
        System.out.printf("%-34s %12s %12s %12s %10s%n", "page", "first, ms", "slowest, ms", "again, ms", "first, kB");
        pages().forEach((name, path) -> {
            List<Double> first = new ArrayList<>();
            List<Double> again = new ArrayList<>();
            double sent = 0;
            for (int round = 0; round < ROUNDS; round++) {
                driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
                first.add(paint(path));
                sent = ((Number) driver.executeScript(SENT)).doubleValue();
                again.add(paint(path));
            }
            first.sort(Comparator.naturalOrder());
            again.sort(Comparator.naturalOrder());
            System.out.printf(
                    "%-34s %12.0f %12.0f %12.0f %10.1f%n",
                    name, first.get(ROUNDS / 2), first.get(ROUNDS - 1), again.get(ROUNDS / 2), sent / 1e3);
        });
    }

    private Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String list : LISTS) {
            pages.put(list, list);
            driver.get(service + list);
            for (String thing : THINGS) {
                Object link = driver.executeScript("const link = document.querySelector(`main a[href^='" + thing
                        + "']`); return link && link.getAttribute('href')");
                if (link != null) {
                    pages.putIfAbsent(thing + "…", link.toString());
                }
            }
        }
        return pages;
    }

    /** @return milliseconds from the start of the navigation to the first text or picture */
    private double paint(String path) {
        driver.get(service + path);
        return Await.until(
                        path + " is painted", () -> (Number) driver.executeScript(PAINTED), painted -> painted != null)
                .doubleValue();
    }
}
