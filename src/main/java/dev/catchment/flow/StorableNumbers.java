package dev.catchment.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Makes number nodes only of numbers that jsonb can hold: 131072 digits before the decimal point, 16383 after it (the
 * limits of PostgreSQL's {@code numeric}, chapter "Numeric Types"). JSON itself knows no limit, so {@code 1e400000}
 * is legal JSON and would break the whole batch.
 */
final class StorableNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;
    private static final int DIGITS_BEFORE_POINT = 131_072;
    private static final int DIGITS_AFTER_POINT = 16_383;

    @Override
    public ValueNode numberNode(BigDecimal value) {
        if (value != null) {
            long before = (long) value.precision() - value.scale();
            if (before > DIGITS_BEFORE_POINT && value.signum() != 0 || value.scale() > DIGITS_AFTER_POINT) {
                throw new OutOfRange(value);
            }
        }
        return super.numberNode(value);
    }

    /** A number PostgreSQL refuses. */
    static final class OutOfRange extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfRange(BigDecimal value) {
            super(value.round(new MathContext(5)) + " has more digits than jsonb holds", null, false, false);
        }
    }
}
