package org.rapaio.jupyter.kernel.core.java;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import unrolled.notebook.kernel.StoppableControl;

/**
 * Stands in for the kernel's class of the same name, which the kernel creates without asking anybody: as the library lies before
 * the kernel on the class path, this one is found, and every cell runs in a {@link StoppableControl}. Where the kernel comes
 * first, its own class is found, and all works but the stopping of busy loops.
 */
public class RapaioExecutionControlProvider implements ExecutionControlProvider {
    /** Names of parameters that the kernel passes. */
    public static final String EXECUTION_ID_KEY = "execution_id";
    public static final String EXECUTION_TIMEOUT_KEY = "timeout";

    private final Map<String, RapaioExecutionControl> controls = new ConcurrentHashMap<>();

    /** The control made for that id. */
    public RapaioExecutionControl getRegisteredControl(String id) {
        return controls.get(id);
    }

    @Override public String name() {
        return "StoppableControlProvider";
    }

    @Override public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        StoppableControl control = new StoppableControl(Long.parseLong(parameters.getOrDefault(EXECUTION_TIMEOUT_KEY, "-1")));
        control.listen();
        controls.put(parameters.get(EXECUTION_ID_KEY), control);
        return control;
    }
}
