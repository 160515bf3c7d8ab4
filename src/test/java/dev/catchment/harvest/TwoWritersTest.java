package dev.catchment.harvest;

import static dev.catchment.harvest.Parks.park;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Conflict;
import dev.catchment.support.Await;
import dev.catchment.support.HarvestWalk;
import dev.catchment.support.HarvestWalk.Row;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two that change one dataset at once: no key holds their states apart any longer, the order in which they lock it does. */
class TwoWritersTest {
    @RegisterExtension
    final Parks parks = new Parks();

    @AfterEach
    void statesFollowOneAnother() {
        assertThat(
                        texts(
                                "select dataset_id || ' ' || valid_from from harvest.versions group by dataset_id, valid_from having count(*) > 1"))
                .isEmpty();
        assertThat(number(
                        "select count(*) from (select valid_to, lead(valid_from) over (partition by dataset_id order by valid_to) as next"
                                + " from harvest.versions) v where next <> valid_to"))
                .isZero();
    }

    /** Both have begun, and seen what there was, before either can change a dataset. */
    private static <T> List<CompletableFuture<T>> atOnce(Supplier<T> first, Supplier<T> second) throws Exception {
        try (Connection holder = TestDatabase.get().dataSource().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select from harvest.datasets for no key update");
            List<CompletableFuture<T>> both =
                    List.of(CompletableFuture.supplyAsync(first), CompletableFuture.supplyAsync(second));
            Await.until("both wait", () -> number("select count(*) from pg_locks where not granted") == 2);
            holder.rollback();
            both.forEach(one -> one.exceptionally(failure -> null).join());
            return both;
        }
    }

    private static List<String> names() {
        return texts("select raw ->> 'name' from harvest.records order by key");
    }

    @Test
    void a_page_that_two_processes_write_at_once_is_written_once() throws Exception {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"));
        HarvestWalk run = parks.begin(2);
        HarvestWalk twin = run.elsewhere(0);
        Row[] page = {park("a", "Acres"), park("b", "Bays")};
        List<CompletableFuture<Map<String, Object>>> both = atOnce(() -> run.page(page), () -> twin.page(page));
        assertThat(both)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .singleElement()
                .satisfies(lost -> lost.exceptionally(failure -> {
                            assertThat(Conflict.isDuplicate(failure, "requests"))
                                    .as(failure.toString())
                                    .isTrue();
                            return null;
                        })
                        .join());
        run.end();
        assertThat(names()).containsExactly("Acres", "Bays");
        assertThat(number("select count(*) from harvest.versions")).isEqualTo(2);
        assertThat(number("select updated from ops.runs order by id desc limit 1"))
                .isEqualTo(2);
    }

    @Test
    void two_pages_with_one_dataset_are_written_one_after_the_other() throws Exception {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"), park("c", "Cape"));
        HarvestWalk run = parks.begin(2);
        HarvestWalk other = run.elsewhere(1).from(3);
        List<CompletableFuture<Map<String, Object>>> both = atOnce(
                () -> run.page(park("a", "Acres"), park("b", "Bays")),
                () -> other.page(park("a", "Acreage"), park("c", "Capes")));
        assertThat(both).allSatisfy(one -> assertThat(one.join()).isNotNull());
        assertThat(names()).element(0).isIn("Acres", "Acreage");
    }

    @Test
    void a_walk_and_the_undoing_of_the_one_before_change_a_dataset_one_after_the_other() throws Exception {
        parks.walk(1, park("a", "Acre"), park("b", "Bay"));
        HarvestWalk wrong = parks.walk(2, park("a", "Acres"), park("b", "Bay"));
        HarvestWalk run = parks.begin(3);
        HarvestWalk undo = run.beside();
        List<CompletableFuture<Map<String, Object>>> both = atOnce(
                () -> run.page(park("a", "Acreage"), park("b", "Bays")),
                () -> undo.one("harvest/undo-run", "undone", wrong.run()));
        assertThat(both).allSatisfy(one -> assertThat(one.join()).isNotNull());
        run.end();
        undo.close("succeeded", false);
        assertThat(names()).element(0).isIn("Acre", "Acreage");
        assertThat(number("select count(*) from harvest.versions where key = 'a'"))
                .isEqualTo(3);
    }
}
