package dev.catchment.policy.text;

import static dev.catchment.policy.Pages.normalised;
import static dev.catchment.policy.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Unreadable;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {
    @Test
    void blocks_are_lines_and_inline_elements_are_words() {
        assertThat(
                        text(
                                "<h1>Fees</h1><p>The <b>fee</b>\n is <i>80</i>.<br>Pay online</p><div>Now<p>then</p>later</div>"))
                .isEqualTo("Fees\nThe fee is 80.\nPay online\nNow\nthen\nlater\n");
    }

    @Test
    void list_items_keep_their_markers() {
        assertThat(text("<ul><li>one<li><p>two</p><ul><li>inner</ul></ul><ol start=3><li>three<li><li>five</ol>end"))
                .isEqualTo("- one\n- two\n- inner\n3. three\n5. five\nend\n");
    }

    @Test
    void a_row_of_a_table_is_a_line_and_an_empty_cell_keeps_its_place() {
        assertThat(text("<table><caption>Fees</caption><tr><th>Visa<th>Fee<th>Days<tr><td>A<td><td><p>5</p><p>10</p>"
                        + "<tr><td><td><td></table>"))
                .isEqualTo("Fees\nVisa | Fee | Days\nA | | 5 10\n");
    }

    @Test
    void a_table_that_holds_tables_is_a_frame() {
        assertThat(text("<table><tr><td><p>Menu</p><p>Home</p></td><td>"
                        + "<table><tr><td>A<td>1<tr><td>B<td>2</table></td></tr></table>"))
                .isEqualTo("Menu\nHome\nA | 1\nB | 2\n");
    }

    @Test
    void the_answers_of_a_form_stay_and_two_buttons_are_two_words() {
        assertThat(text("<form><label>Nationality</label><select><option>Chad<option>Chile</select>"
                        + "<input value=x><button>Next</button><a href=/>Back</a></form>"))
                .isEqualTo("Nationality\nChad\nChile\nNext Back\n");
    }

    @Test
    void what_is_never_seen_is_no_text() {
        assertThat(
                        text(
                                "<head><title>T</title></head><script>s</script><style>s</style><noscript>Enable JavaScript</noscript>"
                                        + "<template>t</template><svg><text>s</text></svg><!-- c --><p hidden>h</p>"
                                        + "<p aria-hidden=true>a</p><iframe>i</iframe><p style='display:none'>Kept: a script may show it</p>"))
                .isEqualTo("Kept: a script may show it\n");
    }

    @Test
    void what_a_button_folds_out_is_text() {
        assertThat(text("<button aria-controls=a1>Fees</button><div id=a1 hidden>80</div>"
                        + "<div hidden=until-found>More</div>"))
                .isEqualTo("Fees\n80\nMore\n");
    }

    @Test
    void what_surrounds_any_text_goes() {
        assertThat(
                        text(
                                "<header role=banner>B</header><nav>N</nav><div class='gem-breadcrumbs'>Home</div>"
                                        + "<div id=global-cookie-message>Cookies?</div><main><p>The whole policy</p></main><footer>F</footer>"))
                .isEqualTo("The whole policy\n");
    }

    /** Half of a short page, and a small part of the same page when it has grown. */
    @ParameterizedTest
    @CsvSource({
        "<nav>, </nav>",
        "<nav><ul><li>, </ul></nav>",
        "<div role=navigation>, </div>",
        "<footer><p>All of it may be used freely</p>, </footer>"
    })
    void a_menu_or_footer_is_out_however_short_the_text_is(String begin, String end) {
        String menu = begin
                + "<a href=/visas>Visas and immigration</a> <a href=/work>Working and pensions</a> <a href=/tax>Taxes</a>"
                + end;
        assertThat(text(menu + "<p>The fee is 80 dollars.</p>")).isEqualTo("The fee is 80 dollars.\n");
        assertThat(text(menu + "<p>The fee is 80 dollars.</p>" + "<p>Pay online.</p>".repeat(100)))
                .doesNotContain("immigration", "freely");
    }

    @ParameterizedTest
    @CsvSource({
        "<div class='cookie-ok'>",
        "<body class='cookies-accepted'>",
        "<nav>",
        "<div aria-hidden=true>",
        "<footer>"
    })
    void what_holds_the_text_stays_whatever_it_is_called(String around) {
        assertThat(text(around + "<main><p>The whole policy</p></main>")).isEqualTo("The whole policy\n");
        assertThat(text(around + "<p>The whole policy, which is long</p>"))
                .isEqualTo("The whole policy, which is long\n");
    }

    @Test
    void characters_that_cannot_be_seen_do_not_count() {
        assertThat(normalised("<p>vi\u00ADsa\u200B\uFEFF&nbsp;fee\u2003is&#x202F;cafe\u0301\u0000</p>")
                        .hash())
                .isEqualTo(normalised("<div>visa fee is caf\u00E9</div>").hash());
        assertThat(text("<p>می\u200Cخواهم “quoted”</p>")).isEqualTo("می\u200Cخواهم “quoted”\n");
    }

    @Test
    void attributes_and_line_breaks_do_not_count_and_words_do() {
        String hash = normalised("<p class=a>One two</p><input type=hidden name=token value=1>")
                .hash();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(normalised("<div id=b>One<br>two</div><input name=token value=2>")
                        .hash())
                .isEqualTo(hash);
        assertThat(normalised("<p>One three</p>").hash()).isNotEqualTo(hash);
    }

    @Test
    void a_covered_mail_address_is_the_same_at_each_fetch() {
        String page = "<p>Write to <a href='/cdn-cgi/l/email-protection#%s'><span class=__cf_email__ data-cfemail=%s>"
                + "[email&#160;protected]</span></a></p>";
        assertThat(normalised(page.formatted("ab12", "ab12"))).isEqualTo(normalised(page.formatted("cd34", "cd34")));
        assertThat(text(page.formatted("e", "e"))).isEqualTo("Write to [email protected]\n");
    }

    @Test
    void rules_drop_first_then_choose_and_ignore_in_the_hash_alone() throws Unreadable {
        Rules rules = new Rules(
                List.of("#b", "#a", "#a b"), List.of("body > .x p"), List.of(Pattern.compile("Visitors: \\d+")), 0.2);
        PageText one = with(rules, "<div class=x id=a><p>gone</p><b>kept</b> Visitors: 17</div><div id=b>first</div>");
        assertThat(one.text()).isEqualTo("first\nkept Visitors: 17\n");
        assertThat(with(rules, "<div class=x id=a><b>kept</b> Visitors: 18</div><div id=b>first</div>")
                        .hash())
                .isEqualTo(one.hash());
    }

    @Test
    void a_selector_that_finds_nothing_is_named() {
        Rules rules = new Rules(List.of("main", "#gone"), List.of(), List.of(), 0.2);
        Unreadable failure = catchThrowableOfType(Unreadable.class, () -> with(rules, "<main>text</main>"));
        assertThat(failure.outcome()).isEqualTo(FetchOutcome.MISSING_SELECTOR);
        assertThat(failure.detail()).isEqualTo("selector=#gone");
    }

    private static PageText with(Rules rules, String html) throws Unreadable {
        return HtmlText.of(Jsoup.parse(html, Pages.URL.toString()), rules);
    }
}
