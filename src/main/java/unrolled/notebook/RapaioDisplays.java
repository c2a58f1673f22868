package unrolled.notebook;

import java.util.List;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Tells the rapaio kernel how to show our types when one is the last expression of a cell. Found through META-INF/services. */
public final class RapaioDisplays implements DisplayProvider {
    @Override public List<DisplayRenderer> getDisplayRenderers() {
        return Bundle.types().stream().<DisplayRenderer>map(Renderer::new).toList();
    }

    @Override public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private record Renderer(Class<?> rendererClass) implements DisplayRenderer {
        @Override public boolean canRender(String mime) {
            return mime == null;
        }

        @Override public DisplayData render(String mime, Object thing) {
            return RapaioKernel.data(Bundle.of(thing));
        }
    }
}
