package unrolled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files that bring the course to a machine say the same: the launcher, conda's, Docker's, Codespaces' and those of the CI. */
class EnvironmentTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String LAUNCHER = read("unrolled"), CONDA = read("environment.yml"), IMAGE = read("Dockerfile"), CI = read(".github/workflows/ci.yml");
    private static final String REQUIREMENTS = "src/main/jupyter/requirements.txt";

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results().map(m -> m.group(1)).toList();
    }

    private static String one(String pattern, String text) {
        List<String> found = all(pattern, text);
        assertEquals(1, found.size(), pattern);
        return found.get(0);
    }

    private static void atLeast(String least, String version) {
        int[] a = Arrays.stream(least.split("\\.")).mapToInt(Integer::parseInt).toArray();
        int[] b = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).limit(a.length).toArray();
        assertTrue(Arrays.compare(a, b) <= 0, () -> version + " is older than " + least);
    }

    @Test void everyPythonPackageIsPinnedOnceAndInOnePlace() {
        List<String> lines = read(REQUIREMENTS).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        Set<String> names = lines.stream().map(line -> line.split("==")[0].toLowerCase().replace('_', '-')).collect(Collectors.toSet());
        assertEquals(List.of(), lines.stream().filter(line -> !line.matches("[\\w.-]+==[\\w.]+")).toList(), "not pinned");
        assertEquals(lines.size(), names.size(), "named twice");
        assertEquals(List.of("-r " + REQUIREMENTS), all("^ +- (-r .*)$", CONDA));
        assertEquals(List.of(), all("^ +- ([^\\s=:]+)", CONDA).stream().filter(names::contains).toList(), "pinned by conda too");
        assertTrue(IMAGE.contains("./unrolled setup"), "the image installs what the launcher installs");
        assertTrue(LAUNCHER.contains("-r $JUPYTER/requirements.txt"));
    }

    @Test void condaBringsVersionsThatTheLauncherTakesAndTheCiProves() {
        List<String> packages = all("^  - ([^:\\s]+)$", CONDA.substring(CONDA.indexOf("dependencies:")));
        assertEquals(List.of(), packages.stream().filter(p -> !p.matches("[a-z]+=\\d+(\\.\\d+)*")).toList(), "not pinned");
        assertEquals(List.of("openjdk", "maven", "python", "pip"), packages.stream().map(p -> p.split("=")[0]).toList());
        atLeast(one("\\bMIN_MAVEN=([\\d.]+)", LAUNCHER), one("- maven=(.*)$", CONDA));
        atLeast(one("\\bMIN_PYTHON=([\\d.]+)", LAUNCHER), one("- python=(.*)$", CONDA));
        assertEquals(one("python-version: '(.*)'", CI), one("- python=(.*)$", CONDA));
        assertTrue(List.of(one("java: \\[(.*)]", CI).split(", *")).contains(one("- openjdk=(.*)$", CONDA)));
    }

    @Test void theImageHasTheJavaThatTheLauncherAsksFor() {
        String java = one("openjdk-(\\d+)-jdk-headless", IMAGE);
        atLeast(one("\\bMIN_JAVA=(\\d+)", LAUNCHER), java);
        assertTrue(List.of(one("java: \\[(.*)]", CI).split(", *")).contains(java), "the CI proves it");
        List<String> modules = List.of(one("jlink --add-modules (\\S+)", IMAGE).split(","));
        assertEquals(List.of(), List.of(one("for module in ([^;]*);", LAUNCHER).split(" ")).stream().filter(m -> !modules.contains(m)).toList());
    }

    @Test void theImageGetsEveryFileThatItIsMadeOf() {
        List<String> kept = all("^!(.*)$", read(".dockerignore"));
        assertEquals("*", read(".dockerignore").lines().filter(line -> !line.startsWith("#")).findFirst().orElse(""), "all but what is named stays out");
        List<String> copied = all("^COPY (?!--from)(.*) \\S+$", IMAGE).stream().flatMap(line -> List.of(line.split(" ")).stream()).filter(f -> !f.equals(".")).toList();
        assertFalse(copied.isEmpty());
        assertEquals(List.of(), copied.stream().filter(f -> !kept.contains(f.split("/")[0])).toList());
        for (String needed : List.of("unrolled", "pom.xml", "src", "notebooks", "data", "LICENSE")) {
            assertTrue(kept.contains(needed) && Files.exists(Path.of(needed)), needed);
        }
    }

    @Test void theLearnersFolderAndUserAreTheSameEverywhere() throws IOException {
        String user = one("^ARG NB_USER=(\\w+)", IMAGE);
        assertEquals("1000", one("^ARG NB_UID=(\\d+)", IMAGE));
        assertEquals("/home/${NB_USER}/my", one("\\bUNROLLED_MY=(\\S+)", IMAGE));
        for (String text : List.of(one("^DOCKER='(.*)'$", LAUNCHER), one("^# +(mkdir.*)$", IMAGE), one("^(mkdir.*docker run.*)$", read("README.md")))) {
            assertTrue(text.contains("-v \"$PWD/my:/home/" + user + "/my\" unrolled"), text);
            assertTrue(text.contains("-p 127.0.0.1:8888:8888"), text);
        }
        JsonNode codespace = JSON.readTree(read(".devcontainer/devcontainer.json"));
        assertEquals(user, codespace.path("remoteUser").asText());
        assertTrue(Files.isSameFile(Path.of("Dockerfile"), Path.of(".devcontainer", codespace.at("/build/dockerfile").asText())));
        String folder = one("^WORKDIR (/opt/\\S+)$", IMAGE);
        assertEquals(folder + "/.venv/bin/python", codespace.at("/customizations/vscode/settings/python.defaultInterpreterPath").asText());
        assertTrue(codespace.at("/remoteEnv/UNROLLED_MY").asText().endsWith("/my"));
    }

    /** Nobody should be handed the line that an exercise asks for. */
    @Test void editorsWriteNoAnswersIntoNotebooks() throws IOException {
        JsonNode local = JSON.readTree(read(".vscode/settings.json"));
        JsonNode codespace = JSON.readTree(read(".devcontainer/devcontainer.json")).at("/customizations/vscode/settings");
        assertFalse(local.path("github.copilot.enable").path("java").asBoolean(true));
        assertFalse(local.path("github.copilot.enable").path("markdown").asBoolean(true));
        assertFalse(local.path("github.copilot.nextEditSuggestions.enabled").asBoolean(true));
        assertFalse(local.path("notebook.editorOptionsCustomizations").path("editor.inlineSuggest.enabled").asBoolean(true));
        local.properties().forEach(setting -> assertEquals(setting.getValue(), codespace.path(setting.getKey()), setting.getKey()));
        assertTrue(read(".gitignore").lines().toList().contains("!.vscode/settings.json"));
    }
}
