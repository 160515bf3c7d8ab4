package dev.catchment.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.catchment.support.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** Chromium, without a window; the tests are skipped, visibly, where this system has none. */
public final class Browser implements BeforeAllCallback, AfterAllCallback {
    static final int DESK = 1280;
    static final int PHONE = 390;

    private ChromeDriver driver;

    @Override
    public void beforeAll(ExtensionContext context) {
        driver = start();
    }

    /** Starts one, to be quit. */
    public static ChromeDriver start() {
        File chromium = program("chromium", "chromium-browser", "google-chrome");
        File chromedriver = program("chromedriver");
        assumeTrue(
                chromium != null && chromedriver != null,
                "No browser here: install chromium and chromium-driver (Debian, Ubuntu)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=en-GB");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    private static File program(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** @param width in pixels */
    void look(int width, boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < DESK));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void open(Object address) {
        driver.get(address.toString());
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String text() {
        return text("body");
    }

    /** What is to be read there; nothing while the page gives way to the next one. */
    String text(String selector) {
        return String.valueOf(run("return document.querySelector('%s')?.innerText ?? ''".formatted(selector)));
    }

    /** The titles of what was found. */
    List<String> hits() {
        return ((List<?>) run("return [...document.querySelectorAll('.hits h2')].map(each => each.textContent)"))
                .stream().map(String::valueOf).toList();
    }

    /** Waits for words on the page, which a script puts there. */
    void awaitText(String words) {
        Await.until("the page to say " + words, this::text, text -> text.contains(words));
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** What the console of the browser was told, but for its chatter. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry ->
                        List.of("WARNING", "SEVERE").contains(entry.getLevel().getName()))
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Fails if somebody who does not see, or not well, cannot use the page. */
    void requireAccessible(String page) {
        List<String> found = new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::words)
                        .toList();
        assertThat(found).as(page).isEmpty();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList();
    }

    /** A picture of the whole page. */
    void picture(Path file) {
        long height = Math.min(2400, ((Number) run("return document.documentElement.scrollHeight")).longValue());
        long width = ((Number) run("return document.documentElement.clientWidth")).longValue();
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of(
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)))
                .get("data");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode((String) data));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
