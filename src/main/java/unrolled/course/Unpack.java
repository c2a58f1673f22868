package unrolled.course;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrix;
import org.ejml.simple.SimpleMatrix;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Takes numbers out of what they come in: streams, suppliers, optionals, data frames, and EJML's plain matrices. */
final class Unpack {

    /** How many of a stream are read at most: one more than any answer may have. */
    private static final int MOST = View.MOST + 1;

    private Unpack() { }

    /** The answer as an array, a list, a matrix or a single number if it holds such, else as it is. */
    static Object of(Object answer) throws NotAnAnswer {
        if (answer instanceof Supplier<?> s) {
            return of(s.get());
        } else if (answer instanceof Callable<?> c) {
            return of(called(c));
        } else if (answer instanceof DoubleSupplier s) {
            return s.getAsDouble();
        } else if (answer instanceof IntSupplier s) {
            return s.getAsInt();
        } else if (answer instanceof LongSupplier s) {
            return s.getAsLong();
        } else if (answer instanceof BaseStream<?, ?> stream) {
            return array(stream);
        } else if (answer instanceof Optional<?> o) {
            return o.orElse(null);
        } else if (answer instanceof OptionalDouble o) {
            return o.orElse(Double.NaN);
        } else if (answer instanceof OptionalInt o) {
            return o.isPresent() ? (Object) o.getAsInt() : null;
        } else if (answer instanceof OptionalLong o) {
            return o.isPresent() ? (Object) o.getAsLong() : null;
        } else if (answer instanceof Column<?> column) {
            return numbers(column);
        } else if (answer instanceof Table table) {
            return rows(table);
        } else if (answer instanceof DMatrix m) {
            return SimpleMatrix.wrap(m);
        } else if (answer instanceof Iterable<?> all && !(answer instanceof Collection<?>) && !(answer instanceof SimpleMatrix)) {
            List<Object> list = new ArrayList<>();
            for (Object one : all) {
                if (list.size() == MOST) {
                    break;
                }
                list.add(one);
            }
            return list;
        }
        return answer;
    }

    private static Object called(Callable<?> callable) throws NotAnAnswer {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new NotAnAnswer("your function stopped with " + e.getClass().getSimpleName() + ".");
        }
    }

    private static Object array(BaseStream<?, ?> stream) throws NotAnAnswer {
        try {
            return stream instanceof DoubleStream s ? s.limit(MOST).toArray()
                : stream instanceof IntStream s ? s.limit(MOST).toArray()
                : stream instanceof LongStream s ? s.limit(MOST).toArray()
                : ((Stream<?>) stream).limit(MOST).toList();
        } catch (IllegalStateException e) {
            throw new NotAnAnswer("yours is a stream that has been used up: a stream gives its numbers only once. Add `.toArray()` where it "
                + "is made.");
        }
    }

    private static double[] numbers(Column<?> column) throws NotAnAnswer {
        if (column instanceof NumericColumn<?> n) {
            return n.asDoubleArray();
        }
        throw new NotAnAnswer("the answer is made of numbers; your column " + column.name() + " is of type " + column.type() + ".");
    }

    private static double[][] rows(Table table) throws NotAnAnswer {
        double[][] rows = new double[Math.min(table.rowCount(), MOST)][table.columnCount()];
        for (int j = 0; j < table.columnCount(); j++) {
            double[] column = numbers(table.column(j));
            for (int i = 0; i < rows.length; i++) {
                rows[i][j] = column[i];
            }
        }
        return rows;
    }

    /** A number as a double; a float as the decimal number that it stands for. */
    static double real(Number n) {
        return n instanceof Float f ? Double.parseDouble(f.toString()) : n.doubleValue();
    }

    /** What is said of a text where numbers are asked for. */
    static String quotes(String text) {
        try {
            Double.parseDouble(text.strip());
            return ": leave the quotes away";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
