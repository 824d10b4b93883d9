package dev.vorrang.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who may use what: each library has its room, so that it can be replaced there. */
@AnalyzeClasses(packages = "dev.vorrang", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule tensorFlowStaysInTheBackend = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.scoring.model..", "dev.vorrang.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tensorflow..")
            .because("models see named arrays, so that another backend needs no second class of a model");

    @ArchTest
    static final ArchRule tokenizersStayWithTheModels = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vorrang.scoring.mail.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..")
            .because("whoever scores sees mails, and not what a model makes of them");

    @ArchTest
    static final ArchRule connectStaysInTheConnectors = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.connectors..", "dev.vorrang.app.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.connect..")
            .because("a connector is a thin adapter, and only the embedded worker starts one");

    @ArchTest
    static final ArchRule mailLibrariesStayInIngest = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.vorrang.ingest.mail..",
                    "dev.vorrang.ingest.imap..",
                    "dev.vorrang.connectors.sink.mail..",
                    "dev.vorrang.app.streams.mail.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.mail..", "jakarta.activation..", "org.eclipse.angus..", "com.icegreen..", "org.jsoup..")
            .because("mail is decoded in one place and sent in one; only the demo speaks to its own mail server");

    @ArchTest
    static final ArchRule sparkplugStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vorrang.ingest.sparkplug..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.tahu..")
            .because("what reads Sparkplug sees readings");

    @ArchTest
    static final ArchRule opcUaStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vorrang.ingest.opcua..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.milo..")
            .because("what reads an OPC UA server sees readings, and the client can be replaced");

    @ArchTest
    static final ArchRule mqttStaysInIngest = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.ingest.mqtt..", "dev.vorrang.app.streams.machine.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hivemq..")
            .because("sessions and acknowledgements are kept in one place; only the demo has machines that publish");

    @ArchTest
    static final ArchRule reportsAreDrawnInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.app.evaluate..", "dev.vorrang.app.streams.*.evaluate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm.xchart..", "org.apache.batik..", "freemarker..", "java.awt..")
            .because("whoever measures gives figures; reports are drawn by what evaluates models");

    @ArchTest
    static final ArchRule theIndexOfTheConsoleStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.console.index..", "dev.vorrang.console.history..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..")
            .because("streams say what is found of their records, and not how");

    @ArchTest
    static final ArchRule theHttpServerOfTheConsoleStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vorrang.console.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "org.xnio..")
            .because("the API is declared without a server, which can be replaced");

    @ArchTest
    static final ArchRule passwordsAndLoginsStayInTheirPackage = noClasses()
            .that()
            .resideOutsideOfPackages("dev.vorrang.console.access..", "dev.vorrang.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "com.nulabinc..", "com.nimbusds..")
            .because("who is let in is decided in one place");

    @ArchTest
    static final ArchRule oneClassKnowsConfluentsClient = noClasses()
            .that()
            .haveNameNotMatching("dev\\.vorrang\\.schemas\\.registry\\.ConfluentSchemaRegistry(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("its names are relocated, and change with where the client is had from");

    @ArchTest
    static final ArchRule ingestIsFreeOfKafka = noClasses()
            .that()
            .resideInAPackage("dev.vorrang.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("reading and decoding work without a broker");

    @ArchTest
    static final ArchRule batchingIsPure = noClasses()
            .that()
            .resideInAPackage("dev.vorrang.scoring.engine.batch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.tensorflow..")
            .because("the batcher is tested by its own rules alone");

    private static final String[] SHARED_IN_SCORING = {
        "dev.vorrang.scoring.engine..",
        "dev.vorrang.scoring.model..",
        "dev.vorrang.scoring.rule..",
        "dev.vorrang.scoring.route..",
        "dev.vorrang.scoring.action.."
    };
    private static final String[] SHARED_IN_TRAINING = {"dev.vorrang.training", "dev.vorrang.training.evaluation.."};

    /** What is in scoring, training and the program beside that is a stream's own. */
    private static final DescribedPredicate<JavaClass> A_STREAMS_OWN = resideInAPackage("dev.vorrang.scoring..")
            .and(resideOutsideOfPackages(SHARED_IN_SCORING))
            .or(resideInAPackage("dev.vorrang.training..").and(resideOutsideOfPackages(SHARED_IN_TRAINING)))
            .or(resideInAPackage("dev.vorrang.app.streams.*.."))
            .as("a stream's own");

    /** Records and their parts, but for those that all streams have. */
    private static final DescribedPredicate<JavaClass> A_STREAMS_RECORD =
            describe("a stream's record", each -> each.getName()
                    .matches("dev\\.vorrang\\.schemas\\."
                            + "(?!(DeadLetter|Stage|Position|ModelRef|Reason|WordEffect|Topic|TopicSet|Topics"
                            + "|Action|DeskEvent|DeskEventType|DeskState|DeskStatus|Priority)\\b)[A-Z]\\w*.*"));

    @ArchTest
    static final ArchRule theEngineKnowsNoStream = noClasses()
            .that()
            .resideInAnyPackage(SHARED_IN_SCORING)
            .should()
            .dependOnClassesThat(A_STREAMS_OWN.or(A_STREAMS_RECORD))
            .because("a stream is added without changing what all streams share");

    @ArchTest
    static final ArchRule theEngineNamesNoTopic = noClasses()
            .that()
            .resideInAnyPackage("dev.vorrang.scoring.engine..", "dev.vorrang.scoring.model..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.vorrang.schemas.Topics")
            .because("topics are a stream's own");

    @ArchTest
    static final ArchRule sharedPartsOfTheProgramKnowNoStream = noClasses()
            .that()
            .resideInAPackage("dev.vorrang.app..")
            .and()
            .resideOutsideOfPackage("dev.vorrang.app.streams..")
            .should()
            .dependOnClassesThat(A_STREAMS_OWN
                    .or(A_STREAMS_RECORD)
                    .or(resideInAnyPackage(
                            "dev.vorrang.ingest.mail..",
                            "dev.vorrang.ingest.imap..",
                            "dev.vorrang.ingest.mqtt..",
                            "dev.vorrang.ingest.opcua..",
                            "dev.vorrang.ingest.reading..")))
            .because("what the program and its tools know of a stream stands in its StreamKit");

    @ArchTest
    static final ArchRule streamsOfTheProgramMeetOnlyThroughTopics = slices().matching("dev.vorrang.app.streams.(*)..")
            .should()
            .notDependOnEachOther()
            .because("streams meet only through topics");

    @ArchTest
    static final ArchRule streamsOfTheEngineMeetOnlyThroughTopics = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass each) {
                    return resideInAPackage("dev.vorrang.scoring..")
                                    .and(A_STREAMS_OWN)
                                    .test(each)
                            ? SliceIdentifier.of(each.getPackageName().split("\\.")[3])
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "streams in scoring";
                }
            })
            .should()
            .notDependOnEachOther()
            .because("streams meet only through topics");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.vorrang.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("who waits awaits a condition and can be stopped");

    @ArchTest
    static final ArchRule oneLoggingApi = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.vorrang.app",
                    "dev.vorrang.app.command..",
                    "dev.vorrang.app.terminal..",
                    "dev.vorrang.app.streams.*.command..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("standard output belongs to the command that runs; the rest logs");

    @ArchTest
    static void testsDoNotSleep(JavaClasses main) throws IOException {
        var folders = testFolders();
        assertThat(folders).as("folders of compiled tests").isNotEmpty();
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a test awaits its condition, with a limit")
                .check(new ClassFileImporter().importPaths(folders));
    }

    private static List<Path> testFolders() throws IOException {
        try (var modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
