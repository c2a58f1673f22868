package unrolled.notebook;

import unrolled.train.Listener;

/** Shows what training has to say below the running cell; without a notebook it goes to the log. */
public final class TrainingNotes implements Listener {
    @Override public void say(String sentence) {
        if (Kernel.current() instanceof Kernel.Terminal) {
            Listener.log(sentence);
        } else {
            System.out.println(sentence);
        }
    }
}
