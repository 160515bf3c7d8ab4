package dev.catchment.names;

import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.SsaEdition;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases with a partition of their own: those that change for the most part are written anew, and keep every row. */
class LargeReleaseTest {
    private static final String[] OLD = {"1880 F Anna 5", "1880 F Mary 7065", "1880 M John 9655"};
    private static final String[] NEW = {"1880 F Mary 7066", "1880 M John 9655", "1880 M Max 9"};

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @BeforeEach
    void aside() {
        NAMES.set("names.large-release", "3");
    }

    private static Path older() {
        return SsaEdition.zip(
                NAMES.folder(), "older.zip", Map.of(1880, List.of("Mary,F,7065", "Anna,F,5", "John,M,9655")));
    }

    private static Path newer() {
        return SsaEdition.zip(
                NAMES.folder(), "newer.zip", Map.of(1880, List.of("Mary,F,7066", "John,M,9655", "Max,M,9")));
    }

    /** Each partition is whole: every index of the table, and no draft beside it. */
    private static void expectInOrder(int releases) {
        assertThat(texts("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = 'names.names'::regclass and c.relname <> 'names_shared'"))
                .hasSize(releases);
        assertThat(texts("""
                        select distinct (select count(*) from pg_inherits i where i.inhparent = p.indexrelid)
                        from pg_index p where p.indrelid = 'names.names'::regclass""")).containsExactly(String.valueOf(releases + 1));
        assertThat(
                        texts(
                                "select tablename from pg_tables where schemaname = 'names' and tablename ~ '^(staging|rewritten)_'"))
                .isEmpty();
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    private static List<String> ids() {
        return texts("select id from names.names order by id");
    }

    @Test
    void a_replaced_one_keeps_its_rows_and_when_they_ceased_to_count() {
        NAMES.load(older());
        List<String> ids = ids();
        NAMES.load(newer());
        assertThat(NamesRig.figures()).containsExactly(NEW);
        assertThat(ids()).startsWith(ids.toArray(String[]::new)).hasSize(6);
        assertThat(texts("select count(distinct deleted_at) from names.names")).containsExactly("1");
        expectInOrder(2);
    }

    @Test
    void one_that_loses_a_few_rows_only_is_updated_in_its_place() {
        NAMES.load(older());
        NAMES.load(NAMES.file("yob1880.txt", "John,M,9656"));
        assertThat(NamesRig.figures()).containsExactly("1880 F Anna 5", "1880 F Mary 7065", "1880 M John 9656");
        expectInOrder(1);
    }

    @Test
    void it_is_restored_and_replaced_again() {
        String old = NAMES.load(older()).get(0).get("dataset").toString();
        String current = NAMES.load(newer()).get(0).get("dataset").toString();
        assertThat(restore(old)).containsEntry("restored", 3L).containsEntry("replaced", 3L);
        assertThat(NamesRig.figures()).containsExactly(OLD);
        expectInOrder(2);
        restore(current);
        assertThat(NamesRig.figures()).containsExactly(NEW);
        expectInOrder(2);
    }

    private static Map<String, Object> restore(String dataset) {
        Map<String, Object> row = TestDatabase.get()
                .rows("names/update-restored-dataset", Map.of("dataset", dataset))
                .get(0);
        TestDatabase.get().rows("names/refresh-statistics", Map.of());
        return row;
    }

    @Test
    void another_reading_of_it_takes_the_place_of_the_first_one_which_is_kept() {
        NAMES.load(older());
        // As if a mistake in the parser had made another figure of it.
        TestDatabase.execute("update names.names set count = 1 where name = 'Mary'");
        TestDatabase.execute("update names.slices set births = births - 7064 where gender = 'F'");
        assertThat(NAMES.loadAgain(older()).get(0)).containsEntry("changed", 1L);
        assertThat(NamesRig.figures()).containsExactly(OLD);
        assertThat(texts("select count(*) from names.names where deleted_at is not null"))
                .containsExactly("3");
        expectInOrder(1);
    }
}
