package unrolled.notebook.kernel;

import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.zeromq.ZMQ;

/**
 * A socket that brings requests, which are answered one after the other. JJava's own looks for the next one every 50 ms, longer than
 * most cells take; this one waits for it, and costs nothing while it waits.
 */
final class Requests extends ShellChannel {
    private final JupyterConnection connection;
    private final boolean isControl;

    /** @param isControl brings what must not wait for a cell, such as a stop */
    Requests(ZMQ.Context context, HMACGenerator signatures, boolean isControl, JupyterConnection connection) {
        super(context, signatures, isControl, connection);
        this.connection = connection;
        this.isControl = isControl;
    }

    @Override public void bind(KernelConnectionProperties properties) {
        bind(formatAddress(properties.getTransport(), properties.getIp(), isControl ? properties.getControlPort() : properties.getShellPort()));
        new Thread(this::answerAll, isControl ? "control" : "requests").start();
    }

    private void answerAll() {
        ZMQ.Poller next = ctx.poller(1);
        next.register(this, ZMQ.Poller.POLLIN);
        while (true) {
            if (next.poll(-1) > 0) {
                answer();
            }
        }
    }

    private void answer() {
        Message<?> asked;
        try {
            asked = readMessage();
        } catch (RuntimeException unreadable) { // not signed as it must be, or not whole: not from our Jupyter
            while (hasReceiveMore()) {
                recv();
            }
            return;
        }
        answer(asked);
    }

    private <T> void answer(Message<T> asked) {
        ShellHandler<T> handler = connection.getHandler(asked.getHeader().getType());
        if (handler != null) {
            ShellReplyEnvironment answers = connection.prepareReplyEnv(this, asked);
            try {
                handler.handle(answers, asked);
            } catch (Exception problem) {
                throw new IllegalStateException(problem); // JavaKernel answers whatever happens
            } finally {
                answers.resolveDeferrals();
            }
        }
    }
}
