package unrolled.notebook;

import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** The rapaio kernel. */
final class RapaioKernel implements Kernel {
    /**
     * Whether that kernel runs in this process. Asked of its threads, because merely touching its main class, which may lie on
     * the class path of a test, would start a second kernel.
     */
    static boolean isRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getClass().getName().startsWith("org.rapaio.jupyter.kernel."));
    }

    static DisplayData data(Bundle bundle) {
        DisplayData data = DisplayData.fromText(bundle.text());
        bundle.data().forEach(data::putData);
        return data;
    }

    @Override public void display(Bundle bundle, String id) {
        DisplayData data = data(bundle);
        if (id != null) {
            data.setDisplayId(id);
        }
        MainApp.kernel.display(data);
    }

    @Override public void update(Bundle bundle, String id) {
        DisplayData data = data(bundle);
        data.setDisplayId(id);
        MainApp.kernel.updateDisplay(data);
    }
}
