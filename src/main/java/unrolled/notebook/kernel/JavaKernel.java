package unrolled.notebook.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.InterruptReply;
import org.dflib.jjava.jupyter.messages.reply.IsCompleteReply;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;
import org.dflib.jjava.jupyter.messages.reply.ShutdownReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.IsCompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import unrolled.notebook.Bundle;
import unrolled.notebook.Kernel;

/**
 * Answers Jupyter's messages: a cell to run, a name to complete, a stop. The messages themselves, their signatures and sockets are
 * JJava's; what a cell means is the {@link Evaluator}'s, and what it shows goes through the {@link Outlet}.
 */
final class JavaKernel {
    private static final String VERSION = System.getProperty("java.version");
    private static final String FULL = "The kernel's memory is full. Free what you no longer need (a list: list.clear(), a variable: x = null), "
            + "or restart the kernel (Kernel, Restart Kernel) and run the cells again.";

    private final Connection connection;
    private final Outlet outlet;
    private final Questions questions = new Questions(this::ask);
    private final CompletableFuture<Evaluator> evaluator;
    private final CompletableFuture<Assist> assist;
    private int count;
    /** The cell that runs, or ran last, and whether its front end can be asked for input. */
    private volatile MessageContext cell;
    private volatile boolean askable;
    /** The kernel's own threads: when one of them ends, nobody answers any more. */
    private volatile Set<Thread> own = Set.of();

    JavaKernel(Connection connection) {
        this.connection = connection;
        outlet = new Outlet(this::send);
        // JShell takes most of the time of the start: the sockets are open meanwhile, and questions wait for it.
        evaluator = CompletableFuture.supplyAsync(() -> new Evaluator(note -> outlet.print(StreamType.OUT, note + "\n")), Main::inBackground);
        assist = evaluator.thenApply(e -> new Assist(e.shell()));
        System.setOut(new PrintStream(new Printed(outlet, StreamType.OUT), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Printed(outlet, StreamType.ERR), false, StandardCharsets.UTF_8));
        System.setIn(questions);
        Kernel.use(outlet);
        Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
    }

    /** Sets an answer for each question, then opens the sockets. */
    void listen() {
        answer(MessageType.EXECUTE_REQUEST, this::execute);
        answer(MessageType.COMPLETE_REQUEST, this::complete);
        answer(MessageType.INSPECT_REQUEST, this::inspect);
        answer(MessageType.IS_COMPLETE_REQUEST, this::isComplete);
        answer(MessageType.HISTORY_REQUEST, (env, asked) -> env.reply(new HistoryReply(List.of())));
        answer(MessageType.KERNEL_INFO_REQUEST, (env, asked) -> env.reply(info()));
        answer(MessageType.INTERRUPT_REQUEST, (env, asked) -> {
            interrupt();
            env.reply(new InterruptReply());
        });
        answer(MessageType.SHUTDOWN_REQUEST, this::shutdown);
        CommManager comms = new CommManager();
        comms.setIOPubChannel(connection.getIOPub());
        connection.setHandler(MessageType.COMM_OPEN_COMMAND, comms::handleCommOpenCommand);
        connection.setHandler(MessageType.COMM_MSG_COMMAND, comms::handleCommMsgCommand);
        connection.setHandler(MessageType.COMM_CLOSE_COMMAND, comms::handleCommCloseCommand);
        answer(MessageType.COMM_INFO_REQUEST, comms::handleCommInfoRequest);
        connection.connect();
        own = Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** What answers one kind of question. */
    private interface Answer<T> {
        void give(ShellReplyEnvironment env, Message<T> asked) throws Exception;
    }

    /** Whatever happens, the one who asked gets an answer, and "idle" after it: without them a cell stays at [*] for ever. */
    private <T> void answer(MessageType<T> type, Answer<T> answer) {
        connection.setHandler(type, (env, asked) -> {
            try {
                env.publish(PublishStatus.BUSY);
                try {
                    answer.give(env, asked);
                } catch (Throwable problem) {
                    Reserve.release(problem);
                    String said = "The kernel could not answer: " + problem + ". "
                            + (problem instanceof OutOfMemoryError ? FULL : "Restart it (Kernel, Restart Kernel), then run the cells again.");
                    if (type == MessageType.EXECUTE_REQUEST) {
                        env.publish(new PublishError(problem.getClass().getSimpleName(), said, List.of(said)));
                    }
                    env.replyError(type.error(), new ErrorReply(problem.getClass().getSimpleName(), said, List.of(said)));
                }
                env.publish(PublishStatus.IDLE);
            } catch (OutOfMemoryError full) {
                Reserve.end();
            }
        });
    }

    private <T extends ContentType<T>> void send(MessageContext parent, ContentType<?> content) {
        @SuppressWarnings("unchecked") T typed = (T) content;
        connection.getIOPub().sendMessage(new Message<>(parent, typed.getType(), typed));
    }

    private KernelInfoReply info() {
        LanguageInfo java = new LanguageInfo("java", VERSION, "text/x-java-source", ".java", "java", "text/x-java", null);
        return new KernelInfoReply(Header.PROTOCOL_VERISON, "unrolled", "1", java, "Java " + VERSION + ", the kernel of Unrolled", List.of());
    }

    private void execute(ShellReplyEnvironment env, Message<ExecuteRequest> asked) throws Exception {
        ExecuteRequest request = asked.getContent();
        if (!request.isSilent()) {
            count++;
        }
        int number = count;
        Reserve.renew();
        outlet.begin(asked);
        cell = asked;
        askable = request.isStdinEnabled();
        questions.begin();
        if (!request.isSilent()) {
            outlet.publish(new PublishExecuteInput(request.getCode(), number));
        }
        try {
            Object value = evaluator.get().eval(number, request.getCode());
            outlet.end();
            if (value != Evaluator.NOTHING && !request.isSilent()) {
                DisplayData data = new DisplayData();
                shown(value).data().forEach(data::putData);
                outlet.publish(new PublishExecuteResult(number, data));
            }
            env.reply(new ExecuteReply(number, Map.of()));
        } catch (CellError error) {
            refuse(env, number, error.name().equals("OutOfMemoryError") ? error.with(FULL) : error);
        } catch (OutOfMemoryError full) {
            Reserve.release(full);
            refuse(env, number, new CellError("OutOfMemoryError", "the kernel's memory is full", List.of(FULL)));
        } finally {
            if (number == 1) {                         // also when the first cell has failed
                Main.inBackground(Redefiner::prepare);
            }
        }
    }

    private String ask() throws InterruptedException, IOException {
        if (!askable) {
            throw new IOException("This front end cannot be asked for input. Give the value in the code, or run the cell in JupyterLab.");
        }
        return connection.ask(cell, outlet::flush);
    }

    /** Runs cells without Jupyter. */
    void rehearse(List<String> cells) throws CellError {
        for (String code : cells) {
            evaluator.join().eval(++count, code);
        }
        assist.join().complete("String.val", "String.val".length());
        outlet.flush();
    }

    private void refuse(ShellReplyEnvironment env, int number, CellError error) {
        outlet.end();
        List<String> lines = new ArrayList<>(error.lines());
        outlet.publish(new PublishError(error.name(), error.getMessage(), lines));
        ErrorReply reply = new ErrorReply(error.name(), error.getMessage(), lines);
        reply.setExecutionCount(number);
        env.replyError(MessageType.EXECUTE_REPLY.error(), reply);
    }

    /** A value whose own toString fails is still a value. */
    private Bundle shown(Object value) throws CellError {
        try {
            return Bundle.of(value);
        } catch (RuntimeException | StackOverflowError problem) {
            throw evaluator.join().describe(problem);
        }
    }

    private void complete(ShellReplyEnvironment env, Message<CompleteRequest> asked) {
        CompleteRequest request = asked.getContent();
        ReplacementOptions options = assist.join().complete(request.getCode(), request.getCursorPos());
        env.reply(new CompleteReply(options.getReplacements(), options.getSourceStart(), options.getSourceEnd(), Map.of()));
    }

    private void inspect(ShellReplyEnvironment env, Message<InspectRequest> asked) {
        InspectRequest request = asked.getContent();
        DisplayData data = new DisplayData();
        String known = assist.join().inspect(request.getCode(), request.getCursorPos());
        data.putText(known);
        env.reply(new InspectReply(!known.isEmpty(), data));
    }

    private void isComplete(ShellReplyEnvironment env, Message<IsCompleteRequest> asked) {
        env.reply(assist.join().isComplete(asked.getContent().getCode()) ? IsCompleteReply.VALID_CODE : IsCompleteReply.getIncompleteReplyWithIndent("    "));
    }

    /** The stop button. */
    void interrupt() {
        Evaluator running = evaluator.getNow(null);
        if (running != null) {
            running.interrupt();
        }
    }

    private void shutdown(ShellReplyEnvironment env, Message<ShutdownRequest> asked) {
        outlet.flush();
        env.reply(asked.getContent().isRestart() ? ShutdownReply.SHUTDOWN_AND_RESTART : ShutdownReply.SHUTDOWN);
        Main.endSoon();
    }

    /** A thread that a cell has started ended with an error. */
    private void uncaught(Thread thread, Throwable error) {
        Reserve.release(error);
        if (own.contains(thread)) {
            Reserve.end();
        }
        try {
            String told = String.join("\n", evaluator.join().describe(error).lines());
            outlet.print(StreamType.ERR, "In thread " + thread.getName() + ": " + told + "\n");
        } catch (RuntimeException | Error broken) {
            outlet.print(StreamType.ERR, "In thread " + thread.getName() + ": " + error + "\n");
        }
    }
}
