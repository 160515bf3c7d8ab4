import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs scripts in Spark SQL, local: of each but the first, which prepares, it prints the rows, and then a line that ends them. */
final class LakeSpark {
    public static void main(String[] scripts) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.warehouse.dir", Files.createTempDirectory("spark").toString())
                .getOrCreate();
        for (String script : scripts) {
            for (String step : Files.readString(Path.of(script)).split(";\\s*\n")) {
                List<Row> rows = spark.sql(step).collectAsList();
                if (!script.equals(scripts[0])) {
                    rows.forEach(row -> System.out.println(IntStream.range(0, row.length())
                            .mapToObj(i -> String.valueOf(row.get(i)))
                            .collect(Collectors.joining("|"))));
                    System.out.println("--");
                }
            }
        }
        spark.stop();
    }
}
