package dev.catchment.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL says is wrong with SQL that somebody wrote and that stands within a larger statement.
 *
 * @param line of that SQL, 0 if it stands elsewhere
 * @param what in sentences
 */
public record SqlMistake(int line, String what) {
    /** @param written the SQL that may be wrong @return null if it is not what the failure is about */
    public static SqlMistake of(Throwable failure, String written) {
        SQLException root = SqlFailureText.root(failure);
        if (!(root instanceof PSQLException refused) || refused.getServerErrorMessage() == null || isOfServer(root)) {
            return null;
        }
        ServerErrorMessage said = refused.getServerErrorMessage();
        String query = said.getInternalQuery();
        int position = said.getInternalPosition() - 1;
        int begin = query == null ? -1 : query.indexOf(written.strip());
        int line = 0;
        String where = "";
        if (begin >= 0
                && position >= begin
                && position <= begin + written.strip().length()) {
            int before = begin - written.indexOf(written.strip());
            line = 1
                    + (int) query.substring(Math.max(before, 0), position)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        } else if (query != null && position >= 0) {
            where = ", in " + lineAt(query, position);
        }
        String hint = said.getHint() == null ? "" : " " + stopped(said.getHint());
        return new SqlMistake(line, stopped(said.getMessage() + where) + hint);
    }

    /** Of connections, room, memory, and of a server that stops: states that nobody's SQL brings about. */
    private static boolean isOfServer(SQLException failure) {
        return String.valueOf(failure.getSQLState()).matches("(08|53|57|58|XX|40|25|55).*");
    }

    private static String lineAt(String query, int position) {
        int from = query.lastIndexOf('\n', position) + 1;
        int to = query.indexOf('\n', position);
        return query.substring(from, to < 0 ? query.length() : to).strip().replaceFirst(",$", "");
    }

    private static String stopped(String sentence) {
        return sentence.replaceFirst("[.\\s]*$", ".");
    }
}
