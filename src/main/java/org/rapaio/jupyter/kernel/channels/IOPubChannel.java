package org.rapaio.jupyter.kernel.channels;

import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.message.HMACDigest;
import org.rapaio.jupyter.kernel.message.Message;
import org.rapaio.org.zeromq.SocketType;
import org.rapaio.org.zeromq.ZMQ;
import unrolled.notebook.kernel.StoppableControl;

/**
 * Stands in for the kernel's class of the same name (see {@code RapaioExecutionControlProvider}): the channel of all output. The
 * cell's own thread sends what it prints, and the message queue refuses to send from an interrupted thread, in the middle of a
 * message if need be. So here a message is never interrupted, and an interrupted thread can still print.
 */
public final class IOPubChannel extends AbstractChannel {
    /** As the kernel makes it. */
    public IOPubChannel(Channels channels, ZMQ.Context context, HMACDigest hmacGenerator) {
        super(channels, "IOPubChannel", context, SocketType.PUB, hmacGenerator);
    }

    @Override public void bind(ConnectionProperties properties) {
        socket.bind(properties.formatAddress(properties.iopubPort()));
    }

    @Override public void sendMessage(Message<?> message) {
        synchronized (StoppableControl.OUTPUT) {
            boolean interrupted = Thread.interrupted();
            try {
                super.sendMessage(message);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
