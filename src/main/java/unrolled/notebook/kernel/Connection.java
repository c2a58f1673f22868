package unrolled.notebook.kernel;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.ZMQ;

/** The five sockets to Jupyter, and a way to ask the reader for a line that the stop button can end. */
final class Connection extends JupyterConnection {
    private static final long LOOK_MS = 20;

    private final KernelConnectionProperties properties;
    private final Requests cells, commands;

    /** The one thread that asks, and not the cell's: an interrupt in the middle of a message would close the socket. */
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "questions");
        thread.setDaemon(true);
        return thread;
    });

    Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
        super(properties);
        this.properties = properties;
        ZMQ.Context context = ZMQ.context(1);
        HMACGenerator signatures = properties.createHMACGenerator();
        cells = new Requests(context, signatures, false, this);
        commands = new Requests(context, signatures, true, this);
        getIOPub().setHWM(0); // the default is 1,000 messages: what comes after them would be lost without a word
    }

    @Override public void connect() {
        List.of(heartbeat, cells, commands, stdin, iopub).forEach(socket -> socket.bind(properties));
        iopub.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    }

    /**
     * Asks for a line of input below the cell.
     *
     * @param cell   the message that runs the cell
     * @param before sends what the code has printed, so that its words stand above the answer
     * @throws InterruptedException if the reader pressed stop instead
     */
    String ask(MessageContext cell, Runnable before) throws InterruptedException {
        Question question = new Question(cell, before);
        Future<String> answer = asking.submit(question::ask);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The notebook could not be asked for a line: " + e.getCause(), e.getCause());
        } finally {
            question.withdrawn = true;
        }
    }

    private final class Question {
        private final MessageContext cell;
        private final Runnable before;
        private volatile boolean withdrawn;

        Question(MessageContext cell, Runnable before) {
            this.cell = cell;
            this.before = before;
        }

        String ask() throws InterruptedException {
            before.run();
            while (answered()) {
                stdin.readMessage(); // the answer to a question that was withdrawn
            }
            stdin.sendMessage(new Message<>(cell, InputRequest.MESSAGE_TYPE, new InputRequest("", false)));
            while (!answered()) {
                if (withdrawn) {
                    return null;
                }
                Thread.sleep(LOOK_MS);
            }
            return stdin.readMessage(InputReply.MESSAGE_TYPE).getContent().getValue();
        }

        private boolean answered() {
            return (stdin.getEvents() & ZMQ.Poller.POLLIN) != 0;
        }
    }
}
