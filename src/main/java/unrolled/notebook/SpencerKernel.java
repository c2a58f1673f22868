package unrolled.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * IJava, and its heir JJava, which has the same classes under another name. Neither is needed to build or to run this library,
 * so both are reached by reflection.
 */
final class SpencerKernel implements Kernel {
    /** Class and static method that give the running kernel: IJava, JJava to 1.0-M3, JJava after. */
    private static final String[][] PLACES = {
        {"io.github.spencerpark.ijava.IJava", "getKernelInstance"},
        {"org.dflib.jjava.JJava", "getKernelInstance"},
        {"org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel"}};

    private final Object kernel;
    private final Class<?> dataType;
    private final Object stream;

    /** @param kernel a BaseKernel of one of the two families */
    SpencerKernel(Object kernel) throws ReflectiveOperationException {
        this.kernel = kernel;
        this.dataType = displayData(kernel);
        Object io = call(kernel, "getIO");
        this.stream = io.getClass().getField("display").get(io);
        for (Class<?> type : Bundle.types()) {
            register(type);
        }
    }

    /** The running kernel of this family; null if there is none, or if it has another shape than expected. */
    static SpencerKernel find() {
        for (String[] place : PLACES) {
            try {
                Object kernel = Class.forName(place[0]).getMethod(place[1]).invoke(null);
                if (kernel != null) {
                    return new SpencerKernel(kernel);
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                continue; // not this kernel, or not running
            }
        }
        return null;
    }

    /** DisplayData is what the method display of the kernel takes. */
    private static Class<?> displayData(Object kernel) {
        for (Method method : kernel.getClass().getMethods()) {
            if (method.getName().equals("display") && method.getParameterCount() == 1) {
                return method.getParameterTypes()[0];
            }
        }
        throw new IllegalArgumentException(kernel.getClass().getName() + " has no method display(DisplayData).");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    @Override public void display(Bundle bundle, String id) {
        try {
            kernel.getClass().getMethod("display", dataType).invoke(kernel, data(bundle, id));
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    @Override public void update(Bundle bundle, String id) {
        try {
            stream.getClass().getMethod("updateDisplay", dataType).invoke(stream, data(bundle, id));
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    private Object data(Bundle bundle, String id) throws ReflectiveOperationException {
        Object data = dataType.getConstructor().newInstance();
        fill(data, bundle);
        if (id != null) {
            dataType.getMethod("setDisplayId", String.class).invoke(data, id);
        }
        return data;
    }

    private void fill(Object data, Bundle bundle) throws ReflectiveOperationException {
        Method put = dataType.getMethod("putData", String.class, Object.class);
        for (var entry : bundle.data().entrySet()) {
            put.invoke(data, entry.getKey(), entry.getValue());
        }
    }

    /** Shows the type also when it is the last expression of a cell. */
    private void register(Class<?> type) throws ReflectiveOperationException {
        Object renderer = call(kernel, "getRenderer");
        Object registration = renderer.getClass().getMethod("createRegistration", Class.class).invoke(renderer, type);
        Class<?> function = null;
        for (Method method : registration.getClass().getMethods()) {
            function = method.getName().equals("register") ? method.getParameterTypes()[0] : function;
        }
        Object render = Proxy.newProxyInstance(function.getClassLoader(), new Class<?>[] {function}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals") ? proxy == args[0]
                        : method.getName().equals("hashCode") ? System.identityHashCode(proxy) : "renders " + type.getSimpleName();
            }
            fill(call(args[1], "getOutputContainer"), Bundle.of(args[0]));
            return null;
        });
        Object types = new String[] {Bundle.TEXT};
        registration = registration.getClass().getMethod("preferring", String[].class).invoke(registration, types);
        registration.getClass().getMethod("register", function).invoke(registration, render);
    }

    private static IllegalStateException failed(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return new IllegalStateException("The kernel could not show this: " + cause.getMessage(), cause);
    }
}
