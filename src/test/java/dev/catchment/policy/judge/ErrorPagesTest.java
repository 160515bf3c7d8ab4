package dev.catchment.policy.judge;

import static dev.catchment.policy.Pages.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.FetchOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Error pages that come with the status of a success. */
class ErrorPagesTest {
    private static final String LONG = "<p>" + "Many words about the visa. ".repeat(200);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "404 Not Found ~ SOFT_NOT_FOUND",
                "Page not found | Department of State ~ SOFT_NOT_FOUND",
                "Department of State - Page Not Found ~ SOFT_NOT_FOUND",
                "The page you requested could not be found ~ SOFT_NOT_FOUND",
                "File not found ~ SOFT_NOT_FOUND",
                "This page isn’t available ~ SOFT_NOT_FOUND",
                "Error 404 ~ SOFT_NOT_FOUND",
                "404 ~ SOFT_NOT_FOUND",
                "500 error ~ SOFT_ERROR",
                "503 Service Unavailable ~ SOFT_ERROR",
                "Unexpected error ~ SOFT_ERROR",
                "Server Error in '/' Application ~ SOFT_ERROR",
                "Access Denied ~ BLOCK_PAGE",
                "Restricted Access - Site ~ BLOCK_PAGE",
                "Request Rejected ~ BLOCK_PAGE",
                "Site under maintenance ~ MAINTENANCE",
                "Just a moment... ~ CHALLENGE",
                "Attention Required! | Cloudflare ~ CHALLENGE",
                "Sign in - Portal ~ LOGIN_NEEDED",
                "Log in | GOV ~ LOGIN_NEEDED",
                "Seite nicht gefunden | Auswärtiges Amt ~ SOFT_NOT_FOUND",
                "Die gewünschte Seite wurde leider nicht gefunden ~ SOFT_NOT_FOUND",
                "Page introuvable - Service public ~ SOFT_NOT_FOUND",
                "Erreur 404 ~ SOFT_NOT_FOUND",
                "PÁGINA NO ENCONTRADA ~ SOFT_NOT_FOUND",
                "Geplante Wartungsarbeiten ~ MAINTENANCE",
                "Planned maintenance ~ MAINTENANCE",
                "Accès refusé ~ BLOCK_PAGE",
                "What to do if access is denied | GOV ~ OK",
                "Form I-404 - USCIS ~ OK",
                "400 years of policy ~ OK",
                "Error correction of visas | GOV ~ OK",
                "Login of employers: rules ~ OK",
            })
    void are_told_by_a_whole_part_of_their_title(String title, FetchOutcome outcome) {
        assertThat(judge(Pages.html("<title>" + title + "</title>" + LONG)).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<h1>Page not found</h1> ~ SOFT_NOT_FOUND",
                "<h1>Sorry, we are under planned maintenance</h1> ~ OK",
                "<h1>Planned maintenance</h1> ~ MAINTENANCE",
                "<h1>Seite nicht gefunden</h1> ~ SOFT_NOT_FOUND",
                "<h1>Sign in</h1> ~ LOGIN_NEEDED",
                "<h1>Maintenance</h1> ~ OK",
                "<h1>Visas</h1><h1>Page not found</h1> ~ OK",
            })
    void are_told_by_their_one_headline_however_long_they_are(String body, FetchOutcome outcome) {
        assertThat(judge(Pages.html("<title>Visas</title>" + body + LONG)).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "We're all mixed up. Refresh this page or try again later. ~ SOFT_ERROR",
                "Request unsuccessful. Incapsula incident ID: 443000-12 ~ BLOCK_PAGE",
                "You don't have permission. Reference #18.2d351ab8.15571234 ~ BLOCK_PAGE",
                "Enable JavaScript and cookies to continue ~ CHALLENGE",
                "<noscript>Enable JavaScript and cookies to continue</noscript> ~ CHALLENGE",
                "Verify you are human by completing the action below. ~ CHALLENGE",
                "Sorry, this page could not be found. ~ SOFT_NOT_FOUND",
                "The site is down for scheduled maintenance. ~ MAINTENANCE",
                "<form>User <input name=u> <input type=password name=p></form> ~ LOGIN_NEEDED",
            })
    void that_are_short_are_told_by_their_words(String body, FetchOutcome outcome) {
        assertThat(judge(Pages.html("<title>Visas</title>" + body)).outcome()).isEqualTo(outcome);
        assertThat(judge(Pages.html("<title>Visas</title>" + body + LONG)).outcome())
                .isEqualTo(FetchOutcome.OK);
    }

    @Test
    void a_login_beside_the_text_keeps_nobody_out() {
        String login = "<form>User <input name=u> <input type=password name=p></form>";
        assertThat(judge(Pages.html("<header>" + login + "</header><p>The fee is 80.</p>"))
                        .hasText())
                .isTrue();
    }

    @Test
    void words_that_are_kept_hidden_for_later_do_not_count() {
        assertThat(judge(Pages.html("<p>The fee is 80.</p><p hidden>Something went wrong</p>"))
                        .hasText())
                .isTrue();
    }

    @Test
    void a_shell_that_scripts_fill_needs_a_browser() {
        String shell =
                "<div id=root>Loading</div><noscript>" + "You need JavaScript for this. ".repeat(20) + "</noscript>";
        assertThat(judge(Pages.html(shell + "<script src=app.js></script>")).outcome())
                .isEqualTo(FetchOutcome.NEEDS_BROWSER);
        assertThat(judge(Pages.html(shell + "<script>" + "x();".repeat(500) + "</script>"))
                        .outcome())
                .isEqualTo(FetchOutcome.NEEDS_BROWSER);
        assertThat(judge(Pages.html(shell + "<script>x()</script>")).outcome()).isEqualTo(FetchOutcome.OK);
    }
}
