package unrolled.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import unrolled.plot.Plots;

/** The reflection fits the real base classes of IJava: they publish what we show. */
class SpencerKernelTest {
    private final List<ContentType<?>> sent = new ArrayList<>();
    private final BaseKernel base = new BaseKernel() {
        @Override public DisplayData eval(String code) {
            return null;
        }

        @Override public LanguageInfo getLanguageInfo() {
            return null;
        }
    };
    private SpencerKernel kernel;

    /** The way to the front end, up to the socket. */
    private final class Wire extends ShellReplyEnvironment {
        Wire() {
            super(null, null, null, null);
        }

        @Override public <T extends ContentType<T>> void publish(T content) {
            sent.add(content);
        }
    }

    @BeforeEach void start() throws Exception {
        Method attach = base.getIO().getClass().getDeclaredMethod("setEnv", ShellReplyEnvironment.class);
        attach.setAccessible(true);
        attach.invoke(base.getIO(), new Wire());
        kernel = new SpencerKernel(base);
    }

    private static DisplayData data(Object message) {
        return (DisplayData) message;
    }

    @Test void showsAndUpdates() {
        kernel.display(Bundle.of(Bundle.HTML, "<b>1</b>", "one"), "place");
        kernel.update(Bundle.of(Bundle.HTML, "<b>2</b>", "two"), "place");
        assertTrue(sent.get(0) instanceof PublishDisplayData);
        assertTrue(sent.get(1) instanceof PublishUpdateDisplayData);
        assertEquals("place", data(sent.get(1)).getDisplayId());
        assertEquals("<b>2</b>", data(sent.get(1)).getData(MIMEType.TEXT_HTML));
        assertEquals("one", data(sent.get(0)).getData(MIMEType.TEXT_PLAIN));
    }

    @Test void rendersALastExpression() {
        DisplayData chart = base.getRenderer().render(Plots.lines("Loss", "epoch", "loss").add("a", new double[] {1, 2}));
        assertTrue(chart.hasDataForType(MIMEType.parse(Bundle.PLOTLY)));
        assertTrue(chart.getData(MIMEType.TEXT_PLAIN).toString().contains("Line chart"));
        assertTrue(base.getRenderer().render(new double[][] {{1, 2}}).hasDataForType(MIMEType.TEXT_HTML));
        assertTrue(base.getRenderer().render(Display.table("a").row(1)).hasDataForType(MIMEType.TEXT_HTML));
    }

    @Test void withoutSuchAKernelNoneIsFound() {
        assertNull(SpencerKernel.find());
    }
}
