package unrolled.course;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A learner's function as an object of the type that an exercise asks for, whatever functional interface it was declared with: numbers
 * and tables are turned into the types that either side expects, and every call is noted.
 */
final class Functional {

    /** Carries the sentence for the learner out of a call. */
    static final class Refusal extends RuntimeException {
        final NotAnAnswer answer;

        Refusal(NotAnAnswer answer) {
            super(answer.getMessage(), null, false, false);
            this.answer = answer;
        }
    }

    private static final List<Class<? extends Number>> NUMBERS = List.of(Double.class, Integer.class, Long.class, Float.class);

    /** Where functional interfaces are at home: those of Java and of the course, and a notebook's own. Numbers have others, too. */
    private static final Set<String> HOMES = Set.of("java.util.function", "java.util.concurrent", "REPL", "");

    private final Class<?> returns;
    private final Calls calls;

    /** Results become what the right function returns, {@code returns}; null where that is not known. */
    Functional(Class<?> returns, Calls calls) {
        this.returns = returns;
        this.calls = calls;
    }

    /** The only method that an object of this interface must have; none if there are several, or if it is no function. */
    static Optional<Method> method(Class<?> type) {
        if (!type.isInterface() || !(HOMES.contains(type.getPackageName()) || isOurs(type))) {
            return Optional.empty();
        }
        List<Method> all = Stream.of(type.getMethods()).filter(m -> Modifier.isAbstract(m.getModifiers()) && !ofObject(m)).toList();
        return all.size() == 1 && all.get(0).getReturnType() != void.class ? Optional.of(all.get(0)) : Optional.empty();
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().startsWith(Functional.class.getPackageName());
    }

    private static boolean ofObject(Method m) {
        return m.getName().equals("equals") && m.getParameterCount() == 1 || m.getName().equals("hashCode") || m.getName().equals("toString");
    }

    /** The method of the first functional interface that the answer's class implements. */
    private static Optional<Method> methodOf(Object answer) {
        for (Class<?> c = answer.getClass(); c != null; c = c.getSuperclass()) {
            for (Class<?> type : c.getInterfaces()) {
                Optional<Method> found = method(type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The answer as an F, if it can be one. */
    <F> F as(Class<F> type, Object answer) throws NotAnAnswer {
        Optional<Method> wanted = method(type);
        if (wanted.isEmpty()) {
            if (!type.isInstance(answer)) {
                throw new NotAnAnswer("the answer is " + Words.wanted(type) + "; yours is " + Words.describe(answer) + ".");
            }
            return type.cast(answer);
        }
        Optional<Method> own = type.isInstance(answer) ? wanted : methodOf(answer);
        int inputs = wanted.get().getParameterCount();
        if (own.isEmpty() && inputs == 0) {
            return proxy(type, wanted.get(), supplied(type, answer));
        }
        if (own.isEmpty() || own.get().getParameterCount() != inputs) {
            throw new NotAnAnswer("the answer is " + Words.wanted(type) + "; yours is " + Words.describe(answer)
                + (own.isEmpty() ? "." : " of " + own.get().getParameterCount() + " inputs. Keep the left side of the line as it was given."));
        }
        Method call = own.get();
        call.setAccessible(true);                                   // an interface of the learner's own need not be public
        return proxy(type, wanted.get(), args -> call(answer, call, args));
    }

    /** The numbers themselves where something is to supply them. */
    private Body supplied(Class<?> type, Object answer) throws NotAnAnswer {
        Object value;
        try {
            value = result(Object.class, answer);
        } catch (Refusal e) {
            value = null;
        }
        if (returns != null && !returns.isInstance(value)) {
            throw new NotAnAnswer("the answer is " + Words.wanted(type) + "; yours is " + Words.describe(answer) + ".");
        }
        Object given = value;
        return args -> given;
    }

    private interface Body {
        Object of(Object[] args) throws Throwable;
    }

    private <F> F proxy(Class<F> type, Method wanted, Body body) {
        InvocationHandler handler = (self, method, args) -> {
            Object[] given = args == null ? new Object[0] : args;
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(self, method, given);
            }
            if (ofObject(method)) {
                return method.getName().equals("equals") ? (Object) (self == given[0])
                    : method.getName().equals("hashCode") ? (Object) System.identityHashCode(self) : "a function";
            }
            calls.begin(given);
            Object result = result(wanted.getReturnType(), body.of(given));
            calls.end(result);
            return result;
        };
        return type.cast(Proxy.newProxyInstance(Functional.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Calls the learner's function, with the kind of numbers that it takes. */
    private static Object call(Object answer, Method method, Object[] args) throws Throwable {
        ClassCastException first = null;
        for (Class<? extends Number> number : NUMBERS) {
            Object[] converted = first == null ? args.clone() : convert(args, number);
            if (converted == null) {
                continue;
            }
            for (int i = 0; i < converted.length; i++) {
                converted[i] = argument(converted[i], method.getParameterTypes()[i]);
            }
            try {
                return method.invoke(answer, converted);
            } catch (IllegalArgumentException e) {                  // how newer Javas say that an argument is of another class
                first = first == null ? new ClassCastException("it takes inputs of another type than " + Words.input(args)) : first;
            } catch (InvocationTargetException e) {
                boolean boxed = e.getCause() instanceof ClassCastException && Arrays.stream(args).anyMatch(a -> a instanceof Number);
                if (!boxed) {
                    throw e.getCause();
                }
                first = first == null ? (ClassCastException) e.getCause() : first;
            }
        }
        throw first;
    }

    /** All numbers as this kind; null if one of them is none of it. */
    private static Object[] convert(Object[] args, Class<? extends Number> number) {
        Object[] converted = args.clone();
        for (int i = 0; i < converted.length; i++) {
            if (converted[i] instanceof Number n) {
                double x = n.doubleValue();
                boolean whole = number == Integer.class || number == Long.class;
                if (whole && x != Math.rint(x)) {
                    return null;
                }
                converted[i] = number == Double.class ? (Object) x : number == Integer.class ? (Object) (int) x
                    : number == Long.class ? (Object) (long) x : (Object) (float) x;
            }
        }
        return converted;
    }

    private static Object argument(Object arg, Class<?> wanted) {
        if (!(arg instanceof Number n) || !wanted.isPrimitive()) {
            return arg;
        }
        if (wanted == double.class) {
            return n.doubleValue();
        }
        if (n.doubleValue() != Math.rint(n.doubleValue())) {
            throw new Refusal(new NotAnAnswer("your function takes whole numbers (" + wanted + ") only, but the exercise tries it with "
                + Words.digits(n.doubleValue()) + ". Keep the left side of the line as it was given."));
        }
        return wanted == int.class ? (Object) n.intValue() : n.longValue();
    }

    /** A learner's result as what the exercise looks at. */
    private Object result(Class<?> wanted, Object result) {
        try {
            if (wanted == double.class || returns == Double.class) {
                return result == null ? (Object) Double.NaN : View.number(result).values()[0];
            }
            if (wanted == int.class || wanted == long.class) {
                return wanted == int.class ? (Object) ((Number) result).intValue() : (Object) ((Number) result).longValue();
            }
            if (result == null || returns == null || returns.isInstance(result)) {
                return result;
            }
            return returns == double[].class ? View.matrix(result).values() : returns == double[][].class ? rows(View.matrix(result)) : result;
        } catch (NotAnAnswer e) {
            throw new Refusal(e.blank ? e : new NotAnAnswer(e.getMessage().replaceFirst("^the answer is", "what your function returns is")));
        }
    }

    private static double[][] rows(View view) {
        double[][] rows = new double[view.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(view.values(), i * view.cols(), (i + 1) * view.cols());
        }
        return rows;
    }
}
