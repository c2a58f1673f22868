package org.rapaio.jupyter.kernel.channels;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.message.ContentType;
import org.rapaio.jupyter.kernel.message.HMACDigest;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.jupyter.kernel.message.MessageId;
import org.rapaio.jupyter.kernel.message.MessageType;
import org.rapaio.jupyter.kernel.message.messages.ErrorReply;
import org.rapaio.jupyter.kernel.message.messages.IOPubStatus;
import org.rapaio.jupyter.kernel.message.messages.IOPubStream;
import org.rapaio.org.zeromq.ZMQ;

/**
 * Stands in for the kernel's class of the same name (see {@code RapaioExecutionControlProvider}): the five sockets to Jupyter.
 *
 * <p>Two of them, shell and control, take questions, and JupyterLab asks on both at the same moment when it connects. The
 * kernel's class remembers one "message being answered" for both and answers everything on shell: asked in pairs, control never
 * answered and shell lost 2 of 15 answers. Here each thread remembers its own message and answers where it was asked. Output of
 * a cell's own threads belongs to the message that shell is answering.
 */
public final class Channels {
    private final ConnectionProperties properties;
    private final ZMQ.Context context = ZMQ.context(1);
    private final ShellChannel shell;
    private final StdinChannel stdin;
    private final IOPubChannel iopub;
    private final List<AbstractChannel> channels;
    private final Map<MessageType<?>, MessageHandler<?>> handlers = new HashMap<>();
    private LoopThread shellLoop;
    private volatile boolean ending;

    /** Makes the sockets; {@link #connect} opens them. */
    public Channels(ConnectionProperties properties) throws NoSuchAlgorithmException, InvalidKeyException {
        this.properties = properties;
        HMACDigest digest = properties.createHMACDigest();
        shell = new ShellChannel(this, context, digest, this);
        stdin = new StdinChannel(this, context, digest);
        iopub = new IOPubChannel(this, context, digest);
        channels = List.of(iopub, stdin, new HeartbeatChannel(this, context, digest), new ControlChannel(this, context, digest), shell);
    }

    /** Opens the sockets; they listen from {@link LoopThread#beginAll} on. */
    public void connect(RapaioKernel kernel) {
        handlers.put(MessageType.SHELL_EXECUTE_REQUEST, handler(kernel::handleExecuteRequest));
        handlers.put(MessageType.SHELL_INSPECT_REQUEST, handler(kernel::handleInspectRequest));
        handlers.put(MessageType.SHELL_COMPLETE_REQUEST, handler(kernel::handleCompleteRequest));
        handlers.put(MessageType.SHELL_HISTORY_REQUEST, handler(kernel::handleHistoryRequest));
        handlers.put(MessageType.SHELL_IS_COMPLETE_REQUEST, handler(kernel::handleIsCompleteRequest));
        handlers.put(MessageType.SHELL_KERNEL_INFO_REQUEST, handler(kernel::handleKernelInfoRequest));
        handlers.put(MessageType.CONTROL_SHUTDOWN_REQUEST, handler(kernel::handleShutdownRequest));
        handlers.put(MessageType.CONTROL_INTERRUPT_REQUEST, handler(kernel::handleInterruptRequest));
        handlers.put(MessageType.CUSTOM_COMM_OPEN, handler(kernel::handleCommOpenCommand));
        handlers.put(MessageType.CUSTOM_COMM_MSG, handler(kernel::handleCommMsgCommand));
        handlers.put(MessageType.CUSTOM_COMM_CLOSE, handler(kernel::handleCommCloseCommand));
        handlers.put(MessageType.SHELL_COMM_INFO_REQUEST, handler(kernel::handleCommInfoRequest));
        kernel.registerChannels(this);
        for (AbstractChannel channel : channels) {
            LoopThread.made = null;
            channel.bind(properties);
            if (LoopThread.made != null) {
                LoopThread.made.answersOn = channel;
            }
        }
        shellLoop = LoopThread.made; // shell comes last
        iopub.sendMessage(new Message<>(MessageType.IOPUB_STATUS, IOPubStatus.STARTING));
    }

    private static <T> MessageHandler<T> handler(MessageHandler<T> handler) {
        return handler;
    }

    /** The thread whose message is being answered by the caller. */
    private LoopThread asked() {
        return Thread.currentThread() instanceof LoopThread loop ? loop : shellLoop;
    }

    /** Null if the kernel does not know the type. */
    @SuppressWarnings("unchecked")
    public <T> MessageHandler<T> getHandler(MessageType<T> type) {
        return (MessageHandler<T>) handlers.get(type);
    }

    /** Closes the sockets. */
    public void close() {
        channels.forEach(AbstractChannel::close);
        context.close();
    }

    /** Waits until the sockets are closed. */
    public void joinUntilClose() {
        channels.forEach(AbstractChannel::joinUntilClose);
    }

    /** Whether a message is being answered. */
    public boolean hasMsgId() {
        return asked().message != null;
    }

    /** Begins to answer a message. */
    public void setMsgId(MessageId<?> message) {
        asked().message = message;
    }

    /** The message is answered. */
    public void freeMsgId() {
        asked().message = null;
    }

    /** The kernel ends after the message it answers now. */
    public void markForShutdown() {
        ending = true;
    }

    /** Whether the kernel is to end. */
    public boolean isMarkedForShutdown() {
        return ending;
    }

    /** Prints into the notebook. */
    public void writeToStdOut(String text) {
        publish(new IOPubStream(IOPubStream.StreamName.OUT, text));
    }

    /** Prints into the notebook, in red. */
    public void writeToStdErr(String text) {
        publish(new IOPubStream(IOPubStream.StreamName.ERR, text));
    }

    /** Asks the reader for a line. */
    public String readFromStdIn() {
        return stdin.getInput(asked().message, "", false);
    }

    /** Tells everybody. */
    public <T extends ContentType<T>> void publish(T content) {
        iopub.sendMessage(new Message<>(asked().message, content.type(), content));
    }

    /** Answers the one who asked. */
    public <T extends ContentType<T>> void reply(T content) {
        asked().answersOn.sendMessage(new Message<>(asked().message, content.type(), content));
    }

    /** Answers with an error. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void replyError(MessageType<?> type, ErrorReply error) {
        asked().answersOn.sendMessage(new Message(asked().message, type, error));
    }

    /** Does something after the message is answered; what was said last is done first. */
    public void scheduleAfter(Runnable action) {
        asked().after.push(action);
    }

    /** Does what was put off. */
    public void runAfterActions() {
        LoopThread loop = asked();
        while (!loop.after.isEmpty()) {
            loop.after.pop().run();
        }
    }

    /** Says "busy" now and "idle" after the message is answered. */
    public void busyThenIdle() {
        publish(IOPubStatus.BUSY);
        scheduleAfter(() -> publish(IOPubStatus.IDLE));
    }
}
