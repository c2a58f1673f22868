package unrolled.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.logging.LogManager;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the Java kernel as its own main class does, but listens to JupyterLab only when everything that answers is in place.
 *
 * <p>The kernel's own order is to listen first. On a busy machine JupyterLab's first question then comes too early and is
 * thrown away ("Unhandled message: kernel_info_request"), and the notebook waits at "Connecting" for a minute or for ever.
 */
public final class MainApp {
    private MainApp() {
    }

    /** @param args the path of the connection file that Jupyter has written: ports, key and transport */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        LogManager.getLogManager().readConfiguration(MainApp.class.getResourceAsStream("/logging.properties"));
        ConnectionProperties connection = Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
        Channels channels = new Channels(connection);
        channels.connect(org.rapaio.jupyter.kernel.MainApp.kernel);
        LoopThread.beginAll();
        channels.joinUntilClose();
    }
}
