package unrolled.course.lesson11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import unrolled.layers.Dense;
import unrolled.layers.Elman;
import unrolled.layers.EncoderDecoder;
import unrolled.layers.LastStep;
import unrolled.layers.Sequential;
import unrolled.losses.CrossEntropy;
import unrolled.math.Sequence;
import unrolled.math.SplitMix;
import unrolled.train.Accuracy;
import unrolled.train.Batch;

/** What lesson 11 makes its batches with. */
class TypesToolsTest {

    @Test void aStormsClassIsWhatTheWindDoesInADay() {
        Storms storms = Storms.load();
        Sequence x = storms.training().x(), d = storms.training().d();
        // Amy, 1975: 30 fixes, 25 25 25 25 25 25 25 30 35 40 45 50 50 ... knots
        assertEquals(26, x.length(0));
        double[] classes = {1, 1, 1, 2, 2, 2, 2, 2};
        IntStream.range(0, classes.length).forEach(t -> assertEquals(classes[t], d.at(t).get(0, 0), "step " + t));
        assertEquals((25 - 55) / 26.0, x.at(0).get(0, 0));
        assertEquals((1013 - 992) / 19.0, x.at(0).get(0, 1));
        assertEquals((27.5 - 25) / 10, x.at(0).get(0, 2));
        assertEquals((-79.0 + 64) / 20, x.at(0).get(0, 3));
        assertEquals(1, storms.always(0) + storms.always(1) + storms.always(2), 1e-12);
        assertTrue(storms.asBefore() > storms.always(2) && storms.asBefore() < 0.55);
    }

    @Test void namesAreInPairsAndHeldOutOnesAreNew() {
        EmojiNames emoji = EmojiNames.load();
        List<String> names = emoji.names();
        assertEquals("coeur a l eclat", EmojiNames.plain("Cœur à l’Éclat"));
        assertEquals(0, emoji.cut() % 2);
        Set<String> seen = new HashSet<>(names.subList(0, emoji.cut()));
        assertEquals(names.size(), new HashSet<>(names).size());
        assertFalse(names.subList(emoji.cut(), names.size()).stream().anyMatch(seen::contains));
        int cat = names.indexOf("cat");
        assertEquals(0, cat % 2);
        assertEquals("chat", names.get(cat + 1));
        assertEquals(1, emoji.reading().d().at(0).get(cat + 1, 0));
    }

    @Test void aWriterReadsTheLanguageAndThenTheNameOneStepLate() {
        EmojiNames emoji = EmojiNames.load();
        Batch writing = emoji.writing(), other = EmojiNames.otherLanguage(writing);
        int cat = emoji.names().indexOf("cat");
        int[] read = IntStream.range(0, 4).map(t -> writing.x().at(t).argMax(cat)).toArray();
        int[] wanted = IntStream.range(0, 4).map(t -> (int) writing.d().at(t).get(cat, 0)).toArray();
        assertEquals(List.of(EmojiNames.ENGLISH, 3, 1, 20), IntStream.of(read).boxed().toList());
        assertEquals(List.of(3, 1, 20, EmojiNames.END), IntStream.of(wanted).boxed().toList());
        assertEquals(4, writing.x().length(cat));
        assertEquals("cat", EmojiNames.decode(wanted));
        assertEquals(EmojiNames.FRENCH, other.x().at(0).argMax(cat));
        assertEquals(EmojiNames.ENGLISH, other.x().at(0).argMax(cat + 1));
        assertEquals(1, other.x().at(0).row(cat).sum());
        other.x().at(0).fill(0);
        assertEquals(EmojiNames.ENGLISH, writing.x().at(0).argMax(cat));
    }

    @Test void aSecretIsBackwardsAndWithoutVowels() {
        assertEquals("trh", Secret.write("heart"));
        Sequence inputs = Secret.targetInputs(List.of("heart", "egg")), targets = Secret.targets(List.of("heart", "egg"));
        assertEquals(4, inputs.length(0));
        assertEquals(3, targets.length(1));
        assertEquals(List.of(Secret.BEGIN, 19, 17, 7), IntStream.range(0, 4).map(t -> inputs.at(t).argMax(0)).boxed().toList());
        assertEquals(List.of(19, 17, 7, Secret.END), IntStream.range(0, 4).map(t -> (int) targets.at(t).get(0, 0)).boxed().toList());
        assertEquals(0.5, Secret.right(List.of("heart", "egg"), List.of("trx", "gk"), 1, 0));
        assertEquals(0, Secret.right(List.of("heart", "egg"), List.of("trx", "gk"), 2, 0));
        assertEquals(0.5, Secret.right(List.of("heart", "egg"), List.of("trh", "hg"), 0, 2));
        assertEquals(1, Secret.right(List.of("heart", "egg"), List.of("trh", "hg"), 0, 3));
        assertEquals("trh", Secret.decode(19, 17, 7));
    }

    @Test void onlyStepsOfASecretCount() {
        Secret secret = Secret.load();
        Batch batch = secret.batch().range(0, 20);
        EncoderDecoder net = new EncoderDecoder(new Elman(26, 4, new SplitMix(1)), new Elman(28, 4, new SplitMix(2)), new Dense(4, 27, new SplitMix(3)));
        assertEquals(27, net.forward(batch.x()).F);
        for (int b = 0; b < 20; b++) {
            int word = b;
            assertEquals(Secret.write(secret.words().get(b)).length() + 1,
                IntStream.range(0, batch.mask().T).mapToDouble(t -> batch.mask().at(t).get(word, 0)).sum());
        }
        assertEquals(20, Secret.written(net, secret.words().subList(0, 20)).size());
    }

    @Test void paddingIsToldOrNot() {
        Sequence x = EmojiNames.spell(List.of("cat", "of"));
        Sequence told = Shapes.padded(x, 2, true), untold = Shapes.padded(x, 2, false);
        assertEquals(5, told.T);
        assertEquals(3, told.length(0));
        assertEquals(2, told.length(1));
        assertEquals(5, untold.length(0));
        assertEquals(4, untold.length(1));
        assertEquals(5, untold.all().sum());
        assertEquals(3, Shapes.padded(x, 0, true).T);
        Sequential net = Sequential.of(new Elman(27, 2, new SplitMix(1)), new LastStep(), new Dense(2, 2, new SplitMix(1)));
        String trace = Shapes.of(net, x).toString();
        assertTrue(trace.contains("[T=3,B=2,F=27]") && trace.contains("[T=3,B=2,F=2]") && trace.contains("[T=1,B=2,F=2]"), trace);
    }

    @Test void partsGiveTheNumbersOfTheWhole() {
        EmojiNames emoji = EmojiNames.load();
        Batch names = emoji.writing().range(0, 150);
        Sequential net = Sequential.of(new Elman(30, 5, new SplitMix(1)), new Dense(5, 30, new SplitMix(2)));
        CrossEntropy loss = new CrossEntropy();
        Sequence y = net.forward(names.x());
        double whole = loss.forward(y, names.d()), right = Accuracy.of(y, names.d(), null);
        Sequence first = new Sequence(y.T, y.B, 1), ninth = new Sequence(y.T, y.B, 1);
        for (int b = 0; b < y.B; b++) {
            first.at(0).set(b, 0, 1);
            ninth.at(8).set(b, 0, names.x().length(b) > 8 ? 1 : 0);
        }
        double at0 = loss.forward(y, names.d(), first), at8 = loss.forward(y, names.d(), ninth);
        assertEquals(whole, InParts.loss(net, names), 1e-12);
        assertEquals(right, InParts.accuracy(net, names), 1e-12);
        double[] steps = InParts.lossByStep(net, names, 9);
        assertEquals(at0, steps[0], 1e-12);
        assertEquals(at8, steps[8], 1e-12);
        Batch read = emoji.reading().range(0, 150);
        Sequential reader = Sequential.of(new Elman(27, 5, new SplitMix(1)), new LastStep(), new Dense(5, 2, new SplitMix(2)));
        assertEquals(Accuracy.of(reader.forward(read.x()), read.d(), null), InParts.accuracy(reader, read), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> InParts.loss(net, new Batch(names.x(), names.d(), first)));
    }

    @Test void eachSuspectHasOneBug() {
        double[][] losses = {{2, 1, 3, 6}, {8, 9, 9, 9}};
        int[] lengths = {4, 1};
        assertEquals(4, LossSuspect.honest().of(losses, lengths));
        assertEquals(47 / 8.0, LossSuspect.named("A").of(losses, lengths));
        assertEquals(20 / 8.0, LossSuspect.named("B").of(losses, lengths));
        assertEquals(5.5, LossSuspect.named("C").of(losses, lengths));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LossSuspect.named("D")).getMessage().contains("no suspect D"));
        assertTrue(LossSuspect.named("B").probes().toString().contains("Suspect B"));
    }
}
