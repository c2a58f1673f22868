package unrolled.mutation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs test classes inside a {@link MutantLoader} until one test fails: first those named after the mutated class, then the others,
 * the quickest first.
 */
final class Judge {
    private record Case(String name, Callable<Void> run) { }

    /** The nanoseconds that tests took when they found nothing. */
    private static final Map<String, Long> TAKEN = new ConcurrentHashMap<>();

    private Judge() { }

    /** The name of the test that caught the mutant, or null if none did. */
    static String verdict(MutantLoader loader, String file, List<String> testClasses) {
        List<Case> later = new ArrayList<>();
        for (String testClass : testClasses) {
            for (Case c : cases(loader, testClass)) {
                if (!c.name.toLowerCase(Locale.ROOT).contains(file.toLowerCase(Locale.ROOT))) {
                    later.add(c);
                } else if (fails(c)) {
                    return c.name;
                }
            }
        }
        Map<String, Long> taken = Map.copyOf(TAKEN); // one order while it sorts
        later.sort(Comparator.comparing(c -> taken.getOrDefault(c.name, 0L)));
        return later.stream().filter(Judge::fails).findFirst().map(Case::name).orElse(null);
    }

    private static boolean fails(Case c) {
        try {
            long begin = System.nanoTime();
            c.run.call();
            TAKEN.merge(c.name, System.nanoTime() - begin, Math::min);
            return false;
        } catch (Throwable e) {             // a failed assertion, or whatever the mutant has broken
            return true;
        }
    }

    private static List<Case> cases(MutantLoader loader, String testClass) {
        List<Case> cases = new ArrayList<>();
        try {
            Class<?> type = Class.forName(testClass, true, loader);
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object test = constructor.newInstance();
            List<Method> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
            methods.sort(Comparator.comparing(Method::getName));
            for (Method m : methods) {
                m.setAccessible(true);
                String name = type.getSimpleName() + "." + m.getName();
                if (m.isAnnotationPresent(Test.class) && m.getParameterCount() == 0) {
                    cases.add(new Case(name, () -> {
                        m.invoke(test);
                        return null;
                    }));
                } else if (m.isAnnotationPresent(TestFactory.class)) {
                    dynamic(m.invoke(test)).forEachRemaining(d -> cases.add(new Case(name + " / " + d.getDisplayName(), () -> {
                        try {
                            d.getExecutable().execute();
                        } catch (Throwable e) {
                            throw new InvocationTargetException(e);
                        }
                        return null;
                    })));
                }
            }
        } catch (InvocationTargetException | RuntimeException | Error e) {
            cases.add(0, new Case(testClass + " does not start", () -> {
                throw new IllegalStateException(e);
            }));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(testClass, e);
        }
        return cases;
    }

    @SuppressWarnings("unchecked")
    private static Iterator<DynamicTest> dynamic(Object tests) {
        return tests instanceof Stream<?> s ? (Iterator<DynamicTest>) s.iterator() : ((Collection<DynamicTest>) tests).iterator();
    }
}
